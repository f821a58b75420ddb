"""What a damaged date may have said: lost 年, 月, 日 and 、 between digits, offered, never put in.

Some extractors drop text nodes of a single character, and 9月27日 from a word processor arrives as
927日. Where only such a text is left, its readings are listed with what speaks for and against
each. It promises that no text is changed, that a reading is only offered where every digit finds
its place in a possible date, and that ambiguous ones are listed as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import regex

MAX_TEXT = 400_000
"""Characters looked at."""
PAST_WINDOW = 120
"""Characters after a date in which its sentence may say that the thing has happened."""
LONGEST_MONTH = 31
LEAP_YEAR = 2000
"""A year in which every day of a calendar exists, for dates without a year."""

# Not behind a digit or what is part of a date, nor where house and file numbers stand.
_FREE = r"(?<![\d.第月年/\-〕］】\]）)路街巷道弄字编])"
_DAYS = regex.compile(
    rf"{_FREE}(?:(?P<year>(?:19|20)\d\d)年)?(?P<digits>[1-9]\d{{1,6}})[日号](?![元游圆本报内])"
)
_MONTH_DAYS = regex.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])月(?P<digits>[1-9]\d{2,5})日")
_YEAR_MONTH = regex.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>1[0-2]|[1-9])月(?P<day>[12]\d|3[01]|[1-9])日"
)
_SIGNED = regex.compile(
    r"(?m)^[^\S\n]*(?P<span>(?P<year>(?:19|20)\d\d)(?P<digits>[1-9]\d{1,3})日?)[^\S\n]*$"
)
_BEGUN_BY_YEAR = regex.compile(
    rf"{_FREE}(?P<year>(?:19|20)\d\d)(?P<digits>[1-9]\d{{1,6}})[日号](?![元游圆本报内])"
)
_WHOLE = regex.compile(
    r"(?<![\d])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>1[0-2]|0?[1-9])月"
    r"(?P<day>[12]\d|3[01]|0?[1-9])日"
)
_LENGTH_BEFORE = regex.compile(r"(?:历时|为期|共计?|近|约|达|满|余|每|用时|耗时|倒计时)$")
_HAPPENED = regex.compile(r"了|已经?|曾|圆满|顺利|胜利闭幕|近日")
_SENTENCE_END = regex.compile(r"[。！？!?\n]")
_YEAR = regex.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|\s*[-/.]\s*\d)")
_ADDRESS_DATE = regex.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])[-_/]?([0-2]\d|3[01])(?!\d)"
)
_WEEKDAY = regex.compile(r"^\s?[（(]?\s?(?:星期|周|礼拜)([一二三四五六日天])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a damaged place. ``text`` is what it would say, ``dates`` the days (without
    a known year there are none), ``evidence`` speaks for it, ``excluded_by`` rules it out."""

    text: str
    dates: tuple[date, ...] = ()
    evidence: tuple[str, ...] = ()
    excluded_by: tuple[str, ...] = ()
    days: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A damaged place: characters ``start`` to ``end`` of the text, what stands there
    (``before``), and its ``candidates``, those with most evidence first."""

    start: int
    end: int
    before: str
    candidates: tuple[Candidate, ...]

    @property
    def left(self) -> tuple[Candidate, ...]:
        """The candidates that nothing excludes; one left means the reading is certain."""
        return tuple(c for c in self.candidates if not c.excluded_by)

    @property
    def ambiguous(self) -> bool:
        """Whether more than one candidate remains."""
        return len(self.left) != 1


@dataclass(frozen=True, slots=True)
class _Event:
    """A day the text is sure about: where it stands, and whether the thing has happened."""

    at: int
    day: tuple[int, int]
    happened: bool

    def __str__(self) -> str:
        return f"{self.day[0]}月{self.day[1]}日 at character {self.at}"


def readings(text: str, name: str | None = None) -> tuple[Reading, ...]:
    """The damaged dates of ``text`` and how they may be read, in the order of the text.

    ``name``: the file name or address the text came under; a date in it is evidence.
    """
    text = text[:MAX_TEXT]
    year = _likely_year(text)
    found = sorted(_found(text, year), key=lambda r: (r.start, r.end))
    found = [r for n, r in enumerate(found) if not n or r.start >= found[n - 1].end]
    events = _events(text, found)
    judged = (_judged(r, text, events, name) for r in found)
    return tuple(replace(r, candidates=_ranked(r.candidates)) for r in judged)


def _found(text: str, year: int | None) -> Iterator[Reading]:
    signed = {m.span("span") for m in _SIGNED.finditer(text)}
    for match in _SIGNED.finditer(text):
        signed_in = int(match["year"])
        options = _day_splits(match["digits"], signed_in, 1)
        yield from _reading(*match.span("span"), text, _with_year(options, signed_in))
    for match in _BEGUN_BY_YEAR.finditer(text):
        if match.span() not in signed:
            own_year = int(match["year"])
            options = _day_splits(match["digits"], own_year, 3)
            yield from _reading(*match.span(), text, _with_year(options, own_year))
    for match in _DAYS.finditer(text):
        if int(match["digits"]) <= LONGEST_MONTH and not match["year"]:
            continue
        if match.span() in signed or _LENGTH_BEFORE.search(text[: match.start()][-4:]):
            continue
        own = int(match["year"]) if match["year"] else None
        options = _day_splits(match["digits"], own or year, 3)
        yield from _reading(*match.span(), text, _with_year(options, own) if own else options)
    for match in _MONTH_DAYS.finditer(text):
        month = int(match["month"])
        options = [
            _candidate(month, days, year) for days in _day_lists(match["digits"], month, 2, 3)
        ]
        yield from _reading(*match.span(), text, options)
    for match in _YEAR_MONTH.finditer(text):
        day = _candidate(int(match["month"]), (int(match["day"]),), int(match["year"]))
        yield from _reading(*match.span(), text, _with_year([day], int(match["year"])))


def _reading(start: int, end: int, text: str, candidates: Sequence[Candidate]) -> Iterator[Reading]:
    if candidates:
        yield Reading(start, end, text[start:end], tuple(candidates))


def _day_splits(digits: str, year: int | None, most: int) -> list[Candidate]:
    """All ways to read ``digits`` as a month and up to ``most`` ascending days, with as few lost
    marks as will do."""
    for count in range(1, most + 1):
        found = [
            _candidate(int(digits[:cut]), days, year)
            for cut in (1, 2)
            if 1 <= int(digits[:cut]) <= 12
            for days in _day_lists(digits[cut:], int(digits[:cut]), count, count)
        ]
        if found:
            return found
    return []


def _day_lists(digits: str, month: int, least: int, most: int) -> list[tuple[int, ...]]:
    """Ways to read ``digits`` as ascending days of a month, shortest lists only."""
    partial: list[tuple[tuple[int, ...], str]] = [((), digits)]
    for count in range(1, most + 1):
        partial = [
            ((*days, int(rest[:cut])), rest[cut:])
            for days, rest in partial
            for cut in (1, 2)
            if len(rest) >= cut and rest[0] != "0" and _is_day(month, int(rest[:cut]))
        ]
        whole = [
            days for days, rest in partial if not rest and all(a < b for a, b in pairwise(days))
        ]
        if count >= least and whole:
            return whole
    return []


def _is_day(month: int, day: int, year: int = LEAP_YEAR) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _candidate(month: int, days: tuple[int, ...], year: int | None) -> Candidate:
    spelled = f"{month}月{'、'.join(map(str, days))}日"
    dates = tuple(date(year, month, d) for d in days if year and _is_day(month, d, year))
    return Candidate(spelled, dates, days=tuple((month, d) for d in days))


def _with_year(candidates: Sequence[Candidate], year: int) -> list[Candidate]:
    return [replace(c, text=f"{year}年{c.text}") for c in candidates]


def _likely_year(text: str) -> int | None:
    """The year the text was written in: that of its damaged or whole signature, else the only one
    it names."""
    signed = [int(m["year"]) for m in _SIGNED.finditer(text)]
    if signed:
        return signed[-1]
    years = {int(y) for y in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


def _events(text: str, found: Sequence[Reading]) -> list[_Event]:
    """Days the text is sure about: whole dates and damaged ones with a single reading."""
    events = [
        _Event(m.start(), (int(m["month"]), int(m["day"])), _happened(text, m.end()))
        for m in _WHOLE.finditer(text)
    ]
    for reading in found:
        if len(reading.candidates) == 1:
            happened = _happened(text, reading.end)
            events += [_Event(reading.start, d, happened) for d in reading.candidates[0].days]
    return sorted(events, key=lambda e: (e.at, e.day))


def _happened(text: str, end: int) -> bool:
    sentence = _SENTENCE_END.split(text[end : end + PAST_WINDOW], maxsplit=1)[0]
    return bool(_HAPPENED.search(sentence))


def _judged(reading: Reading, text: str, events: Sequence[_Event], name: str | None) -> Reading:
    signature = _is_signature(reading, text)
    judged = []
    for candidate in reading.candidates:
        for_it, against = _by_weekday(candidate, text[reading.end : reading.end + 8])
        if signature:
            more_for, more_against = _by_events(candidate, events)
        elif len(reading.candidates) > 1:
            more_for, more_against = _by_neighbours(candidate, reading, events), []
        else:
            more_for, more_against = ["the only possible reading"], []
        named = _by_name(candidate, name)
        judged.append(
            replace(
                candidate,
                evidence=(*for_it, *more_for, *named),
                excluded_by=(*against, *more_against),
            )
        )
    return replace(reading, candidates=tuple(judged))


def _is_signature(reading: Reading, text: str) -> bool:
    """Whether the place is a line of its own with a year: the date under a signature."""
    start = text.rfind("\n", 0, reading.start) + 1
    stop = text.find("\n", reading.end)
    line = text[start : stop if stop >= 0 else len(text)]
    return line.strip() == reading.before and bool(_YEAR_START.match(reading.before))


_YEAR_START = regex.compile(r"(?:19|20)\d\d")


def _by_events(candidate: Candidate, events: Sequence[_Event]) -> tuple[list[str], list[str]]:
    """A text is signed after what it tells of as happened."""
    if not candidate.days:
        return [], []
    signed = candidate.days[-1]
    past = [e for e in events if e.happened]
    later = [e for e in past if e.day > signed]
    if later:
        last = max(later, key=lambda e: (e.day, -e.at))
        return [], [f"{len(later)} events told as past lie later, the last {last}"]
    if past:
        return [f"{len(past)} events told as past all lie before"], []
    return [], []


def _by_neighbours(candidate: Candidate, reading: Reading, events: Sequence[_Event]) -> list[str]:
    """Where the text's sure days lie on both sides of a candidate, that speaks for it."""
    others = sorted(e.day for e in events if e.at != reading.start)
    if others and all(others[0] <= day <= others[-1] for day in candidate.days):
        first, last = others[0], others[-1]
        return [
            f"the text's other days lie between {first[0]}月{first[1]}日 and {last[0]}月{last[1]}日"
        ]
    return []


def _by_weekday(candidate: Candidate, following: str) -> tuple[list[str], list[str]]:
    match = _WEEKDAY.match(following)
    if not match or not candidate.dates:
        return [], []
    told = "一二三四五六日".index(match.group(1).replace("天", "日"))
    if candidate.dates[-1].weekday() == told:
        return [f"it was a {candidate.dates[-1]:%A}, as the text says"], []
    return [], [f"it was a {candidate.dates[-1]:%A}, the text says 星期{match.group(1)}"]


def _by_name(candidate: Candidate, name: str | None) -> list[str]:
    for year, month, day in _ADDRESS_DATE.findall(name or ""):
        if any(
            (d.year, d.month, d.day) == (int(year), int(month), int(day)) for d in candidate.dates
        ):
            return [f"the address has {year}-{month}-{day}"]
    return []


def _ranked(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (len(c.excluded_by), -len(c.evidence), c.days)))
