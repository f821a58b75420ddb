"""What was probably meant: a field whose name is not one of the language's, or an address.

An unknown prefix is plain text, so ``titel:党员`` finds nothing and says nothing. It promises to
change names alone, and only such as stand where a name could and are a slip or a near word away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from archive.search.fields import NAMES

_PREFIX = re.compile(r"(?<![^\s(\-])([^\W\d_]+)(?=[:：]\s?[^\s)])")
_SCHEMES = ("http", "https")
_SLIPS_FROM = 4
"""Letters from which a name may have a slip in it; from twice as many, two."""
_MEANT = {
    "body": "text",
    "content": "text",
    "day": "date",
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
}
"""Words that people use for a field."""


def corrected(query: str) -> str | None:
    """The query with the names that were probably meant; None where there is nothing to change."""
    meant = _PREFIX.sub(lambda found: _meant(found[1]), query)
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


def _nearest(name: str, names: Iterable[str], slips: int) -> str | None:
    near = [(OSA.distance(name, one), one) for one in names if one.isascii()]
    distance, nearest = min(near)
    return nearest if distance <= slips else None


def alike(value: str, values: Iterable[str]) -> list[str]:
    """Those of the values that have the value in them, or are in it."""
    return [one for one in values if value and (value in one or one in value)]
