"""A CDX server at ``/cdx``: which captures there are, asked as pywb's is.

    /cdx?url=http://www.example.ac.cn/&output=json
    /cdx?url=example.ac.cn/news/*&filter=mime:text/html&fl=timestamp,url&limit=10

The answers are lines of the archive's CDXJ index. It promises to read no more of the index than the
question needs, and that no question costs more than a bounded number of lines.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

import regex
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from archive.warc.cdxj import Entry, read_line
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index
from archive.warc.surt import surt_key
from archive.web.room import room

router = APIRouter(include_in_schema=False)

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
MATCHES = ("exact", "prefix", "host", "domain")
_PATTERN_SECONDS = 0.05
_DIGITS = 14

Line = Mapping[str, str]
Keep = Callable[[Line], bool]


class CdxError(ValueError):
    """A question that cannot be answered; the text says why."""


@dataclass(frozen=True, slots=True)
class CdxQuestion:
    """What is asked; names are pywb's. ``closest`` has 14 digits or is empty."""

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
            keep=tuple(_filter(text) for name, text in asked if name == "filter"),
            fields=chosen,
            output=one.get("output", "cdxj"),
        )


@router.get("/cdx")
def cdx(request: Request) -> Response:
    """The captures that are asked for, a line each."""
    try:
        question = CdxQuestion.parse(request.query_params.multi_items())
        lines = iter(list(_answers(room(request).archive.warc_dir, question)))
    except CdxError as error:
        return PlainTextResponse(f"{error}\n", 400)
    kind = "application/x-ndjson" if question.output == "json" else "text/x-cdxj"
    written = (_written(line, question) for line in lines)
    return StreamingResponse(written, media_type=f"{kind}; charset=utf-8")


def _answers(directory: Path, question: CdxQuestion) -> Iterator[Line]:
    found = (line for line in _read(directory, question) if _wanted(line, question))
    if question.sort == "closest":
        moment = _moment(question.closest)
        nearest = sorted(found, key=lambda line: abs(_moment(line["timestamp"]) - moment))
        return islice(nearest, question.limit)
    if question.sort == "reverse":
        return islice(reversed(list(found)), question.limit)
    return islice(found, question.limit)


def _read(directory: Path, question: CdxQuestion) -> Iterator[Line]:
    """The index's lines within reach of the question, in order."""
    sources = [
        Index(directory, name).starting_with(prefix)
        for prefix in _prefixes(question.url, question.match)
        for name in (INDEX_NAME, ELSEWHERE_NAME)
    ]
    for raw in islice(heapq.merge(*sources), MAX_LOOKED_AT):
        key = raw.partition(b" ")[0].decode("utf-8", "replace")
        yield _line(key, read_line(raw))


def _line(key: str, entry: Entry) -> Line:
    values = {
        "urlkey": key,
        "timestamp": entry.timestamp,
        "url": entry.url,
        "mime": entry.mime or "",
        "status": "" if entry.status is None else str(entry.status),
        "digest": entry.digest,
        "length": str(entry.length),
        "offset": str(entry.offset),
        # Files outside of the archive's folder are named by their whole path, which is nobody's
        # business.
        "filename": Path(entry.file).name,
    }
    return {name: value for name, value in values.items() if value}


def _prefixes(url: str, match: str) -> list[bytes]:
    key = surt_key(url if "://" in url else f"http://{url}")
    host = key.partition(")")[0]
    found = {
        "exact": [f"{key} "],
        "prefix": [key],
        "host": [f"{host})"],
        "domain": [f"{host})", f"{host},"],
    }[match]
    return [one.encode() for one in found]


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
    if text and not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise CdxError("from, to and closest have up to 14 digits")
    return text.ljust(_DIGITS, digit) if text else ""


def _limit(one: Mapping[str, str]) -> int:
    try:
        limit = int(one.get("limit") or MAX_LINES)
    except ValueError:
        raise CdxError("limit is a number") from None
    if limit < 0:
        raise CdxError("limit is not negative")
    return min(limit, MAX_LINES)


def _filter(text: str) -> Keep:
    """``[!][=|~]field:value``: without a sign the value is contained; ``=`` it is the value, ``~``
    a regular expression from the start; ``!`` the opposite."""
    negative = text.startswith("!")
    sign = text[negative : negative + 1]
    sign = sign if sign in ("=", "~") else ""
    name, colon, value = text[negative + len(sign) :].partition(":")
    if not colon or name not in FIELDS:
        raise CdxError(f"a filter is [!][=|~]field:value, not {text[:60]!r}")
    holds = _holds(sign, value)
    return lambda line: holds(line.get(name, "")) != negative


def _holds(sign: str, value: str) -> Callable[[str], bool]:
    if sign == "=":
        return lambda found: found == value
    if not sign:
        return lambda found: value in found
    try:
        pattern = regex.compile(value)
    except regex.error as error:
        raise CdxError(f"{value[:60]!r} is no regular expression: {error}") from error

    def matches(found: str) -> bool:
        try:
            return pattern.match(found, timeout=_PATTERN_SECONDS) is not None
        except TimeoutError as error:
            raise CdxError("the regular expression takes too long") from error

    return matches


def _wanted(line: Line, question: CdxQuestion) -> bool:
    stamp = line["timestamp"]
    if (question.first and stamp < question.first) or (question.last and stamp > question.last):
        return False
    return all(keep(line) for keep in question.keep)


def _moment(stamp: str) -> float:
    """The moment of 14 digits in seconds; digits that are none count from the start of theirs."""
    filled = stamp[:4] + "".join(
        part if part != "00" else "01" for part in (stamp[4:6], stamp[6:8])
    )
    try:
        return datetime.strptime(filled + stamp[8:], "%Y%m%d%H%M%S").timestamp()
    except ValueError:
        raise CdxError(f"{stamp} is no moment") from None


def _written(line: Line, question: CdxQuestion) -> str:
    if question.output == "json":
        chosen = {n: line[n] for n in question.fields or FIELDS if n in line}
        return json.dumps(chosen, ensure_ascii=False) + "\n"
    if question.fields:
        return " ".join(line.get(name, "-") for name in question.fields) + "\n"
    rest = {name: line[name] for name in FIELDS[2:] if name in line}
    return f"{line['urlkey']} {line['timestamp']} {json.dumps(rest, ensure_ascii=False)}\n"
