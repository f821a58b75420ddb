"""Where a crawl would never end: calendars, mazes, one page under a thousand names.

A trap shows by its addresses (a pattern that goes on for ever) and by what it gives (nothing new).
It promises that each pattern is asked only as long as it pays, that every refusal names its rule,
and that memory stays bounded whatever a server invents.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import parse_qsl, urlsplit

from archive.remembered import remembered
from crawler.canonical import CACHE_SIZE

MAX_PATH_SEGMENTS = 20
MAX_PARAMETERS = 16
MAX_PIECE = 3
"""Path segments in a piece that is looked for twice in a row (/a/b/a/b); a single segment may
stand twice (/news/news/), not three times."""

MAX_LINK_DEPTH = 12
"""Links from a start address over pages that are neither lists nor articles."""

CALENDAR_PAGES = 20
"""Pages of one dated pattern; each page that leads to something new pays for another one."""

BARREN_PAGES = 300
"""Pages of one pattern with parameters that were neither list nor article, before it is left."""

SAME_PAGES = 8
"""Equal pages under different parameters of one path, before the parameters are left alone."""

SAME_SHARE = 0.8

MAX_DIGESTS = 64
"""Different pages remembered of one path."""

HOST_PAGES = 200_000
"""Addresses asked of one host in one run."""

MAX_PATTERNS = 50_000
"""Patterns remembered; the one unused for longest is forgotten."""

_DATE_NAMES = re.compile(
    r"(?:\w*(?:year|month|date|calendar)\w*|y|m|d|ym|day|week|time|rq|riqi|nian|yue|ri)",
    re.IGNORECASE,
)
_DATE_VALUE = re.compile(r"(?:19|20)[0-9]{2}[-/.]?(?:[01]?[0-9](?:[-/.]?[0-3]?[0-9])?)?|[0-9]{1,2}")
_DATED_PATH = re.compile(
    r"/(?:19|20)[0-9]{2}(?:[-/_.]?[01]?[0-9]){1,2}/?$"
    r"|/[^/]*(?:calendar|rili)[^/]*/.*[0-9]|/[^/]*(?:calendar|rili)[^/]*[0-9]",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9]+")
_MADE_UP = r"(?=[A-Za-z_-]{0,128}[0-9])(?=[0-9_-]{0,128}[A-Za-z])[0-9A-Za-z_-]{12,128}"
"""A value that a server made: long, of letters and digits."""
_IS_MADE_UP = re.compile(_MADE_UP)
_DIGIT_BYTES = b"0123456789"
_SPELT = bytes.maketrans(_DIGIT_BYTES, b"GHIJKLMNOP")
"""Digits do not count in a page's digest: those of an id that does are written as letters."""


@dataclass(slots=True)
class _Pattern:
    """What is known of the addresses that differ only in digits and values."""

    asked: int = 0
    fruitful: int = 0
    pages: dict[bytes, int] = field(default_factory=dict)


class Traps:
    """The memory of one run. ``refusal`` before an address is asked, ``asked`` when it is,
    ``learn`` with what came back."""

    def __init__(self, host_pages: int = HOST_PAGES) -> None:
        self._host_pages = host_pages
        self._hosts: dict[str, int] = {}
        self._patterns: OrderedDict[str, _Pattern] = OrderedDict()

    def refusal(self, url: str, kind: str = "page", depth: int = 0) -> str | None:
        """The reason why ``url`` looks like a trap, or None."""
        if reason := shape_refusal(url):
            return reason
        if kind == "page" and depth > MAX_LINK_DEPTH:
            return "too-deep"
        for rule in (self._host_is_spent, self._calendar_is_spent, self._is_barren, self._is_same):
            if reason := rule(url, kind):
                return reason
        return None

    def watches(self, url: str) -> bool:
        """Does what ``url`` gives bear on any other address?"""
        return "?" in url or is_dated(url)

    def asked(self, url: str) -> None:
        """``url`` is being fetched."""
        host = _host(url)
        self._hosts[host] = self._hosts.get(host, 0) + 1
        self._pattern(pattern_of(url)).asked += 1

    def learn(self, url: str, body: bytes, *, fruitful: bool) -> None:
        """What ``url`` gave: its decoded ``body``, and whether it was an article or a list, or led
        to addresses not known before."""
        self._pattern(pattern_of(url)).fruitful += fruitful
        path, mark, _ = url.partition("?")
        if not mark:
            return
        digest, pages = page_digest(_without_new_ids(url, body)), self._pattern(path + mark).pages
        if digest in pages or len(pages) < MAX_DIGESTS:
            pages[digest] = pages.get(digest, 0) + 1

    def _pattern(self, key: str) -> _Pattern:
        known = self._patterns.get(key)
        if known is None:
            known = self._patterns[key] = _Pattern()
            if len(self._patterns) > MAX_PATTERNS:
                self._patterns.popitem(last=False)
        else:
            self._patterns.move_to_end(key)
        return known

    def _host_is_spent(self, url: str, kind: str) -> str | None:
        return "host-budget" if self._hosts.get(_host(url), 0) >= self._host_pages else None

    def _calendar_is_spent(self, url: str, kind: str) -> str | None:
        if kind in _UNDATED or not is_dated(url):
            return None
        pattern = self._pattern(pattern_of(url))
        return "calendar" if pattern.asked >= CALENDAR_PAGES + pattern.fruitful else None

    def _is_barren(self, url: str, kind: str) -> str | None:
        if kind in _TRUSTED or "?" not in url:
            return None
        pattern = self._pattern(pattern_of(url))
        return "barren" if pattern.asked - pattern.fruitful >= BARREN_PAGES else None

    def _is_same(self, url: str, kind: str) -> str | None:
        path, mark, _ = url.partition("?")
        if kind in _NAMED or not mark:
            return None
        pages = self._pattern(path + mark).pages
        most = max(pages.values(), default=0)
        return (
            "same-page" if most >= SAME_PAGES and most >= SAME_SHARE * sum(pages.values()) else None
        )


_NAMED = frozenset({"start", "robots", "sitemap"})
"""Asked for whatever came of others: the operator, or a rule, names them. A way home is a link."""
_STARTS = frozenset({"start", "home", "robots", "sitemap"})
_UNDATED = _STARTS | {"asset"}
_TRUSTED = _UNDATED | {"article"}


def _host(url: str) -> str:
    return url.split("/", 3)[2]


def _too_many_segments(path: str, query: str) -> bool:
    return path.count("/") > MAX_PATH_SEGMENTS


def _too_many_parameters(path: str, query: str) -> bool:
    return query.count("&") >= MAX_PARAMETERS


def _repeats_itself(path: str, query: str) -> bool:
    segments = [segment for segment in path.split("/") if segment]
    return any(_has_run(segments, size) for size in range(1, MAX_PIECE + 1))


def _has_run(segments: list[str], size: int) -> bool:
    run, needed = 0, max(size, 2)
    for place in range(size, len(segments)):
        run = run + 1 if segments[place] == segments[place - size] else 0
        if run >= needed:
            return True
    return False


# What the address alone gives away, in this order.
SHAPES: tuple[tuple[str, Callable[[str, str], bool]], ...] = (
    # A relative link on an error page grows by one directory at each step.
    ("deep-path", _too_many_segments),
    ("repeated-path", _repeats_itself),
    # Facets that can be combined without end.
    ("many-parameters", _too_many_parameters),
)


@remembered(CACHE_SIZE)
def shape_refusal(url: str) -> str | None:
    """The reason why the address itself looks like a trap's, or None."""
    parts = urlsplit(url)
    return next((name for name, test in SHAPES if test(parts.path, parts.query)), None)


@remembered(CACHE_SIZE)
def pattern_of(url: str) -> str:
    """The address with digits and parameter values left out: what a trap's pages share.

    >>> pattern_of("http://a.cn/cal/2010/05.html?day=3&show=all")
    'http://a.cn/cal/#/#.html?day&show'
    """
    parts = urlsplit(url)
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    path = _DIGITS.sub("#", parts.path)
    return f"{parts.scheme}://{parts.netloc}{path}?{'&'.join(names)}".rstrip("?")


@remembered(CACHE_SIZE)
def is_dated(url: str) -> bool:
    """Does the address name a day, a month or a year instead of a page?"""
    parts = urlsplit(url)
    if _DATED_PATH.search(parts.path):
        return True
    return any(
        _DATE_NAMES.fullmatch(name) and _DATE_VALUE.fullmatch(value)
        for name, value in parse_qsl(parts.query)
    )


def _without_new_ids(url: str, body: bytes) -> bytes:
    """``body`` without the ids that its server makes anew for each answer and puts into all links,
    under a name that ``url`` has, too. An id that is the page's own stays: it may be what tells a
    page of one file from that of another."""
    made = {
        name: value
        for name, value in parse_qsl(url.partition("?")[2])
        if _IS_MADE_UP.fullmatch(value)
    }
    if not made:
        return body
    own = {value.encode() for value in made.values()}
    values = re.compile(
        rf"[?&;](?:{'|'.join(map(re.escape, made))})=({_MADE_UP})(?![0-9A-Za-z_-])".encode()
    )
    return values.sub(lambda found: found[1].translate(_SPELT) if found[1] in own else b"", body)


def page_digest(body: bytes) -> bytes:
    """A digest of the page that counters, dates and echoed numbers do not change."""
    return blake2b(body.translate(None, _DIGIT_BYTES), digest_size=8).digest()
