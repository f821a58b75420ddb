"""How far a body reaches beyond the lines that weigh for it: pictures, tables, lists, signatures.

Short lines and figures speak for no body, and stand in one all the same. It promises to go on only
where what follows belongs to what is there: the same table, the list beside the last paragraph, a
caption under its picture, names over a lone day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Hashable, Sequence

from lxml.etree import _Element as Element

from archive.cleaning.body.shape import owner_of
from archive.cleaning.facts import phrases
from archive.cleaning.facts.dates import is_day
from archive.cleaning.facts.events import is_event
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.facts.values import COLONS
from archive.cleaning.markup.blocks import Block, is_address

# A signature: so many short lines behind the body, of which the last is a day.
SIGNATURE_LINES = 4
MAX_SIGNATURE_CHARS = 40
# A paragraph beyond something else is no shorter, and weighs this share of its characters.
MIN_APART_CHARS = 30
APART_SHARE = 0.2
SENTENCE_ENDS = "。！？…；：”）.!?;:)"
# How the headings of a text's first two sections begin.
_FIRST = re.compile(r"(?:一\s?、|[（(]一[)）]|第一[章节部条]|1[.．、](?!\d))")
_SECOND = re.compile(r"(?:二\s?、|[（(]二[)）]|第二[章节部条]|2[.．、](?!\d))")
# A table of data has no more of its words in links than this share.
MAX_LINKED_SHARE = 0.5
# A box of short lines behind the text has so many.
MIN_LIKE_LINES = 2
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


def with_siblings(
    blocks: Sequence[Block], reasons: Sequence[object], start: int, end: int
) -> tuple[int, int]:
    """The body with the unlinked lines right above and below it that stand beside its own, each an
    element of the same name: short lines (a chronicle's, who signed it) weigh nothing as prose."""
    lines = [i for i in range(start, end) if blocks[i].size]
    if not lines:
        return start, end
    first, last = blocks[lines[0]], blocks[lines[-1]]
    for index in range(start - 1, -1, -1):
        if not _is_sibling(blocks[index], first) or reasons[index] is not None:
            break
        start = index
    for index in range(end, len(blocks)):
        if not _is_sibling(blocks[index], last) or reasons[index] is not None:
            break
        end = index + 1
    return start, end


def with_like_boxes(
    blocks: Sequence[Block], reasons: Sequence[object], start: int, end: int
) -> tuple[int, int]:
    """The body with the unlinked lines right above and below it that are marked up as lines of it
    are, in boxes of the same name: a life told in several boxes, the last with nothing but titles
    of courses."""
    found = Counter(_box_of(b) for b in blocks[start:end] if b.size)
    kinds = {kind for kind, times in found.items() if kind is not None and times > 1}
    if not kinds:
        return start, end
    while start > 0 and _is_like(blocks[start - 1], reasons[start - 1], kinds):
        start -= 1
    behind: list[int] = []
    for place in range(end, len(blocks)):
        if not _is_like(blocks[place], reasons[place], kinds):
            break
        behind.append(place)
    lines = [place for place in behind if blocks[place].size]
    while lines and _leads_over(blocks[lines[-1]]):
        lines.pop()
    return start, lines[-1] + 1 if len(lines) >= MIN_LIKE_LINES else end


def _is_like(block: Block, reason: object, kinds: Container[Hashable]) -> bool:
    if not block.size:
        return True
    if reason is not None or _is_out(block) or _box_of(block) not in kinds:
        return False
    return not phrases.is_foot(block.text)


def _leads_over(block: Block) -> bool:
    """Whether a line announces what stands behind it, which is none of the text."""
    return block.level > 0 or block.text.rstrip()[-1:] in COLONS


def _box_of(block: Block) -> Hashable:
    """How a line and the element that it stands in are marked up; None where that has no name."""
    owner = owner_of(block)
    named = owner.get("class")
    return (block.tag, block.element.get("class"), named) if named else None


def _is_sibling(block: Block, other: Block) -> bool:
    if block.tag != "p" or other.tag != "p" or _is_out(block):
        return False
    if not 0 < block.size <= MAX_SIGNATURE_CHARS:
        return False
    account = block.line.isascii() and block.line == block.text.strip()  # one word, or a number
    bracketed = block.line[0] in "（(" and block.line[-1] in "）)"  # who sent it in
    if account or bracketed or owner_of(block) is not owner_of(other):
        return False
    if is_label_line(block.text):
        return False
    return not phrases.is_foot(block.text) and not phrases.is_legal(block.text)


def paragraphs_apart(
    blocks: Sequence[Block], weights: Sequence[float], start: int, end: int
) -> set[int]:
    """The paragraphs outside the body that stand beside its own, with something between that weighs
    against it (a table of contents, a box): all that speaks for the body and ends as a sentence."""
    apart = [
        index
        for index in (*range(start), *range(end, len(blocks)))
        if weights[index] > 0
        and blocks[index].size >= MIN_APART_CHARS
        and weights[index] >= APART_SHARE * blocks[index].size
        and blocks[index].text.rstrip()[-1:] in SENTENCE_ENDS
        and not _is_out(blocks[index])
    ]
    if not apart:
        return set()
    owners: dict[Element, float] = {}
    for block, weight in zip(blocks[start:end], weights[start:end], strict=True):
        if weight > 0:
            owner = owner_of(block)
            owners[owner] = owners.get(owner, 0.0) + weight
    own = max(owners, key=owners.__getitem__, default=None)
    return {index for index in apart if owner_of(blocks[index]) is own}


def is_caption(blocks: Sequence[Block], index: int) -> bool:
    """Whether a short line stands right under a picture."""
    block, before = blocks[index], blocks[index - 1] if index else None
    if before is None or not before.pictures or block.linked or block.hidden or block.control:
        return False
    return 0 < block.size <= MAX_CAPTION_CHARS


def headed_start(blocks: Sequence[Block], start: int, end: int) -> int:
    """The begin of the body with the heading of its first section right above it, where the next
    one's is of the same kind: marked up alike, or numbered on (一、 before 二、)."""
    above = next((i for i in range(start - 1, -1, -1) if blocks[i].size), None)
    if above is None or _is_out(blocks[above]) or blocks[above].size > MAX_SIGNATURE_CHARS:
        return start
    block, inside = blocks[above], blocks[start:end]
    first = next((b for b in inside if b.size), None)
    if first is None or first.level or owner_of(first) is not owner_of(block):
        return start
    if _FIRST.match(block.text):
        return above if any(_SECOND.match(b.text) for b in inside) else start
    alike = block.level > 1 and any(b.level == block.level and not _is_out(b) for b in inside)
    return above if alike else start


def event_start(blocks: Sequence[Block], start: int) -> int:
    """The begin of the body with the lines right above it that say when something takes place."""
    for index in range(start - 1, -1, -1):
        if blocks[index].size:
            if _is_out(blocks[index]) or not is_event(blocks, index):
                break
            start = index
    return start


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


def without_neutral(blocks: Sequence[Block], weights: Sequence[float]) -> Sequence[float]:
    """The weights where nothing weighs against the body that parts no text: a cell of a table of
    data (one that is mostly links is none), a particular, an address alone in its line."""
    sizes: dict[int, list[int]] = {}
    for block in blocks:
        if block.cell is not None:
            counted = sizes.setdefault(block.cell[0], [0, 0])
            counted[0] += block.size
            counted[1] += block.linked
    data = {table for table, (size, linked) in sizes.items() if linked <= MAX_LINKED_SHARE * size}
    return [
        0.0 if weight < 0 and _is_neutral(block, data) else weight
        for block, weight in zip(blocks, weights, strict=True)
    ]


def _is_neutral(block: Block, data: Container[int]) -> bool:
    if block.hidden or block.control:
        return False
    if block.cell is not None:
        return block.cell[0] in data
    return is_address(block) or (block.tag in {"dt", "dd"} and not block.linked)


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
