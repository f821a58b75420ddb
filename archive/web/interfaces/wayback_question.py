"""A question to the CDX server in the Wayback Machine's form, and the answer's form.

It promises that going on by the key at an answer's end leaves nothing out and gives nothing twice,
and that whatever stands in an address is either a question or a CdxError.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import dropwhile, islice
from urllib.parse import quote, unquote

from archive.web.interfaces.cdx_question import (
    MAX_LINES,
    MAX_LOOKED_AT,
    CdxError,
    CdxQuestion,
    Line,
)

OWN_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
"""What the Wayback Machine calls columns, and what they are called here."""
COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
UNKNOWN = "-"
_NUMBERED = re.compile(r"(filter|collapse)\d*", re.ASCII)
"""Some clients number what may be given several times: filter0, filter1."""


@dataclass(frozen=True, slots=True)
class Collapse:
    """Of neighbouring lines that have the same ``length`` first characters (0: all) in a column,
    one is given: the first."""

    column: str
    length: int

    @classmethod
    def parse(cls, text: str) -> Collapse:
        """``column`` or ``column:length``. Raises CdxError."""
        name, _, length = text.partition(":")
        if _own(name) not in (_own(column) for column in COLUMNS) or not _is_count(length or "0"):
            raise CdxError(f"collapse is a column, or column:length, not {text[:60]!r}")
        return cls(_own(name), int(length or 0))

    def of(self, line: Line) -> str:
        """What lines must have the same of."""
        value = line.get(self.column, "")
        return value[: self.length] if self.length else value


@dataclass(frozen=True, slots=True)
class Going:
    """Where an answer ended: behind the ``count``-th line of this key and timestamp."""

    place: str
    count: int

    @classmethod
    def parse(cls, text: str) -> Going:
        """Raises CdxError for what is no key of ours."""
        place, _, count = unquote(text).rpartition(" ")
        if not place or not _is_count(count):
            raise CdxError("resumeKey is the key that stood at the end of the answer before")
        return cls(place, int(count))

    @classmethod
    def behind(cls, lines: Iterable[Line], last: Line) -> Going:
        """Behind the ``last`` of these lines."""
        place = _place(last)
        return cls(place, sum(_place(line) == place for line in lines))

    def written(self) -> str:
        """As a client gives it back: without a space, which parts columns."""
        return quote(f"{self.place} {self.count}", safe="")

    def rest(self, lines: Iterator[Line]) -> Iterator[Line]:
        """The lines behind."""
        left = self.count
        for line in dropwhile(lambda line: _place(line) < self.place, lines):
            if _place(line) == self.place and left:
                left -= 1
                continue
            yield line


@dataclass(frozen=True, slots=True)
class TableQuestion:
    """What is asked; ``newest`` where the last lines are wanted, not the first ones."""

    question: CdxQuestion
    columns: tuple[str, ...]
    limit: int
    newest: bool
    collapses: tuple[Collapse, ...]
    shows_key: bool
    going: Going | None
    as_json: bool

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> TableQuestion:
        """The question in an address. Raises CdxError."""
        asked = [(_plain_name(name), value) for name, value in pairs]
        one = dict(asked)
        limit = one.get("limit", "") or str(MAX_LINES)
        if not _is_count(limit.removeprefix("-")):
            raise CdxError("limit is a number; one below 0 asks for the last lines")
        columns = tuple(name.strip() for name in one.get("fl", "").split(",") if name.strip())
        filters = [("filter", _signed(text)) for name, text in asked if name == "filter"]
        plain = [(n, v) for n, v in asked if n not in ("filter", "limit", "fl", "output")]
        chosen = [("fl", ",".join(_own(name) for name in columns))]
        question = CdxQuestion.parse([*plain, *filters, *chosen])
        key = one.get("resumeKey", "")
        return cls(
            question=replace(question, limit=MAX_LOOKED_AT),
            columns=columns or COLUMNS,
            limit=min(int(limit.removeprefix("-")), MAX_LINES),
            newest=limit.startswith("-"),
            collapses=tuple(Collapse.parse(text) for name, text in asked if name == "collapse"),
            shows_key=one.get("showResumeKey", "").lower() == "true",
            going=Going.parse(key) if key else None,
            as_json=one.get("output", "") == "json",
        )

    def taken(self, found: Iterator[Line]) -> tuple[list[Line], Going | None]:
        """What is given of the lines found, and where to go on if there are more (only from the
        first to the last line of the index: other orders cannot be gone on with)."""
        lines = self._collapsed(found)
        if self.going:
            lines = self.going.rest(lines)
        if self.newest:
            return list(deque(lines, maxlen=self.limit)), None
        given = list(islice(lines, self.limit))
        if not given or self.question.sort in ("reverse", "closest") or next(lines, None) is None:
            return given, None
        going = Going.behind(given, given[-1])
        if self.going and self.going.place == going.place:
            going = Going(going.place, going.count + self.going.count)
        return given, going

    def _collapsed(self, lines: Iterator[Line]) -> Iterator[Line]:
        last: list[str] = []
        for line in lines:
            same = [one.of(line) for one in self.collapses]
            if not same or same != last:
                yield line
            last = same

    def written(self, lines: list[Line], going: Going | None) -> str:
        """The answer: columns with spaces between, or a JSON table with its head."""
        key = going.written() if going and self.shows_key else None
        rows = [[line.get(_own(name), UNKNOWN) for name in self.columns] for line in lines]
        if self.as_json:
            table = [list(self.columns), *rows] if rows else []
            told = [*table, [], [key]] if key else table
            return "[" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in told) + "]\n"
        text = "".join(f"{' '.join(row)}\n" for row in rows)
        return f"{text}\n{key}\n" if key else text


def _plain_name(name: str) -> str:
    numbered = _NUMBERED.fullmatch(name)
    return numbered[1] if numbered else name


def _own(name: str) -> str:
    return OWN_NAMES.get(name, name)


def _signed(text: str) -> str:
    """A filter as ``CdxQuestion`` reads it: there the whole value matches the expression."""
    negative = "!" if text.startswith("!") else ""
    name, colon, value = text.removeprefix("!").partition(":")
    if name[:1] in ("=", "~"):
        return f"{negative}{name[:1]}{_own(name[1:])}{colon}{value}"
    return f"{negative}~{_own(name)}{colon}(?:{value})\\Z"


def _place(line: Mapping[str, str]) -> str:
    return f"{line['urlkey']} {line['timestamp']}"


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_LOOKED_AT))
