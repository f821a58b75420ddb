"""A question to the CDX server: which captures, in which order, which fields.

It promises that whatever stands in an address is either a question or a CdxError that says what is
wrong with it, and that what a reader filters by costs a bounded time, however long the index is.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import perf_counter

import regex

from archive.warc.timestamps import DIGITS

MAX_LINES = 100_000
"""Lines of an answer."""
MAX_LOOKED_AT = 1_000_000
"""Lines of the index that one question may read."""
FIELDS = (
    "urlkey",
    "timestamp",
    "url",
    "mime",
    "status",
    "digest",
    "length",
    "offset",
    "filename",
)
BLOCK_LINES = 3_000
"""Lines of the index in a block, the unit of ``pageSize`` (as in pywb's ZipNum clusters)."""
PAGE_BLOCKS = 5
MAX_COUNT_DIGITS = 14
MATCHES = ("exact", "prefix", "host", "domain")
MAX_FILTERS = 16
MAX_PATTERN = 200
"""Characters of a regular expression."""
MAX_REPEATED = 1_000
"""What the counts of a regular expression may come to, one times the other: each is written out
before anything is looked for, and ``(a{9999}){9999}`` would take all memory there is."""
LINE_SECONDS = 0.05
PATTERN_SECONDS = 4.0
"""What the regular expressions of a question may take for a line, and over all lines; one that is
sound takes two microseconds a line."""
_COUNT = re.compile(r"(?<=[{,])\s*(\d+)", re.ASCII)

Line = Mapping[str, str]
Keep = Callable[[Line], bool]


class CdxError(ValueError):
    """A question that cannot be answered; the text says why."""


@dataclass(frozen=True, slots=True)
class CdxQuestion:
    """What is asked; names are pywb's. ``closest`` has 14 digits or is empty. ``page`` counts from
    0 and has ``page_blocks`` blocks of the index; None is all of it. ``counts_pages``: what is
    asked is only how many pages there are."""

    url: str
    match: str
    first: str
    last: str
    limit: int
    sort: str
    closest: str
    keep: tuple[Keep, ...]
    fields: tuple[str, ...]
    output: str
    page: int | None
    page_blocks: int
    counts_pages: bool

    @property
    def page_lines(self) -> int:
        """Lines of the index in one page."""
        return self.page_blocks * BLOCK_LINES

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> CdxQuestion:
        """The question in an address. Raises CdxError."""
        asked = list(pairs)
        one = dict(asked)
        url, match = _match(one.get("url", ""), one.get("matchType", ""))
        fields = (one.get("fl") or one.get("fields") or "").split(",")
        chosen = tuple(name.strip() for name in fields if name.strip())
        if unknown := set(chosen) - set(FIELDS):
            raise CdxError(f"there is no field {sorted(unknown)[0][:40]!r}")
        sort, closest = one.get("sort", ""), one.get("closest", "")
        if sort not in ("", "default", "reverse", "closest"):
            raise CdxError("sort is default, reverse or closest")
        return cls(
            url=url,
            match=match,
            first=_padded(one.get("from", ""), "0"),
            last=_padded(one.get("to", ""), "9"),
            limit=_limit(one),
            sort="closest" if closest else sort,
            closest=_padded(closest, "0"),
            keep=_filters([text for name, text in asked if name == "filter"]),
            fields=chosen,
            output=one.get("output", "cdxj"),
            page=_count(one, "page"),
            page_blocks=_count(one, "pageSize") or PAGE_BLOCKS,
            counts_pages=one.get("showNumPages", "").lower() in ("true", "1"),
        )

    def wants(self, line: Line) -> bool:
        """Is this line of the index asked for?"""
        stamp = line["timestamp"]
        if (self.first and stamp < self.first) or (self.last and stamp > self.last):
            return False
        return all(keep(line) for keep in self.keep)


def _match(url: str, match: str) -> tuple[str, str]:
    if url.startswith("*."):
        url, match = url[2:], match or "domain"
    elif url.endswith("*"):
        url, match = url[:-1], match or "prefix"
    if not url:
        raise CdxError("url is missing: which address?")
    if (match or "exact") not in MATCHES:
        raise CdxError(f"matchType is {', '.join(MATCHES)}")
    return url, match or "exact"


def _padded(text: str, digit: str) -> str:
    if text and not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        raise CdxError("from, to and closest have up to 14 digits")
    return text.ljust(DIGITS, digit) if text else ""


def _count(one: Mapping[str, str], name: str) -> int | None:
    text = one.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_COUNT_DIGITS):
        raise CdxError(f"{name} is a number, and not negative")
    return int(text)


def _limit(one: Mapping[str, str]) -> int:
    limit = _count(one, "limit")
    return MAX_LINES if limit is None else min(limit, MAX_LINES)


class _Patience:
    """The time that is left for the regular expressions of one question."""

    def __init__(self) -> None:
        self._left = PATTERN_SECONDS

    def matches(self, pattern: regex.Pattern[str], text: str) -> bool:
        """Does the text match from its start? Raises CdxError when the time is over."""
        began = perf_counter()
        try:
            found = pattern.match(text, timeout=min(self._left, LINE_SECONDS)) is not None
        except TimeoutError as error:
            raise CdxError("the regular expression takes too long") from error
        # Not less than a little: a time-out of nothing would be none.
        self._left = max(self._left - (perf_counter() - began), 1e-6)
        return found


def _filters(texts: list[str]) -> tuple[Keep, ...]:
    if len(texts) > MAX_FILTERS:
        raise CdxError(f"at most {MAX_FILTERS} filters can be given")
    patience = _Patience()
    return tuple(_filter(text, patience) for text in texts)


def _filter(text: str, patience: _Patience) -> Keep:
    """``[!][=|~]field:value``: without a sign the value is contained; ``=`` it is the value, ``~``
    a regular expression from the start; ``!`` the opposite."""
    negative = text.startswith("!")
    sign = text[negative : negative + 1]
    sign = sign if sign in ("=", "~") else ""
    name, colon, value = text[negative + len(sign) :].partition(":")
    if not colon or name not in FIELDS:
        raise CdxError(f"a filter is [!][=|~]field:value, not {text[:60]!r}")
    holds = _holds(sign, value, patience)
    return lambda line: holds(line.get(name, "")) != negative


def _holds(sign: str, value: str, patience: _Patience) -> Callable[[str], bool]:
    if sign == "=":
        return lambda found: found == value
    if not sign:
        return lambda found: value in found
    pattern = _pattern(value)
    return lambda found: patience.matches(pattern, found)


def _pattern(text: str) -> regex.Pattern[str]:
    repeated = math.prod(max(int(count[:9]), 1) for count in _COUNT.findall(text))
    if len(text) > MAX_PATTERN or repeated > MAX_REPEATED:
        raise CdxError(
            f"a regular expression has at most {MAX_PATTERN} characters and {MAX_REPEATED} "
            "repetitions"
        )
    try:
        return regex.compile(text)
    except (regex.error, RecursionError) as error:
        raise CdxError(f"{text[:60]!r} is no regular expression: {error}") from error
