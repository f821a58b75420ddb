"""Several processes that answer for one reading room, on sockets they all have from one parent.

The kernel gives each connection to whichever process takes it first, so a busy one takes none. It
promises that the end of the parent, however it comes, is the end of all of them; that one that
dies is replaced; and that one that cannot begin ends the whole with its trouble told.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from types import FrameType

from archive.errors import StoreError
from archive.orphans import end_with_parent

MOST_BY_DEFAULT = 4
GRACE_S = 10.0
"""Seconds for which a process may still answer once it was told to end."""
MOST_DEATHS = 5
DEATHS_S = 10.0
"""When more than so many processes end by themselves in so many seconds, none can do its work."""
ROUND_S = 0.5

Work = Callable[[int], None]
"""What the process of this number (from 0) does until it is told to end."""

_ENDING = (signal.SIGINT, signal.SIGTERM)


def by_default() -> int:
    """As many as there are cores for this process, up to four; one where the system does not tell,
    for there a process had better not be forked either (macOS)."""
    if not hasattr(os, "sched_getaffinity"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST_BY_DEFAULT)


def run_all(count: int, work: Work) -> None:
    """Let so many processes work until this one is interrupted or told to end; then end as one
    that was. Raises StoreError when one cannot work. Nothing may be open here that a process must
    not share with another, and no thread may run."""
    team = _Team(work)
    with _told() as signals:
        try:
            team.begin(count)
            while not signals:
                team.replace_the_dead()
        finally:
            team.end()
    if signals:
        signal.raise_signal(signals[0])


@contextmanager
def _told() -> Iterator[list[int]]:
    """The signals to end that have come."""
    come: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        come.append(number)

    before = {number: signal.signal(number, note) for number in _ENDING}
    try:
        yield come
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    # What is open is closed on the way out.
    raise SystemExit(0)


class _Team:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._members: dict[int, ForkProcess] = {}
        self._deaths: deque[float] = deque(maxlen=MOST_DEATHS)

    def begin(self, count: int) -> None:
        for number in range(count):
            self._start(number)

    def _start(self, number: int) -> None:
        member = multiprocessing.get_context("fork").Process(target=self._be, args=(number,))
        member.start()
        self._members[number] = member

    def _be(self, number: int) -> None:
        for one in _ENDING:
            signal.signal(one, _end)
        end_with_parent(partial(os.kill, os.getpid(), signal.SIGTERM))
        self._work(number)

    def replace_the_dead(self) -> None:
        """Wait for a while; start again in the place of those that ended."""
        wait([member.sentinel for member in self._members.values()], ROUND_S)
        for number, member in list(self._members.items()):
            if member.is_alive():
                continue
            now = time.monotonic()
            if len(self._deaths) == MOST_DEATHS and now - self._deaths[0] < DEATHS_S:
                raise StoreError("no process of the reading room can do its work; see above")
            self._deaths.append(now)
            self._start(number)

    def end(self) -> None:
        """Tell all to end, and see to it that they do."""
        members = list(self._members.values())
        for member in members:
            member.terminate()
        until = time.monotonic() + GRACE_S
        for member in members:
            member.join(max(0.0, until - time.monotonic()))
        for member in members:
            if member.is_alive():
                member.kill()
                member.join()
