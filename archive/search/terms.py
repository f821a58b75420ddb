"""Text as a searcher means it: folded, cut into units, and the terms an index keeps of them.

A unit is one Chinese (Japanese, Korean) character or one word or number of any other script; a
line break separates, other punctuation and white space do not. A character gives one term: itself
with the next one (a bigram), or itself alone where its run ends; a word gives itself, and where a
character follows it, a joint that names the character. So every phrase but a lone character is a
row of whole terms, and is found exactly where its units stand side by side, whatever its length.
Lone characters are looked up in terms of their own (``Terms.singles``).

It promises that text and query are folded by the same table, one character at a time, so that a
hit can be shown in the original text: compatibility forms (NFKC), case, traditional to simplified.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import regex
from opencc import OpenCC

FOLDING = "2"
"""Changed whenever the same text gives other terms: an index made by another folding is rebuilt."""

BREAK = "¶"
"""The term of a line break; no unit can be it, for it is punctuation."""

JOINT = "~"
"""What the term begins with that stands between a word and the character after it."""

_SINGLE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Co}"
_UNITS = regex.compile(rf"(?V1)\n|[{_SINGLE}]|[[\p{{L}}\p{{N}}\p{{M}}]--[{_SINGLE}]]+")
_RUNS = regex.compile(rf"(?V1)\n|[{_SINGLE}]+|[[\p{{L}}\p{{N}}\p{{M}}]--[{_SINGLE}]]+")
_IS_SINGLE = regex.compile(rf"(?V1)[{_SINGLE}]")

MAX_WORD = 64
"""Characters of a word that count; longer ones (encoded data) are cut, in text and query alike."""


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if code > 0x2E7F:  # where CJK begins
            folded = "".join(_simplifier().convert(character) for character in folded)
        self[code] = folded
        return folded


_folding = _Folding()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a text and where it stands there: characters ``start`` to ``end``."""

    text: str
    start: int
    end: int


def normal(text: str) -> str:
    """``text`` with composed characters: what the places of ``located`` count in."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """``text`` as it is compared: compatibility forms, case and traditional characters gone."""
    return normal(text).translate(_folding)


def units(text: str) -> list[str]:
    """The units of ``text``, folded, a line break as ``BREAK``."""
    return [BREAK if found == "\n" else found[:MAX_WORD] for found in _UNITS.findall(fold(text))]


def located(text: str) -> Iterator[Unit]:
    """The units with their places in ``normal(text)``."""
    original = normal(text)
    places: list[int] = []
    pieces: list[str] = []
    for place, character in enumerate(original):
        piece = _folding[ord(character)]
        pieces.append(piece)
        places.extend([place] * len(piece))
    for match in _UNITS.finditer("".join(pieces)):
        found = match.group()
        unit = BREAK if found == "\n" else found[:MAX_WORD]
        yield Unit(unit, places[match.start()], places[match.end() - 1] + 1)


class _Singles(dict[str, bool]):
    """Whether a unit is a single one, worked out when it is first met; words are not kept."""

    def __missing__(self, unit: str) -> bool:
        if len(unit) > 1:
            return False
        self[unit] = _IS_SINGLE.match(unit) is not None
        return self[unit]


_singles = _Singles()


def is_single(unit: str) -> bool:
    """Whether the unit is one character that joins with the next into a bigram."""
    return _singles[unit]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms an index keeps of a text: ``rows`` in order, and every ``singles`` character."""

    rows: list[str]
    singles: list[str]


def terms(text: str) -> Terms:
    """The terms of ``text``, run by run, for most of a text is long runs of characters."""
    found = Terms([], [])
    run = ""
    after_word = False
    for part in _RUNS.findall(fold(text)):
        if _singles[part[0]]:
            if after_word:
                found.rows.append(JOINT + part[0])
                after_word = False
            run += part
            continue
        _end_run(found, run)
        run = ""
        after_word = part != "\n"
        found.rows.append(part[:MAX_WORD] if after_word else BREAK)
    _end_run(found, run)
    return found


def _end_run(found: Terms, run: str) -> None:
    if run:
        found.rows.extend([one + after for one, after in itertools.pairwise(run)])
        found.rows.append(run[-1])
        found.singles.extend(run)


def phrase_terms(found: Sequence[str]) -> list[str]:
    """The row of terms that stands wherever these units stand side by side; of a lone character,
    the character."""
    if len(found) == 1:
        return [found[0]]
    rows: list[str] = []
    for unit, after in itertools.pairwise(found):
        single, joins = is_single(unit), is_single(after)
        rows.append(unit + after if single and joins else unit)
        if joins and not single:
            rows.append(JOINT + after)
    if not is_single(found[-1]):
        rows.append(found[-1])
    return rows
