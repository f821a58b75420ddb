"""The piece of a text that shows why it was found, with the places of the words searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import regex

from archive.search.places import Placed, Span, characters, is_of_parts, occurrences, spans
from archive.search.query import Wanted
from archive.search.terms import normal

BEFORE = 24
LENGTH = 120
"""Characters shown in all, and of these before the first hit."""

MOST_JOINED = 16
"""Marks on one letter that are kept with it."""

_JOINER = "\u200d"
_JOINS = regex.compile("[\\p{M}\\p{EMod}\u200d]")
_BROKEN = regex.compile(r"\p{L}[-‐]\n\p{Ll}")

MAX_PLACES = 1_000
"""Places of one phrase that are looked at."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text; ``marks`` are the (start, end) of what was searched for, in order and
    without overlap, in characters of ``text``."""

    text: str
    marks: tuple[Span, ...]

    def behind(self, before: str) -> Snippet:
        """The same piece behind other words, which have no marks."""
        shift = len(before)
        marks = tuple((start + shift, end + shift) for start, end in self.marks)
        return Snippet(before + self.text, marks)


def mark(text: str, phrases: Sequence[Wanted]) -> Snippet:
    """The whole of a short text (a title) with its marks."""
    composed = normal(text)
    return Snippet(composed, _marks(composed, phrases))


def snippet(text: str, phrases: Sequence[Wanted]) -> Snippet:
    """The paragraph of ``text`` with the most of the ``phrases`` in it, cut around the first."""
    composed = normal(text)
    line = _best(composed, phrases)
    if not line:
        line = next((one for one in composed.split("\n") if one.strip()), "")
    return _cut(line.replace("\t", " ").replace("\n", " "), _marks(line, phrases))


def _cut(line: str, marks: Sequence[Span]) -> Snippet:
    first = marks[0][0] if marks else 0
    start = 0 if first <= BEFORE or len(line) <= LENGTH else _whole(line, first - BEFORE)
    end = _whole(line, min(len(line), start + LENGTH))
    head = "…" if start else ""
    tail = "…" if end < len(line) else ""
    shift = len(head) - start
    kept = tuple(
        (from_ + shift, min(to, end) + shift) for from_, to in marks if start <= from_ < end
    )
    return Snippet(head + line[start:end] + tail, kept)


def _whole(line: str, place: int) -> int:
    """The place, or one before it where what stands there belongs to the character before."""
    for before in range(place, max(0, place - MOST_JOINED), -1):
        joins = before < len(line) and _JOINS.match(line[before])
        if not joins and line[before - 1] != _JOINER:
            return before
    return place


def _best(text: str, phrases: Sequence[Wanted]) -> str:
    """The first line with the most of the phrases; "" where there is none."""
    counts = _lines(text, phrases)
    if not counts:
        return ""
    start = min(counts, key=lambda place: (-counts[place], place))
    end = text.find("\n", start)
    if end > 0 and _BROKEN.match(text, end - 2):
        # A word that goes on in the next line.
        end = text.find("\n", end + 1)
    return text[start:] if end < 0 else text[start:end]


def _lines(text: str, phrases: Sequence[Wanted]) -> Counter[int]:
    """Where lines begin in which phrases stand, and how many of them."""
    sought = [characters(phrase) for phrase in phrases]
    as_typed = [one for one in sought if one is not None]
    # To read all of a text as the index does costs more than what it would add where some of the
    # phrases stand as they are.
    if len(as_typed) == len(phrases) and any(one in text for one in as_typed):
        if len(as_typed) == 1:
            return Counter((_line_of(text, text.find(as_typed[0])),))
        return _counted(text, (occurrences(text, one) for one in as_typed))
    placed = Placed(text)
    # To find words in parts costs as much as all else: only where nothing else stands.
    for some in (False, True):
        sought_now = (one for one in phrases if is_of_parts(one) is some)
        starts = ((start for start, _ in placed.spans(one)) for one in sought_now)
        if counts := _counted(text, starts):
            return counts
    return Counter()


def _counted(text: str, starts: Iterable[Iterable[int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for each in starts:
        counts.update({_line_of(text, start) for start in islice(each, MAX_PLACES)})
    return counts


def _line_of(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _marks(text: str, phrases: Sequence[Wanted]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in spans(text, phrases) if phrases else ():
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
