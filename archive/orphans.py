"""Worker processes that end with the process that started them, and by its word alone.

Here and nowhere heavier, so that a worker which only reads files loads no more than it needs.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

_AT_ONCE = partial(os._exit, 1)


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes started within never hear of Ctrl-C, which a terminal sends to all of a command's
    processes, not even while they are being loaded: whoever started them hears it and ends them."""
    # It would undo the mask on its way up.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        # What came meanwhile is heard now, if no other thread heard it.
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent(end: Callable[[], object] = _AT_ONCE) -> None:
    """Make this worker process end when the one that started it is gone, however it died: nobody
    is left to take its answer, and it would wait for work for ever. ``end`` is called then, in a
    thread; by default it ends the process at once, and closes nothing that is open."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent, end), daemon=True).start()


class Wanted:
    """Whether anybody wants this worker process' answers: until the other end of ``pipe``, on which
    nothing is ever sent, is closed. Then the process ends at once if it is ``at_work``, and else
    where it begins again. It never ends while it sends an answer: whoever takes that would wait
    for the rest of it for ever."""

    def __init__(self, pipe: Connection) -> None:
        self._lock = threading.Lock()
        self._at_work = self._is_over = False
        threading.Thread(target=self._end_at_close, args=(pipe,), daemon=True).start()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Within, the process may end at any moment."""
        with self._lock:
            if self._is_over:
                _AT_ONCE()
            self._at_work = True
        try:
            yield
        finally:
            with self._lock:
                self._at_work = False

    def _end_at_close(self, pipe: Connection) -> None:
        with suppress(EOFError, OSError):
            pipe.recv_bytes()
        with self._lock:
            self._is_over = True
            if self._at_work:
                _AT_ONCE()


def _end_after(parent: BaseProcess, end: Callable[[], object]) -> None:
    parent.join()
    end()
