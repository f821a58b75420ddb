"""An abstract as journals show it: the word over it, and the keywords under it.

It promises to take these lines only for a paragraph that is called an abstract, right before it or
at its own begin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.cleaning.markup.blocks import Block

_HEAD = re.compile(
    r"\W{0,3}(?:摘\s{0,4}要|内容提要|提\s{0,4}要|要旨|초록|abstract|summary)\s?[:：]?\W{0,3}", re.I
)
_BEGIN = re.compile(r"\W{0,3}(?:摘\s{0,4}要|内容提要|abstract)\s?[:：】\]]", re.IGNORECASE)
_KEYS = re.compile(
    r"\W{0,3}(?:关\s?键\s?[词字]|關\s?鍵\s?[詞字]|キーワード|key\s?words?)\s?(?:[:：】\]]|\W{0,3}$)",
    re.I,
)
_ALONE = re.compile(r"[^:：]{1,12}[:：]?\W{0,3}")
MIN_ABSTRACT_CHARS = 40
MAX_KEYS_CHARS = 200
REACH = 3


def abstract_extent(blocks: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    """The range from ``start`` to ``end`` with the lines of its abstract right around it; itself
    where it is none."""
    first = next((b for b in blocks[start:end] if b.size), None)
    if first is None:
        return start, end
    above = next((i for i in range(start - 1, -1, -1) if blocks[i].size), None)
    headed = above is not None and _HEAD.fullmatch(blocks[above].text) is not None
    if not headed and not _BEGIN.match(first.text) and not _HEAD.fullmatch(first.text):
        return start, end
    return (above if headed and above is not None else start), _keys_end(blocks, end)


def abstract_lines(blocks: Sequence[Block]) -> set[int]:
    """The places of the word over an abstract and of the keywords under it, among ``blocks``."""
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if block.cell is not None:
            continue  # a record's
        begins = _BEGIN.match(block.text) is not None and block.size >= MIN_ABSTRACT_CHARS
        if not begins and not (_HEAD.fullmatch(block.text) and _has_text(blocks, index)):
            continue
        found.add(index)
        text = index if begins else _next(blocks, index)
        found.update(i for i in range(text + 1, _keys_end(blocks, text + 1)) if blocks[i].size)
    return found


def _has_text(blocks: Sequence[Block], index: int) -> bool:
    behind = _next(blocks, index)
    return behind < len(blocks) and blocks[behind].size >= MIN_ABSTRACT_CHARS


def _next(blocks: Sequence[Block], index: int) -> int:
    return next((i for i in range(index + 1, len(blocks)) if blocks[i].size), len(blocks))


def _keys_end(blocks: Sequence[Block], end: int) -> int:
    """Where the keywords end that begin at ``end``; a label alone has them in the next line."""
    place = _next(blocks, end - 1)
    if place == len(blocks) or _KEYS.match(blocks[place].text) is None:
        return end
    if blocks[place].size > MAX_KEYS_CHARS:
        return end
    if _ALONE.fullmatch(blocks[place].text):
        place = _next(blocks, place)
        if place == len(blocks) or blocks[place].size > MAX_KEYS_CHARS:
            return end
    return place + 1
