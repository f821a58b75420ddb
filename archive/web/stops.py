"""The changes on a page as stops: each with a number, to go from one to the next.

A long text may differ from another in a word here and a line there, and nobody finds the last of
seventeen by reading. It promises that stops are numbered from 1 in the order in which a page shows
them, that each has one place to go to, and that what a list says of one is as short as a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markupsafe import Markup

from archive.web.difference import Part
from archive.web.marks import Piece

Shown = TypeVar("Shown", Part, Piece)

MAX_LISTED = 200
"""Stops that a page lists; the others are reached from the one before."""
MAX_WORDS = 24
"""Characters of a change that the list shows."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A change to stop at: what was taken out and put in there, shortened, and whether it only
    stands elsewhere; ``where`` is the key of the column it stands in, empty where there is one."""

    number: int
    removed: str
    added: str
    moved: bool
    where: str = ""


def numbered(lines: Iterable[Sequence[Shown]], numbers: Iterator[int]) -> list[list[Shown]]:
    """The lines with the next ``numbers`` for the changes that begin in them."""
    return [[_numbered(one, numbers) for one in line] for line in lines]


def _numbered(one: Shown, numbers: Iterator[int]) -> Shown:
    return replace(one, stop=next(numbers)) if one.stop else one


def stops(lines: Iterable[Sequence[Part | Piece]], where: str = "") -> list[Stop]:
    """What changed at each stop of the lines, in order."""
    found: list[Stop] = []
    for one in (one for line in lines for one in line):
        if one.kind in ("same", "kept"):
            continue
        if one.stop:
            found.append(Stop(one.stop, "", "", isinstance(one, Part) and one.moved, where))
        elif not found:
            continue  # it began in a line that is not among these
        last = found[-1]
        if one.kind in ("removed", "struck"):
            found[-1] = replace(last, removed=last.removed + one.text)
        else:
            found[-1] = replace(last, added=last.added + one.text)
    return [replace(s, removed=shortened(s.removed), added=shortened(s.added)) for s in found]


def shortened(text: str) -> str:
    """The text, or its first MAX_WORDS characters."""
    return text if len(text) <= MAX_WORDS else f"{text[: MAX_WORDS - 1]}…"


def stop_place(number: int) -> Markup:
    """The attributes of the element that a change begins with, to go there by its address, with or
    without script; nothing for 0."""
    return Markup(f' id="change-{number}" tabindex="-1"' if number else "")
