"""Being told to stop: the first signal drains, the second one ends.

A run that nobody watches is stopped by the machine, not by a person. It promises that the first
SIGTERM or SIGINT only raises a flag, which work looks at where it can stop without loss, and that
the second one ends the work at once, as an interrupt.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from archive.errors import StoppedError

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class SecondSignal(KeyboardInterrupt):
    """Somebody asked to stop and asks again: the work ends where it is. ``exit_code`` is 128 and
    the signal's number."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


@dataclass(slots=True)
class Stop:
    """``signal`` is the one that was sent, or None."""

    signal: signal.Signals | None = None

    @property
    def is_asked(self) -> bool:
        """Has somebody asked to stop?"""
        return self.signal is not None

    def go_on(self) -> None:
        """Raises StoppedError when somebody asked."""
        if self.is_asked:
            raise StoppedError(self.exit_code)

    @property
    def exit_code(self) -> int:
        """128 and the signal's number, as shells have it; 0 when nobody asked."""
        return 0 if self.signal is None else 128 + self.signal


@contextmanager
def stoppable() -> Iterator[Stop]:
    """The flag that a signal raises while the context lasts; outside of the main thread, where
    Python takes no signals, it is never raised."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def asked(number: int, _: FrameType | None) -> None:
        if stop.is_asked:
            raise SecondSignal(number)
        stop.signal = signal.Signals(number)

    before = {number: signal.signal(number, asked) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
