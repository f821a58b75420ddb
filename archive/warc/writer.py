"""Writing captures into WARC files that survive the death of their writer.

It promises that a pointer it gave out stays good: a file is written as ``NAME.warc.gz.open``, each
exchange in one go, and renamed when it is whole; a write that fails half-way is taken back. The
file is locked while it is open, so that recovery never touches a living writer's file. What it
holds is in the index beside it (``archive.warc.index``) before it has its final name.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from archive.addresses import host_of
from archive.errors import DataDirectoryError
from archive.exchange import HttpMessage
from archive.model import Capture, WarcPointer
from archive.warc.cdxj import Entry, answer_entry, confirmed_entry
from archive.warc.compress import LARGE_BYTES
from archive.warc.exchange_records import RevisitContent, pack_exchange, pack_notes
from archive.warc.index import Index
from archive.warc.naming import file_name, open_path
from archive.warc.storage import storage_error, storage_errors, sync_directory
from archive.warc.warcinfo import pack_warcinfo

DEFAULT_MAX_BYTES = 1_000_000_000
DEFAULT_SYNC_BYTES = 64 * 1024 * 1024
"""How much may lie in the operating system's cache before it is forced to the disk."""
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class WarcWriter:
    """Writes into ``directory``; a new file begins once one has reached ``max_bytes``.

    ``info`` goes into each file's warcinfo record. Usable as a context manager. Not for several
    threads at once.
    """

    def __init__(
        self,
        directory: Path,
        *,
        prefix: str,
        max_bytes: int = DEFAULT_MAX_BYTES,
        info: Mapping[str, str] | None = None,
        sync_bytes: int = DEFAULT_SYNC_BYTES,
    ) -> None:
        self.directory = directory
        self._prefix = prefix
        self._max_bytes = max_bytes
        self._info = dict(info or {})
        self._sync_bytes = sync_bytes
        self._descriptor: int | None = None
        self._name = ""
        self._offset = 0
        self._unsynced = 0
        self._files: list[str] = []
        self._entries: list[Entry] = []
        self._shown: set[tuple[str, str]] = set()

    @property
    def files(self) -> tuple[str, ...]:
        """The final names of all files written so far, the open one included."""
        return tuple(self._files)

    def write(
        self,
        capture: Capture,
        message: HttpMessage | None = None,
        revisit: RevisitContent | None = None,
    ) -> WarcPointer:
        """Write one exchange; the pointer names its response record (a failure's: its metadata).
        ``message`` is the answer in it, from a caller that has read it already.

        With ``revisit`` (what ``revisits.revisit_content`` makes of an original read again) it
        becomes a ``revisit`` record, and the pointer's digest is that of the payload gone back
        to; without, it is written whole. Raises DiskFullError when there is no room (nothing
        half-written stays behind), and DataDirectoryError when the directory cannot be written.
        """
        self._make_room()
        shown = (host_of(capture.url), capture.certificate.digest) if capture.certificate else None
        packed = pack_exchange(capture, revisit, message, with_chain=shown not in self._shown)
        offset = self._offset
        self._append(*packed.members)
        if shown:
            self._shown.add(shown)
        pointer = WarcPointer(
            file=self._name,
            offset=offset,
            length=len(packed.members[0]),
            payload_digest=packed.payload_digest,
            record_id=packed.record_id,
        )
        self._list(capture, pointer, packed.message, revisit)
        return pointer

    def write_notes(self, capture: Capture, pointer: WarcPointer, notes: str) -> None:
        """Write what became known of an exchange after it was written, as a ``metadata`` record
        that refers to the one at ``pointer``. ``notes`` are fields as ``record.render`` makes
        lines of them. Raises as ``write`` does."""
        self._make_room()
        self._append(pack_notes(capture, pointer.record_id, notes))

    def sync(self) -> None:
        """Force what was written to the disk. Raises DataDirectoryError."""
        if self._descriptor is not None and self._unsynced:
            with storage_errors(self.directory):
                os.fdatasync(self._descriptor)
            self._unsynced = 0

    def close(self) -> None:
        """Finish the open file: on disk, under its final name. A second call does nothing."""
        if self._descriptor is None:
            return
        descriptor, self._descriptor = self._descriptor, None
        try:
            with storage_errors(self.directory):
                os.fsync(descriptor)
                # First, so that every file with a final name is in the index.
                Index(self.directory).add(self._entries)
                final = self.directory / self._name
                open_path(final).rename(final)
                sync_directory(self.directory)
        finally:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _list(
        self,
        capture: Capture,
        pointer: WarcPointer,
        message: HttpMessage | None,
        revisit: RevisitContent | None,
    ) -> None:
        """Note what the index will say of the exchange."""
        if revisit is None or revisit.profile == "identical-payload-digest":
            if capture.response:
                is_revisit = revisit is not None
                entry = answer_entry(capture, pointer, message, is_revisit=is_revisit)
                self._entries.append(entry)
        elif revisit.original is not None and revisit.file is not None:
            entry = confirmed_entry(capture, pointer.file, revisit.file, revisit.original)
            self._entries.append(entry)

    def _make_room(self) -> None:
        if self._descriptor is not None and self._offset >= self._max_bytes:
            self.close()
        if self._descriptor is None:
            self._open()

    def _open(self) -> None:
        name = file_name(self._prefix, len(self._files))
        path = open_path(self.directory / name)
        with storage_errors(self.directory):
            self.directory.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(path, NEW_FILE, 0o644)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        self._name, self._offset, self._unsynced = name, 0, 0
        self._entries, self._shown = [], set()
        try:
            self._append(pack_warcinfo(name, self._info))
        except DataDirectoryError:
            os.close(self._descriptor)
            self._descriptor = None
            path.unlink(missing_ok=True)
            raise
        self._files.append(name)

    def _append(self, *members: bytes) -> None:
        assert self._descriptor is not None
        large = sum(map(len, members)) >= LARGE_BYTES
        done = 0
        try:
            for data in members if large else (b"".join(members),):
                done += _write(self._descriptor, data)
        except OSError as error:
            os.ftruncate(self._descriptor, self._offset)
            os.lseek(self._descriptor, self._offset, os.SEEK_SET)
            raise storage_error(error, self.directory) from error
        self._offset += done
        self._unsynced += done
        if self._unsynced >= self._sync_bytes:
            self.sync()


def _write(descriptor: int, data: bytes) -> int:
    view, done = memoryview(data), 0
    while done < len(view):
        done += os.write(descriptor, view[done:])
    return done
