"""After a crash: what the dead writer left open is cut to its last whole record and finished.

It promises never to touch a file whose writer lives (it holds a lock), to cut nothing but a torn
end, to keep every whole record, even behind damage in the middle, to check the digests, and that
the index tells of what was kept.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import RecordError
from archive.warc.check import digest_faults
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index, finder
from archive.warc.listing import entry_of, index_missing, name_in
from archive.warc.naming import OPEN_SUFFIX, SUFFIX
from archive.warc.reader import read_exchanges
from archive.warc.records import Record
from archive.warc.storage import storage_errors, sync_directory

RUNNING = "left alone, its writer is running"
"""The end of the line on a file that a living process is writing."""


def recover(directory: Path) -> list[str]:
    """Finish every leftover ``.open`` file of ``directory``; one line for each says what was done.

    Raises DataDirectoryError when the directory cannot be written.
    """
    with storage_errors(directory):
        for name in (INDEX_NAME, ELSEWHERE_NAME):
            Index(directory, name).tidy()
        index_missing(directory)
        # A writer leaves no links, and what one leads to is not its to be cut off.
        found = sorted(directory.glob(f"*{SUFFIX}{OPEN_SUFFIX}"))
        left = [path for path in found if not path.is_symlink()]
        done = [_recover_file(path) for path in left]
        if done:
            sync_directory(directory)
    return done


def _recover_file(path: Path) -> str:
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return f"{path.name}: {RUNNING}"
        return _finish(path, descriptor)
    finally:
        os.close(descriptor)


def _finish(path: Path, descriptor: int) -> str:
    directory, name = path.parent, path.name.removesuffix(OPEN_SUFFIX)
    index, seen, damages = Index(directory), _Seen(), list[RecordError]()
    found = read_exchanges(
        path, damages.append, finder(directory), with_confirmed=True, on_record=seen.add
    )
    entries = [
        entry
        for one in found
        if (entry := entry_of(one, name, lambda place: name_in(directory, place))) is not None
    ]
    torn = os.fstat(descriptor).st_size - seen.end
    if not seen.records:
        index.put_files({name}, [])
        path.unlink()
        return f"{path.name}: removed, no whole record in its {torn} bytes"
    if torn:
        os.ftruncate(descriptor, seen.end)
    os.fsync(descriptor)
    index.put_files({name}, entries)
    path.rename(path.with_name(name))
    notes = [f"{seen.records} records"]
    if torn:
        notes.append(f"{torn} torn bytes cut off at {seen.end}")
    inside = sorted({damage.offset for damage in damages if damage.offset < seen.end})
    notes += [f"damage left in place at byte {offset}" for offset in inside]
    notes += [f"a digest that does not agree at byte {offset}" for offset in seen.changed]
    return f"{name}: finished with " + ", ".join(notes)


@dataclass(slots=True)
class _Seen:
    """What is noted of each record: ``end`` is where the last whole one ends."""

    records: int = 0
    end: int = 0
    changed: list[int] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Count the record and check its digests."""
        self.records += 1
        self.end = record.offset + record.length
        if any(digest_faults(record)):
            self.changed.append(record.offset)
