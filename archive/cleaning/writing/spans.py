"""How many rows and columns a cell covers, so that its neighbours stand where they stood.

It promises numbers within bounds whatever the page says (a cell over a million columns is none).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.dom import name_of
from archive.cleaning.writing.serialise import Row

MAX_COLUMNS = 60
MAX_ROWS = 500


def cell_of(blocks: Sequence[Block]) -> Element | None:
    """The ``td`` or ``th`` in which the ``blocks`` of one cell stand; None for an empty cell."""
    if not blocks:
        return None
    node: Element | None = blocks[0].element
    if blocks[0].tag in {"td", "th"}:
        return node
    while node is not None and name_of(node) not in {"td", "th"}:
        node = node.getparent()
    return node


def spans_of(cell: Element | None) -> tuple[int, int]:
    """The rows and columns that ``cell`` covers."""
    if cell is None:
        return 1, 1
    return _number(cell.get("rowspan"), MAX_ROWS), _number(cell.get("colspan"), MAX_COLUMNS)


def _number(said: str | None, most: int) -> int:
    if said is None:
        return 1
    digits = said.strip()
    return min(max(int(digits), 1), most) if digits.isascii() and digits.isdigit() else 1


def laid_out(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with an empty cell wherever one from above or from the left covers a place."""
    covered: dict[int, int] = {}  # by column: in how many of the following rows
    for row in rows:
        out: Row = []
        for cell in row:
            _skip_covered(out, covered)
            down, across = spans_of(cell_of(cell))
            for place in range(min(across, MAX_COLUMNS)):
                if down > 1:
                    covered[len(out)] = down - 1
                out.append([] if place else cell)
        _skip_covered(out, covered)
        yield out


def _skip_covered(out: Row, covered: dict[int, int]) -> None:
    while covered.get(len(out), 0):
        covered[len(out)] -= 1
        out.append([])
