"""Counting requests by client over all the processes that answer for one reading room.

Each process counts in a part of shared memory that only it writes, and reads the others': no lock
that a killed process could leave behind. It promises that a limit holds for the sum. Clients are
told apart by a keyed hash in so many places that two rarely share one; those count together.
"""

from __future__ import annotations

import hashlib
import mmap
import secrets
import time
from collections.abc import Callable

from limits.storage import Storage

PLACES = 1 << 14
WINDOW_S = 60
"""Seconds after which counting begins anew: limits are told by the minute."""
_WORD_BYTES = 8
_COUNT_BITS = 32
_COUNT = (1 << _COUNT_BITS) - 1
_KEY_BYTES = 16


class Counters:
    """The memory for so many processes, to be made before they part. ``clock`` tells the seconds
    since the epoch."""

    def __init__(self, processes: int = 1, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._memory = memoryview(mmap.mmap(-1, processes * PLACES * _WORD_BYTES)).cast("Q")
        self._processes = processes
        self._key = secrets.token_bytes(_KEY_BYTES)
        self.process = 0
        """The number of this process, from 0."""

    def add(self, key: str, amount: int) -> None:
        """Count for this process."""
        place = self.process * PLACES + self._place(key)
        window = self._window()
        known = self._memory[place]
        count = known & _COUNT if known >> _COUNT_BITS == window else 0
        # One store of one word: whoever reads it meanwhile sees the old count or the new one.
        self._memory[place] = window << _COUNT_BITS | min(count + amount, _COUNT)

    def total(self, key: str) -> int:
        """What all processes have counted since the minute began."""
        place, window = self._place(key), self._window()
        words = self._memory[place::PLACES]
        return sum(word & _COUNT for word in words if word >> _COUNT_BITS == window)

    def _place(self, key: str) -> int:
        digest = hashlib.blake2b(key.encode(), key=self._key, digest_size=_WORD_BYTES).digest()
        return int.from_bytes(digest, "big") % PLACES

    def _window(self) -> int:
        return int(self._clock()) // WINDOW_S

    def ends(self) -> float:
        """When counting begins anew, in seconds since the epoch."""
        return float((self._window() + 1) * WINDOW_S)

    def forget(self, key: str) -> None:
        """Forget what this process counted of the key."""
        self._memory[self.process * PLACES + self._place(key)] = 0

    def forget_all(self) -> None:
        """Forget everything."""
        for place in range(len(self._memory)):
            self._memory[place] = 0


class SharedStorage(Storage):
    """The counters as the limits library wants them. Only limits by the minute."""

    STORAGE_SCHEME = None

    def __init__(self, counters: Counters) -> None:
        super().__init__()
        self._counters = counters

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing that could fail lies behind it."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count; returns the sum."""
        self._counters.add(key, amount)
        return self._counters.total(key)

    def get(self, key: str) -> int:
        """The sum."""
        return self._counters.total(key)

    def get_expiry(self, key: str) -> float:
        """When counting begins anew, in seconds since the epoch."""
        return self._counters.ends()

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int | None:
        """Forget everything."""
        self._counters.forget_all()
        return None

    def clear(self, key: str) -> None:
        """Forget what this process counted of the key."""
        self._counters.forget(key)
