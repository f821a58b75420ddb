"""What a tag does to the lines of a page, told from the tag as the tree's serialisation writes it.

A site's pages share most of their tags, so each is taken apart once. It promises to read only what
``etree.tostring`` writes of a tree of HTML: every value in double quotes, every ``<``, ``>`` and
``"`` of a value or text escaped, an element without content as one tag.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from archive.cleaning.markup.dom import (
    BLOCK,
    BOLD,
    CONTROLS,
    HEADINGS,
    ITALIC,
    UNSEEN,
    is_hiding,
    joined_names,
)

BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE = 1, 2, 4, 8
_STYLE_OF = {
    **dict.fromkeys(BOLD, BOLD_STYLE),
    **dict.fromkeys(ITALIC, ITALIC_STYLE),
    "sub": SUB_STYLE,
    "sup": SUP_STYLE,
}
# What a tag does: it stays inside a line, or hides one there; it parts lines, and an element
# begins, ends, or does both; what its element holds is never shown.
INLINE, VEILS, PARTS, BEGINS, ENDS, STANDS_ALONE, UNSHOWN = range(7)
# Block elements of which more is to be known than where they begin and end.
_COUNTED = frozenset({*HEADINGS, "table", "tr", "td", "th", "ul", "ol", "li", "pre"})
MAX_REMEMBERED_TAGS = 16_384
_NAME = re.compile("</?([^ />]+)")
_ATTRIBUTE = re.compile(' ([^ =]+|=[^ =]*)="([^"]*)"')
# Where pictures have their address, the one that a script puts in place first.
_SOURCES = ("data-src", "data-original", "original", "_src", "src")


class Picture(NamedTuple):
    """An image where it stands: the raw address and the alternative text."""

    src: str
    alt: str | None


class Tag(NamedTuple):
    """One tag: what it does; its name; whether it begins or ends its element (1, -1, 0 for both);
    whether that is a block (and no control), one to be ``counted``, ``hidden``; its class and id
    (``joined_names``), the style it sets (bits), the address it links to, the picture it shows."""

    act: int
    name: str
    opens: int
    is_block: bool = False
    is_counted: bool = False
    is_hidden: bool = False
    names: str = " "
    style: int = 0
    href: str | None = None
    picture: Picture | None = None


class Tags(dict[str, Tag]):
    """Tags by what is written, each taken apart once."""

    def __missing__(self, written: str) -> Tag:
        if len(self) >= MAX_REMEMBERED_TAGS:
            self.clear()
        self[written] = found = _read(written)
        return found


TAGS = Tags()


def _read(written: str) -> Tag:
    match = _NAME.match(written)
    name = match[1].lower() if match else ""
    is_block = name in BLOCK
    style = _STYLE_OF.get(name, 0)
    if written.startswith("</"):
        act = ENDS if is_block or name in CONTROLS else INLINE
        return Tag(act, name, -1, is_block, style=style)
    alone = written.endswith("/>")
    if name in UNSEEN:
        return Tag(INLINE if alone else UNSHOWN, name, 1 - alone)
    own = {key: unescape(value) for key, value in _ATTRIBUTE.findall(written)}
    is_hidden = is_hiding(own.get("style") or "") or "hidden" in own
    if is_block or name in CONTROLS:
        act = STANDS_ALONE if alone else BEGINS
    elif name == "br":
        act = PARTS
    else:
        act = VEILS if is_hidden else INLINE
    return Tag(
        act,
        name,
        1 - alone,
        is_block,
        name in _COUNTED,
        is_hidden,
        joined_names(own.get("class"), own.get("id")),
        style,
        own.get("href") if name == "a" else None,
        _picture(own) if name == "img" else None,
    )


def _picture(own: dict[str, str]) -> Picture | None:
    for name in _SOURCES:
        src = (own.get(name) or "").strip()
        if src and not src.startswith("data:"):
            return Picture(src, own.get("alt") or own.get("title") or None)
    return None
