"""What the operating system says about the WARC directory, in the archive's own words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import DataDirectoryError, DiskFullError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def storage_error(error: OSError, directory: Path) -> DataDirectoryError:
    """DiskFullError when there is no room left, DataDirectoryError otherwise."""
    if error.errno in NO_ROOM:
        return DiskFullError(f"no room left in {directory}: free some, then run again to go on")
    return DataDirectoryError(f"cannot write in {directory}: {error.strerror or error}")


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
