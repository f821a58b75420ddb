"""A clock for what is waited for within a run.

Whoever waits by the time of day waits an hour too long when the clock is set back by one, and not
at all when it is set ahead; a machine that slept has waited. It promises seconds that go on evenly
whatever becomes of the time of day, and that count while the machine sleeps, where the system can
tell.
"""

from __future__ import annotations

import time


def elapsed() -> float:
    """Seconds since some moment of the past, the machine's sleep included where the system counts
    it (CLOCK_BOOTTIME of Linux)."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


_BEGAN = time.time() - elapsed()


def steady_time() -> float:
    """Seconds since the epoch, as the time of day was when this process began to count: what is
    kept of them means the same to the next process."""
    return _BEGAN + elapsed()
