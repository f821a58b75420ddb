"""What the page says about the article beside its text: branch, author, source, day, visits.

It promises that each value comes from a place on the page near the body, the nearest first, and
that nothing is filled in where the page is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from archive.cleaning.facts import phrases
from archive.cleaning.facts.around import (
    MAX_LABEL_LINE,
    REACH_ABOVE,
    REACH_BELOW,
    REACH_CLOSING,
    REACH_INSIDE,
    Around,
    closing_publisher,
    leads_on,
)
from archive.cleaning.facts.breadcrumb import branch_of
from archive.cleaning.facts.byline import byline
from archive.cleaning.facts.events import is_event
from archive.cleaning.facts.head import Head
from archive.cleaning.facts.labels import Label, beside_date, is_label_line, read_labels
from archive.cleaning.facts.latin import latin_byline, latin_people
from archive.cleaning.facts.people import OFFICE, are_people, is_office, office_and_people
from archive.cleaning.facts.published import published_day
from archive.cleaning.facts.values import (
    COLONS,
    EDGES,
    count,
    department,
    organisation,
    person,
    publisher,
    writer,
)
from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.held import Held
from archive.cleaning.script import plain

_T = TypeVar("_T")
_READ_TIMES = re.compile(
    r"(?:阅读|点击|浏览|访问)(?:次数|量|数)?[\s\u3000]{0,2}(?:[（(\[]\s?(?=\d{1,9}\s?[)）\]]))?"
    r"(\d{1,9})(?=[\s\u3000]?(?:次|[)）\]]|[·|｜/]|$))"
    r"|(?<![\d.])(\d{1,9})\s?次(?:阅读|点击|浏览|访问)"
)
# Behind the last sentence, or alone in the last line: （科技处）, （科技处 供稿）.
_GIVEN_BY = re.compile(
    rf"(?:^|[。！？”])\s?[（(]\s?({OFFICE})(?:[\s\u3000]{{0,3}}供稿)?\s?[)）]\s?$"
)
# What stands beside a day and begins as a name does.
_NO_NAME = re.compile(r"[时時日期间間]$|楼主|管理|通知|公告|新闻|公[开開]")
_FROM = re.compile(r"^(?:本文)?(?:来源于?|来自|转自|摘自)[\s:：]*")
MAX_NAMED_CHARS = 40
_TAGS = re.compile(r"<[^<>]{0,200}>")
# What WordPress says where nobody chose a category.
_NO_CATEGORY = ("未分类", "未分類", "Uncategorized", "Uncategorised", "Allgemein", "未設定")
# A cell that is only a label (发布日期：) is at most this long; its value stands in the next one.
MAX_LABEL_CHARS = 8
MAX_VALUE_CHARS = 60
_LABEL_TAGS = frozenset({"td", "th", "dt"})


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; None where the page is silent."""

    branch: str | None = None
    author: str | None = None
    editor: str | None = None
    source: str | None = None
    published: date | None = None
    published_evidence: str | None = None
    hits: int | None = None


def read_metadata(head: Head, url: str | None, around: Around, title: str | None) -> Metadata:
    """Read the labels about the body of the page at ``url``; its ``head`` speaks where those do
    not."""
    joined = _with_values(around)
    labels = list(_labels_near(joined))
    published, evidence = published_day(head, url, around, joined)
    return Metadata(
        branch=branch_of(around.above, title) or head.column(title) or _category(around),
        author=_first(labels, "author", writer) or _writer(around) or _named_writer(head),
        editor=_first(labels, "editor", person),
        source=_source(labels, around) or organisation(head.source or "") or head.posted.account,
        published=published,
        published_evidence=evidence,
        hits=_visits(labels, around),
    )


def with_held(told: Metadata, held: Held) -> Metadata:
    """``told``, and where the page is silent what stands beside the text in its script."""
    branch = _TAGS.sub("", held.branch or "").strip()
    return replace(
        told,
        branch=told.branch or (branch if 0 < len(branch) <= MAX_NAMED_CHARS else None),
        author=told.author or writer(held.author or ""),
        source=told.source or organisation(held.source or ""),
    )


def _category(around: Around) -> str | None:
    """The section that a link by the body names for it (``rel="category tag"``, as WordPress writes
    it; microformats' rel registry), unless several do."""
    near = [*around.above[-REACH_INSIDE:], *around.inside[-1:], *around.below[:REACH_BELOW]]
    links = {
        node
        for block in near
        if block.linked and not block.hidden
        for node in block.element.iter("a")
        if "category" in (node.get("rel") or "").lower().split()
    }
    named = {" ".join("".join(map(str, node.itertext())).split()) for node in links}
    name = named.pop() if len(named) == 1 else ""
    return name if 0 < len(name) <= MAX_NAMED_CHARS and name not in _NO_CATEGORY else None


def _source(labels: Sequence[Label], around: Around) -> str | None:
    """The source that a label tells or, where none does, the department said to have written."""
    told = _first(labels, "source", organisation) or _first(labels, "author", department)
    return told or _paper(around)


def _visits(labels: Iterable[Label], around: Around) -> int | None:
    """The visits that a label tells or, without one, a line of labels (阅读 156 次); a counter in
    the foot counts those of the site."""
    told = [one for one in labels if one.kind == "hits"]
    said = _first((one for one in told if not phrases.is_foot(plain(one.line))), "hits", count)
    if said is not None:
        return said
    for block in reversed(around.above[-REACH_INSIDE:]):
        found = _READ_TIMES.search(block.text) if is_label_line(block.text) else None
        if found:
            return int(found[1] or found[2])
    return None


def _paper(around: Around) -> str | None:
    """The publisher or the department named beside the day, without a label, right above the body,
    or the department in brackets behind the text."""
    for block in (*reversed(around.above[-REACH_INSIDE:]), *around.inside[:1]):
        beside = _FROM.sub("", beside_date(block.text)).strip(EDGES) if not block.hidden else ""
        both = office_and_people(beside)
        found = publisher(beside) or (beside if is_office(beside) else both and both[0])
        if found and not leads_on(block):
            return found
    for block in (*around.inside[-1:], *around.below[:REACH_CLOSING]):
        found = closing_publisher(block)
        if found:
            return found
    last = next((b.text for b in reversed(around.inside) if b.size), "")
    given = _GIVEN_BY.search(last[-MAX_NAMED_CHARS:])
    return given[1] if given else None


def _writer(around: Around) -> str | None:
    said = byline(around.above, around.inside, around.below)
    return said or _beside_day(around) or latin_byline(around.above, around.inside)


def _beside_day(around: Around) -> str | None:
    """The people named beside the day, without a label, right above the body."""
    for block in reversed(around.above[-REACH_INSIDE:]):
        alone = not block.hidden and not block.linked and _tells_only_visits(block.text)
        beside = beside_date(block.text) if alone else ""
        both = office_and_people(beside)
        if both is not None or (beside and are_people(beside) and not _NO_NAME.search(beside)):
            return both[1] if both else beside
    return None


def _tells_only_visits(line: str) -> bool:
    """Whether no label of a line, where it has any, is for anything but the day or the visits."""
    return all(label.kind in {"published", "hits"} for label in read_labels(line))


def _named_writer(head: Head) -> str | None:
    """The people that the head names as authors; a site's or a program's name is none, and Chinese
    sites name there who put the page in."""
    chinese = [
        name
        for name in (*head.linked.authors, *head.cited, *head.marked.authors)
        if are_people(name)
    ]
    return "、".join(dict.fromkeys(chinese)) or latin_people(head.authors)


def _with_values(around: Around) -> Around:
    """The same lines, but labels that stand alone in a cell joined with the value beside them."""
    head = around.inside[: 2 * REACH_INSIDE]
    return Around(
        _joined(around.above), [*_joined(head), *around.inside[len(head) :]], around.below
    )


def _joined(blocks: Sequence[Block]) -> list[Block]:
    lines: list[Block] = []
    for index, block in enumerate(blocks):
        if is_event(blocks, index):
            continue
        label = lines[-1] if lines else None
        if label is not None and block.size <= MAX_VALUE_CHARS and _takes_value(label, block):
            between = [] if label.text[-1:] in COLONS else [label.runs[-1]._replace(text="：")]
            lines[-1] = Block(label.element, "tr", [*label.runs, *between, *block.runs])
        else:
            lines.append(block)
    return lines


def _takes_value(label: Block, value: Block) -> bool:
    """Whether a cell is only a label, with or without a colon, and ``value`` what it is for."""
    if label.tag not in _LABEL_TAGS or label.size > MAX_LABEL_CHARS or value.text[-1:] in COLONS:
        return False
    if label.text[-1:] in COLONS:
        return True
    named = label.tag == "dt" and value.tag == "dd" and bool(read_labels(f"{label.text}：1"))
    return named and label.element.getnext() is value.element


def _labels_near(around: Around) -> Iterable[Label]:
    """Labels of the nearest lines above, then the body's first and last, then below."""
    near = [*reversed(around.above[-REACH_ABOVE:]), *around.inside[:REACH_INSIDE]]
    near += [*reversed(around.inside[-REACH_INSIDE:]), *around.below[:REACH_BELOW]]
    for block in near:
        if block.size <= MAX_LABEL_LINE and not block.hidden:
            yield from read_labels(block.text)


def _first(labels: Iterable[Label], kind: str, read: Callable[[str], _T | None]) -> _T | None:
    for label in labels:
        value = read(label.value) if label.kind == kind else None
        if value is not None:
            return value
    return None
