"""After a crash: what the dead writer left open is cut to its last whole record and finished.

It promises never to touch a file whose writer lives (it holds a lock), to cut nothing but a torn
end, to keep every whole record, even behind damage in the middle, and that the index tells of what
was kept.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from archive.errors import RecordError
from archive.warc.index import Index
from archive.warc.listing import entries_of, index_missing
from archive.warc.naming import OPEN_SUFFIX, SUFFIX
from archive.warc.records import read_records
from archive.warc.storage import storage_errors, sync_directory


def recover(directory: Path) -> list[str]:
    """Finish every leftover ``.open`` file of ``directory``; one line for each says what was done.

    Raises DataDirectoryError when the directory cannot be written.
    """
    with storage_errors(directory):
        index_missing(directory)
        left = sorted(directory.glob(f"*{SUFFIX}{OPEN_SUFFIX}"))
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
            return f"{path.name}: left alone, its writer is running"
        return _finish(path, descriptor)
    finally:
        os.close(descriptor)


def _finish(path: Path, descriptor: int) -> str:
    damages: list[RecordError] = []
    end = records = 0
    for record in read_records(path, damages.append):
        end = record.offset + record.length
        records += 1
    torn = os.fstat(descriptor).st_size - end
    index = Index(path.parent)
    name = path.name.removesuffix(OPEN_SUFFIX)
    if not records:
        index.put_files({name}, [])
        path.unlink()
        return f"{path.name}: removed, no whole record in its {torn} bytes"
    if torn:
        os.ftruncate(descriptor, end)
    os.fsync(descriptor)
    index.put_files({name}, entries_of(path.parent, path, damages.append))
    final = path.with_name(name)
    path.rename(final)
    inside = {damage.offset for damage in damages if damage.offset < end}
    notes = [f"{records} records"]
    if torn:
        notes.append(f"{torn} torn bytes cut off at {end}")
    notes += [f"damage left in place at byte {offset}" for offset in sorted(inside)]
    return f"{final.name}: finished with " + ", ".join(notes)
