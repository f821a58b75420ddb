"""Dates as Chinese pages write them, and the day an article was published.

It promises to abstain rather than guess: a date counts as the day of publication only when its
place says so (a label or byline near the body, the address a CMS made from it, then meta tags),
and never when it tells when the page was generated or is being read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from urllib.parse import urlsplit

from archive.cleaning.facts.foreign_dates import foreign_dates
from archive.remembered import remembered

EARLIEST_YEAR = 1990
MAX_REMEMBERED_CHARS = 300
"""Lines up to this length are remembered with their dates."""
_DIGITS = {"0": "0", "〇": "0", "○": "0", "零": "0", "Ｏ": "0", "О": "0", "O": "0"} | {
    c: str(n) for n, c in enumerate("一二三四五六七八九", 1)
}
_FULLWIDTH = {ord("０") + n: str(n) for n in range(10)} | {ord("："): ":"}
_WIDE_SIGN = re.compile("[０-９：]")
_MONTH_SIGN = re.compile("[A-Z][a-zä][a-z]")
# Both begin with a set of characters and look back from there, so that others are passed over
# quickly.
_NUMERIC = re.compile(
    r"([12][09]\d{2})(?<=(?:19|20)..)(?<!\d....)\s?(?:[-/.．－—_]|\s?[年년]\s?)\s?(\d{1,2})\s?(?:[-/.．－—_]|\s?[月월]\s?)\s?(\d{1,2})(?!\d)"
)
_SHORT_YEAR = re.compile(r"([012]\d)(?<![\d国國-]..)[-/年](\d{2})[-/月](\d{2})(?!\d)")
# 08年12月9日; and behind a label 08-12-9, but 08/12/9 only where that cannot be the day first.
_SHORT_CHINESE = re.compile(r"([012]\d)(?<![\d国國第和成]..)年(\d{1,2})月(\d{1,2})日")
_SHORT_ALONE = re.compile(r"([012]\d)(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d))(?=$|\s)")
_MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
} | {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
"""By the first three letters, German ones among them."""
_ENGLISH = re.compile(
    r"\b(?:(\d{1,2})(?<![:.]\d\d)(?<![:.]\d)(?:st|nd|rd|th|\.)?\s+)?([A-Z][a-zä][a-z])[a-z]{0,6}\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:\d\d:\d\d:\d\d\s+(?:[A-Z]{3,4}\s+)?)?((?:19|20)\d{2})\b"
)
# 9/17/2004 5:54 AM: read only where day and month cannot be taken for each other.
_AMERICAN = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})(?!\d)")
# 17.9.2004: with points the day comes first everywhere.
_POINTED = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})(?![\d.]\d)")
_CHINESE = re.compile(
    r"([二一][0〇○零ＯОO一二三四五六七八九]{3})\s?年\s?([一二三四五六七八九十]{1,3})\s?月"
    r"\s?([一二三四五六七八九十廿卅]{1,3})\s?日"
)
# 民國99年12月9日: the years of the Republic, 1912 the first of them.
_REPUBLIC = re.compile(
    r"民[国國]\s?(\d{2,3}|[〇零一二三四五六七八九十]{2,3})\s?年\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月"
    r"\s?(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s?日"
)
_REPUBLIC_ALONE = re.compile(r"(1\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
YEAR_BEFORE_REPUBLIC = 1911
_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6})?")
_ADDRESSES = (
    re.compile(r"/t((?:19|20)\d{2})(\d{2})(\d{2})_\d+"),
    re.compile(r"/((?:19|20)\d{2})[-_/](\d{1,2})[-_/](\d{1,2})(?:/|_|-|\b)"),
    re.compile(r"/((?:19|20)\d{2})-?(\d{2})[-/](\d{2})/"),
    re.compile(r"/((?:19|20)\d{2})(\d{2})(\d{2})(?:/|_|\.|-)"),
    re.compile(r"/(?:n\d+/)?((?:19|20)\d{2})/(\d{2})(\d{2})/"),
)
_MONTHS_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[-_/]?(\d{1,2})(?=/)")
_MONTH_DAY = re.compile(r"[\[(（【]?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号][\])）】]?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day found in a text, and the half-open range of characters that says it."""

    day: date
    start: int
    end: int


_WORD = re.compile(r"[^\W_]")
# Begins with a set of characters, so that others are passed over quickly.
_DATE_SIGN = re.compile(r"[\d年](?:(?<=[０-９年])|\s?[-/.．－—_年년]|\d{3})")


def find_dates(text: str) -> Sequence[Dated]:
    """Every full calendar date in ``text``, in order of place."""
    return _dates_of(text) if len(text) <= MAX_REMEMBERED_CHARS else _find_dates(text)


def _find_dates(text: str) -> tuple[Dated, ...]:
    if not may_have_date(text):
        return ()
    plain = text.translate(_FULLWIDTH) if _WIDE_SIGN.search(text) else text
    found = [*_numeric(plain)]
    if "年" in plain:
        found += _chinese(plain)
        found += _republican(plain) if "民" in plain else ()
    if "/" in plain:
        found += _american(plain)
    if "." in plain:
        found += _pointed(plain)
    if _MONTH_SIGN.search(plain):
        found += _english(plain)
    foreign = [
        Dated(day, start, end)
        for day, start, end in foreign_dates(plain)
        if day.year >= EARLIEST_YEAR
    ]
    if foreign:
        found = _apart_from(foreign, found) + foreign
    return tuple(sorted(found, key=lambda d: d.start) if len(found) > 1 else found)


def _apart_from(others: list[Dated], found: list[Dated]) -> list[Dated]:
    """Those of ``found`` that share no character with one of ``others``."""
    others = sorted(others, key=lambda one: one.start)
    starts = [one.start for one in others]
    ends = list(accumulate((one.end for one in others), max))
    before = ((one, bisect_left(starts, one.end)) for one in found)
    return [one for one, n in before if n == 0 or ends[n - 1] <= one.start]


# Of one line the same is asked by many steps, and a site's pages share many lines.
_dates_of = remembered(4096)(_find_dates)


def may_have_date(text: str) -> bool:
    """Whether it is worth looking for dates in ``text``; quickly told."""
    return _DATE_SIGN.search(text) is not None


def _numeric(text: str) -> Iterator[Dated]:
    for match in _NUMERIC.finditer(text):
        day = _day(match[1], match[2], match[3])
        if day is not None:
            yield Dated(day, match.start(), match.end())
    for match in (*_SHORT_YEAR.finditer(text), *_SHORT_CHINESE.finditer(text)):
        day = _day(f"20{match[1]}", match[2], match[3])
        if day is not None:
            yield Dated(day, match.start(), match.end())


def _chinese(text: str) -> Iterator[Dated]:
    for match in _CHINESE.finditer(text):
        year = "".join(_DIGITS[c] for c in match[1])
        day = _day(year, _count(match[2]), _count(match[3]))
        if day is not None:
            yield Dated(day, match.start(), match.end())


def _republican(text: str) -> Iterator[Dated]:
    for match in _REPUBLIC.finditer(text):
        year, month, number = (n if n.isascii() else _count(n) for n in match.groups())
        day = _day(str(int(year) + YEAR_BEFORE_REPUBLIC), month, number)
        if day is not None:
            yield Dated(day, match.start(), match.end())


def run_together(value: str) -> date | None:
    """The day of a value that is nothing but its digits: 20101209, or 20101209153000."""
    match = _RUN_TOGETHER.fullmatch(value)
    return _day(*match.groups()) if match else None


def short_day(value: str) -> date | None:
    """The day at the begin of a value behind a label for days, its year in two digits: 08-12-9."""
    match = _SHORT_ALONE.match(value.strip())
    if match is None:
        return None
    return _day(f"20{match[1]}", match[2] or match[4], match[3] or match[5])


def republican(value: str) -> date | None:
    """The day at the begin of a value behind a label for days, its year one of the Republic's from
    the hundredth on: 113-02-05."""
    match = _REPUBLIC_ALONE.match(value.strip())
    return _day(str(int(match[1]) + YEAR_BEFORE_REPUBLIC), match[3], match[4]) if match else None


def _american(text: str) -> Iterator[Dated]:
    for match in _AMERICAN.finditer(text):
        first, second = int(match[1]), int(match[2])
        if max(first, second) <= 12 and first != second:
            continue
        day = _day(match[3], str(min(first, second)), str(max(first, second)))
        if day is not None:
            yield Dated(day, match.start(), match.end())


def _pointed(text: str) -> Iterator[Dated]:
    for match in _POINTED.finditer(text):
        day = _day(match[3], match[2], match[1])
        if day is not None:
            yield Dated(day, match.start(), match.end())


def _english(text: str) -> Iterator[Dated]:
    for match in _ENGLISH.finditer(text):
        month = _MONTHS.get(match[2].lower())
        # 09:31 August 20, 2019: what stands before the month may be of the hour.
        number = match[3] or match[1]
        day = _day(match[4], str(month), number) if month and number else None
        if day is not None:
            yield Dated(day, match.start(), match.end())


def _count(numeral: str) -> str:
    """A Chinese numeral up to 99 as digits: 二十三 and 廿三 are "23", 一〇一 is "101"."""
    tens, ten, ones = numeral.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    if not ten:
        return "".join(_DIGITS.get(c, "") for c in numeral)
    return f"{_DIGITS.get(tens, '1') if tens else '1'}{_DIGITS.get(ones, '0') if ones else '0'}"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= EARLIEST_YEAR else None


def is_day(line: str) -> bool:
    """Whether the line is one full date and nothing else: 2004年3月16日."""
    dates = find_dates(line)
    if len(dates) != 1:
        return False
    return _WORD.search(line[: dates[0].start] + line[dates[0].end :].lstrip("日号일")) is None


def is_month_day(line: str) -> bool:
    """Whether the line is a month and a day and nothing else: 3月16日."""
    return _MONTH_DAY.fullmatch(line.strip()) is not None


def month_in_address(url: str | None, line: str) -> date | None:
    """The day of ``line``, a month and a day alone, in the year that the address has before the
    same month: ``/2004/03/``, ``/200403/``."""
    said = _MONTH_DAY.fullmatch(line.strip())
    for match in _MONTHS_IN_ADDRESS.finditer(urlsplit(url).path if url and said else ""):
        if said and int(match[2]) == int(said[1]):
            return _day(match[1], said[1], said[2])
    return None


def address_date(url: str | None) -> date | None:
    """The day a CMS wrote into the address (``t20101209_123.html``, ``/2010/12/09/``)."""
    path = urlsplit(url).path if url else ""
    for pattern in _ADDRESSES:
        for match in pattern.finditer(path):
            day = _day(match[1], match[2], match[3])
            if day is not None:
                return day
    return None


def signature_date(lines: Sequence[str]) -> date | None:
    """The day under the signature: a line that is nothing but a date, among the last five."""
    for line in reversed(lines[-5:]):
        dates = find_dates(line)
        if dates and len(line.strip()) <= dates[-1].end - dates[-1].start + 24:
            return dates[-1].day
    return None
