"""What the program says, in the language of the user: English or Chinese.

The language is that of ``PALIMPSEST_LANG``, else of the locale (``LC_ALL``, ``LC_MESSAGES``,
``LANG``). The texts are data, in ``catalogue``; a test holds both languages complete.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from archive.evidence.english import in_english
from archive.evidence.flags import flag_in_words
from archive.evidence.texts import in_chinese
from archive.messages.catalogue import MESSAGES
from archive.messages.system_texts import SYSTEM
from archive.messages.wording import ONE, filled

Language = Literal["en", "zh"]

_VARIABLES = ("PALIMPSEST_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language(environment: Mapping[str, str] = os.environ) -> Language:
    """The user's language; the first variable that is set decides, as POSIX has it."""
    for name in _VARIABLES:
        value = environment.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(key: str, **values: object) -> str:
    """The message ``key`` with the values filled in, in the singular where ``count`` is 1 and the
    language has one; KeyError for an unknown key."""
    message, here = MESSAGES[key], language()
    is_one = here == "en" and str(values.get("count")) == "1" and ONE in message
    return filled(message[ONE if is_one else here], **values)


def translate(text: str) -> str:
    """``text`` (English) in the user's language, where the table has it; else as it is.

    For rooms that write their English where it is used, as gettext has it.
    """
    return text if language() == "en" else _BY_ENGLISH.get(text, text)


_BY_ENGLISH = {message["en"]: message["zh"] for message in MESSAGES.values()}


def said(text: str) -> str:
    """``text`` as it is, or the message of which it is the key."""
    return MESSAGES[text][language()] if text in MESSAGES else text


def flagged(flag: str) -> str:
    """What an archivist should look at, in the user's language."""
    return flag_in_words(flag, chinese=language() == "zh")


def evidenced(text: str) -> str:
    """What the archive gives as evidence, in the user's language."""
    return in_english(text) if language() == "en" else in_chinese(text)


def explained(text: str) -> str:
    """What the program says of an error or of how a run went, in the user's language; what is none
    of its sentences stays as it is."""
    return text if language() == "en" else explained_in_chinese(text)


def explained_in_chinese(text: str) -> str:
    """The same in Chinese, whatever the user's language is."""
    if text in SYSTEM:
        return SYSTEM[text]
    for english, chinese in _sentences():
        found = english.fullmatch(text)
        if found:
            # A value may be a sentence itself: the reason, the error behind it.
            return chinese.format(*map(explained_in_chinese, found.groups()))
    return text


@cache
def _sentences() -> list[tuple[re.Pattern[str], str]]:
    """The longest first: what is said most exactly."""
    from archive.messages.errors import ERRORS
    from archive.messages.usage_texts import USAGE

    told = {**ERRORS, **USAGE}
    longest = sorted(told, key=lambda text: -len(text.replace("{}", "")))
    return [
        (re.compile("(.+?)".join(map(re.escape, text.split("{}"))), re.DOTALL), told[text])
        for text in longest
    ]
