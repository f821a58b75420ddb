"""One writer a data directory at a time, by a kernel lock: a killed process leaves none behind.

The file stays behind; only the lock on it counts.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import DataDirectoryError, LockedError

LOCK_NAME = "palimpsest.lock"


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data directory, making it if need be.

    Raises LockedError when another process holds it, DataDirectoryError when it cannot be made or
    written.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(data / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise DataDirectoryError(
            f"cannot write in {data}: {error.strerror or error}; choose another with --data DIR"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(
                f"another run is working in {data}; wait for it or choose another --data DIR"
            ) from None
        yield
    finally:
        os.close(descriptor)
