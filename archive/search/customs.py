"""Days, telephones, degrees and measures by another custom than the typed one: 2010-12-09 and
2010年12月9日, +86 10 and 010, 25℃ and 25摄氏度, 5x10 and 5×10.

It promises to change only whole words that can mean nothing else, or hardly anything; what was
typed is found first all the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_DAY = re.compile(r"(\d{4})([-./]|年)(\d{1,2})([-./]|月)(\d{1,2})([日号]?)")

_COUNTRY = "86"
_ABROAD = re.compile(rf"(?:00)?{_COUNTRY}(?=\d{{9}})")
"""China's code, as it is dialled and as it is printed behind a plus."""
_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = "(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(rf"0?({_AREA}\d{{7,8}})")
"""With its trunk prefix, which falls away behind the code of the country, or without."""

_CELSIUS = re.compile(r"(?<=\d)\s?(?:℃|[°º]C)", re.IGNORECASE)
_CELSIUS_WORD = re.compile(r"(?<=\d)\s?摄氏度")
_TIMES = re.compile(r"(?<=\d)(?<!\b0)\s?[x×*＊✕]\s?(?=\d)", re.IGNORECASE)


def by_other_customs(typed: str) -> Iterator[str]:
    """What was typed as others would write it.

    >>> list(by_other_customs("2010-12-09"))[:3], list(by_other_customs("25℃"))
    (['2010年12月9日', '2010年12月09日', '2010.12.9'], ['25摄氏度'])
    """
    yield from days(typed)
    for pattern, forms in (
        (_CELSIUS, ("摄氏度",)),
        (_CELSIUS_WORD, ("℃",)),
        (_TIMES, ("x", "×")),
    ):
        yield from (pattern.sub(form, typed) for form in forms if pattern.search(typed))


def days(typed: str) -> Iterator[str]:
    """A whole day of the calendar as offices, lists and letters write it; nothing else."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", typed))
    if found is None or (found[2] == "年") is not (found[4] == "月"):
        return
    try:
        day = date(int(found[1]), int(found[3]), int(found[5]))
    except ValueError:
        return
    if _FIRST_YEAR <= day.year <= _LAST_YEAR:
        yield f"{day.year}年{day.month}月{day.day}日"
        yield f"{day.year}年{day.month:02}月{day.day:02}日"
        yield f"{day.year}.{day.month}.{day.day}"
        yield f"{day.year}-{day.month:02}-{day.day:02}"


def telephones(digits: str) -> Iterator[str]:
    """A telephone number of China without its marks as it is dialled at home, and from abroad.

    >>> list(telephones("861062345678"))
    ['01062345678', '1062345678', '861062345678', '00861062345678', '8601062345678']
    >>> list(telephones("13800138000"))
    ['13800138000', '8613800138000', '008613800138000']
    """
    code = _ABROAD.match(digits)
    national = digits[code.end() :] if code else digits
    if _MOBILE.fullmatch(national):
        yield from (national, _COUNTRY + national, f"00{_COUNTRY}{national}")
    elif (line := _LANDLINE.fullmatch(national)) and (code or national[0] == "0"):
        number = line[1]
        yield from (f"0{number}", number, f"{_COUNTRY}{number}", f"00{_COUNTRY}{number}")
        yield f"{_COUNTRY}0{number}"
