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
LENT = "PALIMPSEST_LOCK"
"""The variable that tells a process the descriptor of a lock which another one holds for it."""

_held: Counter[Path] = Counter()


@contextmanager
def locked(data: Path, *, again: bool = False) -> Iterator[int | None]:
    """Hold the data directory, making it if need be; gives the descriptor of the lock, to be lent.
    With ``again`` nothing is to be done where this process holds it already, nor where it was lent
    the lock: None is given then.

    Raises LockedError, which names the holder, when another process holds it, DataDirectoryError
    when it cannot be made or written.
    """
    try:
        place = data.resolve()
    except OSError as error:
        # The folder that the program was started in is gone.
        raise _not_to_be_had(data, error) from error
    if (again and _held[place]) or _is_lent(data):
        with _counted(place):
            yield None
        return
    try:
        data.mkdir(parents=True, exist_ok=True)
        # It is signed: through a link, another file would be written over.
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(data / LOCK_NAME, flags, 0o644)
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
            yield descriptor
    finally:
        os.close(descriptor)


def is_beside_others() -> bool:
    """Whether this process is one of several that work in one data directory at a time."""
    return LENT in os.environ


def _is_lent(data: Path) -> bool:
    """Whether the process that began this one holds the directory for it: by the very same open
    file, whose lock is had by whoever has it open."""
    number = os.environ.get(LENT, "")
    if not (number.isdecimal() and number.isascii()):
        return False
    try:
        lent = os.fstat(int(number))
        if not os.path.samestat(lent, (data / LOCK_NAME).stat()):
            return False
        fcntl.flock(int(number), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (OSError, OverflowError):
        return False
    return True


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
