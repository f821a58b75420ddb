"""Mending a finished file of ours that was damaged: readable again, with nothing thrown away.

Most readers stop, or miscount, at the first bytes that are no record. It promises that all other
records stay where they are, so that every pointer to them stays good: the damaged bytes are copied
to a file beside it first, then overwritten by one ``metadata`` record of exactly their length that
says so; damage at the end of the file is cut off. Files of other programs are never changed, nor
any outside of the directory: what a link leads to, or a name with "..", may be anybody's.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.afresh import afresh
from archive.errors import RecordError, RecordTooLargeError
from archive.warc.naming import OWN_NAME
from archive.warc.record import (
    RECORD_END,
    VERSION_LINE,
    WARC_FIELDS,
    digest,
    fields_block,
    new_record_id,
    render,
    warc_date,
)
from archive.warc.records import read_records
from archive.warc.storage import storage_errors, sync_directory

ASIDE = "damaged"
"""The folder for damaged bytes, in the WARC directory."""
COPY_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes from ``start`` to ``end`` of a file that are no record; ``is_tail`` where nothing
    whole follows."""

    start: int
    end: int
    is_tail: bool


def mend(directory: Path, path: Path) -> list[str]:
    """Mend ``path``, a file of ``directory``; one line for each damage says what was done.

    Raises DataDirectoryError when the directory cannot be written.
    """
    if not OWN_NAME.fullmatch(path.name) or path.parent != directory:
        return []
    if path.is_symlink():
        return [f"{path.name}: left as it is, for it is a link to a file elsewhere"]
    with storage_errors(directory):
        return [_mend_one(directory, path, damage) for damage in damages_of(path)]


def damages_of(path: Path) -> list[Damage]:
    """The damages of ``path``, the last first, so that each can be mended without moving another.

    A record that is only too large to be held is none, and a file in which nothing is whole has
    nothing to mend. Raises OSError.
    """
    size = path.stat().st_size
    errors: list[RecordError] = []
    starts = [record.offset for record in read_records(path, errors.append)]
    if not starts:
        return []
    found: list[Damage] = []
    for error in errors:
        if isinstance(error, RecordTooLargeError):
            continue
        end = next((start for start in starts if start > error.offset), size)
        # Between two records there may be several; they are mended as one.
        if error.offset < size and not (found and found[-1].end == end):
            found.append(Damage(error.offset, end, is_tail=end == size))
    return found[::-1]


def _mend_one(directory: Path, path: Path, damage: Damage) -> str:
    place = f"{path.name} at byte {damage.start}"
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        aside, sha = _copy_aside(directory, path, descriptor, damage)
        length = damage.end - damage.start
        if damage.is_tail:
            os.ftruncate(descriptor, damage.start)
        else:
            filler = _filler(path.name, damage, aside, sha)
            if filler is None:
                return f"{place}: {length} damaged bytes left as they are, too few for a record"
            os.pwrite(descriptor, filler, damage.start)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return f"{place}: {length} damaged bytes moved to {aside}"


def _copy_aside(directory: Path, path: Path, descriptor: int, damage: Damage) -> tuple[str, str]:
    """Copy the damaged bytes; returns the copy's name in the directory, and its digest."""
    folder = directory / ASIDE
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.name}.{damage.start}-{damage.end}.bytes"
    sha = hashlib.sha256()
    temporary = copy.with_name(f".{copy.name}.{os.getpid()}")
    with afresh(temporary) as file:
        for piece in _pieces(descriptor, damage):
            sha.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if copy.exists():
        # Of a mending that died half-way: those bytes are the older ones, and stay.
        temporary.unlink()
    else:
        temporary.rename(copy)
    sync_directory(folder)
    return f"{ASIDE}/{copy.name}", f"sha256:{sha.hexdigest()}"


def _pieces(descriptor: int, damage: Damage) -> Iterator[bytes]:
    at = damage.start
    while at < damage.end:
        piece = os.pread(descriptor, min(COPY_BYTES, damage.end - at), at)
        if not piece:
            return
        at += len(piece)
        yield piece


def _filler(name: str, damage: Damage, aside: str, sha: str) -> bytes | None:
    """A record of exactly the damage's length; None when that is too short for any.

    A gzip member may have a comment of any length in its head (RFC 1952), which readers pass over.
    """
    length = damage.end - damage.start
    source = [("source", aside), ("digest", sha)]
    said = f"{length} bytes of {name} were damaged from {damage.start} on"
    for notes in ([("description", said), *source], source[:1], []):
        record = _record(fields_block(notes))
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = packer.compress(record) + packer.flush()
        trailer = struct.pack("<II", zlib.crc32(record), len(record))
        comment = length - len(GZIP_HEAD) - 1 - len(packed) - len(trailer)
        if comment >= 0:
            return b"".join((GZIP_HEAD, b" " * comment, b"\0", packed, trailer))
    return None


def _record(block: bytes) -> bytes:
    fields = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<{new_record_id()}>"),
        ("WARC-Date", warc_date(datetime.now(UTC))),
    ]
    if block:
        fields += [("Content-Type", WARC_FIELDS), ("WARC-Block-Digest", digest(block))]
    fields.append(("Content-Length", str(len(block))))
    return VERSION_LINE + render(fields).encode() + b"\r\n" + block + RECORD_END


GZIP_HEAD = b"\x1f\x8b\x08\x10\0\0\0\0\x02\xff"
"""A gzip head that says a comment follows."""
