"""The thread that brings a process's articles into the index while it writes them.

It runs only while there is something to do, and then lets go of the index, so that another process
may write it: a writer after a while, for it is the one that should bring in what it writes; one
that only reads, and brought in what another left behind, at once. It promises to take no error to
the grave: whoever searches next meets it again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from archive.errors import PalimpsestError

PERIOD_S = 0.5
"""Seconds from the beginning of a round to the next one's."""

BREATH_S = 0.1
"""Seconds between two rounds at least."""

IDLE_ROUNDS = 10
"""Rounds with nothing to do after which the thread of a writer lets go."""


class Flusher:
    """Calls ``work`` (true when there was something to do) twice a second once it was woken, and
    ``let_go`` when there has been nothing for a while."""

    def __init__(self, work: Callable[[], bool], let_go: Callable[[], None]) -> None:
        self._work = work
        self._let_go = let_go
        self._mutex = threading.Lock()
        self._stopped = False
        self._called = threading.Event()  # to end, or not to wait for the next round
        self._thread: threading.Thread | None = None
        self._idle = 0
        self._writes = False

    def wake(self, *, wrote: bool) -> None:
        """There is something to do; ``wrote``: this process wrote it."""
        with self._mutex:
            self._writes = self._writes or wrote
            self._idle = 0
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name="index", daemon=True)
                self._thread.start()

    def hurry(self) -> None:
        """There is much to do: begin the next round at once."""
        self._called.set()

    def stop(self) -> bool:
        """End the thread, for good; returns whether this process ever wrote."""
        with self._mutex:
            self._stopped = True
            thread = self._thread
        self._called.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        return self._writes

    def _run(self) -> None:
        pause = BREATH_S
        while True:
            self._called.wait(pause)
            self._called.clear()
            if self._stopped:
                return
            begun = time.monotonic()
            with suppress(PalimpsestError):
                if self._work():
                    self._idle = 0
            with self._mutex:
                self._idle += 1
                if self._idle <= (IDLE_ROUNDS if self._writes else 0):
                    pause = max(BREATH_S, PERIOD_S - (time.monotonic() - begun))
                    continue
                self._thread = None
            with suppress(PalimpsestError):
                self._let_go()
            return
