"""What the page says about the article beside its text: branch, author, source, day, visits.

It promises that each value comes from a place on the page near the body, the nearest first, and
that nothing is filled in where the page is silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lxml.etree import _Element as Element

from archive.cleaning.facts import phrases
from archive.cleaning.facts.breadcrumb import branch_of
from archive.cleaning.facts.byline import byline
from archive.cleaning.facts.dates import address_date, find_dates, is_day, signature_date
from archive.cleaning.facts.events import is_event
from archive.cleaning.facts.head import Head
from archive.cleaning.facts.labels import Label, beside_date, is_label_line, read_labels
from archive.cleaning.facts.latin import latin_byline, latin_people
from archive.cleaning.facts.people import OFFICE, are_people, is_office, office_and_people
from archive.cleaning.facts.values import (
    EDGES,
    count,
    day_of,
    department,
    organisation,
    person,
    publisher,
    writer,
)
from archive.cleaning.markup.blocks import Block, squeeze
from archive.cleaning.markup.dom import names

_T = TypeVar("_T")
# How many lines above and below the body may carry its labels.
REACH_ABOVE = 25
REACH_BELOW = 12
REACH_INSIDE = 4
MAX_LABEL_LINE = 300
_HOUR = re.compile(r"[\s日号T　]\d{1,2}\s?[:：时]\s?[0-5]\d")
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
_TODAY = re.compile(r"星期|今天|农历|京港台")
# Elements that a template made for who and when.
_DATED_NAME = re.compile(r"date|time|\binfo|meta|byline|source|riqi|shijian|laiyuan|post-foot")
_TOLD = re.compile(
    r"(?:发布|发表|更新|刊登|发帖|张贴|公布|發表|發布)(?:时间|日期|時間|于|於|在)?[\s\u3000:：@]{0,6}$"
)
# What Drupal, and schema.org's vocabulary, call the day of publication.
_ISSUED = re.compile(r"dc:(?:date|created|issued)|datepublished|datecreated")
_ADDRESS = re.compile(r"^\W{0,3}(?:https?://|www\.)[\w./:-]{4,60}\W{0,3}$", re.ASCII)
_TOLD_BEHIND = re.compile(r"日?[\s\d:：时分秒]{0,12}(?:在[^，。]{0,24})?(?:发表|发布|张贴|發表)")
# Days that are not the day of publication, as the tables above official notices give them.
_OTHER_DAY = re.compile(
    r"(?:生成|成文|印发|签发|修订|实施|施行|生效|失效|截止|报名|会议|活动)\s?(?:日期|时间)"
    # Some other word's, 展会时间：; those of publication have been read as labels before.
    r"|[\u4e00-\u9fff]\s?(?:日期|时间)\s?[:：]"
)
# All of them have one of these words.
_DAY_WORD = re.compile("[日时](?:期|间)")
MAX_BYLINE_CHARS = 90
# The title of a list's entry is no shorter.
MIN_ENTRY_CHARS = 4
MAX_NAMED_CHARS = 40
# What WordPress says where nobody chose a category.
_NO_CATEGORY = ("未分类", "未分類", "Uncategorized", "Uncategorised", "Allgemein", "未設定")
# A cell that is only a label (发布日期：) is at most this long; its value stands in the next one.
MAX_LABEL_CHARS = 8
MAX_VALUE_CHARS = 60


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


@dataclass(frozen=True, slots=True)
class Around:
    """The lines about the body: ``above`` (the nearest last), ``inside``, ``below``."""

    above: Sequence[Block]
    inside: Sequence[Block]
    below: Sequence[Block]


def read_metadata(head: Head, url: str | None, around: Around, title: str | None) -> Metadata:
    """Read the labels about the body of the page at ``url``; its ``head`` speaks where those do
    not."""
    joined = _with_values(around)
    labels = list(_labels_near(joined))
    published, evidence = _published_day(head, url, around, joined)
    return Metadata(
        branch=branch_of(around.above, title) or head.column(title) or _category(around),
        author=_first(labels, "author", writer) or _writer(around) or _named_writer(head),
        editor=_first(labels, "editor", person),
        source=_source(labels, around) or organisation(head.source or "") or head.posted.account,
        published=published,
        published_evidence=evidence,
        hits=_visits(labels, around),
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
    """The visits that a label tells or, without one, a line of labels (阅读 156 次)."""
    told = _first(labels, "hits", count)
    if told is not None:
        return told
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
        if found and not _leads_on(block):
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
    chinese = [name for name in (*head.linked.authors, *head.cited) if are_people(name)]
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
        if (
            label is not None
            and label.tag in {"td", "th", "dt"}
            and label.text[-1:] in {":", "："}
            and label.size <= MAX_LABEL_CHARS
            and block.size <= MAX_VALUE_CHARS
            and block.text[-1:] not in {":", "："}
        ):
            lines[-1] = Block(label.element, "tr", [*label.runs, *block.runs])
        else:
            lines.append(block)
    return lines


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


def _published_day(
    head: Head, url: str | None, around: Around, joined: Around
) -> tuple[date | None, str | None]:
    """The day of publication and the evidence for it; (None, None) rather than a guess."""
    for day, evidence in _days(head, url, joined):
        if day is not None:
            signed = signature_date([b.text for b in around.inside])
            return day, f"{evidence}; signature agrees" if signed == day else evidence
    return None, None


def _days(head: Head, url: str | None, around: Around) -> Iterator[tuple[date | None, str | None]]:
    """Every voice in the order of trust; the caller stops at the first that speaks."""
    begin = around.inside[:REACH_INSIDE]
    yield _labelled(reversed(around.above[-REACH_ABOVE:]), "label above the body")
    yield _labelled(begin, "label at the head of the body")
    yield _bare(around.above)
    yield _bare(begin)
    yield _marked_up([*reversed(around.above[-REACH_ABOVE:]), *begin])
    ends = [*around.inside[-REACH_INSIDE:], *around.below[:REACH_BELOW]]
    yield _labelled(ends, "label below the body")
    yield _told([*reversed(around.above[-REACH_ABOVE:]), *begin], "words above the body")
    yield _told(ends, "words below the body")
    yield _from_address(url)
    yield _from_meta(head)
    yield head.posted.day, "moment in the page's script"


def _labelled(blocks: Iterable[Block], where: str) -> tuple[date | None, str | None]:
    for block in blocks:
        if block.size > MAX_LABEL_LINE:
            continue
        for label in read_labels(block.text):
            day = day_of(label.value) if label.kind == "published" else None
            if day is not None:
                return day, f"{where}: {block.text[:80]}"
    return None, None


def _bare(blocks: Sequence[Block]) -> tuple[date | None, str | None]:
    """A date in a byline without a label, the nearest to the body."""
    for block in reversed(blocks[-REACH_ABOVE:]):
        if block.hidden or block.control or block.size > MAX_BYLINE_CHARS or "。" in block.text:
            continue
        if _leads_on(block) or _TODAY.search(block.text):
            continue
        if _DAY_WORD.search(block.text) and _OTHER_DAY.search(block.text):
            continue
        if not (_HOUR.search(block.text) or is_label_line(block.text) or _is_for_dates(block)):
            continue
        dates = find_dates(block.text)
        if dates:
            return dates[0].day, f"byline: {block.text[:80]}"
    return None, None


def _marked_up(blocks: Iterable[Block]) -> tuple[date | None, str | None]:
    """The day that the markup of a short line gives to programs: ``<time datetime>``, Dublin
    Core's and schema.org's names (HTML Living Standard 4.5.14, RDFa, microdata)."""
    for block in blocks:
        if block.hidden or block.size > MAX_BYLINE_CHARS or _leads_on(block):
            continue
        for node in block.element.iter("time", "span", "abbr", "meta"):
            said = node.get("datetime") if node.tag == "time" else _issued(node)
            dates = find_dates(said.partition("T")[0]) if said else ()
            if dates:
                return dates[0].day, f"markup: {said[:40] if said else ''}"
    return None, None


def _issued(node: Element) -> str | None:
    name = node.get("property") or node.get("itemprop") or ""
    return node.get("content") if _ISSUED.search(name.lower()) else None


def _is_for_dates(block: Block) -> bool:
    """Whether a short line's element is named for who and when."""
    return block.size <= MAX_NAMED_CHARS and bool(_DATED_NAME.search(names(block.element)))


def _leads_on(block: Block) -> bool:
    """Whether most of a line is a link with words; that to the source's home page has its
    address, and page tools (大 中 小 打印) lead nowhere."""
    if not block.linked:
        return False
    addresses = sum(
        len(squeeze(r.text))
        for r in block.runs
        if r.href and (_ADDRESS.match(r.text) or phrases.only_tools(r.text))
    )
    if block.linked - addresses > (block.size - addresses) / 2:
        return True
    return block.linked >= MIN_ENTRY_CHARS and _is_entry(block)


def _is_entry(block: Block) -> bool:
    """Whether a line is a link and behind it a day alone, as the entries of a list are: a link to
    the paper or to the author stands behind the day, or names a publisher."""
    first, behind = block.runs[0], "".join([run.text for run in block.runs[1:]])
    return bool(first.href) and publisher(first.text) is None and is_day(behind)


def _told(blocks: Iterable[Block], where: str) -> tuple[date | None, str | None]:
    """A date right behind words like 发表于, without a colon, or right before 发表."""
    for block in blocks:
        if block.size > MAX_LABEL_LINE:
            continue
        for found in find_dates(block.text):
            before, behind = block.text[: found.start], block.text[found.end :]
            if _TOLD.search(before) or _TOLD_BEHIND.match(behind):
                return found.day, f"{where}: {block.text[:80]}"
    return None, None


def _from_address(url: str | None) -> tuple[date | None, str | None]:
    day = address_date(url)
    return (day, f"address: {url}") if day else (None, None)


def _from_meta(head: Head) -> tuple[date | None, str | None]:
    found = head.day()
    return (found[0], f"meta {found[1]}") if found else (None, None)
