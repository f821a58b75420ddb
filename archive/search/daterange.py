"""Days, months and years as people write them, alone or as a span.

    2010    2010-12    2010-12-09    20101209    2010年12月    >=2010    <2011-06
    2009..2011    2009-2011    2009~2011    2009年至2011年    [2009 TO 2011-03]

It promises that a month or a year means all its days, whichever end of a span it is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date | None, date | None]

_RANGE = re.compile(
    r"[\[{]\s*(\S+)\s+TO\s+(\S+)\s*[\]}]|(.*?)(?:\.\.+|…+|[~～至到]|[—–]+)(.*)", re.IGNORECASE
)
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)?")
_COMPARED = re.compile(r"(>=|<=|>|<)\s*(.+)")
_OPEN = ("", "*")
FIRST_YEAR = 1000
"""A year is written with four digits: 99 is none, and nobody means the first century by it."""
_ONE_DAY = timedelta(days=1)


def read_day(text: str, *, last: bool) -> date:
    """The day, or the first (or ``last``) day of the month or year; ValueError when it is none."""
    text = text.strip().rstrip("年月日")
    compact = _COMPACT.fullmatch(text)
    parts = filter(None, compact.groups()) if compact else re.split(r"[-/.年月]", text)
    numbers = [int(part) for part in parts]
    if len(numbers) > 3 or max(numbers) > date.max.year:
        raise ValueError(text)
    year = numbers[0]
    if year < FIRST_YEAR:
        raise ValueError(text)
    month = numbers[1] if len(numbers) > 1 else (12 if last else 1)
    if len(numbers) == 3:
        return date(year, month, numbers[2])
    return date(year, month, monthrange(year, month)[1] if last else 1)


def read_span(text: str) -> Span | None:
    """First and last day, both included, None where open; None when it is no span of time."""
    try:
        return _span(text.strip())
    except (ValueError, OverflowError):
        return None


def turned_round(text: str) -> str | None:
    """The same span from its earlier to its later end, where it was typed the other way round, so
    that no day is in it; None for any other text.

    >>> turned_round("2012..2010-06"), turned_round("[2012 TO 2010]"), turned_round("2010..2012")
    ('2010-06..2012', '2010..2012', None)
    """
    ends = _RANGE.fullmatch(text.strip()) or _YEARS.fullmatch(text.strip())
    begin, end = read_span(text) or (None, None)
    if ends is None or begin is None or end is None or begin <= end:
        return None
    first, last = (one.strip() for one in ends.groups() if one is not None)
    return f"{last}..{first}"


def _span(text: str) -> Span:
    if found := _RANGE.fullmatch(text):
        first, last = (found[1], found[2]) if found[1] else (found[3].strip(), found[4].strip())
        return (
            None if first in _OPEN else read_day(first, last=False),
            None if last in _OPEN else read_day(last, last=True),
        )
    if found := _YEARS.fullmatch(text):
        return read_day(found[1], last=False), read_day(found[2], last=True)
    if found := _COMPARED.fullmatch(text):
        sign, day = found[1], found[2]
        if sign == ">=":
            return read_day(day, last=False), None
        if sign == ">":
            return read_day(day, last=True) + _ONE_DAY, None
        if sign == "<=":
            return None, read_day(day, last=True)
        return None, read_day(day, last=False) - _ONE_DAY
    return read_day(text, last=False), read_day(text, last=True)
