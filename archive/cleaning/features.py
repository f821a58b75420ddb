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

from archive.cleaning import phrases
from archive.cleaning.dom import HEADINGS, names
from archive.cleaning.flow import Block, Flow, squeeze
from archive.cleaning.labels import is_label_line

_STOPS = re.compile(r"[，。；！？、：“”]|[,;!?.](?:\s|$)")
_ENDS = frozenset("。！？…”.!?；）)")
CHROME = {
    "comment": re.compile(r"comment|reply|pinglun|liuyan|guestbook|feedback|review"),
    "side": re.compile(r"side|right|aside|widget|column_?r\b|col_?r\b"),
    "foot": re.compile(r"foot|copyright|bottom|bei_?an|disclaim|declare|statement"),
    "nav": re.compile(r"nav|menu|head|top\b|topbar|crumb|position|logo|search|login|tool|tabs?\b"),
    "more": re.compile(
        r"relat|recommend|hot|rank|more|tuijian|xiangguan|list|other|links?\b|tag|about|slider"
        r"|guess|next|prev|pages?\b|pager|pagination|share|bds|social|print|vote|mood"
    ),
    "ad": re.compile(
        r"\bads?\b|ad_|_ad|advert|banner|guanggao|popup|promo|qr_?code|erweima|wechat"
    ),
    "body": re.compile(
        r"article|content|zoom|editor|text|txt|body|detail|entry|post|zhengwen|neirong|story|news"
    ),
    "main": re.compile(r"main|left|center|wrap|container"),
}
NAMES = (
    "one",
    "length",
    "stop",
    "stops",
    "stop_rate",
    "sentence",
    "linked",
    "all_linked",
    "links",
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
    "title_distance",
    "place",
    "group_size",
    "group_share",
    "group_best",
    "group_linked",
    "best_distance",
    "before_best",
    "previous",
    "following",
    "previous_linked",
    "following_linked",
)
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
_LINE_TAGS = frozenset({*HEADINGS, "p", "li", "dd", "dt", "tr", "center"})
_BOXES = frozenset({"div", "section", "article"})
# Paragraph, list entry, cell.
_NO_MARKS = (False, False, False)
_TAG_MARKS = {
    "p": (True, False, False),
    **dict.fromkeys(("li", "dd", "dt"), (False, True, False)),
    **dict.fromkeys(("td", "th"), (False, False, True)),
}
# min(log1p(n) / 6, 1) for small n; from the last on it is 1.
_LOGARITHMS = tuple(min(log1p(n) / 6, 1.0) for n in range(404))
_LAST = len(_LOGARITHMS) - 1
# How many elements above a block are asked for their names, and how many of them count as near.
CLIMB = 6
NEAR = 2
KINDS = len(CHROME)
_ONE = (1 << KINDS) - 1
_ALL = (1 << KINDS * CLIMB) - 1


class Row(NamedTuple):
    """The numbers of one block in the order of ``NAMES``, and what the elements around it are
    named as: ``around`` has one byte an element, the block's own lowest, and in each byte one bit
    for each kind of ``CHROME``."""

    values: list[float]
    around: int


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stand side by side in one element: characters of prose, all, and in links."""

    prose: int
    size: int
    linked: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What is true of the page as a whole."""

    groups: dict[Element, Group]
    best: Element | None
    most: int
    title: int
    counts: dict[str, int]
    lines: list[str]
    stops: list[int]
    legal: list[bool]


def group_of(block: Block) -> Element:
    """The element in which a block's neighbours of the same kind stand."""
    element = block.element
    parent = element.getparent()
    if block.tag in _LINE_TAGS:
        return parent if parent is not None else element
    if block.tag in {"td", "th"} and block.cell is not None and parent is not None:
        above = parent.getparent()
        return above if above is not None else parent
    return element


def features(flow: Flow, shape: Shape) -> list[Row]:
    """One row for every block of ``flow``."""
    places = _places_of(flow.blocks, shape)
    return [_row(flow.blocks, index, places) for index in range(len(flow.blocks))]


def shape_of(flow: Flow, title: str | None) -> Shape:
    lines = [b.line for b in flow.blocks]
    stops = [len(_STOPS.findall(b.text)) if b.size > b.linked else 0 for b in flow.blocks]
    counts: dict[str, int] = {}
    raw: dict[Element, list[int]] = {}
    for index, (block, line) in enumerate(zip(flow.blocks, lines, strict=True)):
        counts[line] = counts.get(line, 0) + 1
        group = raw.setdefault(group_of(block), [0, 0, 0, index, index])
        plain = block.size - block.linked
        if not (block.hidden or block.control):
            group[0] += plain if stops[index] and plain >= 12 else 0
        group[1] += block.size
        group[2] += block.linked
        group[4] = index
    groups = {e: Group(*g) for e, g in raw.items()}
    best = max(groups, key=lambda e: groups[e].prose, default=None)
    most = groups[best].prose if best is not None else 0
    anchor = groups[best].first if best is not None else 0
    legal = [b.size < 600 and phrases.is_legal(b.text) for b in flow.blocks]
    where = _title_index(flow, lines, title, anchor)
    return Shape(groups, best, most, where, counts, lines, stops, legal)


def _title_index(flow: Flow, lines: Sequence[str], title: str | None, before: int) -> int:
    """The block that shows the title: most like ``<title>``, the last above the best group."""
    said = squeeze(title or "")
    best, best_mark = -1, 0.0
    for index, line in enumerate(lines):
        block = flow.blocks[index]
        if (
            not 4 <= len(line) <= 100
            or block.hidden
            or block.control
            or block.linked > block.size / 2
        ):
            continue
        mark = 0.0
        if said and line in said:
            mark = len(line) / len(said) + (0.3 if block.level else 0)
        elif said and said in line and len(said) > 5:
            mark = 0.5
        elif block.level in {1, 2}:
            mark = 0.15
        mark *= 1.0 if index <= before else 0.5
        if mark > 0 and mark >= best_mark:
            best, best_mark = index, mark
    return best if best_mark >= 0.15 else -1


def near_and_far(around: int) -> tuple[int, int]:
    """The bits of the elements nearest to a block in one byte, those of the others in another."""
    near = far = 0
    for step in range(CLIMB):
        bits = around >> KINDS * step & _ONE
        if step <= NEAR:
            near |= bits
        else:
            far |= bits
    return near, far


@lru_cache(maxsize=8192)
def _bits_of(own: str) -> int:
    bits = 0
    if own != " ":
        for place, pattern in enumerate(CHROME.values()):
            if pattern.search(own):
                bits |= 1 << place
    return bits


def _around(element: Element, known: dict[Element, int]) -> int:
    """The bits of ``element`` and the elements above it; ``known`` remembers them."""
    climbed: list[Element] = []
    node: Element | None = element
    while node is not None and node not in known:
        climbed.append(node)
        node = node.getparent()
    bits = known[node] if node is not None else 0
    for node in reversed(climbed):
        bits = known[node] = (bits << KINDS | _bits_of(names(node))) & _ALL
    return bits


@dataclass(frozen=True, slots=True)
class _Places:
    """What is worked out once for the page and asked for by block or group."""

    shape: Shape
    prose: list[float]
    shares: list[float]
    groups: dict[Element, tuple[float, float, float]]
    around: dict[Element, int]


def _places_of(blocks: Sequence[Block], shape: Shape) -> _Places:
    prose = [
        _LOGARITHMS[min(b.size - b.linked, _LAST)] if stops else 0.0
        for b, stops in zip(blocks, shape.stops, strict=True)
    ]
    shares = [b.linked / b.size if b.size else 0.0 for b in blocks]
    groups = {
        element: (
            min(log1p(group.prose) / 8, 1.0),
            group.prose / shape.most if shape.most else 0.0,
            group.linked / group.size if group.size else 0.0,
        )
        for element, group in shape.groups.items()
    }
    return _Places(shape, prose, shares, groups, {})


def _row(blocks: Sequence[Block], index: int, places: _Places) -> Row:
    block = blocks[index]
    size = block.size
    stops = places.shape.stops[index]
    row = [
        1.0,
        _LOGARITHMS[min(size - block.linked, _LAST)],
        stops > 0,
        min(stops, 6) / 6 if stops else 0.0,
        min(stops / (size + 1) * 10, 1.0) if stops else 0.0,
        block.text[-1:] in _ENDS,
        places.shares[index],
        size > 0 and block.linked > 0.8 * size,
        min(block.anchors, 5) / 5 if block.anchors else 0.0,
        *_TAG_MARKS.get(block.tag, _NO_MARKS),
        block.level > 0,
        block.tag in _BOXES,
        block.cell is not None,
        block.hidden,
        block.control,
        bool(block.pictures),
    ]
    row += _words(block, places.shape, index)
    row += _place(block, index, places)
    return Row(row, _around(block.element, places.around))


def _words(block: Block, shape: Shape, index: int) -> list[float]:
    if block.size <= SHORT_CHARS:
        foot, related, tools, labels, crumb, dated = _line_words(block.text)
    else:
        foot = block.size < MAX_FOOT_CHARS and phrases.is_foot(block.text)
        related = tools = labels = crumb = dated = False
    return [
        foot,
        related,
        tools,
        labels,
        crumb,
        shape.legal[index],
        dated and block.size > MIN_DATED_CHARS,
        shape.counts[shape.lines[index]] > 1,
        index == shape.title,
    ]


@lru_cache(maxsize=8192)
def _line_words(text: str) -> tuple[bool, bool, bool, bool, bool, bool]:
    """Which of the words of templates a short line has; a site's pages share many lines."""
    return (
        phrases.is_foot(text),
        bool(phrases.RELATED.match(text) or phrases.NEIGHBOURS.match(text)),
        phrases.only_tools(text),
        is_label_line(text),
        bool(phrases.BREADCRUMB.match(text)),
        bool(_DIGIT.search(text[-DATED_REACH:]) and _DATED_END.search(text)),
    )


def _place(block: Block, index: int, places: _Places) -> list[float]:
    shape = places.shape
    own = group_of(block)
    best = shape.groups[own if shape.best is None else shape.best]
    inside = best.first <= index <= best.last
    distance = 0 if inside else max(best.first - index, index - best.last)
    titled = shape.title >= 0
    last = index + 1 == len(shape.lines)
    prose, share, linked = places.groups[own]
    return [
        titled and index < shape.title,
        titled and index > shape.title,
        _LOGARITHMS[min(index - shape.title, _LAST)] if 0 <= shape.title < index else 0.0,
        index / len(shape.lines),
        prose,
        share,
        inside and shape.groups[own] is best,
        linked,
        min(log1p(distance) / 5, 1.0) if distance else 0.0,
        index < best.first,
        places.prose[index - 1] if index else 0.0,
        0.0 if last else places.prose[index + 1],
        places.shares[index - 1] if index else 0.0,
        0.0 if last else places.shares[index + 1],
    ]
