"""How far a body reaches beyond the lines that weigh for it: pictures, tables, lists, signatures.

Short lines and figures speak for no body, and stand in one all the same. It promises to go on only
where what follows belongs to what is there: the same table, the list beside the last paragraph, a
caption under its picture, names over a lone day.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.cleaning.body.shape import owner_of
from archive.cleaning.facts.dates import is_day
from archive.cleaning.markup.blocks import Block

# A signature: so many short lines behind the body, of which the last is a day.
SIGNATURE_LINES = 4
MAX_SIGNATURE_CHARS = 40
# A line under a picture is no longer than this.
MAX_CAPTION_CHARS = 60


def picture_story(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """The body with the pictures on both sides of it and the captions between and under them: they
    are the story where there is hardly a text."""
    while end < len(blocks) and (blocks[end].pictures or is_caption(blocks, end)):
        end += 1
    while start > 0 and (blocks[start - 1].pictures or is_caption(blocks, start - 1)):
        start -= 1
    return start, end


def is_caption(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line stands right under a picture."""
    block, before = blocks[index], blocks[index - 1] if index else None
    if before is None or not before.pictures or block.linked or block.hidden or block.control:
        return False
    return 0 < block.size <= MAX_CAPTION_CHARS


def addressed_start(blocks: Sequence[Block], start: int) -> int:
    """The begin of the body with the line right above it that says whom it is addressed to
    (各有关单位：), beside its first paragraph."""
    first = next((b for b in blocks[start:] if b.size), None)
    above = next((i for i in range(start - 1, -1, -1) if blocks[i].size), None)
    if first is None or above is None:
        return start
    block = blocks[above]
    said = block.text.rstrip()[-1:] == "：" and block.size <= MAX_SIGNATURE_CHARS
    beside = owner_of(block).getparent() is owner_of(first).getparent()
    return above if said and beside and not _is_out(block) else start


def table_start(blocks: Sequence[Block], start: int, end: int) -> int:
    """The begin of the body with the whole of the data table in which it begins."""
    first = next((b for b in blocks[start:end] if b.size), None)
    table = first.cell[0] if first is not None and first.cell is not None else None
    while start > 0 and table is not None:
        cell = blocks[start - 1].cell
        if cell is None or cell[0] != table:
            break
        start -= 1
    return start


def table_end(blocks: Sequence[Block], end: int) -> int:
    """The end of the body with the data table that follows it: figures weigh nothing as prose."""
    while end < len(blocks) and blocks[end].cell is not None and not blocks[end].hidden:
        if blocks[end].linked > blocks[end].size / 2:
            break
        end += 1
    return end


def list_end(blocks: Sequence[Block], start: int, end: int) -> int:
    """The end of the body with the lists that stand beside its last paragraph, and the lines
    between them that lead to the next: short items weigh nothing as prose."""
    last = next((b for b in reversed(blocks[start:end]) if b.size), None)
    beside = owner_of(last) if last is not None else None
    index = end
    while index < len(blocks) and not _is_out(blocks[index]):
        block, owner = blocks[index], owner_of(blocks[index])
        if block.tag == "li" and beside in (owner, owner.getparent()):
            end = index + 1
        elif owner is not beside or index != end:
            break
        index += 1
    return end


def _is_out(block: Block) -> bool:
    return bool(block.linked) or block.hidden or block.control


def signature_end(blocks: Sequence[Block], end: int) -> int:
    """The end of the body with its signature: a few short lines, the last of them a lone day."""
    lines = [i for i in range(end, len(blocks)) if blocks[i].size][:SIGNATURE_LINES]
    for index in lines:
        block = blocks[index]
        if block.size > MAX_SIGNATURE_CHARS or block.linked or block.hidden or block.control:
            break
        if is_day(block.text):
            return index + 1
    return end
