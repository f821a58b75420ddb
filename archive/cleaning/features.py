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
_LINE_TAGS = frozenset({*HEADINGS, "p", "li", "dd", "dt", "tr", "center"})
# How many elements above a block are asked for their names, and how many of them count as near.
CLIMB = 6
NEAR = 2


class Row(NamedTuple):
    """The numbers of one block in the order of ``NAMES``; ``near`` and ``far`` have one bit for
    each kind of ``CHROME`` that the elements around the block are named as."""

    values: list[float]
    near: int
    far: int


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
    hints: dict[Element, int] = {}
    return [_row(flow.blocks, index, shape, hints) for index in range(len(flow.blocks))]


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


def hint_bits(element: Element, known: dict[Element, int]) -> int:
    """Bits of the kinds of chrome an element is named as."""
    bits = known.get(element)
    if bits is None:
        bits = _bits_of(names(element))
        known[element] = bits
    return bits


@lru_cache(maxsize=8192)
def _bits_of(own: str) -> int:
    bits = 0
    if own != " ":
        for place, pattern in enumerate(CHROME.values()):
            if pattern.search(own):
                bits |= 1 << place
    return bits


def _named(element: Element, known: dict[Element, int]) -> tuple[int, int]:
    near = far = 0
    node: Element | None = element
    for step in range(CLIMB):
        if node is None:
            break
        if step <= NEAR:
            near |= hint_bits(node, known)
        else:
            far |= hint_bits(node, known)
        node = node.getparent()
    return near, far


def _row(blocks: Sequence[Block], index: int, shape: Shape, known: dict[Element, int]) -> Row:
    block = blocks[index]
    size, linked = block.size, block.linked
    plain = size - linked
    stops = shape.stops[index]
    near, far = _named(block.element, known)
    tag = block.tag
    row = [
        1.0,
        min(log1p(plain) / 6, 1.0),
        float(stops > 0),
        min(stops, 6) / 6,
        min(stops / (size + 1) * 10, 1.0),
        float(bool(block.text) and block.text[-1] in _ENDS),
        linked / size if size else 0.0,
        float(size > 0 and linked > 0.8 * size),
        min(block.anchors, 5) / 5,
        float(tag == "p"),
        float(tag in {"li", "dd", "dt"}),
        float(tag in {"td", "th"}),
        float(block.level > 0),
        float(tag in {"div", "section", "article"}),
        float(block.cell is not None),
        float(block.hidden),
        float(block.control),
        float(bool(block.pictures)),
    ]
    row += _words(block, shape, index)
    row += _places(blocks, index, shape)
    return Row(row, near, far)


def _words(block: Block, shape: Shape, index: int) -> list[float]:
    text = block.text
    short = block.size <= 120
    return [
        float(bool(phrases.FOOT.search(text))) if block.size < 400 else 0.0,
        float(short and bool(phrases.RELATED.match(text) or phrases.NEIGHBOURS.match(text))),
        float(short and phrases.only_tools(text)),
        float(short and is_label_line(text)),
        float(short and bool(phrases.BREADCRUMB.match(text))),
        float(shape.legal[index]),
        float(short and block.size > 8 and bool(_DATED_END.search(text))),
        float(shape.counts[shape.lines[index]] > 1),
        float(index == shape.title),
    ]


def _places(blocks: Sequence[Block], index: int, shape: Shape) -> list[float]:
    group = shape.groups[group_of(blocks[index])]
    best = shape.groups[shape.best] if shape.best is not None else group
    distance = max(best.first - index, index - best.last, 0)
    titled = shape.title >= 0
    before = blocks[index - 1] if index else None
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    return [
        float(titled and index < shape.title),
        float(titled and index > shape.title),
        min(log1p(max(index - shape.title, 0)) / 6, 1.0) if titled else 0.0,
        index / len(blocks),
        min(log1p(group.prose) / 8, 1.0),
        group.prose / shape.most if shape.most else 0.0,
        float(distance == 0 and group is best),
        group.linked / group.size if group.size else 0.0,
        min(log1p(distance) / 5, 1.0),
        float(index < best.first),
        _prose(before, shape.stops[index - 1]) if before is not None else 0.0,
        _prose(after, shape.stops[index + 1]) if after is not None else 0.0,
        before.linked / before.size if before is not None and before.size else 0.0,
        after.linked / after.size if after is not None and after.size else 0.0,
    ]


def _prose(block: Block, stops: int) -> float:
    return min(log1p(block.size - block.linked) / 6, 1.0) if stops else 0.0
