"""``<title>`` cut into its parts: the article's title, a section, the site's name.

It promises to cut only at the separators that templates use, and to give no part that is empty.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from archive.cleaning.markup.blocks import squeeze
from archive.cleaning.script import plain
from archive.remembered import remembered

SEPARATORS = re.compile(r"\s*(?:--+|——+|[_|｜丨»>]|\s[-–—·:]\s|[-–—])\s*")
# Where nothing else tells that one ends here, a dash within a word (COVID-19, X-ray) is none.
_SURE = re.compile(
    r"\s*(?:--+|——+|[_|｜丨»>]|\s[-–—·:]\s|(?<![A-Za-z0-9])[-–—]|[-–—](?![A-Za-z0-9]))\s*"
)
_SITE_NAME = re.compile(
    r"(?:网|網|站|政府|办公室|公司|所|院|大学|大學|局|部|委|会|會|中心|频道|报|報|台|在线|home|index|无标题|无标题文档"
    r"|untitled\S*|浏览|查看|正文|详细|内容)(?:[\s-]?\S{0,6})?$",
    re.IGNORECASE,
)
# How the names of sites end, with nothing behind.
SITE_END = re.compile(r"(?:网站|网|網|站|政府|委员会|研究所|研究院|大学|大學|学院|局|厅|中心)$")
BRACKETS = re.compile(r"\s?[(（][^()（）]{1,12}[)）]\s?$")


@remembered(256)
def parts(title: str) -> tuple[str, ...]:
    """A title cut at the separators templates use."""
    return tuple(p for p in (part.strip() for part in _SURE.split(title)) if p)


def without_brackets(text: str) -> str:
    """``text`` without a short remark in brackets at its end."""
    return BRACKETS.sub("", text) if ")" in text or "）" in text else text


def end_of(title: str, own: str) -> int | None:
    """Where in ``title`` the words ``own`` (without white space) end that it begins with."""
    if not squeeze(title).startswith(own):
        return None
    left = len(own)
    for place, character in enumerate(title):
        if left == 0:
            return place
        left -= not character.isspace()
    return None


def without_affixes(title: str, affixes: Collection[str]) -> str:
    """``title`` less the host's known prefixes and suffixes (with their separators)."""
    changed = True
    while changed:
        changed = False
        for affix in affixes:
            if title.endswith(affix) and len(title) > len(affix):
                title, changed = title[: -len(affix)].strip(), True
            elif title.startswith(affix) and len(title) > len(affix):
                title, changed = title[len(affix) :].strip(), True
    return title


def first_part(title: str | None) -> str | None:
    """The first part of ``<title>`` long enough to be an article's."""
    if not title:
        return None
    found = parts(title)
    if not found:
        return None
    if len(found) > 1 and SITE_END.search(found[-1]):
        found = found[:-1]
    longest = max(found, key=len)
    return found[0] if len(found[0]) >= min(8, len(longest)) else longest


def is_site_name(text: str) -> bool:
    return _SITE_NAME.search(without_brackets(plain(text))) is not None
