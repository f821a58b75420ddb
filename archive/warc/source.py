"""The bytes of a WARC or ARC file, compressed or not, read so that damage stays where it is.

A source hands out units (a gzip member, a Zstandard frame, or a place in a plain file) one after
the other and says where each begins. It promises bounded memory, an offset for every damage, and to
find the next whole unit behind it.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import BinaryIO, Protocol

from archive.warc.compress import GZIP_WINDOW

READ_BYTES = 64 * 1024
FIRST_BYTES = 8 * 1024
"""What is read of a member first: most are smaller, and what is left over would be copied."""
MAX_LINE_BYTES = 64 * 1024
MAGIC = b"\x1f\x8b\x08"
_PEEK_BYTES = 4096
_NEXT_RECORD = re.compile(rb"(?<=\n)WARC/[01]\.\d+\r?\n")
_ARC_START = b"filedesc:"
_NEXT_OF_ARC = re.compile(rb"(?<=\n)[A-Za-z]{2,12}:[^\n]{1,8000} \d{14} [^\n]{1,1000} ?\d+\r?\n")
"""Address, IP address, moment, type and length, with other fields before the length in ARC 2."""
_LONGEST_NEXT = 10_000
"""Bytes of what begins a record in a plain file, at the most."""
LIKELY_START = re.compile(rb"\s*(?:WARC/[01]\.\d|[A-Za-z]{2,12}:)")


class DamageError(Exception):
    """The bytes of the current unit cannot be read as what they should be."""


class Source(Protocol):
    """Where records are read from; ``start`` is the file offset of the current unit, ``is_member``
    whether a unit is compressed by itself, ``is_gzip`` whether as a gzip member."""

    start: int
    is_member: bool
    is_gzip: bool

    def read(self, size: int) -> bytes: ...
    def readline(self, size: int | None = None) -> bytes: ...
    def peek(self) -> bytes: ...
    def ahead(self, wanted: re.Pattern[bytes]) -> bytes | None: ...
    def position(self) -> int: ...
    def begin(self) -> bool: ...
    def resync(self) -> bool: ...


class Buffered:
    """Buffer keeping over ``_more``, which gives the next bytes of the unit, or none at its end."""

    def __init__(self) -> None:
        self._buffer = b""
        self._at = 0

    def _more(self) -> bytes:
        raise NotImplementedError

    def peek(self) -> bytes:
        """Some bytes that come next, without taking them; none at the unit's end."""
        if self._at >= len(self._buffer):
            self._buffer, self._at = self._more(), 0
        return self._buffer[self._at : self._at + 64]

    def ahead(self, wanted: re.Pattern[bytes]) -> bytes | None:
        """What comes next and is ``wanted``, without taking it; None also where not all of it has
        been read yet."""
        found = wanted.match(self._buffer, self._at) if self.peek() else None
        return found[0] if found else None

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes; fewer only at the unit's end."""
        part = self._buffer[self._at : self._at + size]
        self._at += len(part)
        if len(part) == size:
            return part
        whole = io.BytesIO()  # it gives what it holds without a copy
        whole.write(part)
        while (left := size - whole.tell()) > 0 and self.peek():
            part = self._buffer[self._at : self._at + left]
            self._at += whole.write(part)
        return whole.getvalue()

    def readline(self, size: int | None = None) -> bytes:
        """The next line with its end. Raises DamageError when it is longer than any line is."""
        limit = min(size or MAX_LINE_BYTES, MAX_LINE_BYTES)
        line = b""
        while self.peek():
            stop = self._buffer.find(b"\n", self._at)
            stop = len(self._buffer) if stop < 0 else stop + 1
            line += self._buffer[self._at : stop]
            self._at = stop
            if line.endswith(b"\n"):
                return line
            if len(line) > limit:
                raise DamageError("a header line without end")
        return line


class MemberSource(Buffered):
    """A file whose units are compressed each by itself, and each begin with ``_magic``."""

    is_member = True
    is_gzip = False
    _magic: bytes

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__()
        self._file = file
        self.start = start
        self._next = start
        """Where the next unit begins, once this one has ended."""

    def position(self) -> int:
        """How far the file was read: exactly the unit's end once the unit has ended."""
        return self._next if self._next > self.start else self._file.tell()

    def resync(self) -> bool:
        """After damage: go to the next place that begins a unit with a record in it."""
        at = self.start
        while (at := find_in_file(self._file, self._magic, at + 1)) >= 0:
            self._file.seek(at)
            if LIKELY_START.match(self._first_bytes()):
                self._next = at
                return True
        return False

    def _first_bytes(self) -> bytes:
        """What the unit that begins where the file stands begins with; nothing if it is none."""
        raise NotImplementedError


class GzipSource(MemberSource):
    """A gzipped file: each gzip member is a unit."""

    is_gzip = True
    _magic = MAGIC

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__(file, start)
        self._raw = b""
        self._stream = zlib.decompressobj(GZIP_WINDOW)

    def begin(self) -> bool:
        """Go to the next member; False at the end of the file. Raises DamageError."""
        self.start = self._next
        self._file.seek(self.start)
        self._raw = self._file.read(FIRST_BYTES)
        self._buffer, self._at = b"", 0
        self._stream = zlib.decompressobj(GZIP_WINDOW)
        if not self._raw:
            return False
        if not self._raw.startswith(MAGIC[: len(self._raw)]):
            raise DamageError("not a gzip member")
        return True

    def _more(self) -> bytes:
        while not self._stream.eof:
            if not self._raw:
                raise DamageError("the gzip member is cut short")
            try:
                out = self._stream.decompress(self._raw, READ_BYTES)
            except zlib.error as error:
                raise DamageError(f"broken gzip member: {error}") from error
            if self._stream.eof:
                self._next = self._file.tell() - len(self._stream.unused_data)
                self._raw = b""
            else:
                self._raw = self._stream.unconsumed_tail or self._file.read(READ_BYTES)
            if out:
                return out
        return b""

    def _first_bytes(self) -> bytes:
        stream = zlib.decompressobj(GZIP_WINDOW)
        try:
            head: bytes = stream.decompress(self._file.read(_PEEK_BYTES), 64)
        except zlib.error:
            return b""
        return head


class PlainSource(Buffered):
    """A file that is not compressed: each record is a unit."""

    is_member = False
    is_gzip = False

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__()
        self._file = file
        self.start = start
        file.seek(start)

    def begin(self) -> bool:
        """Call the current place a new unit; False at the end of the file."""
        self.start = self.position()
        return bool(self.peek())

    def position(self) -> int:
        """The file offset of the next byte."""
        return self._file.tell() - (len(self._buffer) - self._at)

    def _more(self) -> bytes:
        return self._file.read(READ_BYTES)

    def resync(self) -> bool:
        """After damage: go to the next line that begins a record."""
        self._file.seek(0)
        is_arc = self._file.read(len(_ARC_START)) == _ARC_START
        wanted = _NEXT_OF_ARC if is_arc else _NEXT_RECORD
        at = self.start + 1
        while True:
            self._file.seek(at)
            piece = self._file.read(READ_BYTES)
            match = wanted.search(piece)
            if match:
                self._go_to(at + match.start())
                return True
            if len(piece) < READ_BYTES:
                return False
            at += len(piece) - _LONGEST_NEXT

    def _go_to(self, at: int) -> None:
        self._file.seek(at)
        self._buffer, self._at = b"", 0


def find_in_file(file: BinaryIO, needle: bytes, start: int) -> int:
    """The offset of ``needle`` at or after ``start``, or -1."""
    overlap = len(needle) - 1
    while True:
        file.seek(start)
        piece = file.read(READ_BYTES)
        found = piece.find(needle)
        if found >= 0:
            return start + found
        if len(piece) <= overlap:
            return -1
        start += len(piece) - overlap
