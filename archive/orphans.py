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


def end_when_closed(pipe: Connection) -> None:
    """Make this worker process end at once when the other end of ``pipe``, on which nothing is
    ever sent, is closed: whoever wanted its answers does not any more."""
    threading.Thread(target=_end_at_close, args=(pipe,), daemon=True).start()


def _end_at_close(pipe: Connection) -> None:
    with suppress(EOFError, OSError):
        pipe.recv_bytes()
    _AT_ONCE()


def _end_after(parent: BaseProcess, end: Callable[[], object]) -> None:
    parent.join()
    end()
