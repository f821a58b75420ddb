"""Captures as they lie in time: years with months, months with days, days with what came of them.

It promises that every capture stands on its day and is counted, and that a day has the sign of what
most needs to be looked at and all of it in words.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from archive.search.daterange import read_day
from archive.web.came import ALARMING, CAME, SIGNS
from archive.web.language import Speech, language_of

SHADES = 4
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Day:
    """A day with captures: how many, what came of them at worst, and all of it in words."""

    number: int
    count: int
    came: str
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
    bad: dict[str, int]
    shade: int
    address: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What came of the captures of each day that has any, in words of ``order``, which has what
    most needs to be looked at first; ``address`` is that of the page without a year or a day."""

    days: Mapping[date, Counter[str]]
    address: str
    order: Sequence[str] = CAME

    @property
    def came(self) -> Counter[str]:
        """What came of all of them."""
        return sum(self.days.values(), Counter())

    def around(self, day: date) -> tuple[date | None, date | None]:
        """The days with captures before this one and after it."""
        earlier = max((one for one in self.days if one < day), default=None)
        return earlier, min((one for one in self.days if one > day), default=None)

    def at(self, **asked: object) -> str:
        """The address of the calendar with this year or day."""
        return f"{self.address}{'&' if '?' in self.address else '?'}{urlencode(asked)}"

    def years(self) -> list[tuple[int, list[Cell], Cell]]:
        """Every year with captures, its months and its sum."""
        months: dict[tuple[int, int], Counter[str]] = {}
        for day, came in self.days.items():
            months.setdefault((day.year, day.month), Counter()).update(came)
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
        days = {day: came for day, came in self.days.items() if day.year == year}
        months = []
        for number in sorted({day.month for day in days}):
            weeks = tuple(
                tuple(self._day(date(year, number, n), speech) if n else None for n in week)
                for week in calendar.Calendar().monthdayscalendar(year, number)
            )
            count = sum(came.total() for day, came in days.items() if day.month == number)
            months.append(Month(number, count, weeks))
        return months

    def _day(self, day: date, speech: Speech) -> Day | int:
        came = self.days.get(day)
        if not came:
            return day.day
        order = [one for one in self.order if came[one]]
        told = [
            f"{speech.choice('came', one)}{speech.colon}{speech.number(came[one])}" for one in order
        ]
        words = f"{speech.day(day)}{speech.colon}{speech.joined(told)}"
        address = self.at(day=day)
        return Day(day.day, came.total(), order[0], SIGNS[order[0]], words, address)


def _cell(came: Counter[str], most: int, address: str) -> Cell:
    """``most`` captures have the darkest shade; 0: no shade at all."""
    bad: dict[str, int] = {one: came[one] for one in ALARMING if came[one]}
    return Cell(came.total(), bad, -(-SHADES * came.total() // most) if most else 0, address)


def asked_of(request: Request, made: Calendar) -> dict[str, Any]:
    """The year or the day of the calendar that the request asks for, for its page."""
    day = _day_asked(request.query_params.get("day", ""))
    years = made.years()
    year = day.year if day else _year_asked(request, [one for one, _, _ in years])
    earlier, later = made.around(day) if day else (None, None)
    return {
        "calendar": made,
        "years": years,
        "year": year,
        "months": [] if day or year is None else made.months(year, Speech(language_of(request))),
        "day": day,
        "earlier": earlier,
        "later": later,
        "signs": SIGNS,
        "came": made.came,
    }


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
