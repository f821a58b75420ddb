"""The same number in digits and in Chinese characters: 第3期 and 第三期, 2010年 and 二〇一〇年.

Texts have either, and nobody remembers which. It promises to change only what can mean nothing
else: an ordinal (behind 第), a year of four figures, a month, a day of a month; and never to make a
phrase that would be found within a longer number (一月 in 十一月). ``grouped`` does the same for
thousands: 1,200 and 1200.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

_FIGURES = "零一二三四五六七八九"  # as they are folded: 〇 and ○ are 零, too
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = frozenset((*_FIGURES, *_PLACES))
_ORDINAL, _YEAR, _MONTH, _DAYS = "第", "年", "月", "日号"
_MONTHS, _DAYS_OF_MONTH = 12, 31
_YEAR_FIGURES = 4
_WITHIN_OTHERS = 2
"""Months up to this one are the end of another's name: 一月 of 十一月, 二月 of 十二月."""

_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_FIGURES = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_MOST_ROMAN = 39
_ZEROS = "o0"
"""What is typed for 零 in years: 二OO九年, 二00九年."""

_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_LONG = re.compile(r"(?<![0-9A-Za-z_.,-])(?!(?:19|20)\d\d(?!\d))\d{4,12}(?![0-9A-Za-z_-])")
"""Digits that may be written in groups; four that are a year are not."""


def other_numerals(units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The phrase with its ordinals, its dates, or both in digits, and in characters, where that is
    another one: 2012年第3期 is written in four ways; with ordinals in Roman figures, and years with
    a letter or a digit for 零.

    >>> list(other_numerals(("第", "三", "期"))), list(other_numerals(("十", "二", "五")))
    ([('第', '3', '期'), ('第', 'iii', '期')], [])
    """
    typed = tuple(units)
    plain = tuple(_without_roman(_with_zeros(typed)))
    dated = [way(plain, False) for way in _WAYS]
    every = [way(one, True) for one in dated for way in _WAYS]
    every += [_in_roman(one) for one in every]
    every += [_with_letters(one, zero) for one in tuple(every) for zero in _ZEROS]
    yield from (one for one in dict.fromkeys(every) if one != typed)


def grouped(typed: str) -> Iterator[str]:
    """What was typed with the digits of its numbers in groups of three, and without.

    >>> list(grouped("1200万")), list(grouped("1,200万")), list(grouped("2010"))
    (['1,200万'], ['1200万'], [])
    """
    plain = unicodedata.normalize("NFKC", typed)
    for found in (
        _GROUPED.sub(lambda one: one[0].replace(",", ""), plain),
        _LONG.sub(lambda one: f"{int(one[0]):,}" if one[0][0] != "0" else one[0], plain),
    ):
        if found != plain:
            yield found


def _as_typed(units: Sequence[str], _is_ordinal: bool) -> tuple[str, ...]:
    return tuple(units)


def _in_digits(units: Sequence[str], is_ordinal: bool) -> tuple[str, ...]:
    found: list[str] = []
    start = 0
    for is_numeral, several in groupby(units, _NUMERAL.__contains__):
        run = list(several)
        end = start + len(run)
        before, behind = _beside(units, start, end)
        number = None
        if is_numeral and (before == _ORDINAL) is is_ordinal:
            number = _read(run, before, behind)
        found += run if number is None else [number]
        start = end
    return tuple(found)


def _in_characters(units: Sequence[str], is_ordinal: bool) -> tuple[str, ...]:
    found: list[str] = []
    for place, unit in enumerate(units):
        before, behind = _beside(units, place, place + 1)
        number = None
        if _is_digits(unit) and (before == _ORDINAL) is is_ordinal:
            number = _written(unit, before, behind)
        found += number or [unit]
    return tuple(found)


def _without_roman(units: Sequence[str]) -> Iterator[str]:
    """Ordinals in Roman figures as digits: 第Ⅲ卷."""
    for place, unit in enumerate(units):
        before, behind = _beside(units, place, place + 1)
        is_roman = before == _ORDINAL and behind and unit and _ROMAN.fullmatch(unit)
        yield str(_roman_value(unit)) if is_roman else unit


def _roman_value(roman: str) -> int:
    return next(number for number in range(1, _MOST_ROMAN + 1) if _roman(number) == roman)


def _in_roman(units: Sequence[str]) -> tuple[str, ...]:
    found = list(units)
    for place, unit in enumerate(units):
        before, behind = _beside(units, place, place + 1)
        is_ordinal = before == _ORDINAL and behind and behind not in _NUMERAL
        if is_ordinal and _is_digits(unit) and 0 < int(unit) <= _MOST_ROMAN:
            found[place] = _roman(int(unit))
    return tuple(found)


def _roman(number: int) -> str:
    """The number in Roman figures.

    >>> _roman(3), _roman(14), _roman(39)
    ('iii', 'xiv', 'xxxix')
    """
    found = ""
    for sign, value in _ROMAN_FIGURES:
        while number >= value:
            found, number = found + sign, number - value
    return found


def _with_zeros(units: Sequence[str]) -> tuple[str, ...]:
    """Years in characters with 零 where a letter or a digit was typed for it: 二OO九年."""
    text = "".join(units)
    if _YEAR not in units or not any(zero in text for zero in _ZEROS):
        return tuple(units)
    found: list[str] = []
    for unit in units:
        found += unit.replace("o", "零").replace("0", "零") if set(unit) <= set(_ZEROS) else (unit,)
    return tuple(found) if _years(found) and not _years(units) else tuple(units)


def _years(units: Sequence[str]) -> list[int]:
    """Where years of four figures in characters begin."""
    return [
        place - _YEAR_FIGURES
        for place, unit in enumerate(units)
        if unit == _YEAR
        and place >= _YEAR_FIGURES
        and set(_FIGURES).issuperset(units[place - _YEAR_FIGURES : place])
    ]


def _with_letters(units: Sequence[str], zero: str) -> tuple[str, ...]:
    found: list[str] = list(units)
    for start in reversed(_years(units)):
        year = units[start : start + _YEAR_FIGURES]
        found[start : start + _YEAR_FIGURES] = [
            part
            for is_zero, run in groupby(year, "零".__eq__)
            for part in ([zero * len(list(run))] if is_zero else run)
        ]
    return tuple(found)


_WAYS = (_as_typed, _in_digits, _in_characters)


def _is_digits(unit: str) -> bool:
    return unit.isascii() and unit.isdecimal() and len(unit) <= _YEAR_FIGURES


def _beside(units: Sequence[str], start: int, end: int) -> tuple[str, str]:
    """The units before and behind; empty where there is none."""
    return units[start - 1] if start else "", units[end] if end < len(units) else ""


def _read(run: Sequence[str], before: str, behind: str) -> str | None:
    if behind == _YEAR and len(run) == _YEAR_FIGURES and not _PLACES.keys() & set(run):
        return "".join(str(_FIGURES.index(one)) for one in run)
    number = _value(run)
    return str(number) if number and _is_meant(number, before, behind) else None


def _written(digits: str, before: str, behind: str) -> str | None:
    if behind == _YEAR and len(digits) == _YEAR_FIGURES:
        return "".join(_FIGURES[int(one)] for one in digits)
    number = int(digits)
    if behind == _MONTH and number <= _WITHIN_OTHERS and before not in (_YEAR, _ORDINAL):
        return None
    return _spelt(number) if number and _is_meant(number, before, behind) else None


def _is_meant(number: int, before: str, behind: str) -> bool:
    """Whether a number with these beside it is an ordinal, a month or a day."""
    if not behind or behind in _NUMERAL:
        return False
    if before == _ORDINAL:
        return True
    if behind == _MONTH:
        return number <= _MONTHS
    return before == _MONTH and behind in _DAYS and number <= _DAYS_OF_MONTH


def _value(run: Sequence[str]) -> int | None:
    """The number; None where it is not spelt as one (十二五, 三五)."""
    number, figure = 0, 1
    for one in run:
        if one in _PLACES:
            number += figure * _PLACES[one]
        figure = _FIGURES.find(one) if one in _FIGURES else 1
    number += figure if run[-1] in _FIGURES else 0
    return number if "".join(run) == _spelt(number) else None


def _spelt(number: int) -> str:
    """The number in characters, up to 9999.

    >>> _spelt(3), _spelt(12), _spelt(105), _spelt(2010)
    ('三', '十二', '一百零五', '二千零一十')
    """
    found = ""
    is_gap = False
    for sign, place in (*reversed(_PLACES.items()), ("", 1)):
        figure = number // place % 10
        if figure:
            found += ("零" if is_gap else "") + _FIGURES[figure] + sign
        is_gap = bool(found) and not figure
    return found.removeprefix("一") if found.startswith("一十") else found
