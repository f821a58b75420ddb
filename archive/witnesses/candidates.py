"""Pairs of witnesses that may be copies of each other, by their fingerprints alone.

Texts that share a band of their fingerprints are candidates, each with each where they are few.
Thousands of notices share the bands that their pattern makes: of such crowds only texts with the
same numbers or the same title are candidates, each with its neighbours in alphabetical order, once
read from the beginning and once from the end, so that something put in at either end parts no
copies. It promises each pair once, pairs of different hosts only, the same pairs whatever the order
of witnesses, and time and memory that grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from archive.witnesses.compared import Compared
from archive.witnesses.fingerprint import BANDS, ROWS, SLOTS

Pair = tuple[int, int]
Numbers = NDArray[np.uint32]
Places = NDArray[np.int64]

CROWD = 24
"""Members of a bucket that are compared each with each."""
NEXT = 6
"""Neighbours of each member of a crowd that are candidates, in either direction."""
END = 64
"""Characters at the end of a text by which crowds are sorted from the end."""
CHUNK = 20_000
"""Witnesses whose fingerprints are unpacked together."""
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9))


def banded_pairs(items: Sequence[Compared], order: Sequence[int]) -> Iterator[Pair]:
    """Pairs on different hosts that may be copies; the first of each comes first in ``order``."""
    chosen = np.array([i for i in order if not items[i].short], dtype=np.int64)
    if len(chosen) < 2:
        return
    search = _Search([items[i] for i in chosen.tolist()])
    for left, right in search.pairs():
        yield from zip(chosen[left].tolist(), chosen[right].tolist(), strict=True)


class _Search:
    """The search over witnesses long enough to have a fingerprint."""

    def __init__(self, items: Sequence[Compared]) -> None:
        self._items = items
        self._hosts = _numbered(item.host for item in items)
        self._buckets = _band_keys(items)
        self._crowded = np.zeros(len(items), dtype=bool)

    def pairs(self) -> Iterator[tuple[Places, Places]]:
        """Places of the pairs' members, some pairs at a time."""
        for band in range(BANDS):
            for left, right in self._of_band(band):
                yield self._fresh(left, right, band)
        yield from self._of_crowds()

    def _of_band(self, band: int) -> Iterator[tuple[Places, Places]]:
        """Pairs of small buckets. The band's keys become numbers of small buckets, 0 elsewhere."""
        keys = self._buckets[band]
        sorted_places = np.argsort(keys, kind="stable")
        firsts = np.flatnonzero(np.diff(keys[sorted_places], prepend=keys[sorted_places[0]] ^ 1))
        sizes = np.diff(firsts, append=len(keys))
        size_of = np.repeat(sizes, sizes)
        number_of = np.repeat(np.arange(1, len(sizes) + 1, dtype=np.uint32), sizes)
        number_of[(size_of < 2) | (size_of > CROWD)] = 0
        self._crowded[sorted_places[size_of > CROWD]] = True
        keys[sorted_places] = number_of
        few = number_of > 0
        yield from _near(sorted_places[few], number_of[few], CROWD - 1)

    def _fresh(self, left: Places, right: Places, bands: int) -> tuple[Places, Places]:
        """Pairs of different hosts that share no small bucket of the first ``bands``."""
        kept = self._hosts[left] != self._hosts[right]
        left, right = left[kept], right[kept]
        for band in range(bands):
            if not len(left):
                break
            numbers = self._buckets[band]
            kept = (numbers[left] != numbers[right]) | (numbers[left] == 0)
            left, right = left[kept], right[kept]
        return np.minimum(left, right), np.maximum(left, right)

    def _of_crowds(self) -> Iterator[tuple[Places, Places]]:
        crowd = np.flatnonzero(self._crowded)
        if len(crowd) < 2:
            return
        members = [self._items[i] for i in crowd.tolist()]
        keys = (_numbered(m.numbers for m in members), _numbered(m.title for m in members))
        known = np.empty(0, dtype=np.int64)
        for text in (_from_the_beginning, _from_the_end):
            rank = _ranks(members, text)
            for key in keys:
                by_key = np.lexsort((rank, key))
                found = [known]
                for near in _near(by_key, key[by_key], NEXT):
                    left, right = self._fresh(crowd[near[0]], crowd[near[1]], BANDS)
                    found.append(left * len(self._items) + right)
                merged = np.unique(np.concatenate(found))
                new = np.setdiff1d(merged, known, assume_unique=True)
                known = merged
                yield new // len(self._items), new % len(self._items)


def _near(places: Places, keys: NDArray[np.uint32], reach: int) -> Iterator[tuple[Places, Places]]:
    """Places up to ``reach`` apart whose keys, which are sorted, are equal."""
    for step in range(1, reach + 1):
        same = keys[step:] == keys[:-step]
        if not same.any():
            return
        yield places[:-step][same], places[step:][same]


def _band_keys(items: Sequence[Compared]) -> Numbers:
    """A number for each band (rows) of each item (columns): equal where the bands are; different
    ones share a number once in four thousand millions."""
    keys = np.empty((BANDS, len(items)), dtype=np.uint32)
    rest = iter(items)
    for start in range(0, len(items), CHUNK):
        raw = b"".join(item.print.slots.tobytes() for item in islice(rest, CHUNK))
        slots = np.frombuffer(raw, dtype=np.uint32).reshape(-1, SLOTS).astype(np.uint64)
        for band in range(BANDS):
            mixed = sum(slots[:, band * ROWS + row] * _MIX[row] for row in range(ROWS))
            keys[band, start : start + len(slots)] = (mixed ^ (mixed >> np.uint64(29))) * _MIX[
                0
            ] >> np.uint64(32)
    return keys


def _numbered(values: Iterator[str]) -> Numbers:
    """A number for each value, the same for equal ones."""
    numbers: dict[str, int] = {}
    return np.fromiter((numbers.setdefault(v, len(numbers)) for v in values), dtype=np.uint32)


def _ranks(members: Sequence[Compared], text: Callable[[Compared], str]) -> Places:
    order = sorted(
        range(len(members)), key=lambda i: (text(members[i]), members[i].title, members[i].url)
    )
    ranks = np.empty(len(members), dtype=np.int64)
    ranks[order] = np.arange(len(members))
    return ranks


def _from_the_beginning(item: Compared) -> str:
    return item.text


def _from_the_end(item: Compared) -> str:
    return item.text[: -END - 1 : -1]
