"""What each element does to the lines of a page, by its name and as it stands there.

It promises one answer for an element wherever it is asked, in time that does not depend on what
the element holds.
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE
from archive.cleaning.markup.dom import (
    BLOCK,
    BOLD,
    CONTROLS,
    HEADINGS,
    ITALIC,
    PICTURES,
    UNSEEN,
    is_block,
    local_name,
)

STYLE_OF = {
    **dict.fromkeys(BOLD, BOLD_STYLE),
    **dict.fromkeys(ITALIC, ITALIC_STYLE),
    "sub": SUB_STYLE,
    "sup": SUP_STYLE,
}
# Block elements of which more is to be known than where they begin and end.
_COUNTED = frozenset({*HEADINGS, "table", "tr", "td", "th", "ul", "ol", "li", "pre"})
# In a name of one of a page's own elements (HTML Living Standard 4.13.3). What such an element
# looks like its page says; most are laid out as <div> is.
_OWN = "-"
# MathJax draws formulas with its own, piece by piece (its documentation, "CommonHTML").
_DRAWN = "mjx-"
AS_BLOCK = "div"
_LINES = frozenset({*HEADINGS, *STYLE_OF, "p", "a", "span", "font", "li", "dt", "dd", "button"})

# What an element does to the lines: nothing; nothing, or break them, as it stands there; act
# inside one; break them; break them and count.
PLAIN, MAY_BREAK, NEVER_SHOWN, ACTS, BREAKS, COUNTS = range(6)
MAX_TAGS = 4096


class _Roles(dict[object, tuple[str, int]]):
    """Tag and role of an element by lxml's tag of it, worked out at first use."""

    def __missing__(self, tag: object) -> tuple[str, int]:
        if len(self) > MAX_TAGS:
            self.clear()
        name = local_name(tag)
        self[tag] = found = (name, _role(name))
        return found


ROLES = _Roles()


def _role(tag: str) -> int:
    if tag in UNSEEN:
        return NEVER_SHOWN
    if tag in BLOCK:
        return COUNTS if tag in _COUNTED else BREAKS
    acts = tag in {"br", "a"} or tag in PICTURES or tag in STYLE_OF or tag in CONTROLS
    if acts:
        return ACTS
    return MAY_BREAK if _OWN in tag and not tag.startswith(_DRAWN) else PLAIN


def breaks(element: Element, role: int, style: str | None) -> bool:
    """Whether an inline element is laid out as a block: it says so, or is a page's own."""
    if style and is_block(style):
        return True
    return role == MAY_BREAK and _stands_alone(element)


def _stands_alone(element: Element) -> bool:
    """Whether an element of a page's own making has no words beside it, and stands in no line."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None or ROLES[parent.tag][0] in _LINES:
        return False
    words = parent.text if before is None else before.tail
    return not (words or "").strip() and not (element.tail or "").strip()
