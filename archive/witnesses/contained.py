"""Pieces of an article that stand as pages of their own: print views, single pages of a series.

Mirrors that rewrite addresses cut the tie between a piece and its article; the words still tell. It
promises to join only what is wholly part of a longer text, published in one week with it as far as
is told: nearly every run of characters and every number of the piece, as often as it is written,
must stand there, so that this year's notice never joins last year's.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nsmallest
from zlib import crc32

from archive.addresses import host_of
from archive.cleaning.unmasking.align import Span, align, coarse
from archive.cleaning.unmasking.pairing import low_bytes
from archive.model import Witness
from archive.witnesses.compared import numbers_differ
from archive.witnesses.fold import fold

GRAM_CHARS = 8
CONTAINED = 0.85
"""Share of a piece's runs that must stand in the whole."""
ONE_LENGTH = 1.5
"""Times the piece's length up to which a whole is a text of the same length."""
CUT = 4
"""Times the characters of a piece's end that stand against more of the whole, where it was cut."""
KEPT_OF = 8
"""One run in so many is looked up to find candidates."""
LEAST_LOOKED_UP = 0.6
"""Share of the piece's looked-up runs, a sample, that a whole has at least."""
SURE_SAMPLE = 32
"""Looked-up runs from which the sample alone tells what is no whole, without reading it."""
MIN_RUNS = 40
WEEK = 7
"""Days between the publication of an article and that of a piece of it."""
REMEMBERED = 64
"""Texts whose runs are kept: those that are being compared."""
_LOOKED_UP = re.compile(b"[" + re.escape(bytes(range(0, 256, KEPT_OF))) + b"]")
_NUMBER = re.compile(r"\d+")
_Stretch = tuple[int, int, int]
"""Part of the index, first and last place in it."""


@dataclass(frozen=True, slots=True)
class _Text:
    members: tuple[int, ...]
    title: str
    best: Witness
    length: int
    looked_up: array[int]
    numbers: array[int]
    """Each number once, in order, as ``_keyed``; a table may have ten thousand."""
    on_mirrors: bool
    hosts: frozenset[str]
    days: frozenset[date]

    @property
    def folded(self) -> str:
        """The folded text, made where it is compared."""
        return _folded(self.best.clean.text)

    @property
    def runs(self) -> int:
        """How many runs of characters the text has."""
        return max(0, self.length - GRAM_CHARS + 1)


def join_contained(
    witnesses: Sequence[Witness],
    groups: Sequence[tuple[int, ...]],
    meanwhile: Callable[[], None] = lambda: None,
) -> list[tuple[int, ...]]:
    """``groups`` (indexes of ``witnesses``) with pieces put into the group of their whole;
    ``meanwhile`` is called again and again, and may raise."""
    texts = [_text(witnesses, group) for group in groups]
    index = _Index(texts)
    whole_of: dict[int, int] = {}
    for place in sorted(range(len(texts)), key=lambda p: (texts[p].runs, groups[p])):
        meanwhile()
        found = _whole(place, texts, index, whole_of)
        if found is not None:
            whole_of[place] = found
    merged: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        target = place
        while target in whole_of:
            target = whole_of[target]
        merged[target].extend(group)
    return sorted(tuple(sorted(members)) for members in merged.values())


class _Index:
    """Where each looked-up run and each number stands. A whole must have most of the piece's runs
    and all of its numbers, so that the rarest of either find it; what stands in thousands of
    notices is never gone through."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        # Numbers of runs and places behind them, in arrays by their first byte: a dictionary of
        # lists takes twenty times as much memory, and so does sorting all of them at once.
        self._runs = _places(text.looked_up for text in texts)
        self._numbers = _places((key >> 32 for key in text.numbers) for text in texts)

    def candidates(self, piece: _Text) -> set[int]:
        """Texts that may contain the piece, itself among them."""
        wanted = min(int((1 - LEAST_LOOKED_UP) * len(piece.looked_up)) + 1, len(piece.looked_up))
        having = (_having(self._numbers, key >> 32) for key in piece.numbers)
        numbers = nsmallest(2, having, key=_size)
        # Each run has the piece itself among its texts, so that they need not be counted here.
        if numbers and _size(numbers[0]) < wanted:
            return _all_of(self._numbers, numbers)
        rarest = sorted((_having(self._runs, run) for run in piece.looked_up), key=_size)[:wanted]
        if numbers and _size(numbers[0]) < sum(map(_size, rarest)):
            return _all_of(self._numbers, numbers)
        found = {place for stretch in rarest for place in _at(self._runs, stretch)}
        return found & _all_of(self._numbers, numbers) if numbers else found


def _places(keys_of: Iterable[Iterable[int]]) -> list[array[int]]:
    """The texts of each key of 32 bits, as both in one number."""
    places = [array("Q") for _ in range(256)]
    for place, keys in enumerate(keys_of):
        for key in keys:
            places[key >> 24].append(key << 32 | place)
    return [array("Q", sorted(some)) for some in places]


def _having(places: list[array[int]], key: int) -> _Stretch:
    """Where the places of a key stand; there may be thousands, which nobody needs."""
    part = key >> 24
    start = bisect_left(places[part], key << 32)
    return part, start, bisect_left(places[part], key + 1 << 32, start)


def _at(places: list[array[int]], stretch: _Stretch) -> set[int]:
    part, first, end = stretch
    return {one & 0xFFFFFFFF for one in places[part][first:end]}


def _all_of(places: list[array[int]], stretches: Sequence[_Stretch]) -> set[int]:
    return set.intersection(*(_at(places, stretch) for stretch in stretches))


def _size(stretch: _Stretch) -> int:
    return stretch[2] - stretch[1]


def _whole(place: int, texts: list[_Text], index: _Index, whole_of: dict[int, int]) -> int | None:
    piece = texts[place]
    if piece.runs < MIN_RUNS:
        return None
    looked_up = set(piece.looked_up)
    ranked = sorted(
        (-len(looked_up.intersection(texts[other].looked_up)), other)
        for other in index.candidates(piece)
        if other != place and _may_contain(texts[other], piece)
    )
    # Pages of one template may have the same numbers by the thousand: they are not read each.
    least = LEAST_LOOKED_UP * len(looked_up) if len(looked_up) >= SURE_SAMPLE else 0
    for lacking, other in ranked:
        if -lacking < least:
            break
        if other not in whole_of and _contains(texts[other], piece):
            return other
    return None


def _may_contain(whole: _Text, piece: _Text) -> bool:
    return (
        whole.runs >= piece.runs
        and (piece.on_mirrors or bool(piece.hosts & whole.hosts))
        and _titles_fit(piece.title, whole.title)
        and _may_have(whole.numbers, piece.numbers)
        and not _days_apart(piece, whole)
    )


def _days_apart(one: _Text, other: _Text) -> bool:
    """Whether both were published on days that are told, and none of these are near. What a mirror
    tells counts beside what it tells itself only: it may write its own days into all pages."""
    if not (one.days and other.days) or not (
        one.hosts & other.hosts or not (one.on_mirrors or other.on_mirrors)
    ):
        return False
    return all(abs((a - b).days) > WEEK for a in one.days for b in other.days)


def _titles_fit(one: str, other: str) -> bool:
    """Whether one title is part of the other, and no part of a series beside another."""
    return not one or ((one in other or other in one) and not numbers_differ(one, other))


def _may_have(whole: array[int], piece: array[int]) -> bool:
    """Whether each number of the piece stands as often in the whole, as far as their keys tell."""
    at = 0
    for key in piece:
        # The first of this number that is not less often there.
        at = bisect_left(whole, key, at)
        if at == len(whole) or whole[at] >> 32 != key >> 32:
            return False
    return True


def _contains(whole: _Text, piece: _Text) -> bool:
    if not _numbers(piece.best.clean.text) <= _numbers(whole.best.clean.text):
        return False
    runs = _runs(piece.folded)
    if len(runs & _runs(whole.folded)) < CONTAINED * len(runs):
        return False
    if len(whole.folded) > ONE_LENGTH * len(piece.folded):
        return True
    # Two texts of one length are two notices as soon as one has another number, unit or person.
    spans = coarse(align(piece.folded, whole.folded))
    other = any(not s.same and s.a1 > s.a0 and s.b1 > s.b0 and not _is_cut(s, piece) for s in spans)
    return not other and not numbers_differ(piece.folded, whole.folded)


def _is_cut(span: Span, piece: _Text) -> bool:
    """Whether the text was cut there, at its head or foot, so that little of it stands against
    much of the whole."""
    at_end = span.a0 == 0 or span.a1 == len(piece.folded)
    return at_end and CUT * (span.a1 - span.a0) < span.b1 - span.b0


_folded = lru_cache(maxsize=REMEMBERED)(fold)


@lru_cache(maxsize=REMEMBERED)
def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))


def _keyed(numbers: Counter[str]) -> array[int]:
    """What stands for each number, and behind it how often it is written; two numbers may share
    what stands for them, and are then one that is written as often as both."""
    often: Counter[int] = Counter()
    for number, times in numbers.items():
        often[crc32(number.encode("utf-8"))] += times
    return array("Q", sorted(key << 32 | times for key, times in often.items()))


@lru_cache(maxsize=REMEMBERED)
def _runs(folded: str) -> frozenset[str]:
    return frozenset(folded[i : i + GRAM_CHARS] for i in range(len(folded) - GRAM_CHARS + 1))


def _text(witnesses: Sequence[Witness], group: tuple[int, ...]) -> _Text:
    members = [witnesses[i] for i in group]
    best = max(members, key=lambda w: (w.role == "original", len(w.clean.text), w.url))
    folded = fold(best.clean.text)
    # By the characters themselves: Python's own hash differs from process to process.
    starts = _LOOKED_UP.finditer(low_bytes(folded), 0, max(0, len(folded) - GRAM_CHARS + 1))
    return _Text(
        group,
        fold(best.clean.title or ""),
        best,
        len(folded),
        array(
            "I",
            {
                crc32(folded[m.start() : m.start() + GRAM_CHARS].encode("utf-8", "replace"))
                for m in starts
            },
        ),
        _keyed(Counter(_NUMBER.findall(best.clean.text))),
        all(w.role == "mirror" for w in members),
        frozenset(host for w in members if (host := host_of(w.url))),
        frozenset(day for w in members if (day := w.clean.published)),
    )
