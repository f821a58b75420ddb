"""What the archive gives as evidence, as a reader of English reads it.

Evidence is kept in English, in short, as other programs get it. It promises to change nothing but
names that only the program knows, and to set the words of pages apart from its own.
"""

from __future__ import annotations

import re

SLOTS: dict[str, tuple[str, str]] = {
    "title_ends": ("the ends of titles", "标题末尾"),
    "headings": ("headings", "页内标题"),
    "owners": ("the owner's slot", "版权所有者处"),
    "crumb_roots": ("the first step of the way here", "“当前位置”的首项"),
    "home_links": ("links home", "返回首页的链接"),
}
"""Places of a page's frame where a name stands, in English and in Chinese."""
LABELS = (
    *("label above the body", "label at the head of the body", "label below the body"),
    *("words above the body", "words below the body", "byline"),
)
"""What stands before words of the page that tell its day."""

_SAID = re.compile(rf"^({'|'.join(LABELS)}): (.+)$", re.DOTALL)
_SLOT = f"(?:{'|'.join(SLOTS)})(?: \\d+%)?"
_LISTED = re.compile(
    rf"\b{_SLOT}(?:, {_SLOT}){{0,{len(SLOTS) - 1}}}(?= of \d+ pages|, the texts here never)"
)
_HEAD = re.compile(r"\bhead written in references\b")


def in_english(evidence: str) -> str:
    """The sentences of the program in plain English; words of pages in quotation marks.

    >>> in_english("byline: 2012-04-12 | 办公室; signature agrees")
    'byline: “2012-04-12 | 办公室”; signature agrees'
    """
    return "; ".join(map(_piece, evidence.split("; ")))


def places(evidence: str, *, chinese: bool = False) -> str:
    """The same with the places of the frame that it lists in words."""

    def told(found: re.Match[str]) -> str:
        listed = [one.partition(" ") for one in found[0].split(", ")]
        words = [f"{SLOTS[name][chinese]}{blank}{share}" for name, blank, share in listed]
        return ("、" if chinese else ", ").join(words)

    return _LISTED.sub(told, evidence)


def _piece(evidence: str) -> str:
    evidence = places(_SAID.sub(r"\1: “\2”", evidence))
    return _HEAD.sub("titles written as character references (&#…;)", evidence)
