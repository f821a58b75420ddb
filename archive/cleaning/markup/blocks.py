"""The lines of a page, each knowing the element it is from: what every later step works on.

It promises that a line's measures are worked out once, when it is made, and never change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from archive.cleaning.markup.dom import names
from archive.cleaning.markup.files import (
    NAME_END,
    is_attachment,
    is_file_link,
    is_written_address,
)
from archive.cleaning.markup.folding import Run

BOLD_STYLE, ITALIC_STYLE, SUB_STYLE, SUP_STYLE = 1, 2, 4, 8
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad\u200e\u200f]")


def squeeze(text: str) -> str:
    """``text`` without white space and invisible characters: what conservation counts."""
    line = "".join(text.split())
    return line if line.isprintable() else _INVISIBLE.sub("", line)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image where it stands: the raw address and the alternative text."""

    src: str
    alt: str | None


@dataclass(slots=True, init=False)
class Block:
    """One line of the page: the runs between two line breaks.

    ``element`` is the nearest block element. ``cell`` is (table, row, column) in a data table,
    ``item`` is (depth, number or None) on the first line of a list item. ``hidden`` and
    ``control`` mark what a reader does not see as text. ``line`` is the text without white
    space, ``size`` its characters, ``linked`` those of them in links to other pages; links to
    files and to places on the page itself, and addresses among other words, are text of their own.
    """

    element: Element
    tag: str
    runs: list[Run]
    level: int
    cell: tuple[int, int, int] | None
    item: tuple[int, int | None] | None
    hidden: bool
    control: bool
    pre: bool
    pictures: Sequence[Picture]
    anchors: int
    text: str
    line: str
    size: int
    linked: int

    # Written out: a page has hundreds of blocks.
    def __init__(
        self,
        element: Element,
        tag: str,
        runs: list[Run],
        level: int = 0,
        cell: tuple[int, int, int] | None = None,
        item: tuple[int, int | None] | None = None,
        hidden: bool = False,
        control: bool = False,
        pre: bool = False,
        pictures: Sequence[Picture] = (),
        anchors: int = 0,
    ) -> None:
        self.element, self.tag, self.runs = element, tag, runs
        self.level, self.cell, self.item = level, cell, item
        self.hidden, self.control, self.pre = hidden, control, pre
        self.pictures, self.anchors = pictures, anchors
        self.text = text = runs[0].text if len(runs) == 1 else "".join([r.text for r in runs])
        # Runs have lost their invisible characters already; only white space is left to squeeze.
        self.line = line = "".join(text.split())
        self.size = size = len(line)
        self.linked = 0
        alone = len(runs) == 1
        for run in runs:
            # Few links' words have a stop near their end.
            href = run.href
            if href is not None and not (
                leads_within(href)
                or (
                    is_file_link(href, run.text)
                    if "." in run.text[-NAME_END:]
                    else is_attachment(href)
                )
            ):
                if alone:
                    self.linked = size
                elif not (
                    # No address, of a page or for mail, is without one of these.
                    ("." in run.text or "//" in run.text or "@" in href)
                    and is_written_address(href, run.text)
                ):
                    self.linked += len("".join(run.text.split()))


def leads_within(href: str) -> bool:
    """Whether a link leads to a place on its own page (``#q3``): no bare ``#``, which scripts use,
    and none that a script reads as another page's address (``#/news/3``, ``#!news``)."""
    return href[:1] == "#" and href[1:2] not in {"", "/", "!"}


def is_address(block: Block) -> bool:
    """Whether a line is nothing but an address, of a page or for mail, that is a link."""
    href = block.runs[0].href if len(block.runs) == 1 else None
    return href is not None and is_written_address(href, block.text)


class Names(dict[Element, str]):
    """Class and id of elements, each read from the tree once."""

    def __missing__(self, element: Element) -> str:
        self[element] = found = names(element)
        return found


@dataclass(frozen=True, slots=True)
class Flow:
    """All blocks of a tree in order; ``spans`` gives each element its half-open range of them,
    ``names`` any element's class and id."""

    blocks: list[Block]
    spans: dict[Element, tuple[int, int]]
    names: Names
