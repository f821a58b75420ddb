"""Texts that a program put together for search engines, told from each other by how they are made.

Doorway pages repeat a few phrases beyond measure, and are made of the same sentences in another
order each time. A house's own pages that are made by a pattern (a month's figures, a year's
notices) have what they share in one order. It promises to judge by counts alone, by no list of
words, and in time linear in the texts; and to say nothing of writing without Chinese characters,
whose few letters recur by themselves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import regex

from archive.cleaning.script import HAN

GRAM = 4
"""Characters of the pieces that are counted."""
FEWEST = 100
"""Pieces of a text that is judged."""
OFTEN = 3
"""Times that a piece must stand in a text to be repeated."""
STUFFED = 0.5
"""Share of a text's pieces that are repeated; of 234 real articles two have as many."""
LOOKED_AT = 4_000
"""Characters of a text that are judged."""
GROUP = 9
"""Texts at least that are held against each other."""
COMMON = 0.5
"""Share of a text's pieces that its neighbours must have as well."""
ALIKE = 0.2
"""The same share of one neighbour whose order is compared."""
ORDERED = 0.75
"""Share of the common pieces of two texts that stand in one order where nobody mixed them."""
_RUN = regex.compile(rf"{HAN}{{{GRAM},}}")


def is_stuffed(text: str) -> bool:
    """Whether a text repeats a few phrases beyond measure."""
    pieces = _pieces(text)
    often = sum(count for count in Counter(pieces).values() if count >= OFTEN)
    return len(pieces) >= FEWEST and often >= STUFFED * len(pieces)


def shuffled(texts: Iterable[str]) -> Iterator[bool]:
    """Whether each of ``texts`` is made of its neighbours' sentences in another order."""
    group: list[_Places] = []
    for text in texts:
        group.append(_places(text))
        if len(group) == 2 * GROUP:
            yield from _in_group(group[:GROUP])
            del group[:GROUP]
    yield from _in_group(group)


_Places = dict[str, int]
"""The pieces of a text, each with the place where it first stands."""


def _pieces(text: str) -> list[str]:
    """The pieces of ``text`` in their order, none across a stop."""
    return [
        run[at : at + GRAM]
        for run in _RUN.findall(text[:LOOKED_AT])
        for at in range(len(run) - GRAM + 1)
    ]


def _places(text: str) -> _Places:
    found: _Places = {}
    pieces = _pieces(text)
    for at, piece in enumerate(pieces):
        found.setdefault(piece, at)
    return found if len(pieces) >= FEWEST else {}


def _in_group(group: Sequence[_Places]) -> Iterator[bool]:
    for one in group:
        yield _is_shuffled(one, [other for other in group if other is not one])


def _is_shuffled(one: _Places, others: Sequence[_Places]) -> bool:
    known = set().union(*others)
    if not one or len(one.keys() & known) < COMMON * len(one):
        return False
    orders = [
        _in_order([other[piece] for piece in one if piece in other])
        for other in others
        if len(one.keys() & other.keys()) >= ALIKE * len(one)
    ]
    return bool(orders) and sum(orders) <= ORDERED * len(orders)


def _in_order(places: Sequence[int]) -> float:
    """Share of ``places`` that can be gone through without going back."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails) / len(places)
