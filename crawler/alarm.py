"""Wakes Scrapy's engine at the moment from which something may be asked for again.

Between what comes in and what goes out the engine asks its scheduler every five seconds only: a
host that wants one second of rest got five. It promises one call at the moment itself, that an
earlier moment takes the place of a later one, and that none comes after the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from archive.steady import steady_time


class Timer(Protocol):
    """A call that waits."""

    def cancel(self) -> None:
        """It is not to come."""


CallLater = Callable[[float, Callable[[], None]], Timer]
"""Calls after so many seconds, as ``asyncio``'s loop does."""


class Alarm:
    """Calls ``ring``. ``clock`` gives seconds since the epoch."""

    def __init__(
        self,
        ring: Callable[[], None],
        call_later: CallLater,
        clock: Callable[[], float] = steady_time,
    ) -> None:
        self._ring = ring
        self._call_later = call_later
        self._clock = clock
        self._timer: Timer | None = None
        self._moment = float("inf")

    def set(self, moment: float | None) -> None:
        """Ring at this moment (seconds since the epoch), if not before; None changes nothing."""
        if moment is None or moment >= self._moment:
            return
        self.cancel()
        self._moment = moment
        self._timer = self._call_later(max(0.0, moment - self._clock()), self._is_time)

    def cancel(self) -> None:
        """Let it not ring."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._moment = None, float("inf")

    def _is_time(self) -> None:
        self._timer, self._moment = None, float("inf")
        self._ring()
