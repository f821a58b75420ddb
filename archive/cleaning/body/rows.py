"""The rows in which a page lists others: a title with its day beside it.

It promises to know a row whether title and day stand in one line or in two elements side by side,
and to leave the one day over an article alone: rows come several of a kind.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.markup.blocks import Block
from archive.remembered import remembered

_DAY_ALONE = re.compile(
    r"[^\w]*(?:(?:19|20)?\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[^\w]*"
    # How often the page was read: 2020-03-30 (9455).
    r"(?:[(（\[]\d{1,7}[)）\]][^\w]*)?"
)
# 每页 14 记录 总共 8 记录, 共7条 1/1: a list counts itself.
_COUNTED = re.compile(
    r"(?:每页|总共|共有?)\s?\d{1,6}\s?(?:条|篇)?\s?(?:记录|信息|数据|文章|新闻)"
    r"|(?<![\w，。])共\s?\d{1,6}\s?[条篇](?![\u4e00-\u9fff])"
    r"|(?:per page|total) \d{1,6} records",
    re.IGNORECASE,
)
_ANSWERS = re.compile("评论|留言|回复|跟帖|网友|参与")
MAX_COUNTER_CHARS = 60
MAX_DAY_CHARS = 30
MAX_ENTRY_CHARS = 120
MIN_ENTRY_CHARS = 3
MIN_DATED_ENTRIES = 4
# How many lines a title may stand before its day: one of marks may lie between.
REACH = 2


def rows_of(blocks: Sequence[Block]) -> list[tuple[int, ...]]:
    """The places of the lines of each row, in the order of the page; of a list that counts itself
    all rows count, of others four or more of one kind."""
    groups: dict[Hashable, list[tuple[int, ...]]] = {}
    for row in _candidates(blocks):
        groups.setdefault(_kind_of(blocks, row), []).append(row)
    if not groups:
        return []
    found = [group for group in groups.values() if len(group) >= MIN_DATED_ENTRIES]
    few = [
        group
        for group in groups.values()
        if len(group) < MIN_DATED_ENTRIES and any(blocks[row[0]].linked for row in group)
    ]
    if few and any(map(is_counter, blocks)):
        found += few
    return sorted(row for group in found for row in group)


def is_dated_entry(block: Block) -> bool:
    """Whether a line is the title of another page with its day, as a list has so many of."""
    if not 0 < block.linked < block.size or block.size > MAX_ENTRY_CHARS:
        return False
    beside = "".join(r.text for r in block.runs if r.href is None)
    return _is_day(beside) or is_label_line(beside)


def _candidates(blocks: Sequence[Block]) -> Iterator[tuple[int, ...]]:
    last: list[int] = []  # the nearest lines before
    for index, block in enumerate(blocks):
        if not block.size:
            continue
        if is_dated_entry(block):
            yield (index,)
        elif not block.linked and block.size <= MAX_DAY_CHARS and _is_day(block.text):
            title = _title_before(blocks, last)
            if title is not None:
                yield title, index
        last = [*last[-REACH + 1 :], index]


def _title_before(blocks: Sequence[Block], places: Iterable[int]) -> int | None:
    """The line right before a day that may be another page's title."""
    for place in reversed(list(places)):
        block = blocks[place]
        if MIN_ENTRY_CHARS <= block.size <= MAX_ENTRY_CHARS:
            return None if _is_day(block.text) or is_label_line(block.text) else place
    return None


def _kind_of(blocks: Sequence[Block], row: tuple[int, ...]) -> Hashable:
    """What rows of one list have in common: the element around them, or how their days are marked
    up."""
    block = blocks[row[-1]]
    if len(row) == 1:
        parent = block.element.getparent()
        return parent.getparent() if parent is not None and block.tag == "td" else parent
    return block.tag, block.element.get("class")


def is_counter(block: Block) -> bool:
    """Whether a line says how many entries a list has, or shows on a page."""
    return 0 < block.size <= MAX_COUNTER_CHARS and _counts(block.text)


@remembered(4096)
def _counts(text: str) -> bool:
    if "共" not in text and "每页" not in text and "record" not in text.lower():
        return False
    return _COUNTED.search(text) is not None and _ANSWERS.search(text) is None


@remembered(4096)
def _is_day(text: str) -> bool:
    return _DAY_ALONE.fullmatch(text) is not None
