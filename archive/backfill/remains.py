"""What is left of a ZIP file: members found by the headers in front of them, and their bytes as far
as they can be read.

For packages that were cut (the list of their members stands at a ZIP file's end) and for members
that are damaged. It promises bounded memory, and time that grows with the file. Source: APPNOTE.TXT
6.3.10 (PKWARE), sections 4.3.7 (local file header), 4.3.9 (data descriptor), 4.5.3 (ZIP64).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZipInfo

LOCAL, DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
STORED, DEFLATED = 0, 8
PIECE = 256 * 1024
"""Bytes that are read at a time."""
_HEAD = struct.Struct("<4s5H3L2H")
_EXTRA = struct.Struct("<HH")
_LONG = struct.Struct("<Q")
_IS_ENCRYPTED, _TOLD_BEHIND, _IS_UTF8 = 1 << 0, 1 << 3, 1 << 11
"""Flags; the second: checksum and sizes stand behind the data, in a descriptor."""
_ZIP64, _SEE_ZIP64 = 0x0001, 0xFFFFFFFF
_MAX_NAME, _MAX_METHOD = 1_024, 99
_DESCRIPTOR_BYTES = 24
"""Signature, checksum, and two sizes of eight bytes each."""
_RAW_DEFLATE = -15
_FED = 512
"""Packed bytes that are unpacked at a time: what comes of those that hold the damage is lost."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member: ``at``, where its header stands; ``data_at``, where its data begin; ``packed``,
    their length here, None where that is told behind them; ``checksum``, the CRC-32 of what is
    unpacked, None likewise."""

    name: str
    at: int
    data_at: int
    method: int
    packed: int | None
    checksum: int | None
    is_encrypted: bool = False


def next_member(source: IO[bytes], start: int, go_on: Callable[[], None]) -> Member | None:
    """The first member whose header stands at ``start`` or behind it; None where there is none.
    ``go_on`` is called again and again, and may raise."""
    while True:
        go_on()
        source.seek(start)
        piece = source.read(PIECE)
        at = -1
        while (at := piece.find(LOCAL, at + 1)) >= 0:
            member = _member(source, start + at)
            if member is not None:
                return member
        if len(piece) < PIECE:
            return None
        start += PIECE - len(LOCAL) + 1


def header_at(source: IO[bytes], listed: ZipInfo) -> Member:
    """The member that a package's list tells of; where its own header is damaged, the list speaks
    for it, and where the file's beginning was cut off, data that begin before it begin with it."""
    at = listed.header_offset
    header = _member(source, at) if at >= 0 else None
    beside = len(listed.orig_filename.encode()) + len(listed.extra)
    data_at = header.data_at if header else at + _HEAD.size + beside
    lost = max(0, -data_at)
    return Member(
        name=listed.filename,
        at=max(0, at),
        data_at=data_at + lost,
        method=listed.compress_type,
        packed=max(0, listed.compress_size - lost),
        checksum=listed.CRC,
        is_encrypted=bool(listed.flag_bits & _IS_ENCRYPTED),
    )


def _member(source: IO[bytes], at: int) -> Member | None:
    """The member whose header stands ``at``; None where that is none."""
    source.seek(at)
    head = source.read(_HEAD.size)
    if len(head) < _HEAD.size or not head.startswith(LOCAL):
        return None
    _, _, flags, method, _, _, checksum, packed, size, named, beside = _HEAD.unpack(head)
    if not 0 < named <= _MAX_NAME or method > _MAX_METHOD:
        return None
    name = source.read(named)
    if b"\0" in name or len(extra := source.read(beside)) < beside:
        return None
    if packed == _SEE_ZIP64:
        packed = _long_size(extra, 1 if size == _SEE_ZIP64 else 0)
    told_behind = bool(flags & _TOLD_BEHIND)
    return Member(
        name=name.decode("utf-8" if flags & _IS_UTF8 else "cp437", "replace"),
        at=at,
        data_at=at + _HEAD.size + named + beside,
        method=method,
        packed=None if told_behind and not packed else packed,
        checksum=None if told_behind else checksum,
        is_encrypted=bool(flags & _IS_ENCRYPTED),
    )


def _long_size(extra: bytes, place: int) -> int | None:
    """The size at this ``place`` in a header's ZIP64 field, if it has one."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        wanted = at + place * _LONG.size
        if kind == _ZIP64 and wanted + _LONG.size <= min(at + length, len(extra)):
            return int(_LONG.unpack_from(extra, wanted)[0])
        at += length
    return None


@dataclass(slots=True)
class Remains:
    """The bytes of a member, unpacked, as far as they can be read: a file to be read once, from its
    beginning. ``limit``: where its data end at the latest. When all is read, ``end`` is where they
    ended, and ``trouble`` what was wrong with them, None if nothing was.

    ``may_be`` is asked, with how many bytes were read and how many were made of them, before more
    are; it may raise.
    """

    source: IO[bytes]
    member: Member
    limit: int
    may_be: Callable[[int, int], None] = lambda packed, unpacked: None
    end: int = 0
    trouble: str | None = None
    _told: int | None = None
    _pieces: Iterator[bytes] = field(init=False)
    _rest: bytes = field(init=False, default=b"")

    def __post_init__(self) -> None:
        self.end = self.member.data_at
        self._pieces = self._checked()

    def read(self, size: int = PIECE) -> bytes:
        """The next bytes, up to ``size``; none at the end. Raises OSError."""
        rest = self._rest or next(self._pieces, b"")
        self._rest = rest[size:]
        return rest[:size]

    def peek(self) -> bytes:
        """Some of the next bytes, without taking them; none at the end."""
        self._rest = self._rest or next(self._pieces, b"")
        return self._rest

    def _checked(self) -> Iterator[bytes]:
        self._told = self.member.checksum
        checksum = made = 0
        for piece in self._unpacked():
            checksum = zlib.crc32(piece, checksum)
            made += len(piece)
            self.may_be(self.end - self.member.data_at, made)
            yield piece
        if self.trouble is None and self._told not in (None, checksum):
            self.trouble = "its checksum is another one"

    def _unpacked(self) -> Iterator[bytes]:
        if self.member.is_encrypted:
            self.trouble = "it is encrypted"
        elif self.member.method == DEFLATED:
            yield from self._inflated()
        elif self.member.method != STORED:
            self.trouble = f"it is packed by method {self.member.method}"
        elif self.member.packed is None:
            yield from self._to_descriptor()
        else:
            yield from self._stored(self.member.packed)

    def _stored(self, packed: int) -> Iterator[bytes]:
        stop = self.member.data_at + packed
        while self.end < stop:
            self.source.seek(self.end)
            piece = self.source.read(min(PIECE, stop - self.end, max(self.limit - self.end, 0)))
            if not piece:
                self.trouble = f"it ends after {self.end - self.member.data_at} of {packed} bytes"
                return
            self.end += len(piece)
            yield piece

    def _to_descriptor(self) -> Iterator[bytes]:
        """Data whose length stands behind them: what tells it is known by telling it rightly."""
        while self.end < self.limit:
            self.source.seek(self.end)
            piece = self.source.read(min(PIECE + _DESCRIPTOR_BYTES, self.limit - self.end))
            if not piece:
                break
            taken = piece[:PIECE]
            found = self._descriptor(piece)
            if found >= 0:
                taken = piece[:found]
            self.end += len(taken)
            if taken:
                yield taken
            if found >= 0:
                return
        self.trouble = f"it ends after {self.end - self.member.data_at} bytes"

    def _descriptor(self, piece: bytes) -> int:
        """Where in ``piece`` the descriptor of all data before it stands; -1: nowhere."""
        at = -1
        while (at := piece.find(DESCRIPTOR, at + 1, PIECE + len(DESCRIPTOR) - 1)) >= 0:
            length = self.end + at - self.member.data_at
            sizes = piece[at + 8 : at + _DESCRIPTOR_BYTES]
            short = (length & 0xFFFFFFFF).to_bytes(4, "little")
            if sizes[:8] == short * 2 or sizes == _LONG.pack(length) * 2:
                self._told = int.from_bytes(piece[at + 4 : at + 8], "little")
                return at
        return -1

    def _inflated(self) -> Iterator[bytes]:
        stop = self.limit
        if self.member.packed is not None:
            stop = min(stop, self.member.data_at + self.member.packed)
        stream, made = zlib.decompressobj(_RAW_DEFLATE), bytearray()
        raw = b""
        while not stream.eof:
            if not raw:
                self.source.seek(self.end)
                raw = self.source.read(min(_FED, max(stop - self.end, 0)))
                if not raw:
                    self.trouble = f"it ends after {self.end - self.member.data_at} bytes"
                    break
                self.end += len(raw)
            try:
                made += stream.decompress(raw, PIECE)
            except zlib.error as error:
                self.trouble = f"it cannot be unpacked at byte {self.end - len(raw)}: {error}"
                break
            raw = stream.unconsumed_tail
            if len(made) >= PIECE:
                yield bytes(made)
                made.clear()
        self.end -= len(stream.unused_data)
        if made:
            yield bytes(made)
