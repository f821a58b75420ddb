"""Where phrases stand in a text, without cutting the text into units.

A phrase of characters is looked for in what is left of the text without what does not count; one
with words or sounds in it by a pattern, whose making costs more than looking through a page of
hits. It promises the same places as comparing units one by one (``archive.search.terms``):
punctuation and spaces between units do not count, line breaks do, and a word stands only where no
longer word does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TypeGuard

import regex

from archive.search.joined import standing
from archive.search.query import Beginning, Phrase, Wanted
from archive.search.terms import (
    BREAK,
    MAX_WORD,
    SINGLE,
    fold_normal,
    is_single,
    moved,
    normal,
    spread,
)

Span = tuple[int, int]

_WORD = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]"
_GAP = rf"[^\p{{L}}\p{{N}}\p{{M}}{SINGLE}\n]*+"
_GAPS = regex.compile(rf"[^\p{{L}}\p{{N}}\p{{M}}{SINGLE}\n]+", regex.VERSION1)
PATTERNS = 256
"""Patterns that are kept."""


@lru_cache(PATTERNS)
def _pattern(phrase: Wanted) -> regex.Pattern[str]:
    """What finds the phrase in a folded text."""
    if isinstance(phrase, Beginning):
        begun = rf"(?<!{_WORD}){regex.escape(phrase.letters)}{_WORD}*+"
        return regex.compile(begun, regex.VERSION1)
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


@lru_cache(PATTERNS)
def characters(phrase: Wanted) -> str | None:
    """The phrase as it stands where nothing is between its units; None when it has words or
    sounds in it."""
    if isinstance(phrase, Phrase) and all(map(is_single, phrase.units)):
        return "".join(phrase.units)
    return None


@lru_cache(PATTERNS)
def _apart(sought: str) -> re.Pattern[str]:
    """What finds two of these characters with more between them than letters and digits, so that
    the piece may stand there with a gap; far sooner than gaps are taken out."""
    before, behind = (re.escape("".join(sorted(set(part)))) for part in (sought[:-1], sought[1:]))
    return re.compile(rf"[{before}][\W_]+[{behind}]")


def is_of_parts(phrase: Wanted) -> TypeGuard[Phrase]:
    """Whether the phrase is a word as it is written in parts."""
    return isinstance(phrase, Phrase) and phrase.units[0].startswith(BREAK)


class Placed:
    """A text as the index reads it; it must be ``normal``, and its places are those in it."""

    def __init__(self, text: str) -> None:
        self._as_it_is = _Read(text)

    @cached_property
    def _as_folded(self) -> _Read:
        return _Read(fold_normal(self._as_it_is.text))

    @cached_property
    def _moved(self) -> dict[str, str] | None:
        return moved(self._as_it_is.text)

    @cached_property
    def _spread(self) -> Sequence[int]:
        """Where each character of the folded text came from: some become several, some none."""
        return spread(self._as_it_is.text)

    def spans(self, phrase: Wanted) -> Iterator[Span]:
        """Where the phrase stands: (start, end) in characters, also where one overlaps the next; in
        order, but for words in parts, which come last."""
        if is_of_parts(phrase):
            yield from self._in_parts(phrase.units[0].removeprefix(BREAK).__eq__)
            return
        yield from self._as_units(phrase)
        if isinstance(phrase, Beginning):
            letters = phrase.letters
            yield from self._in_parts(lambda word: word.startswith(letters))

    def _in_parts(self, is_sought: Callable[[str], bool]) -> Iterator[Span]:
        for start, end, _ in standing(self._as_it_is.text, self._as_folded.text, is_sought):
            yield start, end

    def _as_units(self, phrase: Wanted) -> Iterator[Span]:
        sought = characters(phrase)
        if sought is not None and self._need_not_be_folded(sought):
            for start, last in self._as_it_is.standing(sought):
                yield start, last + 1
            return
        read = self._as_folded
        found = read.matching(_pattern(phrase)) if sought is None else read.standing(sought)
        for start, last in found:
            yield self._spread[start], self._spread[last] + 1

    def _need_not_be_folded(self, sought: str) -> bool:
        return self._moved is not None and all(
            one not in sought and folded not in sought for one, folded in self._moved.items()
        )


class _Read:
    """A text in which units are looked for as they are."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _left(self) -> str:
        """What is left of the text without what does not count."""
        return _GAPS.sub("", self.text)

    @cached_property
    def _gaps(self) -> tuple[list[int], list[int]]:
        """Before which character of what is left something was left out, and how many in all
        until there."""
        before, many = [], []
        left_out = 0
        for match in _GAPS.finditer(self.text):
            before.append(match.start() - left_out)
            left_out += match.end() - match.start()
            many.append(left_out)
        return before, many

    def _place(self, left: int) -> int:
        """The place in the text of a character of what is left."""
        before, many = self._gaps
        gap = bisect_right(before, left)
        return left + (many[gap - 1] if gap else 0)

    def matching(self, pattern: regex.Pattern[str]) -> Iterator[Span]:
        """The first and the last place of each match."""
        for match in pattern.finditer(self.text, overlapped=True):
            yield match.start(), match.end() - 1

    def standing(self, sought: str) -> Iterator[Span]:
        """The first and the last place of each piece of these characters."""
        length = len(sought)
        if length > 1 and any(one not in self.text for one in sought):
            return
        if length == 1 or not _apart(sought).search(self.text):
            for start in occurrences(self.text, sought):
                yield start, start + length - 1
            return
        for start in occurrences(self._left, sought):
            yield self._place(start), self._place(start + length - 1)


def occurrences(text: str, sought: str) -> Iterator[int]:
    """Where the piece begins in the text, also where one overlaps the next."""
    start = text.find(sought)
    while start >= 0:
        yield start
        start = text.find(sought, start + 1)


def spans(text: str, phrases: Iterable[Wanted]) -> list[Span]:
    """Where any of the phrases stands in ``normal(text)``, in order."""
    placed = Placed(normal(text))
    return sorted(span for phrase in phrases for span in placed.spans(phrase))
