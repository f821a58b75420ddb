"""A calendar of captures: of an address, or of all addresses of an article.

Years lead to months, months to days, a day to each of its captures. It promises that every capture
stands on its day (UTC) and is counted; that a page stays small however many there are; and that
whoever sees no colours, or nothing at all, is told the same.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.model import Article
from archive.search.daterange import read_day
from archive.store.characters import storable
from archive.web.came import ALARMING, CAME, SIGNS, Came, Seen, seen
from archive.web.finding import page_of
from archive.web.language import Speech, language_of
from archive.web.links import article_page, as_path, calendar_page, memento, safe_address
from archive.web.named import article_of
from archive.web.paging import paged
from archive.web.render import page
from archive.web.replay.assets import are_installed
from archive.web.room import room

router = APIRouter(include_in_schema=False)

MAX_ADDRESS = 4_000
MAX_ADDRESSES = 100
"""Of an article, whose captures are on its calendar; the page says where it has more."""
MAX_CAPTURES = 20_000
"""Of an article: with those of which address there are so many, no further one is looked at."""
AT_A_TIME = 10
"""Addresses whose captures are read together."""
SHADES = 4
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day with captures: how many, what came of them at worst, and all of it in words."""

    number: int
    count: int
    came: Came
    sign: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year that is shown: weeks of seven places, a day of the month without
    captures as its number, None for what is no day of it."""

    number: int
    count: int
    weeks: tuple[tuple[Day | int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """So many captures of a month or a year, and of those that are ALARMING how many of each sort
    (``bad``); ``shade`` is SHADES for the most of any month."""

    count: int
    bad: dict[Came, int]
    shade: int
    address: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The captures ``found`` (the oldest first) as they lie in time; ``address`` is that of the
    page without a year or a day."""

    found: Sequence[Seen]
    address: str

    def at(self, **asked: object) -> str:
        """The address of the calendar with this year or day."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{urlencode(asked)}"

    def by_day(self) -> dict[date, list[Seen]]:
        """The captures of each day that has any."""
        days: dict[date, list[Seen]] = {}
        for one in self.found:
            days.setdefault(day_of(one), []).append(one)
        return days

    def years(self) -> list[tuple[int, list[Cell], Cell]]:
        """Every year with captures, its months and its sum."""
        months: dict[tuple[int, int], Counter[Came]] = {}
        for one in self.found:
            day = day_of(one)
            months.setdefault((day.year, day.month), Counter())[one.came] += 1
        most = max((came.total() for came in months.values()), default=1)
        table = []
        for year in sorted({year for year, _ in months}, reverse=True):
            address = self.at(year=year)
            each = [months.get((year, month), Counter()) for month in range(1, MONTHS + 1)]
            cells = [
                _cell(came, most, f"{address}#month-{month}")
                for month, came in enumerate(each, start=1)
            ]
            table.append((year, cells, _cell(sum(each, Counter()), 0, address)))
        return table

    def months(self, year: int, speech: Speech) -> list[Month]:
        """The months of the year that have captures."""
        days = {day: rows for day, rows in self.by_day().items() if day.year == year}
        months = []
        for number in sorted({day.month for day in days}):
            weeks = tuple(
                tuple(self._day(date(year, number, n), days, speech) if n else None for n in week)
                for week in calendar.Calendar().monthdayscalendar(year, number)
            )
            count = sum(len(rows) for day, rows in days.items() if day.month == number)
            months.append(Month(number, count, weeks))
        return months

    def _day(self, day: date, days: dict[date, list[Seen]], speech: Speech) -> Day | int:
        rows = days.get(day)
        if not rows:
            return day.day
        came = Counter(one.came for one in rows)
        worst = min(came, key=CAME.index)
        told = [
            f"{speech.choice('came', one)}{speech.colon}{speech.number(came[one])}"
            for one in CAME
            if came[one]
        ]
        words = f"{speech.day(day)}{speech.colon}{speech.joined(told)}"
        return Day(day.day, len(rows), worst, SIGNS[worst], words, self.at(day=day))


def _cell(came: Counter[Came], most: int, address: str) -> Cell:
    """``most`` captures have the darkest shade; 0: no shade at all."""
    bad = {one: came[one] for one in ALARMING if came[one]}
    return Cell(came.total(), bad, -(-SHADES * came.total() // most) if most else 0, address)


def day_of(one: Seen) -> date:
    """The day of a capture, in UTC."""
    return one.row.captured_at.astimezone(UTC).date()


@router.get("/calendar", response_class=HTMLResponse)
def of_address(request: Request) -> Response:
    """The calendar of the address ``url``."""
    url = storable(request.query_params.get("url", "").strip()[:MAX_ADDRESS])
    found = seen(room(request).archive, [url])
    if not found:
        return page(request, "not_kept.html", 404, url=url)
    return _shown(request, Calendar(found, calendar_page(url)), [url], None)


@router.get("/article/{id}/calendar", response_class=HTMLResponse)
def of_article(request: Request, id: str) -> Response:
    """The calendar of every address that the article has been read at."""
    article = article_of(request, id)
    urls = list(dict.fromkeys([article.url, *(one.url for one in article.witnesses)]))
    found: list[Seen] = []
    taken = 0
    while taken < min(len(urls), MAX_ADDRESSES) and len(found) < MAX_CAPTURES:
        found += seen(room(request).archive, urls[taken : taken + AT_A_TIME])
        taken += AT_A_TIME
    found.sort(key=lambda one: one.row.captured_at)
    made = Calendar(found, article_page(article.id, "calendar"))
    return _shown(request, made, urls[:taken], article, len(urls[taken:]))


def _shown(
    request: Request, made: Calendar, urls: list[str], article: Article | None, more: int = 0
) -> Response:
    """The page; so many ``more`` addresses of the article are not on it."""
    archive = room(request).archive
    speech = Speech(language_of(request))
    days = made.by_day()
    day = _day_asked(request.query_params.get("day", ""))
    years = made.years()
    year = day.year if day else _year_asked(request, [one for one, _, _ in years])
    ordered = sorted(days)
    return page(
        request,
        "calendar.html",
        calendar=made,
        urls=urls,
        counts=Counter(one.row.url for one in made.found),
        more=more,
        has_pages=any(one.shows for one in made.found),
        article=article,
        years=years,
        year=year,
        months=[] if day or year is None else made.months(year, speech),
        day=day,
        earlier=max((one for one in ordered if day and one < day), default=None),
        later=min((one for one in ordered if day and one > day), default=None),
        signs=SIGNS,
        came=Counter(one.came for one in made.found),
        shown_at=page_of(archive, urls[0]) if not article and safe_address(urls[0]) else None,
        replays=are_installed(archive.data),
        article_page=article_page,
        as_path=as_path,
        safe_address=safe_address,
        memento=memento,
        **paged(request, days.get(day, []) if day else [], "rows"),
    )


def _day_asked(text: str) -> date | None:
    try:
        return read_day(text[:10], last=False) if text else None
    except (ValueError, OverflowError):
        return None


def _year_asked(request: Request, years: list[int]) -> int | None:
    """The year of the address where it has captures, else the newest that has."""
    asked = request.query_params.get("year", "")
    chosen = (
        int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == len("2010") else 0
    )
    return chosen if chosen in years else next(iter(years), None)
