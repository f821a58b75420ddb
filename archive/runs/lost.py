"""A database server that goes away in the middle of a run, and comes back.

It is restarted for an update, or lets go of a connection, while nobody watches. It promises that
a night, a crawl or a backfill is begun again then, as the next one would be: what was committed is
kept, and what was on its way is asked for, or read, again. A signal ends the wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from archive.errors import StoreLostError
from archive.runs.stopping import Stop
from archive.steady import elapsed
from archive.store import open_archive

T = TypeVar("T")

MAX_LOSSES = 5
"""Times that one run is begun again: a server that goes away more often is broken."""
PATIENCE_SECONDS = 900.0
"""For so long the server is waited for, each time."""
LOOK_SECONDS = 5.0
STOP_SECONDS = 0.5


def begun_again(
    work: Callable[[], T],
    data: Path,
    stop: Stop,
    lost: Callable[[StoreLostError], None],
) -> T:
    """What ``work`` gives, called again where it lost the database of ``data`` and that has come
    back; ``lost`` hears of each time. Raises what ``work`` raises otherwise."""
    for _ in range(MAX_LOSSES):
        try:
            return work()
        except StoreLostError as error:
            lost(error)
            if not _comes_back(data, stop):
                raise
    return work()


def _comes_back(data: Path, stop: Stop) -> bool:
    until = elapsed() + PATIENCE_SECONDS
    while not stop.is_asked and elapsed() < until:
        try:
            open_archive(data).close()
        except StoreLostError:
            _pause(stop)
        else:
            return True
    return False


def _pause(stop: Stop) -> None:
    until = elapsed() + LOOK_SECONDS
    while not stop.is_asked and elapsed() < until:
        time.sleep(STOP_SECONDS)
