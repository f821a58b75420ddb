"""Record headers as warcio reads them: WARC 0.17 to 1.1, and ARC as if it were WARC 1.0.

Those that nothing has to be forgiven, as nearly all are, are read here in a quarter of the time.
Of ARC warcio knows the lines of version 1 alone (address, IP, date, type, length); those of version
2, which have five values more before the length, are given to it as such, and so are those whose
type is written with spaces. A date that is none is an error: warcio would make one of it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Protocol

WARC_START = b"WARC/"
WHOLE_NUMBER = re.compile("[0-9]{1,18}")
"""A length or an offset that can be: a hundred million times what a disk holds is a lie, and of
thousands of digits Python makes no number."""
FILE_HEADER = b"filedesc:"
"""How the first line of an ARC file begins, whose date tells of no page."""

_ARC_2 = re.compile(
    rb"\A(\S+ [0-9a-fA-F.:]+ \d{12,17} \S+) (?:\d+|-) \S+ \S+ \d+ \S+ (\d+)(?=\s*\Z)"
)
"""A line of version 2: result code, checksum, location, offset and file name are left out
(https://archive.org/web/researcher/ArcFileFormat.php)."""


_ARC_SPACED_TYPE = re.compile(
    # Its end is asked for first: where there is none, no place in the line is tried.
    rb"\A(?=.* -?\d+\s*\Z)"
    rb"(\S.* (?:[0-9a-fA-F.:]+|-) \d{12,17} )([^ ;]*)[ ;].* (-?\d+)(?=\s*\Z)"
)
"""A line of version 1 with a type as HTTP has it: ``text/html; charset=gb2312``."""
_ARC_DATE = re.compile(rb"\s(\d{4,17})\s++(?:\S*\d|\S++\s++-?\d++)\s*+\Z")
_PARTS_OF_DATE = ((0, 4, 0), (4, 6, 1), (6, 8, 1), (8, 10, 0), (10, 12, 0), (12, 14, 0))
"""Where year, month, day, hour, minute and second begin and end, and what stands for none."""


class Lines(Protocol):
    """What a header is read from."""

    def readline(self, size: int | None = None) -> bytes: ...
    def read(self, size: int) -> bytes: ...
    def tell(self) -> int: ...


class _FirstVersion:
    """``lines``, the first of them as version 1 of ARC would have it."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._is_first = True
        self.arc_line: bytes | None = None

    def readline(self, size: int | None = None) -> bytes:
        line = self._lines.readline(size)
        if self._is_first and not line.startswith(WARC_START):
            line = _ARC_SPACED_TYPE.sub(rb"\1\2 \3", _ARC_2.sub(rb"\1 \2", line))
            self.arc_line = line
        self._is_first = False
        return line

    def read(self, size: int) -> bytes:
        return self._lines.read(size)

    def tell(self) -> int:
        return self._lines.tell()


class HeaderError(ValueError):
    """Not the header of a record."""


# A whole header of WARC 1.0 or 1.1 without folded lines, empty values or characters beyond ASCII.
PLAIN_HEADER = re.compile(rb"WARC/1\.[01]\r\n(?:[A-Za-z][A-Za-z0-9-]*: ?[!-~][ -~]*\r\n)+\r\n")
# Some programs write it in angle brackets, or with spaces.
_PLAIN_ADDRESS = re.compile("[!-;=-~]*")


@dataclass(frozen=True)
class Header:
    """A record's named fields; ``length`` is that of its block, in bytes."""

    type: str
    fields: tuple[tuple[str, str], ...]
    length: int

    @cached_property
    def _first(self) -> dict[str, str]:
        return _first_of(self.fields)

    def field(self, name: str) -> str | None:
        """The first value of the field ``name`` in any case, or None."""
        return self._first.get(name.lower())

    def all(self, name: str) -> list[str]:
        """Every value of the field ``name``, in order."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]


def _first_of(fields: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The first value of each field, by its name in small letters."""
    return {name.lower(): value for name, value in reversed(fields)}


def plain_header(written: bytes) -> Header | None:
    """The header ``written`` as ``PLAIN_HEADER``; None where warcio would change a value of it."""
    lines = written.decode("ascii").split("\r\n")[1:-2]
    parted = [line.partition(":") for line in lines]
    fields = tuple([(name, value.strip()) for name, _, value in parted])
    first = _first_of(fields)
    kind, length = first.get("warc-type"), first.get("content-length", "")
    address = first.get("warc-target-uri", "")
    if (
        kind is None
        or WHOLE_NUMBER.fullmatch(length) is None
        or _PLAIN_ADDRESS.fullmatch(address) is None
    ):
        return None
    return Header(kind, fields, int(length))


@cache
def _warcio() -> tuple[Any, type[Exception]]:
    """Its reader of headers, and what it raises; loaded for the first header that asks for mercy:
    most programs that write or read WARC files meet none."""
    # What it has to say of a stranger's file comes as an error, too; its log would be printed.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.recordloader import ArcWarcRecordLoader

    return ArcWarcRecordLoader(arc2warc=True), ArchiveLoadFailed


def read_header(lines: Lines) -> Header:
    """Read one header and leave ``lines`` at the block. Raises HeaderError."""
    loader, load_failed = _warcio()
    first = _FirstVersion(lines)
    try:
        loaded = loader.parse_record_stream(first, no_record_parse=True)
    except (load_failed, EOFError, ValueError, AttributeError) as error:
        raise HeaderError(f"not a record: {' '.join(str(error).split())[:120]}") from error
    fields = tuple((str(name), str(value)) for name, value in loaded.rec_headers.headers)
    header = Header(str(loaded.rec_type or ""), fields, loaded.length or 0)
    length = (header.field("Content-Length") or "").strip()
    if WHOLE_NUMBER.fullmatch(length) is None:
        raise HeaderError(f"Content-Length is {length[:40]!r}")
    if first.arc_line is not None and not first.arc_line.startswith(FILE_HEADER):
        _check_date(first.arc_line)
    return header


def _check_date(line: bytes) -> None:
    found = _ARC_DATE.search(line)
    digits = found[1].decode() if found else ""
    year, month, day, hour, minute, second = (
        int(digits[start:end] or least) for start, end, least in _PARTS_OF_DATE
    )
    try:
        datetime(year, month, day, hour, minute, second)
    except ValueError:
        raise HeaderError(f"Archive-date is {digits!r}") from None
