"""What was probably meant: a field whose name is not one of the language's, a day that no calendar
has, a span that ends before it begins, or an address.

An unknown prefix is plain text, and so is what is no day, so ``titel:党员`` and ``date:2010-13``
find nothing and say nothing, nor does ``date:2012..2010``. It promises to change names that stand
where a name could and are a slip or a near word away, to take a day back to the month or the year
that there is, and to turn a span round in which there is no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from archive.search.daterange import read_span, turned_round
from archive.search.fields import DATE_FIELD, NAMES

_PREFIX = re.compile(r"(?<![^\s(\-])([^\W\d_]+)(?=[:：]\s?[^\s)])")
_DATED = re.compile(
    rf"(?<![^\s(\-])({'|'.join(name for name, field in NAMES.items() if field == DATE_FIELD)})"
    r"[:：]\s?(\[[^\]]*\]|[^\s)]+)"
)
# A year, a month and a day, whatever sets them apart.
_PARTS = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?(?:[-/.]?\d{1,2}日?)?")
_SCHEMES = ("http", "https")
_SLIPS_FROM = 4
"""Letters from which a name may have a slip in it; from twice as many, two."""
_MEANT = {
    "body": "text",
    "content": "text",
    "day": "date",
    "domain": "host",
    "file": "attachment",
    "published": "date",
    "section": "branch",
    "year": "date",
    "全文": "正文",
    "内容": "正文",
    "年份": "日期",
    "时间": "日期",
    "時間": "日期",
    "题目": "标题",
    "题名": "标题",
    "題名": "標題",
    "部分": "栏目",
    "分类": "栏目",
    "站点": "网站",
    "域名": "主机",
}
"""Words that people use for a field."""


def corrected(query: str) -> str | None:
    """The query with the names and days that were probably meant; None where there is nothing to
    change.

    >>> corrected("titel:党员 date:2010-13"), corrected("date:2010-12")
    ('title:党员 date:2010', None)
    >>> corrected("date:2012..2010")
    'date:2010..2012'
    """
    meant = _PREFIX.sub(lambda found: _meant(found[1]), query)
    meant = _DATED.sub(lambda found: f"{found[1]}:{_day_meant(found[2])}", meant)
    return None if meant == query else meant


def addresses(typed: str) -> list[str]:
    """The addresses or the id of an article that was probably meant, the likeliest first; none
    where several words were typed.

    >>> addresses("www.a.cn/1.html")
    ['www.a.cn/1.html', 'http://www.a.cn/1.html', 'https://www.a.cn/1.html']
    >>> addresses("https://www.a.cn/"), addresses("党员 大会")
    (['https://www.a.cn/', 'http://www.a.cn/'], [])
    """
    typed = typed.strip()
    if not typed or any(map(str.isspace, typed)):
        return []
    _, found, rest = typed.partition("://")
    if not found:
        return [typed, *(f"{one}://{typed}" for one in _SCHEMES if "." in typed)]
    return list(dict.fromkeys((typed, *(f"{one}://{rest}" for one in _SCHEMES))))


def _meant(name: str) -> str:
    plain = name.lower()
    if plain in NAMES:
        return name
    slips = min(len(plain) // _SLIPS_FROM, 2)
    return _MEANT.get(plain) or _nearest(plain, NAMES, slips) or name


def _day_meant(value: str) -> str:
    """The month or the year that a day which is none begins with, a span without a day the other
    way round; ``value`` where it is one, or begins with neither."""
    if (other := turned_round(value)) is not None:
        return other
    parts = _PARTS.fullmatch(value)
    if parts is None or read_span(value) is not None:
        return value
    for shorter in (value[: parts.end(2)], parts[1]):
        if read_span(shorter) is not None:
            return shorter
    return value


def _nearest(name: str, names: Iterable[str], slips: int) -> str | None:
    near = [(OSA.distance(name, one), one) for one in names if one.isascii()]
    distance, nearest = min(near)
    return nearest if distance <= slips else None


def alike(value: str, values: Iterable[str]) -> list[str]:
    """Those of the values that have the value in them, or are in it."""
    return [one for one in values if value and (value in one or one in value)]
