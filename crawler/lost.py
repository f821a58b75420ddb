"""A database server that goes away in the middle of a night, and comes back.

It is restarted for an update, or lets go of a connection, while nobody watches. It promises that a
night is begun again then, as the next one would be: what was committed is kept, and what was on its
way is asked for again. A signal ends the wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from archive.errors import StoreLostError
from archive.model import RunReport
from archive.runs.stopping import Stop
from archive.steady import elapsed
from archive.store import open_archive

MAX_LOSSES = 5
"""Times that one site's night is begun again: a server that goes away more often is broken."""
PATIENCE_SECONDS = 900.0
"""For so long the server is waited for, each time."""
LOOK_SECONDS = 5.0
STOP_SECONDS = 0.5


def crawled(
    crawl: Callable[[], RunReport],
    data: Path,
    stop: Stop,
    lost: Callable[[StoreLostError], None],
) -> RunReport:
    """What ``crawl`` gives, called again where it lost the database of ``data`` and that has come
    back; ``lost`` hears of each time. Raises what ``crawl`` raises otherwise."""
    for _ in range(MAX_LOSSES):
        try:
            return crawl()
        except StoreLostError as error:
            lost(error)
            if not _comes_back(data, stop):
                raise
    return crawl()


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
