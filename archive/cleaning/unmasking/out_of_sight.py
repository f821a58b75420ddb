"""What a page says where no reader looks: the words for its pictures, the lines of its head, what
it is called as a bookmark.

Many a mirror changes only what is to be seen; these places then go on naming the institute. It
promises short strings with Han characters, so many of a page at most, whatever they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import regex

from archive.cleaning.markup.dom import PICTURES
from archive.cleaning.script import HAN

SHORTEST, LONGEST = 2, 40
"""Characters of a string that is kept."""
MAX_STRINGS = 20
"""Strings of either kind that are kept of a page."""
MAX_PICTURES, MAX_LINES, MAX_LINE = 60, 60, 400
"""Pictures and lines of the head that are read, and characters of such a line."""
MAX_BOOKMARKS = 5
"""Bookmarks of a page that are read."""
_BREAK = regex.compile(r"[,，;；、|｜_\-–—\s]+")
_HAN = regex.compile(HAN)
_GREETING = regex.compile(
    r"^(?:欢迎(?:访问|光临|来到))|(?:欢迎您|(?:中文)?(?:主页)?(?:官方|门户)?网站?|(?i:logo)|[标徽]志|首页|主页)$"
)
# The name in AddFavorite('http://…', 'name') and addPanel('name', 'http://…').
_BOOKMARK = regex.compile(
    r"""(?i)add(?:to)?favou?rites?\s*\([^,()]{0,200},\s*(["'])([^"']{2,60})\1"""
    r"""|addpanel\s*\(\s*(["'])([^"']{2,60})\3"""
)


def pictured(tree: Any) -> tuple[str, ...]:
    """Words for the pictures of a page (an lxml root element)."""
    pictures = islice(tree.iter(*PICTURES), MAX_PICTURES)
    words = (picture.get(key) or "" for picture in pictures for key in ("alt", "title"))
    return _kept(" ".join(word.split()) for word in words if len(word) <= MAX_LINE)


def headed(tree: Any) -> tuple[str, ...]:
    """What the lines of a page's head say of it, piece by piece: source, author, keywords."""
    lines = islice(tree.iter("meta"), MAX_LINES)
    said = ((line.get("content") or "")[:MAX_LINE] for line in lines)
    return _kept(piece for line in said for piece in _BREAK.split(line))


def bookmarked(tree: Any) -> tuple[str, ...]:
    """What the links to bookmark a page or its site would call it."""
    scripts = (one.get(key) or "" for one in tree.iter("a") for key in ("href", "onclick"))
    asked = (s[:MAX_LINE] for s in scripts if "av" in s or "anel" in s)
    found = islice((m for s in asked for m in _BOOKMARK.finditer(s)), MAX_BOOKMARKS)
    return _kept((m[2] or m[4]).strip() for m in found)


def _kept(strings: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(_shown(strings)), MAX_STRINGS))


def _shown(strings: Iterable[str]) -> Iterator[str]:
    for string in strings:
        bare = _GREETING.sub("", string)
        if SHORTEST <= len(bare) <= LONGEST and _HAN.search(bare):
            yield bare
