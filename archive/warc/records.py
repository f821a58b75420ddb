"""Records out of any WARC or ARC file, the whole ones of a damaged file included.

The block is left as the bytes it is. It promises to take every whole record, to name the offset of
all others, and not to hold more than one block.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from archive.errors import RecordError, RecordTooLargeError
from archive.warc.header import (
    PLAIN_HEADER,
    WARC_START,
    Header,
    HeaderError,
    plain_header,
    read_header,
)
from archive.warc.naming import OPEN_SUFFIX
from archive.warc.opening import open_source
from archive.warc.source import LIKELY_START, DamageError, Source
from archive.warc.storage import open_file

MAX_BLOCK_BYTES = 256 * 1024 * 1024
MAX_HEADER_LINES = 1000
SKIP_BYTES = 1024 * 1024
RECORD_ID = "WARC-Record-ID"

OnError = Callable[[RecordError], None]


class _TooLargeError(DamageError):
    """A whole record that is more than can be held."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its header, its block as it lies there, where it begins in the file and how long
    it is there (both of the compressed member, when there is one). ``is_alone`` where that is
    a gzip member that holds nothing but this WARC record."""

    header: Header
    block: bytes
    offset: int
    length: int
    is_alone: bool = False

    @property
    def id(self) -> str:
        """The record id without angle brackets."""
        return bare_id(self.header.field(RECORD_ID))


def _with_id(header: Header, block: bytes) -> Header:
    """The header with an id made of what the record says: ARC has none, and the one that the
    reader of headers makes up is another one each time."""
    said = (header.field("WARC-Target-URI"), header.field("WARC-Date"), header.type)
    name = "\n".join(map(str, (*said, hashlib.sha256(block).hexdigest())))
    others = [field for field in header.fields if field[0].lower() != RECORD_ID.lower()]
    made = (RECORD_ID, f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>")
    return Header(header.type, (*others, made), header.length)


def bare_id(value: str | None) -> str:
    """A record id as it is written in a field, without angle brackets."""
    return (value or "").strip().removeprefix("<").removesuffix(">")


def read_records(path: Path, on_error: OnError | None = None, start: int = 0) -> Iterator[Record]:
    """Every whole record of ``path`` from the byte ``start`` on, in order.

    Damage is told to ``on_error`` (without one it is raised as RecordError), then reading goes on
    behind it. Raises OSError when the file cannot be read.
    """
    with open_file(path) as file:
        source = open_source(file, path.name.removesuffix(OPEN_SUFFIX), start)
        reader = _UnitReader(source)
        while True:
            try:
                if not source.begin():
                    break
                yield from reader.records()
            except (DamageError, HeaderError) as damage:
                kind = RecordTooLargeError if isinstance(damage, _TooLargeError) else RecordError
                _report(kind(str(damage), str(path), source.start), on_error)
                if not source.resync():
                    return
        if not reader.seen and start == 0:
            _report(RecordError("no WARC or ARC record in this file", str(path), 0), on_error)


def _report(error: RecordError, on_error: OnError | None) -> None:
    if on_error is None:
        raise error
    on_error(error)


class _Lines:
    """The header part of a source, with an end to its patience."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._left = MAX_HEADER_LINES

    def readline(self, size: int | None = None) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise DamageError("a record header without end")
        line = self._source.readline(size)
        if line.startswith(WARC_START) and self._left < MAX_HEADER_LINES - 1:
            raise DamageError("another record begins within the header")
        return line

    def read(self, size: int) -> bytes:
        return self._source.read(size)

    def tell(self) -> int:
        return 0


class _UnitReader:
    """Reads the records of one unit after the other; knows what kind of file it is."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.is_arc = False
        self.seen = False

    def records(self) -> Iterator[Record]:
        """The records of the current unit: one, or all that a single gzip member holds."""
        is_first = True
        while self._skip_blank():
            yield self._record(is_first)
            is_first = False
            if not self._source.is_member:
                return

    def _record(self, is_first: bool) -> Record:
        source = self._source
        is_warc = source.peek().startswith(WARC_START)
        if self.seen and is_warc == self.is_arc:
            raise DamageError("not a record")
        header = self._header()
        block = self._block(header.length)
        end = source.position()
        self.is_arc = not is_warc
        if self.is_arc or not header.field(RECORD_ID):
            header = _with_id(header, block)
        self.seen = True
        more = self._skip_blank()
        follows = source.peek()
        is_next = follows.startswith(WARC_START) if is_warc else LIKELY_START.match(follows)
        if more and not is_next:
            raise DamageError(f"Content-Length says {header.length} bytes, there are more")
        if source.is_member:
            end = source.position()
        is_alone = is_warc and source.is_gzip and is_first and not more
        return Record(header, block, source.start, end - source.start, is_alone)

    def _header(self) -> Header:
        written = self._source.ahead(PLAIN_HEADER)
        header = plain_header(written) if written else None
        if written is None or header is None:
            return read_header(_Lines(self._source))
        self._source.read(len(written))
        return header

    def _block(self, length: int) -> bytes:
        if length <= MAX_BLOCK_BYTES:
            block = self._source.read(length)
            if len(block) < length:
                raise DamageError(f"Content-Length says {length} bytes, there are {len(block)}")
            return block
        left = length
        while left > 0:
            piece = self._source.read(min(left, SKIP_BYTES))
            if not piece:
                raise DamageError(f"Content-Length says {length} bytes, {left} of them are missing")
            left -= len(piece)
        raise _TooLargeError(f"a block of {length} bytes, more than {MAX_BLOCK_BYTES} can be held")

    def _skip_blank(self) -> bool:
        """Pass over line ends; False when nothing follows in this unit."""
        source = self._source
        while next_bytes := source.peek():
            blank = len(next_bytes) - len(next_bytes.lstrip(b"\r\n"))
            if not blank:
                return True
            source.read(blank)
        return False
