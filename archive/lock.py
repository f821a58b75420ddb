"""One writer a data directory at a time, by a kernel lock: a killed process leaves none behind.

The file stays behind; only the lock on it counts. What stands in it names the holder to whoever has
to wait. A process that holds the directory may say so and take it again, as a night does for each
of its sites.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import DataDirectoryError, LockedError

LOCK_NAME = "palimpsest.lock"
MAX_NOTE_BYTES = 4096

_held: Counter[Path] = Counter()


@contextmanager
def locked(data: Path, *, again: bool = False) -> Iterator[None]:
    """Hold the data directory, making it if need be. With ``again`` nothing is to be done where
    this process holds it already.

    Raises LockedError, which names the holder, when another process holds it, DataDirectoryError
    when it cannot be made or written.
    """
    try:
        place = data.resolve()
    except OSError as error:
        # The folder that the program was started in is gone.
        raise _not_to_be_had(data, error) from error
    if again and _held[place]:
        with _counted(place):
            yield
        return
    try:
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(data / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _not_to_be_had(data, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockedError(
                f"{_holder(descriptor)} is working in {data}; "
                "wait for it or choose another --data DIR"
            ) from None
        except OSError as error:
            # A network file system may have none (ENOLCK, EOPNOTSUPP): without it nothing is safe.
            raise DataDirectoryError(
                f"the file system of {data} gives no lock ({error.strerror or error}), so two runs "
                "could write in it at once; mount it with locks, or choose a disk of this machine "
                "with --data DIR"
            ) from error
        _sign(descriptor)
        with _counted(place):
            yield
    finally:
        os.close(descriptor)


def _not_to_be_had(data: Path, error: OSError) -> DataDirectoryError:
    return DataDirectoryError(
        f"cannot write in {data}: {error.strerror or error}; choose another with --data DIR"
    )


@contextmanager
def _counted(place: Path) -> Iterator[None]:
    _held[place] += 1
    try:
        yield
    finally:
        _held[place] -= 1


def _sign(descriptor: int) -> None:
    """Say who holds it. That there is no room for the note is told by what comes next."""
    command = next((word for word in sys.argv[1:] if word.isalpha() and word.isascii()), "a run")
    note = {
        "command": command,
        "process": os.getpid(),
        "machine": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(note).encode() + b"\n", 0)
    except OSError:
        return


def _holder(descriptor: int) -> str:
    try:
        note = json.loads(os.pread(descriptor, MAX_NOTE_BYTES, 0))
        return (
            f"{note['command']} (process {int(note['process'])} on {note['machine']}, "
            f"since {note['since']})"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another run"
