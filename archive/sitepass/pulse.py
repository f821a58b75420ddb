"""That a site pass is still at work, told again and again, so that it can be ended at any time.

Whoever started the pass hears how far it has come, and ends it by raising. It promises that he is
asked several times a second in all that takes long, whether or not a step is done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

BEAT_SECONDS = 0.2
"""Between two times that a pass tells that it is at work."""

OnSteps = Callable[[int, int], None]
"""Told how many steps of how many are done: each page is one, and once more where it teaches."""

T = TypeVar("T")


class Pulse:
    """Tells ``told`` of each step, and between them of the last one again."""

    def __init__(self, told: OnSteps) -> None:
        self._told = told
        self._at = (0, 0)
        self._last = time.monotonic()

    def step(self, done: int, total: int) -> None:
        """So much is done. Raises what ends the pass."""
        self._at = (done, total)
        self._tell()

    def beat(self) -> None:
        """Something small is done. Raises what ends the pass."""
        if time.monotonic() - self._last >= BEAT_SECONDS:
            self._tell()

    def beating(self, items: Iterable[T]) -> Iterator[T]:
        """``items``, with a beat before each."""
        for item in items:
            self.beat()
            yield item

    def _tell(self) -> None:
        self._last = time.monotonic()
        self._told(*self._at)
