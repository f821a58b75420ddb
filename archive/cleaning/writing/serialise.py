"""The kept blocks as plain text, with nothing lost and nothing put between characters.

It promises: one paragraph a line, table cells by tab, rows by newline, inline spans joined as
they stand in the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.cleaning.markup.blocks import Block

Row = list[list[Block]]
Group = Block | list[Row]
"""A block outside data tables, or a data table as rows of cells of blocks."""


def to_text(groups: Sequence[Group]) -> str:
    """The plain text of blocks, ``grouped``."""
    lines: list[str] = []
    for group in groups:
        if isinstance(group, Block):
            lines.append(group.text)
        else:
            lines += ("\t".join(_cell(cell) for cell in row) for row in group)
    return "\n".join(line for line in lines if line.strip())


def _cell(cell: list[Block]) -> str:
    return " ".join(b.text.replace("\t", " ").replace("\n", " ") for b in cell if b.text)


def grouped(blocks: Sequence[Block]) -> Iterator[Group]:
    """``blocks`` one by one, each data table as one."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.cell is None:
            yield block
            index += 1
            continue
        end = index
        while end < len(blocks) and _same_table(blocks[end], block):
            end += 1
        yield _rows(blocks[index:end])
        index = end


def opened(above: list[int], depth: int) -> list[int]:
    """``above`` (the depths of the open lists, changed in place) where an item at ``depth``
    follows: lists deeper than it are closed, and its own is the last."""
    while above and above[-1] >= depth:
        above.pop()
    above.append(depth)
    return above


def _same_table(block: Block, first: Block) -> bool:
    return block.cell is not None and first.cell is not None and block.cell[0] == first.cell[0]


def _rows(blocks: Sequence[Block]) -> list[Row]:
    rows: dict[int, Row] = {}
    for block in blocks:
        if block.cell is None:
            continue
        _, number, column = block.cell
        row = rows.setdefault(number, [])
        while len(row) <= column:
            row.append([])
        row[column].append(block)
    return list(rows.values())
