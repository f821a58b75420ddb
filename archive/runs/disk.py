"""The low-water mark: work ends in good order while there is still room to end it in.

A disk that is full in the middle of a commit costs the page at hand; one that is nearly full costs
nothing, if somebody looks in time.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from archive.errors import ConfigurationError, DataDirectoryError, DiskFullError

VARIABLE = "PALIMPSEST_LOW_WATER_MB"
DEFAULT_MB = 256
MEGABYTE = 1_000_000


def low_water() -> int:
    """Bytes that must stay free: PALIMPSEST_LOW_WATER_MB, in millions; one set to nothing is not
    set. Raises ConfigurationError."""
    text = os.environ.get(VARIABLE) or str(DEFAULT_MB)
    if not (text.isascii() and text.isdigit()):
        raise ConfigurationError(f"{VARIABLE} is {text[:40]!r}; write a number of megabytes")
    return int(text) * MEGABYTE


def free_bytes(data: Path) -> int:
    """Room left for this user on the disk of ``data``. Raises DataDirectoryError."""
    try:
        return shutil.disk_usage(data).free
    except OSError as error:
        raise DataDirectoryError(f"{data}: {error.strerror or error}") from error


def check_room(data: Path, mark: int | None = None) -> None:
    """Raises DiskFullError when less than ``mark`` bytes (the low-water mark) are left."""
    least = low_water() if mark is None else mark
    free = free_bytes(data)
    if free < least:
        raise DiskFullError(
            f"{free / MEGABYTE:,.0f} MB are left on the disk of {data}, the low-water mark is "
            f"{least / MEGABYTE:,.0f} MB ({VARIABLE}): make room and run the command again; "
            "`palimpsest prune --dry-run` lists what could go elsewhere"
        )
