"""What addresses tell of pages of one article: which of them each is.

Systems number an article's pages in its file name (``17_2.html``, ``show-17-2.html``), in a folder
behind it (``/17/2/``) or in the query (``?id=17&page=2``); the first page often has no number. It
promises that two addresses which differ in anything else are never pages of one article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

_NUMBERED_FILE = re.compile(r"^(.*?)(?:[_-]p?|(?<=/page))(\d{1,3})(\.\w{2,6})$", re.IGNORECASE)
_FILE = re.compile(r"^(.*)(\.\w{2,6})$")
_NUMBERED_FOLDER = re.compile(r"^(.*\w)/(\d{1,3})/?$")
# Of an article that is one of a page's two lists, the second counts (Drupal's ``page=0,1``).
_NUMBER = re.compile(r"^(?:\d{1,3},){0,5}(\d{1,3})$")
_PAGE_KEY = re.compile(r"\w*page(?:_?(?:no|num|index))?|p|pn|pg|start", re.IGNORECASE)


def page_numbers(url: str, other: str) -> tuple[int, int] | None:
    """Which pages of one article ``url`` and ``other`` are, 0 for one without a number; None when
    they are of different articles, or one page.

    >>> page_numbers("http://a.cn/17.html", "http://a.cn/17_2.html")
    (0, 2)
    >>> page_numbers("http://a.cn/r.asp?id=17&page=3", "http://a.cn/r.asp?id=17&page=2")
    (3, 2)
    """
    try:
        mine, its = urlsplit(url), urlsplit(other)
    except ValueError:
        return None
    if mine.netloc.lower() != its.netloc.lower():
        return None
    if mine.path == its.path:
        return _in_query(mine.query, its.query)
    if mine.query != its.query:
        return None
    known = dict(_readings(mine.path))
    for stem, number in _readings(its.path):
        if stem in known and (number or known[stem]):
            return known[stem], number
    return None


def _readings(path: str) -> Iterator[tuple[tuple[str, str], int]]:
    """What a path is a page of, and which: of the article of its whole name, without a number, or
    of one whose pages bear numbers."""
    file = _FILE.match(path)
    if file is None:
        yield (path.rstrip("/"), ""), 0
        numbered = _NUMBERED_FOLDER.match(path)
        if numbered is not None:
            yield (numbered[1], ""), int(numbered[2])
        return
    yield (file[1], file[2]), 0
    numbered = _NUMBERED_FILE.match(path)
    if numbered is not None:
        yield (numbered[1], numbered[3]), int(numbered[2])


def _in_query(mine: str, its: str) -> tuple[int, int] | None:
    (ours, own), (theirs, number) = _parted(mine), _parted(its)
    if ours != theirs or own is None or number is None or own == number:
        return None
    return own, number


def _parted(query: str) -> tuple[dict[str, str], int | None]:
    """A query without its page number, and that number: 0 where there is none, None where what
    stands in its place is no number."""
    rest: dict[str, str] = {}
    number: int | None = 0
    for key, value in parse_qsl(query):
        if _PAGE_KEY.fullmatch(key):
            match = _NUMBER.match(value)
            number = int(match[1]) if match else None
        else:
            rest[key] = value
    return rest, number
