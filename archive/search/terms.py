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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import add

import regex
from opencc import OpenCC

FOLDING = "2"
"""Changed whenever the same text gives other terms: an index made by another folding is rebuilt."""

BREAK = "¶"
"""The term of a line break; no unit can be it, for it is punctuation."""

JOINT = "~"
"""What the term begins with that stands between a word and the character after it."""

SINGLE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Co}"
"""The characters that are a unit each, as the inside of a class of ``regex``."""

_UNITS = regex.compile(rf"(?V1)\n|[{SINGLE}]|[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]+")
_RUNS = regex.compile(rf"(?V1)\n|[{SINGLE}]+|[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]+")
_IS_SINGLE = regex.compile(rf"(?V1)[{SINGLE}]")

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
_unchanged: set[str] = set()  # what has been met so far


def normal(text: str) -> str:
    """``text`` with composed characters: what places in it are counted in."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """``text`` as it is compared: compatibility forms, case and traditional characters gone."""
    original = normal(text)
    # Few of a text's characters change: looking at each kind once beats translating each one.
    changes = {}
    for one in set(original) - _unchanged:
        folded = _folding[ord(one)]
        if folded == one:
            _unchanged.add(one)
        else:
            changes[one] = folded
    if not changes.keys().isdisjoint("".join(changes.values())):
        return original.translate(_folding)
    for one, folded in changes.items():
        original = original.replace(one, folded)
    return original


def units(text: str) -> list[str]:
    """The units of ``text``, folded, a line break as ``BREAK``."""
    return [BREAK if found == "\n" else found[:MAX_WORD] for found in _UNITS.findall(fold(text))]


def spread(text: str) -> list[int]:
    """For each character of ``fold(text)`` the place in ``normal(text)`` of the one it came of."""
    places: list[int] = []
    for place, character in enumerate(normal(text)):
        places.extend([place] * len(_folding[ord(character)]))
    return places


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
        found.rows.extend(map(add, run, run[1:]))
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
