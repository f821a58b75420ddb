"""Changes to a text as data: applied forwards they give the reading, backwards the witness.

Nothing here knows why a text is changed. It promises exactness: for every tuple of repairs that
``apply`` accepts, ``revert(apply(text, repairs), repairs) == text``, character for character.

Repairs are applied one after the other, each counted in the text the one before it left behind.
Rules emit theirs from right to left, so that within one rule the places also count in the text
the rule saw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.model import Repair


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` shall become ``after``; offsets are characters of one and the same
    text."""

    start: int
    end: int
    after: str


def make_repairs(
    field: str, text: str, edits: Iterable[Edit], *, rule: str, evidence: str, confidence: float
) -> tuple[Repair, ...]:
    """``edits`` of ``text`` as repairs of ``field``, from right to left.

    Edits that change nothing are left out. Raises ValueError when two overlap.
    """
    real = (e for e in edits if text[e.start : e.end] != e.after)
    found = sorted(real, key=lambda e: (e.start, e.end))
    for left, right in pairwise(found):
        if left.end > right.start:
            raise ValueError(f"edits overlap at character {right.start}")
    return tuple(
        Repair(field, e.start, e.end, text[e.start : e.end], e.after, rule, evidence, confidence)
        for e in reversed(found)
    )


def for_field(repairs: Iterable[Repair], field: str) -> tuple[Repair, ...]:
    """The repairs of one field, in their order."""
    return tuple(r for r in repairs if r.field == field)


def apply(text: str, repairs: Sequence[Repair]) -> str:
    """``text`` with ``repairs`` (all of one field) carried out.

    Raises ValueError when a repair's ``before`` is not what stands at its place.
    """
    for run in descending_runs(repairs):
        pieces: list[str] = []
        rest = len(text)
        for repair in run:
            if text[repair.start : repair.end] != repair.before or repair.end > len(text):
                raise ValueError(f"repair does not fit at character {repair.start}")
            pieces += (text[repair.end : rest], repair.after)
            rest = repair.start
        pieces.append(text[:rest])
        text = "".join(reversed(pieces))
    return text


def revert(text: str, repairs: Sequence[Repair]) -> str:
    """The text before ``repairs`` (all of one field) were carried out.

    Raises ValueError when a repair's ``after`` is not what stands at its place.
    """
    for run in reversed(list(descending_runs(repairs))):
        pieces: list[str] = []
        done = 0
        shift = 0
        for repair in reversed(run):
            start = repair.start + shift
            end = start + len(repair.after)
            if text[start:end] != repair.after or start < done:
                raise ValueError(f"repair does not fit backwards at character {start}")
            pieces += (text[done:start], repair.before)
            done = end
            shift += len(repair.after) - len(repair.before)
        pieces.append(text[done:])
        text = "".join(pieces)
    return text


def descending_runs(repairs: Sequence[Repair]) -> Iterator[list[Repair]]:
    """Stretches in which each repair ends where or before the one before it starts: these can be
    carried out in one go, which keeps the cost linear."""
    run: list[Repair] = []
    for repair in repairs:
        if run and repair.end > run[-1].start:
            yield run
            run = []
        run.append(repair)
    if run:
        yield run
