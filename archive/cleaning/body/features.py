"""What can be seen of a block that tells body from template, as numbers.

It promises the same numbers for the same page, each near the range 0 to 1, none of them a name of
a site: only shape, place, punctuation, links and words that templates everywhere use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from typing import NamedTuple

from lxml.etree import _Element as Element

from archive.cleaning.body.chrome import around
from archive.cleaning.body.shape import Group, Shape
from archive.cleaning.facts import phrases
from archive.cleaning.facts.breadcrumb import is_trail
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.markup.blocks import Block, Flow

_ENDS = frozenset("。！？…”.!?；）)")
NUMBERS = (
    "length",
    "stops",
    "stop_rate",
    "linked",
    "links",
    "title_distance",
    "place",
    "group_size",
    "group_share",
    "group_linked",
    "best_distance",
    "previous",
    "following",
    "previous_linked",
    "following_linked",
)
MARKS = (
    "one",
    "stop",
    "sentence",
    "all_linked",
    "tag_p",
    "tag_li",
    "tag_cell",
    "tag_heading",
    "tag_inline",
    "data_cell",
    "hidden",
    "control",
    "picture",
    "words_foot",
    "words_related",
    "words_tools",
    "words_labels",
    "words_crumb",
    "words_legal",
    "dated_end",
    "repeated",
    "is_title",
    "before_title",
    "after_title",
    "group_best",
    "before_best",
)
_MARK = {name: 1 << place for place, name in enumerate(MARKS)}
_DATED_END = re.compile(
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}|[\[(（]\d{1,2}[-/月]\d{1,2})\S{0,3}"
    r"(?:\s\d{1,2}:\d\d(?::\d\d)?)?[)\]）]?$"
)
_DIGIT = re.compile(r"\d")
# A line that ends with a date has a digit among this many last characters.
DATED_REACH = 8
MIN_DATED_CHARS = 8
SHORT_CHARS = 120
MAX_FOOT_CHARS = 400
_TAGGED = {
    "p": _MARK["tag_p"],
    **dict.fromkeys(("li", "dd", "dt"), _MARK["tag_li"]),
    **dict.fromkeys(("td", "th"), _MARK["tag_cell"]),
    **dict.fromkeys(("div", "section", "article"), _MARK["tag_inline"]),
}
# min(log1p(n) / 6, 1) for small n; from the last on it is 1.
_LOGARITHMS = tuple(min(log1p(n) / 6, 1.0) for n in range(404))
_LAST = len(_LOGARITHMS) - 1


class Row(NamedTuple):
    """What is seen of one block: numbers in the order of ``NUMBERS``, one bit for each of
    ``MARKS``, and what the elements around it are named as (``chrome.around``)."""

    numbers: tuple[float, ...]
    marks: int
    around: int


def features(flow: Flow, shape: Shape) -> list[Row]:
    """One row for every block of ``flow``."""
    places = _places_of(flow.blocks, shape)
    known: dict[Element, int] = {}
    return [
        Row(
            _numbers(block, index, places),
            _marks(block, index, places),
            around(block.element, known, flow.names),
        )
        for index, block in enumerate(flow.blocks)
    ]


@dataclass(frozen=True, slots=True)
class _Places:
    """What is worked out once for the page and asked for by block or group. ``prose`` and
    ``shares`` have one value more than there are blocks, for what stands beyond either end."""

    shape: Shape
    count: int
    prose: list[float]
    shares: list[float]
    groups: dict[Element, tuple[float, float, float]]


def _places_of(blocks: Sequence[Block], shape: Shape) -> _Places:
    prose = [
        _LOGARITHMS[min(b.size - b.linked, _LAST)] if stops else 0.0
        for b, stops in zip(blocks, shape.stops, strict=True)
    ]
    shares = [b.linked / b.size if b.size else 0.0 for b in blocks]
    most = shape.groups[shape.best].prose if shape.best is not None else 0
    groups = {
        element: (
            min(log1p(group.prose) / 8, 1.0),
            group.prose / most if most else 0.0,
            group.linked / group.size if group.size else 0.0,
        )
        for element, group in shape.groups.items()
    }
    return _Places(shape, len(blocks), [*prose, 0.0], [*shares, 0.0], groups)


def _numbers(block: Block, index: int, places: _Places) -> tuple[float, ...]:
    shape = places.shape
    size, stops = block.size, shape.stops[index]
    best = _best(shape, index)
    distance = max(best.first - index, index - best.last, 0)
    prose, share, linked = places.groups[shape.owners[index]]
    return (
        _LOGARITHMS[min(size - block.linked, _LAST)],
        min(stops, 6) / 6 if stops else 0.0,
        min(stops / (size + 1) * 10, 1.0) if stops else 0.0,
        places.shares[index],
        min(block.anchors, 5) / 5 if block.anchors else 0.0,
        _LOGARITHMS[min(index - shape.title, _LAST)] if 0 <= shape.title < index else 0.0,
        index / places.count,
        prose,
        share,
        linked,
        min(log1p(distance) / 5, 1.0) if distance else 0.0,
        places.prose[index - 1],
        places.prose[index + 1],
        places.shares[index - 1],
        places.shares[index + 1],
    )


def _best(shape: Shape, index: int) -> Group:
    return shape.groups[shape.owners[index] if shape.best is None else shape.best]


def _marks(block: Block, index: int, places: _Places) -> int:
    shape, size = places.shape, block.size
    marks = _TAGGED.get(block.tag, 0) | _MARK["one"]
    if shape.stops[index]:
        marks |= _MARK["stop"]
    if block.text[-1:] in _ENDS:
        marks |= _MARK["sentence"]
    if block.linked > 0.8 * size:
        marks |= _MARK["all_linked"]
    if shape.legal[index]:
        marks |= _MARK["words_legal"]
    if shape.counts[block.line] > 1:
        marks |= _MARK["repeated"]
    if size <= SHORT_CHARS:
        words = _line_words(block.text)
        marks |= words if size > MIN_DATED_CHARS else words & ~_MARK["dated_end"]
    elif size < MAX_FOOT_CHARS and phrases.is_foot(block.text):
        marks |= _MARK["words_foot"]
    return marks | _states(block) | _standing(shape, index)


def _states(block: Block) -> int:
    marks = _MARK["tag_heading"] if block.level else 0
    if block.cell is not None:
        marks |= _MARK["data_cell"]
    if block.hidden:
        marks |= _MARK["hidden"]
    if block.control:
        marks |= _MARK["control"]
    if block.pictures:
        marks |= _MARK["picture"]
    return marks


def _standing(shape: Shape, index: int) -> int:
    """Where the block stands beside the title and the group with most prose."""
    marks = 0
    if shape.title >= 0:
        if index == shape.title:
            marks = _MARK["is_title"]
        else:
            marks = _MARK["before_title"] if index < shape.title else _MARK["after_title"]
    best = _best(shape, index)
    if index < best.first:
        return marks | _MARK["before_best"]
    if index <= best.last and shape.groups[shape.owners[index]] is best:
        return marks | _MARK["group_best"]
    return marks


@lru_cache(maxsize=8192)
def _line_words(text: str) -> int:
    """Which of the words of templates a short line has; a site's pages share many lines."""
    marks = _MARK["words_foot"] if phrases.is_foot(text) else 0
    if phrases.RELATED.match(text) or phrases.NEIGHBOURS.match(text):
        marks |= _MARK["words_related"]
    if phrases.only_tools(text):
        marks |= _MARK["words_tools"]
    if is_label_line(text):
        marks |= _MARK["words_labels"]
    if is_trail(text):
        marks |= _MARK["words_crumb"]
    if _DIGIT.search(text[-DATED_REACH:]) and _DATED_END.search(text):
        marks |= _MARK["dated_end"]
    return marks
