"""Two sequences beside each other: what both have in the same order, and what stands between.

It promises little time and memory whatever the sequences are. The standard library's matcher takes
a minute for two lists of a thousand equal lines, for its time grows with the cube of repetitions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

MOST_ALIGNED = 10_000
"""Elements that are compared at once: memory grows with the square, 13 MB for these."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Elements of both that are equal, or those of each that stand between such."""

    old: slice
    new: slice
    equal: bool


def aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """The stretches in order, equal and unequal ones by turns. Longer sequences are compared piece
    by piece, without what both begin and end with."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    found = [Stretch(slice(0, head), slice(0, head), equal=True)]
    ends = len(old) - tail, len(new) - tail
    for start in range(head, max(ends), MOST_ALIGNED):
        here = [slice(min(start, end), min(start + MOST_ALIGNED, end)) for end in ends]
        found += _compared(old, new, *here)
    found.append(Stretch(slice(ends[0], len(old)), slice(ends[1], len(new)), equal=True))
    yield from _joined(found)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many elements both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _compared(old: Sequence[str], new: Sequence[str], one: slice, other: slice) -> list[Stretch]:
    return [
        Stretch(
            slice(one.start + part.src_start, one.start + part.src_end),
            slice(other.start + part.dest_start, other.start + part.dest_end),
            part.tag == "equal",
        )
        for part in Indel.opcodes(old[one], new[other])
    ]


def _joined(found: list[Stretch]) -> Iterator[Stretch]:
    last: Stretch | None = None
    for one in found:
        if one.old.start == one.old.stop and one.new.start == one.new.stop:
            continue
        if last is not None and last.equal == one.equal:
            old, new = slice(last.old.start, one.old.stop), slice(last.new.start, one.new.stop)
            last = Stretch(old, new, one.equal)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last
