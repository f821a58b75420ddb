"""Where phrases stand in a text, told by one pattern for each phrase.

It promises the same places as comparing units one by one (``archive.search.terms``), without
cutting the text into units: punctuation and spaces between units do not count, line breaks do, and
a word stands only where no longer word does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from archive.search.query import Phrase, Wanted
from archive.search.terms import MAX_WORD, SINGLE, fold, is_single, normal, spread

Span = tuple[int, int]

_WORD = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]"
_GAP = rf"[^\p{{L}}\p{{N}}\p{{M}}{SINGLE}\n]*+"
PATTERNS = 256
"""Patterns that are kept."""


@lru_cache(PATTERNS)
def pattern(phrase: Wanted) -> regex.Pattern[str]:
    """What finds the phrase in a folded text."""
    if isinstance(phrase, Phrase):
        parts = list(map(_unit, phrase.units))
    else:
        parts = [f"[{''.join(sorted(one))}]" for one in phrase.syllables]
    return regex.compile(_GAP.join(parts), regex.VERSION1)


def _unit(unit: str) -> str:
    escaped = regex.escape(unit, literal_spaces=True)
    if is_single(unit):
        return escaped
    longer = rf"{_WORD}*+" if len(unit) >= MAX_WORD else ""
    return rf"(?<!{_WORD}){escaped}{longer}(?!{_WORD})"


def spans(text: str, phrases: Iterable[Wanted]) -> list[Span]:
    """Where any of the phrases stands in ``normal(text)``: (start, end) in characters, in order,
    also where one overlaps the next."""
    folded = fold(text)
    found = sorted(
        match.span()
        for phrase in phrases
        for match in pattern(phrase).finditer(folded, overlapped=True)
    )
    if not found or len(folded) == len(normal(text)):
        return found
    # Some character became several: places are counted through.
    places = spread(text)
    return [(places[start], places[end - 1] + 1) for start, end in found]
