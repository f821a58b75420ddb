"""How often Python looks for reference cycles while many objects are made and few are in cycles.

A page read gives thousands of small objects, all alive or gone by their count alone; looking for
cycles every 700 of them took a tenth of the site pass (``./scripts/bench cleaning-speed``). It
promises that whoever called gets back what was set before.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

THRESHOLD = 50_000
"""Objects made and not gone after which cycles are looked for; Python's own is 700."""
_P = ParamSpec("_P")
_R = TypeVar("_R")


def collect_rarely() -> tuple[int, int, int]:
    """Look for cycles less often from now on; returns what was set."""
    before = gc.get_threshold()
    if 0 < before[0] < THRESHOLD:
        gc.set_threshold(THRESHOLD, *before[1:])
    return before


def rarely_collecting(work: Callable[_P, _R]) -> Callable[_P, _R]:
    """``work`` with cycles looked for less often while it runs."""

    @wraps(work)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        before = collect_rarely()
        try:
            return work(*args, **kwargs)
        finally:
            gc.set_threshold(*before)

    return run
