"""Telling tables that hold data from tables that only place things on the page.

Old institutional pages are laid out in tables, and carry real tables inside them. It promises a
decision from the table's own shape, without looking at any class name.
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from archive.cleaning.markup.dom import name_of

MAX_ROWS_READ = 400
MAX_CELLS_READ = 200
"""Cells of one row."""
# A cell with more text than this is a column of the page, not a value.
MAX_CELL_CHARS = 400
MAX_CELL_BLOCKS = 12
_SECTIONS = frozenset({"tbody", "thead", "tfoot"})
_STRUCTURE = frozenset({"form", "h1", "h2", "iframe", "script", "style", "input", "hr"})


def is_data_table(table: Element) -> bool:
    """Whether rows and columns of ``table`` mean something: at least two of each, no table
    inside, and every cell short."""
    rows = _rows(table)
    if len(rows) < 2:
        return False
    wide = 0
    for row in rows:
        cells = [c for c in row if name_of(c) in {"td", "th"}]
        wide += len(cells) > 1
        if not all(_short(cell) for cell in cells[:MAX_CELLS_READ]):
            return False
    return wide * 2 >= len(rows) or wide >= 3


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    for child in table:
        tag = name_of(child)
        if tag == "tr":
            found.append(child)
        elif tag in _SECTIONS:
            # Somebody may have put a head into a body.
            found.extend(_rows(child))
        if len(found) > MAX_ROWS_READ:
            break
    return found[:MAX_ROWS_READ]


def _short(cell: Element) -> bool:
    chars = blocks = 0
    for node in cell.iter():
        tag = name_of(node)
        if tag == "table" or tag in _STRUCTURE:
            return False
        blocks += tag in {"p", "div", "br", "li"}
        chars += len((node.text or "").strip()) + len((node.tail or "").strip())
        if chars > MAX_CELL_CHARS or blocks > MAX_CELL_BLOCKS:
            return False
    return True
