"""What an article's body is made of before any template touches it.

The truth text is read off these blocks, never off a page: one paragraph a line, table cells by
tab, rows by newline. A ``PageBreak`` parts an article over several pages and has no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``align`` right is a signature or its date."""

    text: str
    align: Align = "left"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An image by file name, with its caption as a line of the body."""

    image: str
    caption: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unnumbered list; each item is a line."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Here the article goes on on its next page."""


Block = Paragraph | Table | Figure | Bullets | PageBreak


def lines_of(block: Block) -> list[str]:
    """The lines of text one block stands for."""
    match block:
        case Paragraph():
            return [block.text]
        case Table():
            return ["\t".join(row) for row in block.rows]
        case Figure():
            return [block.caption]
        case Bullets():
            return list(block.items)
        case PageBreak():
            return []


def text_of(blocks: Iterable[Block]) -> str:
    """The truth text of a body."""
    return "\n".join(line for block in blocks for line in lines_of(block))


def images_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The file names of a body's images, in order."""
    return tuple(block.image for block in blocks if isinstance(block, Figure))


def split_pages(blocks: Sequence[Block]) -> list[list[Block]]:
    """The body cut at its page breaks; at least one page."""
    pages: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreak):
            pages.append([])
        else:
            pages[-1].append(block)
    return pages
