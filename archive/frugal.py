"""Memory that large pages took, given back to the system once they are done with.

It promises nothing but less: where the system's allocator is another one, all stays as it was.
"""

from __future__ import annotations

import ctypes
from functools import cache

LARGE_BYTES = 1 << 20
"""From here on a piece of memory is the system's, and goes back as soon as it is free."""
KEPT_BYTES = 16 << 20
"""So much of smaller pieces may lie free at the end of what the process holds: to take it back from
the system again and again costs time."""
# Of glibc's malloc.h.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8


@cache
def give_back_memory() -> None:
    """Tell the allocator of this process, once, before most of its threads begin.

    By itself glibc's learns from each large piece that is freed to hold pieces of that size, up
    to 32 MiB each, and does so in eight places for each processor."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):
        return
    for parameter, value in (
        (_M_ARENA_MAX, 1),
        (_M_MMAP_THRESHOLD, LARGE_BYTES),
        (_M_TRIM_THRESHOLD, KEPT_BYTES),
    ):
        mallopt(ctypes.c_int(parameter), ctypes.c_int(value))
