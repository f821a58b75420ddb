"""A phrase put in here a little earlier, there a little later.

Mirrors of one list sow a phrase at places of their own, and some of these lie close together. An
alignment then keeps the phrase as what both have, and the honest words between its two places seem
to have moved. It promises to tell both places of such a phrase where the words round it say which
piece it is, and to name the stretches where they do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.cleaning.unmasking.align import Span
from archive.cleaning.unmasking.places import SIDE
from archive.cleaning.unmasking.words import closing

PHRASE = 3
"""Characters from which something put in may be a phrase."""
LONGEST_KEPT = 24
"""Characters of the longest phrase that is looked for at two places."""


@dataclass(frozen=True, slots=True)
class Unmoved:
    """``spans`` in which such phrases stand at their two places; ``doubtful``: those that are the
    same in both texts and may be a phrase or honest, as what seems to have moved round them."""

    spans: list[Span]
    doubtful: frozenset[Span]


def unmoved(spans: Sequence[Span], a: str, b: str) -> Unmoved:
    """The ``spans`` of ``a`` and ``b`` with phrases that stand at two places put there."""
    found: list[Span] = []
    doubtful: set[Span] = set()
    at = 0
    while at < len(spans):
        three = spans[at : at + 3]
        moved = _moved(three, a, b)
        if not moved:
            found.append(spans[at])
            at += 1
            continue
        says = _says(three, moved, a)
        if says > 0:
            found += _turned(three, len(moved))
        else:
            found += three
        if says == 0:
            doubtful.add(three[1])
        at += len(three)
    return Unmoved(found, frozenset(doubtful))


def _moved(three: Sequence[Span], a: str, b: str) -> str:
    """What stands on one side of the second span in ``a`` and on its other side in ``b``, and
    nothing else beside it; empty where that is not so, or that span is no phrase's length."""
    if len(three) < 3 or three[0].same or not three[1].same or three[2].same:
        return ""
    first, kept, last = three
    before = a[first.a0 : first.a1], b[first.b0 : first.b1]
    behind = a[last.a0 : last.a1], b[last.b0 : last.b1]
    is_one = before == behind[::-1] and "" in before
    return max(before) if is_one and PHRASE <= kept.a1 - kept.a0 <= LONGEST_KEPT else ""


def _says(three: Sequence[Span], moved: str, a: str) -> float:
    """Whether what both have was put in (above 0) or what ``moved`` (below), by the words that go
    on across the ends of the other; too short for a phrase, it was not."""
    first, kept, last = three
    left, right = a[max(0, first.a0 - SIDE) : first.a0], a[last.a1 : last.a1 + SIDE]
    same = a[kept.a0 : kept.a1]
    if not (left and right):
        return 0.0
    says = _goes_on(left, moved, right) - _goes_on(left, same, right)
    return says or float(len(moved) < PHRASE)


def _goes_on(left: str, piece: str, right: str) -> float:
    return closing(left, piece[:SIDE]) + closing(piece[-SIDE:], right)


def _turned(three: Sequence[Span], size: int) -> list[Span]:
    """The same stretch where what both have is what seemed to have moved."""
    first, kept, last = three
    a0, a1, b0, b1 = first.a0, last.a1, first.b0, last.b1
    phrase = kept.a1 - kept.a0
    if first.a1 > first.a0:  # in ``a`` it stands before the phrase
        return [
            Span(False, a0, a0, b0, b0 + phrase),
            Span(True, a0, a0 + size, b0 + phrase, b1),
            Span(False, a0 + size, a1, b1, b1),
        ]
    return [
        Span(False, a0, a0 + phrase, b0, b0),
        Span(True, a0 + phrase, a1, b0, b0 + size),
        Span(False, a1, a1, b0 + size, b1),
    ]


def undecided_whole(found: Unmoved) -> list[Span]:
    """The spans, where a doubtful one and what seems to have moved round it are one difference."""
    joined: list[Span] = []
    spans = iter(found.spans)
    for span in spans:
        if span in found.doubtful:
            first, last = joined.pop(), next(spans)
            joined.append(Span(False, first.a0, last.a1, first.b0, last.b1))
        else:
            joined.append(span)
    return joined
