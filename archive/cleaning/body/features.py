"""What can be seen of a block that tells body from template, as numbers.

It promises the same numbers for the same page, each near the range 0 to 1, none of them a name of
a site: only shape, place, punctuation, links and words that templates everywhere use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from typing import NamedTuple

from lxml.etree import _Element as Element

from archive.cleaning.body.chrome import around
from archive.cleaning.body.shape import Shape
from archive.cleaning.facts import phrases
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.markup.blocks import Block, Flow
from archive.remembered import remembered

_ENDS = frozenset("。！？…”.!?；）)")
NUMBERS = (
    "length",
    "stops",
    "stop_rate",
    "linked",
    "links",
    "title_distance",
    "place",
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
    "control",
    "picture",
    "words_foot",
    "words_related",
    "words_labels",
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
# And is nothing more than so many characters with the hour behind it.
DATED_SPAN = 40
MIN_DATED_CHARS = 8
SHORT_CHARS = 120
MAX_FOOT_CHARS = 400
_STOP, _SENTENCE, _ALL_LINKED = _MARK["stop"], _MARK["sentence"], _MARK["all_linked"]
_REPEATED, _DATED = _MARK["repeated"], _MARK["dated_end"]
_TAGGED = {
    tag: _MARK["one"] | _MARK[mark]
    for mark, tags in {
        "tag_p": ("p",),
        "tag_li": ("li", "dd", "dt"),
        "tag_cell": ("td", "th"),
        "tag_inline": ("div", "section", "article"),
    }.items()
    for tag in tags
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
    known: dict[Element, int] = {}
    names = flow.names
    elements = [block.element for block in flow.blocks]
    named = [known[e] if e in known else around(e, known, names) for e in elements]
    numbers = zip(*_columns(flow.blocks, shape), strict=True)
    return list(map(Row, numbers, _marks(flow.blocks, shape), named))


def _columns(blocks: Sequence[Block], shape: Shape) -> list[list[float]]:
    """The numbers of all blocks, in the order of ``NUMBERS``."""
    count, stops = len(blocks), shape.stops
    length = [_LOGARITHMS[min(b.size - b.linked, _LAST)] for b in blocks]
    prose = [one if n else 0.0 for one, n in zip(length, stops, strict=True)]
    shares = [b.linked / b.size if b.linked else 0.0 for b in blocks]
    groups = _group_numbers(shape)
    standing = [groups[owner] for owner in shape.owners]
    return [
        length,
        [min(n, 6) / 6 if n else 0.0 for n in stops],
        [min(n / (b.size + 1) * 10, 1.0) if n else 0.0 for n, b in zip(stops, blocks, strict=True)],
        shares,
        [min(b.anchors, 5) / 5 if b.anchors else 0.0 for b in blocks],
        _title_distances(shape.title, count),
        [index / count for index in range(count)],
        [share for share, _ in standing],
        [linked for _, linked in standing],
        _best_distances(shape, count),
        [0.0, *prose][:count],
        [*prose, 0.0][1:],
        [0.0, *shares][:count],
        [*shares, 0.0][1:],
    ]


def _group_numbers(shape: Shape) -> dict[Element, tuple[float, float]]:
    most = shape.groups[shape.best].prose if shape.best is not None else 0
    return {
        element: (
            group.prose / most if most else 0.0,
            group.linked / group.size if group.size else 0.0,
        )
        for element, group in shape.groups.items()
    }


def _title_distances(title: int, count: int) -> list[float]:
    if title < 0:
        return [0.0] * count
    behind = [_LOGARITHMS[min(distance, _LAST)] for distance in range(1, count - title)]
    return [0.0] * (title + 1) + behind


def _best_distances(shape: Shape, count: int) -> list[float]:
    """How far a block stands from the group with most prose."""
    if shape.best is None:
        return [0.0] * count
    best = shape.groups[shape.best]
    before = [min(log1p(distance) / 5, 1.0) for distance in range(best.first, 0, -1)]
    behind = [min(log1p(distance) / 5, 1.0) for distance in range(1, count - best.last)]
    return [*before, *[0.0] * (best.last + 1 - best.first), *behind]


def _marks(blocks: Sequence[Block], shape: Shape) -> list[int]:
    """The marks of all blocks."""
    found = _standing(shape, len(blocks))
    for index, block in enumerate(blocks):
        text, size = block.text, block.size
        marks = _TAGGED.get(block.tag, _MARK["one"])
        if shape.stops[index]:
            marks |= _STOP
        if text[-1:] in _ENDS:
            marks |= _SENTENCE
        if block.linked > 0.8 * size:
            marks |= _ALL_LINKED
        if shape.counts[block.line] > 1:
            marks |= _REPEATED
        if size <= SHORT_CHARS:
            words = _line_words(text)
            marks |= words if size > MIN_DATED_CHARS else words & ~_DATED
        elif size < MAX_FOOT_CHARS and phrases.is_foot(text):
            marks |= _MARK["words_foot"]
        if shape.legal[index]:
            marks |= _MARK["words_legal"]
        found[index] |= marks | _states(block)
    return found


def _states(block: Block) -> int:
    marks = _MARK["tag_heading"] if block.level else 0
    if block.cell is not None:
        marks |= _MARK["data_cell"]
    if block.control:
        marks |= _MARK["control"]
    if block.pictures:
        marks |= _MARK["picture"]
    return marks


def _standing(shape: Shape, count: int) -> list[int]:
    """Where blocks stand beside the title and the group with most prose."""
    marks = [0] * count
    if shape.title >= 0:
        marks = [_MARK["before_title"]] * shape.title + [_MARK["is_title"]]
        marks += [_MARK["after_title"]] * (count - len(marks))
    if shape.best is None:
        return marks
    best = shape.groups[shape.best]
    for index in range(best.first):
        marks[index] |= _MARK["before_best"]
    for index in range(best.first, best.last + 1):
        if shape.owners[index] is shape.best:
            marks[index] |= _MARK["group_best"]
    return marks


@remembered(8192)
def _line_words(text: str) -> int:
    """Which of the words of templates a short line has; a site's pages share many lines."""
    marks = _MARK["words_foot"] if phrases.is_foot(text) else 0
    if phrases.leads_elsewhere(text):
        marks |= _MARK["words_related"]
    if is_label_line(text):
        marks |= _MARK["words_labels"]
    if _DIGIT.search(text[-DATED_REACH:]) and _DATED_END.search(text[-DATED_SPAN:]):
        marks |= _MARK["dated_end"]
    return marks
