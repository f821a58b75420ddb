"""What the operating system says about the WARC directory, in the archive's own words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryFile

from archive.errors import DataDirectoryError, DiskFullError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PROBE_BYTES = 1 << 16
"""More than a database writes at once."""


def storage_error(error: OSError, directory: Path) -> DataDirectoryError:
    """DiskFullError when there is no room left, DataDirectoryError otherwise."""
    if error.errno in NO_ROOM:
        return no_room(directory)
    return DataDirectoryError(
        f"cannot write in {directory}: {error.strerror or error}; check its permissions and its "
        "disk, then run again to go on"
    )


def no_room(directory: Path) -> DiskFullError:
    """That ``directory`` takes nothing more, and what to do."""
    return DiskFullError(f"no room left in {directory}: free some, then run again to go on")


def has_room(directory: Path, size: int = PROBE_BYTES) -> bool:
    """Does ``directory`` take a file of ``size`` bytes more? A quota shows in nothing but a write
    that is refused. Of what else keeps it from being written this says nothing."""
    try:
        with TemporaryFile(dir=directory, buffering=0) as file:
            left = size
            while left:
                left -= file.write(bytes(left))
    except OSError as error:
        return error.errno not in NO_ROOM
    return True


def open_file(path: Path) -> BufferedReader:
    """The file to be read. Raises OSError, also for what is no file: a pipe in its place would be
    waited for without an end."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a file", str(path))
    return path.open("rb")


@contextmanager
def storage_errors(directory: Path) -> Iterator[None]:
    """Turn OSError into the archive's errors."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, directory) from error


def sync_directory(directory: Path) -> None:
    """Force the directory's names to the disk. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
