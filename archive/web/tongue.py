"""In which language a text of a page of the web stands, as HTML names it.

A browser chooses glyphs by it, a screen reader its voice. It promises to claim no language that is
not told: "" is HTML's word for one that nobody knows.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from archive.cleaning.script.language import language_of

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")

_SPOKEN = re.compile(
    "(?:[\u3400-\u9fff\u3040-\u30ff\U00020000-\U0003ffff][\u3001-\u3020\uff01-\uff5e]*)+"
)
"""Characters of Chinese or Japanese, with the signs that belong to them."""
_KANA = re.compile("[\u3040-\u30ff]")


def spoken(text: object, language: str) -> Markup:
    """The text (without elements) as HTML on a page in ``language``: on an English one its Chinese
    and Japanese words are marked as such, for a voice that knows English alone leaves them out.

    >>> str(spoken("the branch is “党总支”", "en"))
    'the branch is “<span lang="zh">党总支</span>”'
    """
    safe = escape(text)
    if language != "en":
        return safe
    return Markup(_SPOKEN.sub(_marked, str(safe)))


def _marked(found: re.Match[str]) -> str:
    language = "ja" if _KANA.search(found[0]) else "zh"
    return f'<span lang="{language}">{found[0]}</span>'


def tongue(text: str | None, known: str | None = None) -> str:
    """``known``, else what the script tells, however short the text is.

    >>> tongue("通知"), tongue("ندوة علمية"), tongue("ندوة علمية", "ar")
    ('zh', '', 'ar')
    """
    if known:
        return known
    text = text or ""
    return language_of(text) or ("zh" if _HAN.search(text) else "")
