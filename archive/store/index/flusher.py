"""The thread that brings a process's articles into the index while it writes them.

It runs only while there is something to do, and then lets go of the index, so that another process
may write it. It promises to take no error to the grave: whoever searches next meets it again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from archive.errors import PalimpsestError

PERIOD_S = 0.5
"""Seconds between two rounds."""

IDLE_ROUNDS = 10
"""Rounds with nothing to do after which the thread lets go."""


class Flusher:
    """Calls ``work`` (true when there was something to do) twice a second once it was woken, and
    ``let_go`` when there has been nothing for a while."""

    def __init__(self, work: Callable[[], bool], let_go: Callable[[], None]) -> None:
        self._work = work
        self._let_go = let_go
        self._mutex = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._idle = 0
        self._woken = False

    def wake(self) -> None:
        """There is something to do."""
        with self._mutex:
            self._woken = True
            self._idle = 0
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._run, name="index", daemon=True)
                self._thread.start()

    def stop(self) -> bool:
        """End the thread, for good; returns whether there ever was something to do."""
        self._stopped.set()
        with self._mutex:
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        return self._woken

    def _run(self) -> None:
        while not self._stopped.wait(PERIOD_S):
            with suppress(PalimpsestError):
                if self._work():
                    self._idle = 0
            with self._mutex:
                self._idle += 1
                if self._idle <= IDLE_ROUNDS:
                    continue
                self._thread = None
            with suppress(PalimpsestError):
                self._let_go()
            return
