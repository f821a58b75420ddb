"""A file that appears whole or not at all, and nothing half made that stays."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write ``path`` by: it takes that name when everything is on the disk.

    Whatever is raised before leaves what was at ``path`` as it was. A link stays one, and what it
    leads to is replaced; what is no file (a device, a pipe) is written to as it stands. Raises
    OSError as the file system does.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        with path.open("wb") as target:
            yield target
        return
    path = Path(os.path.realpath(path))  # a link that leads to itself is replaced
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        Path(name).chmod(0o666 & ~_mask())
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise


@contextmanager
def ended_in_order() -> Iterator[None]:
    """While the context lasts SIGTERM ends the process as an exception does (exit code 143), so
    that what is half written is taken away; outside of the main thread it stays as it was."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
