"""Rows of like records on a page: teasers, posts, comments. One article is not such a row.

A record is an element with prose and with a line that heads or dates it; records of one shape side
by side are a stream, be one of them the longest where each has its hour. It promises to leave alone
the sections of one long article: their headings are neither links nor dates, and one of them
outweighs the others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain

from lxml.etree import _Element as Element

from archive.cleaning.body.shape import Shape
from archive.cleaning.facts.dates import find_dates
from archive.cleaning.markup.blocks import Block, Flow
from archive.cleaning.markup.dom import name_of
from archive.remembered import remembered

MIN_RECORDS = 3
MIN_PROSE_CHARS = 20
# Of a stream's records this share must be headed or dated.
HEADED_SHARE = 0.7
# A record with more than this share of a stream's prose is an article with things beside it.
OUTWEIGHS = 0.6
# Of posts this share tells its day and hour, in one of so many lines at either end.
POSTED_SHARE = 0.8
POSTED_LINES = 8
MIN_POSTS = 2
# 06/02/2015 - 22:10: which is the month is not asked here.
_EITHER_WAY = re.compile(r"\b\d{1,2}/\d{1,2}/(?:19|20)\d\d\W{1,4}\d{1,2}:[0-5]\d")
_ANSWERS = re.compile(r"comment|repl(?:y|ies)|respon[ds]|pinglun|huifu|liuyan")
MAX_HEAD_CHARS = 120
MIN_HEAD_CHARS = 5
MAX_RECORD_LINES = 60
MIN_DATED_LINES = 4
_HOUR = re.compile(r"\d\s?[:：]\s?[0-5]\d|小时前|小時前|分钟前|分鐘前")
# 开标时间：, 报名截止日期：: what a notice says of a day to come. A post says when it was made.
_APPOINTS = re.compile(
    r"[\u4e00-\u9fff]{2}(?<!发布)(?<!发表)(?<!发帖)(?<!回复)(?<!回帖)(?<!跟帖)(?<!评论)(?<!留言)(?<!更新)(?<!提交)"
    r"(?:时间|日期|期限)\s?[:：]"
)
_STOPS = re.compile("[，。；]")
# Of a sentence more stands behind its day and hour; what somebody posted may begin with them.
MIN_GOING_ON = 8
MAX_BEFORE_POST = 4


def streams(flow: Flow, shape: Shape) -> dict[int, int]:
    """For every block inside a record of a stream: 0 in the first record, 1 in a later one."""
    inside: dict[Element, list[Element]] = {}
    for element, (start, end) in flow.spans.items():
        if end - start >= 2 and (parent := element.getparent()) is not None:
            inside.setdefault(parent, []).append(element)
    dated = [i for i, b in enumerate(flow.blocks) if b.size <= MAX_HEAD_CHARS and _is_dated(b.text)]
    place = _dated_rows(flow, shape, dated)
    beside = (_alike(one) for one in inside.values() if len(one) >= MIN_RECORDS)
    rows = [records for records in chain.from_iterable(beside) if len(records) >= MIN_RECORDS]
    posted = _posted(flow, dated) if rows else []
    for records in rows:
        posts = _posts(flow, shape, records, posted) if len(posted) >= MIN_RECORDS else []
        for later in sorted(posts, key=lambda r: flow.spans[r])[not _are_answers(flow, posts) :]:
            place.update(dict.fromkeys(range(*flow.spans[later]), 1))
        if not posts and _is_stream(flow, shape, records):
            for number, record in enumerate(sorted(records, key=lambda r: flow.spans[r])):
                for index in range(*flow.spans[record]):
                    place[index] = max(place.get(index, 0), min(number, 1))
    return place


def _alike(elements: Sequence[Element]) -> Iterable[list[Element]]:
    """``elements``, by tag and class."""
    rows: dict[str, list[Element]] = {}
    for element in elements:
        rows.setdefault(_kin(element), []).append(element)
    return rows.values()


def _kin(element: Element) -> str:
    return f"{name_of(element)}.{_letters(element.get('class') or '')}"


@remembered(4096)
def _letters(classes: str) -> str:
    words = classes.split()
    return "".join(c for c in words[0] if c.isalpha()) if words else ""


def _is_stream(flow: Flow, shape: Shape, records: Sequence[Element]) -> bool:
    prose = [_prose(flow, shape, record) for record in records]
    told = [p for p in prose if p]
    if len(told) < MIN_RECORDS or len(told) < 0.6 * len(records):
        return False
    if max(told) > OUTWEIGHS * sum(told):
        return False
    headed = sum(_headed(flow, record) for record in records)
    return headed >= HEADED_SHARE * len(records)


def _posted(flow: Flow, dated: Iterable[int]) -> list[int]:
    """The lines that may tell when a post was made."""
    either = (
        index
        for index, block in enumerate(flow.blocks)
        if block.size <= MAX_HEAD_CHARS and "/" in block.text and _EITHER_WAY.search(block.text)
    )
    found = sorted({*dated, *either})
    return [index for index in found if flow.blocks[index].cell is None]


def _posts(
    flow: Flow, shape: Shape, records: Sequence[Element], posted: Sequence[int]
) -> list[Element]:
    """The records with a line that has their day and hour, where nearly all are such: the posts of
    a thread or of a diary. How long one of them is tells nothing then, and the first is the page's
    article."""
    posts = [record for record in records if _is_posted(flow.spans[record], posted)]
    if len(posts) < max(MIN_RECORDS, POSTED_SHARE * len(records)):
        return []
    prose = sum(_prose(flow, shape, record) > 0 for record in posts)
    return posts if prose >= MIN_POSTS else []


def _are_answers(flow: Flow, posts: Sequence[Element]) -> bool:
    """Whether all of the posts are answers, as they or what they stand in is named: what they
    answer stands before them."""
    around = posts[0].getparent() if posts else None
    return around is not None and any(_ANSWERS.search(flow.names[e]) for e in (around, posts[0]))


def _is_posted(span: tuple[int, int], posted: Sequence[int]) -> bool:
    """Whether such a line stands near an end of the record with this ``span``."""
    start, end = span
    first = bisect_left(posted, start)
    last = bisect_left(posted, end)
    if first == last:
        return False
    return posted[first] < start + POSTED_LINES or posted[last - 1] >= end - POSTED_LINES


def _prose(flow: Flow, shape: Shape, record: Element) -> int:
    start, end = flow.spans[record]
    total = 0
    for index in range(start, end):
        block = flow.blocks[index]
        plain = block.size - block.linked
        if plain >= MIN_PROSE_CHARS and (shape.stops[index] or plain >= 2 * MIN_PROSE_CHARS):
            total += plain
    return total


def _headed(flow: Flow, record: Element) -> bool:
    start, end = flow.spans[record]
    lines = flow.blocks[start:end][:MAX_RECORD_LINES]
    first = next((b for b in lines if b.size), None)
    is_section = first is not None and first.level > 0 and not first.linked
    # Under a heading of its own a list of links is what a section leads to.
    return any(_heads(b) for b in lines if not (is_section and b.linked and b.tag == "li"))


def _heads(block: Block) -> bool:
    if not MIN_HEAD_CHARS <= block.size <= MAX_HEAD_CHARS:
        return False
    return block.linked >= 0.6 * block.size or bool(find_dates(block.text))


@remembered(8192)
def _is_dated(text: str) -> bool:
    """Whether a line has an hour and a day, and is no sentence that has them in its midst."""
    if ":" not in text and "：" not in text and "前" not in text:
        return False
    hours = list(_HOUR.finditer(text))
    dates = find_dates(text) if hours else []
    if not dates or _APPOINTS.search(text) is not None:
        return False
    behind = text[max(hours[-1].end(), dates[-1].end) :].strip()
    if behind[:1] in {"，", "。"}:
        return False
    if dates[0].start <= MAX_BEFORE_POST:
        return True
    return len(behind) < MIN_GOING_ON or _STOPS.search(behind) is None


def _dated_rows(flow: Flow, shape: Shape, dated: Iterable[int]) -> dict[int, int]:
    """Comments without elements of their own: lines with a day and an hour again and again."""
    rows: dict[Element, list[int]] = {}
    for index in dated:
        rows.setdefault(shape.owners[index], []).append(index)
    place: dict[int, int] = {}
    for element, lines in rows.items():
        if len(lines) >= MIN_DATED_LINES and element in flow.spans:
            place.update(dict.fromkeys(range(lines[0], flow.spans[element][1]), 1))
    return place
