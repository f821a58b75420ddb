"""The piece of a text that shows why it was found, with the places of the words searched for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.search.query import Phrase
from archive.search.terms import located, normal, units

BEFORE = 24
LENGTH = 120
"""Characters shown in all, and of these before the first hit."""

MAX_LINES = 5_000
"""Paragraphs looked at."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text; ``marks`` are the (start, end) of what was searched for, in order and
    without overlap, in characters of ``text``."""

    text: str
    marks: tuple[Span, ...]


def mark(text: str, phrases: Sequence[Phrase]) -> Snippet:
    """The whole of a short text (a title) with its marks."""
    return Snippet(normal(text), _marks(text, phrases))


def snippet(text: str, phrases: Sequence[Phrase]) -> Snippet:
    """The paragraph of ``text`` with the most of the ``phrases`` in it, cut around the first."""
    lines = [line for line in text.split("\n")[:MAX_LINES] if line.strip()]
    if not lines:
        return Snippet("", ())
    line = _best(lines, phrases)
    return _cut(normal(line.replace("\t", " ")), _marks(line, phrases))


def _cut(line: str, marks: Sequence[Span]) -> Snippet:
    first = marks[0][0] if marks else 0
    start = 0 if first <= BEFORE or len(line) <= LENGTH else first - BEFORE
    end = min(len(line), start + LENGTH)
    head = "…" if start else ""
    tail = "…" if end < len(line) else ""
    shift = len(head) - start
    kept = tuple(
        (from_ + shift, min(to, end) + shift) for from_, to in marks if start <= from_ < end
    )
    return Snippet(head + line[start:end] + tail, kept)


def _best(lines: Sequence[str], phrases: Sequence[Phrase]) -> str:
    """The first line with all the phrases, else the first with the most."""
    best, most = lines[0], 0
    for line in lines:
        count = _count(line, phrases)
        if count > most:
            best, most = line, count
        if most == len(phrases):
            break
    return best


def _count(line: str, phrases: Sequence[Phrase]) -> int:
    found = units(line)
    return sum(1 for phrase in phrases if next(_occurrences(found, phrase), None) is not None)


def _marks(text: str, phrases: Sequence[Phrase]) -> tuple[Span, ...]:
    places = list(located(text))
    found = [unit.text for unit in places]
    spans = sorted(
        (places[at].start, places[at + len(phrase.units) - 1].end)
        for phrase in phrases
        for at in _occurrences(found, phrase)
    )
    merged: list[Span] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _occurrences(found: list[str], phrase: Phrase) -> Iterator[int]:
    wanted = list(phrase.units)
    at = -1
    while True:
        try:
            at = found.index(wanted[0], at + 1)
        except ValueError:
            return
        if found[at : at + len(wanted)] == wanted:
            yield at
