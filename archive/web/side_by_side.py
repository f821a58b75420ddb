"""Witnesses side by side: which paragraphs stand beside which of the reading's.

It promises that every paragraph of each witness stands somewhere, in its order, and beside the
reading's own where the two are the same; and that a mirror's paragraph of which the reading has
nothing says so. Changes are numbered as a page shows them, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from archive.alignment import aligned
from archive.web.difference import Paragraph
from archive.web.marks import Piece
from archive.web.stops import Stop, numbered, shortened, stops

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """A mirror's paragraph with its marks; ``left_out`` where the reading has nothing of it.
    ``stop`` is the number of the change that a paragraph without any mark is, or 0."""

    pieces: list[Piece]
    left_out: bool
    stop: int = 0

    def numbered(self, numbers: Iterator[int]) -> Line:
        """The line with the next ``numbers`` for the changes in it."""
        (pieces,) = numbered([self.pieces], numbers)
        unmarked = self.left_out and all(one.kind == "kept" for one in pieces)
        return Line(pieces, self.left_out, next(numbers) if unmarked else 0)

    def stops(self, where: str) -> list[Stop]:
        """What changed in the line, in order; ``where`` names its column."""
        if self.stop:
            text = "".join(one.text for one in self.pieces)
            return [Stop(self.stop, shortened(text), "", moved=False, where=where)]
        return stops([self.pieces], where)


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the reading, and what stands beside it in the mirror and on the official
    host: none, one or several paragraphs each."""

    reading: str
    mirror: list[Line]
    official: list[Paragraph]

    def numbered(self, numbers: Iterator[int]) -> Row:
        """The row with the next ``numbers`` for the changes in it."""
        mirror = [line.numbered(numbers) for line in self.mirror]
        return replace(self, mirror=mirror, official=numbered(self.official, numbers))

    def stops(self, where: str, beside: str) -> list[Stop]:
        """What changed in the row, in order; ``where`` names the mirror's column, ``beside`` the
        one that stands beside it."""
        mirror = [stop for line in self.mirror for stop in line.stops(where)]
        return mirror + stops(self.official, beside)


def rows(text: str, mirror: list[list[Piece]], official: list[Paragraph]) -> list[Row]:
    """The reading's ``text`` with the mirror's marks and the official host's changes beside it."""
    lines = [line for line in text.split("\n") if line] or [""]
    cleaned = ["".join(one.text for one in line if one.kind != "struck") for line in mirror]
    kept = ["".join(one.text for one in line if one.kind != "added") for line in official]
    places = _places(lines, cleaned)
    marked = [Line(one, place is None) for one, place in zip(mirror, places, strict=True)]
    return [
        Row(*cells)
        for cells in zip(
            lines,
            _stood(lines, places, marked),
            _stood(lines, _places(lines, kept), official),
            strict=True,
        )
    ]


def _stood(
    lines: Sequence[str], places: Sequence[int | None], values: Sequence[T]
) -> list[list[T]]:
    """For each line the values that stand beside it: those of its place, and those without a place
    of their own behind the one before."""
    found: list[list[T]] = [[] for _ in lines]
    last = 0
    for place, value in zip(places, values, strict=True):
        last = last if place is None else max(last, min(place, len(lines) - 1))
        found[last].append(value)
    return found


def _places(lines: Sequence[str], keys: Sequence[str]) -> Sequence[int | None]:
    places: list[int | None] = [None] * len(keys)
    for part in aligned(lines, keys):
        # Of a changed stretch, paragraph beside paragraph as far as there are any.
        start, first = part.old.start, part.new.start
        for number in range(min(part.old.stop - start, part.new.stop - first)):
            places[first + number] = start + number
    return places
