"""The day of publication, and the evidence for it: every voice of a page in the order of trust.

It promises None rather than a guess, and that a day is not taken for that of publication where the
page says of it that it is another: of a meeting, of an embargo, of the last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lxml.etree import _Element as Element

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
from archive.cleaning.facts.dates import (
    address_date,
    find_dates,
    is_day,
    is_month_day,
    month_in_address,
    signature_date,
)
from archive.cleaning.facts.days_said import is_said_changed, is_said_published
from archive.cleaning.facts.head import Head
from archive.cleaning.facts.labels import is_label_line, read_labels
from archive.cleaning.facts.values import COLONS, day_of
from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.dom import names

_HOUR = re.compile(r"[\s日号T　]\d{1,2}\s?[:：时]\s?[0-5]\d")
_TODAY = re.compile(r"星期|今天|农历|京港台")
# Elements that a template made for who and when.
_DATED_NAME = re.compile(r"date|time|\binfo|meta|byline|source|riqi|shijian|laiyuan|post-foot")
_TOLD = re.compile(
    r"(?:(?:发布|发表|更新|刊登|发帖|张贴|公布|發表|發布)(?:时间|日期|時間|于|於|在)?"
    # A journal's, of the issue.
    r"|(?:出版|刊出|网络首发)(?:时间|日期))[\s\u3000:：@]{0,6}$"
)
# What Drupal, and schema.org's vocabulary, call the day of publication.
_ISSUED = re.compile(r"dc:(?:date|created|issued)|datepublished|datecreated")
_TOLD_BEHIND = re.compile(r"日?[\s\d:：时分秒]{0,12}(?:在[^，。]{0,24})?(?:发表|发布|张贴|發表)")
# Days that are not the day of publication, as the tables above official notices give them.
_OTHER_DAY = re.compile(
    r"(?:生成|成文|印发|签发|修订|实施|施行|生效|失效|截止|报名|会议|活动)\s?(?:日期|时间)"
    # Some other word's, 展会时间：; those of publication have been read as labels before.
    r"|[\u4e00-\u9fff]\s?(?:日期|时间)\s?[:：]"
)
# The same in English: what is to be done by a day, or takes place then.
_OTHER_DAY_LATIN = re.compile(
    r"embargo|\bdeadline\b|\b(?:start(?:ing)?|closing|ending|end|opening|due|expiry|effective|event"
    r"|meeting|interview)\s(?:date|day|on|from)\b|\b(?:apply|submit|register|valid)\b",
    re.IGNORECASE,
)
# Some other's without a word for days, 申请日2010-12-09; a weekday is none, and who writes 发布日
# or 掲載日 tells when the text was published.
_NAMED_DAY = re.compile(
    r"[\u4e00-\u9fff)）](?<![期拜曜周今本同当昨次])(?<![发發発公刊更投掲登配作][布表開开登新稿載録信示成])"
    r"(?<!发文|上传|录入|添加|创建|提交)日[\s:：]{0,3}$"
)
# A day of publication is called no more than this, too.
_PLAIN_DAY = re.compile(r"(?:日|日付|日時|\b(?:dat(?:e|um|a)|fecha|time))\W{0,3}$", re.IGNORECASE)
# All of them have one of these words.
_DAY_WORD = re.compile("[日时](?:期|间)")
# Under a text this is told of the page or of the whole site.
_SITE_CHANGED = re.compile("(?:最[后近後]|网站|本站|本页|系统|网页)[^，。]{0,6}更新")
MAX_BYLINE_CHARS = 90
# Where a line tells the day of the last change, that of publication stands no further away.
CHANGE_REACH = 3
MAX_NAMED_CHARS = 40
# A day between a heading and the body stands no further from the body, in lines.
CLOCK_REACH = 1


def published_day(
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
    yield _told(ends, "words below the body", is_below=True)
    yield _closing([*around.inside[-1:], *around.below[:REACH_CLOSING]])
    yield _from_address(url)
    yield _by_address([*reversed(around.above[-REACH_ABOVE:]), *begin], url)
    yield _from_meta(head)
    yield head.posted.day, "moment in the page's script"


@dataclass(frozen=True, slots=True)
class _Told:
    """One day that a line tells: which line it is, counted from the body, and whether the day is
    said to be that of the last change."""

    place: int
    day: date
    evidence: str
    is_change: bool


def _first(told: Iterable[_Told]) -> tuple[date | None, str | None]:
    """The first of ``told``; of a change only where no line right beside it tells more."""
    spare: _Told | None = None
    for one in told:
        if spare is not None and one.place > spare.place + CHANGE_REACH:
            break
        if not one.is_change:
            return one.day, one.evidence
        spare = spare or one
    return (spare.day, spare.evidence) if spare else (None, None)


def _labelled(blocks: Iterable[Block], where: str) -> tuple[date | None, str | None]:
    return _first(_labels(blocks, where))


def _labels(blocks: Iterable[Block], where: str) -> Iterator[_Told]:
    for place, block in enumerate(blocks):
        if block.size > MAX_LABEL_LINE:
            continue
        for label in read_labels(block.text):
            day = day_of(label.value) if label.kind == "published" else None
            if day is not None:
                changed = is_said_changed(label.name)
                yield _Told(place, day, f"{where}: {block.text[:80]}", changed)


def _bare(blocks: Sequence[Block]) -> tuple[date | None, str | None]:
    """A date in a byline without a label, the nearest to the body."""
    return _first(_bylines(blocks))


def _bylines(blocks: Sequence[Block]) -> Iterator[_Told]:
    for place, block in enumerate(reversed(blocks[-REACH_ABOVE:])):
        text = block.text
        if block.hidden or block.control or block.size > MAX_BYLINE_CHARS or "。" in text:
            continue
        if leads_on(block) or (_TODAY.search(text) and not _is_under_heading(blocks, place)):
            continue
        if (_DAY_WORD.search(text) and _OTHER_DAY.search(text)) or _OTHER_DAY_LATIN.search(text):
            continue
        if not (_HOUR.search(text) or is_label_line(text) or _is_for_dates(block)):
            continue
        if _is_named_otherwise(blocks, place):
            continue
        for found in find_dates(text):
            if _NAMED_DAY.search(text[: found.start]):
                continue
            changed = is_said_changed(text[: found.start])
            yield _Told(place, found.day, f"byline: {text[:80]}", changed)


def _is_named_otherwise(blocks: Sequence[Block], place: int) -> bool:
    """Whether the line before one that is a day alone, counted from the body, says of it that it is
    another than that of publication (购置日期：); so does whatever heads its row in a table."""
    if len(blocks) < place + 2:
        return False
    block, before = blocks[-place - 1], blocks[-place - 2]
    said = before.text.strip()
    heads = block.cell is not None and before.cell is not None and before.cell[:2] == block.cell[:2]
    if not (is_day(block.text) or heads) or not 0 < len(said) <= MAX_NAMED_CHARS:
        return False
    if heads and said[-1] not in COLONS:
        said += "："
    if not (heads and before.tag == "th" and _is_no_plain_day(said)) and (
        said[-1] not in COLONS or _OTHER_DAY.search(said) is None
    ):
        return False
    return all(label.kind != "published" for label in read_labels(f"{said}1"))


def _is_no_plain_day(said: str) -> bool:
    """Whether a row's head says more of a day than that it is one (掲載日, Date)."""
    return _PLAIN_DAY.search(said) is None or _NAMED_DAY.search(said) is not None


def _is_under_heading(blocks: Sequence[Block], place: int) -> bool:
    """Whether a line, counted from the body, stands between a heading and the body: the page's
    clock, which tells the day of the week as well, does not."""
    before = blocks[-place - 2] if place <= CLOCK_REACH and len(blocks) > place + 1 else None
    return before is not None and before.level > 0 and not before.linked


def _marked_up(blocks: Iterable[Block]) -> tuple[date | None, str | None]:
    """The day that the markup of a short line gives to programs: ``<time datetime>``, Dublin
    Core's and schema.org's names (HTML Living Standard 4.5.14, RDFa, microdata)."""
    for block in blocks:
        if block.hidden or block.size > MAX_BYLINE_CHARS or leads_on(block):
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


def _told(
    blocks: Iterable[Block], where: str, *, is_below: bool = False
) -> tuple[date | None, str | None]:
    """A date right behind words like 发表于, without a colon, or right before 发表."""
    for block in blocks:
        if block.size > MAX_LABEL_LINE:
            continue
        for found in find_dates(block.text):
            before, behind = block.text[: found.start], block.text[found.end :]
            if is_below and _SITE_CHANGED.search(before):
                continue
            if _TOLD.search(before) or is_said_published(before) or _TOLD_BEHIND.match(behind):
                return found.day, f"{where}: {block.text[:80]}"
    return None, None


def _closing(blocks: Iterable[Block]) -> tuple[date | None, str | None]:
    """The day in the line right under the text that is nothing but a moment and whose text it is:
    （2011年4月15日12時24分 某某新聞）."""
    for block in blocks:
        if closing_publisher(block) is not None:
            return find_dates(block.text)[0].day, f"line below the body: {block.text[:80]}"
    return None, None


def _from_address(url: str | None) -> tuple[date | None, str | None]:
    day = address_date(url)
    return (day, f"address: {url}") if day else (None, None)


def _by_address(blocks: Iterable[Block], url: str | None) -> tuple[date | None, str | None]:
    """A line of month and day, with the year from the address."""
    for block in blocks:
        day = month_in_address(url, block.text) if is_month_day(block.text) else None
        if day is not None:
            return day, f"month and day, the year from the address: {block.text} {url}"
    return None, None


def _from_meta(head: Head) -> tuple[date | None, str | None]:
    found = head.day()
    return (found[0], f"meta {found[1]}") if found else (None, None)
