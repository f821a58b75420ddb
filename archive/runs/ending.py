"""How a run begins and ends in the store, also where no room is left to say how it ended.

A run that a full disk ended, and that could not write so, would be told as one that died. It
promises that a little room is kept back while a run goes on, and given up for its last words.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from archive.afresh import afresh
from archive.errors import DiskFullError
from archive.model import RunReport
from archive.store import Archive

FOLDER = "runs"
"""Where a run leaves files, in the data directory."""
NAME = "palimpsest.reserve"
RESERVE_BYTES = 1_000_000
"""More than a report takes, with a thousand notes, in the store and in its files."""


def begin_run(archive: Archive, site: str, kind: str, *, walks: bool) -> int:
    """A new run, beginning now, which no other process takes for a dead one; returns its number.
    ``walks``: it asks the hosts of the site."""
    _keep_back(archive.data / NAME)
    attend = partial(archive.store.frontier.attend, site, walks=walks)
    return archive.store.begin_run(site, kind, attend)


def end_run(archive: Archive, report: RunReport) -> None:
    """Keep the report of the run it names. Raises NotFoundError when there is no such run,
    DiskFullError when there is no room for it, without what was kept back either."""
    try:
        archive.store.end_run(report)
    except DiskFullError:
        if not give_up_reserve(archive.data):
            raise
        archive.store.end_run(report)


def give_up_reserve(data: Path) -> bool:
    """Make room for a run's last words; was there any to make?"""
    try:
        (data / NAME).unlink()
    except OSError:
        return False
    return True


def _keep_back(path: Path) -> None:
    """Best effort: where there is no room for it, a run may still find what it needs."""
    try:
        if path.lstat().st_size == RESERVE_BYTES:
            return
    except OSError:
        pass
    try:
        # Not zeros: some file systems keep these in no room at all.
        with afresh(path) as file:
            file.write(os.urandom(RESERVE_BYTES))
    except OSError:
        with suppress(OSError):
            path.unlink()
