"""What was asked of a page's words before, remembered for the next page, within bounds.

A site's pages share most of their lines, names and addresses, so much is worth remembering of
them; but a page may also bring lines, names or addresses of a megabyte each, and a number of
entries bounds no memory. So it is bounded by what was read: after ``MOST_BYTES`` of pages
everything is forgotten, and begins again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, ParamSpec, TypeVar, cast
from weakref import WeakSet

MOST_BYTES = 32 << 20
"""Of pages read since all was forgotten: thousands of common ones, a few of the largest."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


class _Memories:
    """Every memory of this process, and how many bytes of pages were read since all was
    forgotten."""

    def __init__(self) -> None:
        self._all: WeakSet[_lru_cache_wrapper[Any]] = WeakSet()
        self._read = 0

    def add(self, memory: _lru_cache_wrapper[Any]) -> None:
        self._all.add(memory)

    def count(self, size: int) -> None:
        self._read += size
        if self._read > MOST_BYTES:
            self._read = size
            for memory in tuple(self._all):
                memory.cache_clear()


_memories = _Memories()


def remembered(entries: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """A pure function of hashable arguments, with its last ``entries`` answers remembered until
    ``pages_read`` has them forgotten."""

    def remembering(function: Callable[_P, _R]) -> Callable[_P, _R]:
        memory = lru_cache(maxsize=entries)(function)
        _memories.add(memory)
        return cast("Callable[_P, _R]", memory)

    return remembering


def pages_read(size: int) -> None:
    """Pages of ``size`` bytes are about to be read: forget the others' words when they are many."""
    _memories.count(size)
