"""Text as a searcher means it: folded, and cut into the units that an index keeps.

A unit is one Chinese (Japanese, Korean) character or one word or number of any other script; a
line break separates, other punctuation and white space do not. A phrase stands where its units
stand side by side, whatever its length.

It promises that text and query are folded by the same table, one character at a time, so that a
hit can be shown in the original text: compatibility forms (NFKC), case, traditional to simplified,
the marks of Latin and Greek letters (Müller, Muller), the zeros of Chinese years; and that a
reading put in brackets behind a character, as in 學(xué)院, is no part of the text. What an index
keeps besides, of words that are written in one or in parts, is in ``archive.search.joined``.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Sequence, Set
from functools import cache

import regex
from opencc import OpenCC

from archive.search.variants import VARIANTS

FOLDING = "7"
"""Changed whenever the same text gives other terms: an index made by another folding is rebuilt."""

BREAK = "¶"
"""The term of a line break; no unit can be it, for it is punctuation."""

SINGLE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Co}"
"""The characters that are a unit each, as the inside of a class of ``regex``."""

_RUNS = regex.compile(rf"(?V1)\n|[{SINGLE}]+|[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]+")
_IS_SINGLE = regex.compile(rf"(?V1)[{SINGLE}]")
_TONED = "āáǎăàēéěĕèīíǐĭìōóǒŏòūúǔŭùǖǘǚǜ"
_TONED_SYLLABLE = rf"[ '’]?[a-zü]{{0,3}}[{_TONED}][a-zü]{{0,3}}"
_READING = regex.compile(
    rf"(?V1)(?<=\p{{Han}})[(（](?:(?:{_TONED_SYLLABLE})+|[ㄅ-ㄩˊˇˋ˙ ]+)[)）]", regex.IGNORECASE
)
_TONE = regex.compile(rf"[{_TONED}ㄅ-ㄩˊˇˋ˙]", regex.VERSION1 | regex.IGNORECASE)
_COUNTS = regex.compile(rf"[\p{{L}}\p{{N}}\p{{M}}{SINGLE}\n]", regex.VERSION1)

_MARKED = regex.compile(r"[\p{Latin}\p{Greek}]\p{Mn}+")
_UNSEEN = regex.compile(r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060]")
"""A mark whose letter has no form with it, a soft hyphen, what joins or parts letters unseen."""
_BARE = str.maketrans("øðđłħıŧςё", "oddlhitσе") | {
    ord(one): plain for one, plain in (("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"))
}
"""Letters that people also write plainly and Unicode takes for letters of their own; and Cyrillic
ё, which is mostly printed as е. No other Cyrillic letter has a mark that can be left out."""

_ALIKE = {"〇": "零", "○": "零", "◯": "零", "ㆍ": "·", "ᆞ": "·", "ʼ": "'"}
"""The ways in which Chinese years are printed: 二〇〇九, 二○○九 (a circle), 二零零九; and letters
that are typed for a dot between names (NFKC makes another one of it) and for an apostrophe."""
_HALF_VOICED = re.compile("[\uff66-\uff9d][\uff9e\uff9f]")
"""Katakana of half width whose voice is a character of its own."""

MAX_WORD = 64
"""Characters of a word that count; longer ones (encoded data) are cut, in text and query alike."""


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


class _Folding(dict[int, str]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if folded in _ALIKE:
            folded = _ALIKE[folded]
        elif folded in VARIANTS:
            folded = VARIANTS[folded]
        elif code > 0x2E7F:  # where CJK begins
            folded = "".join(_simplifier().convert(character) for character in folded)
        elif code > 0x7F:
            folded = _bare(folded)
        self[code] = folded
        return folded


def _bare(letters: str) -> str:
    """Letters without the marks that many leave out when they type."""
    if _UNSEEN.fullmatch(letters):
        return ""
    apart = unicodedata.normalize("NFD", letters)
    apart = _MARKED.sub(lambda found: found.group()[0], apart)
    return unicodedata.normalize("NFC", apart).translate(_BARE)


_folding = _Folding()


class _Odd:
    """Finds the characters of a text whose change matters: all but those known to be the same,
    which a character and what it becomes are asked for.

    Few do, and passing over the others by one expression takes a tenth of the time of looking at
    each. The expression is made anew whenever an eighth more are known: what it does not pass over
    yet is looked at in every text.
    """

    def __init__(self, same: Callable[[str, str], bool]) -> None:
        self._same = same
        self._stay: set[str] = set()
        self._passed_over = 0
        self._find = re.compile(".", re.DOTALL).findall

    def changes(self, text: str) -> dict[str, str]:
        """The characters of the text whose change matters, and what they become."""
        odd = set(self._find(text))
        if not odd:
            return {}
        found = {one: _folding[ord(one)] for one in odd}
        changes = {one: folded for one, folded in found.items() if not self._same(one, folded)}
        if len(changes) < len(found):
            self._pass_over(found.keys() - changes.keys())
        return changes

    def _pass_over(self, stay: Set[str]) -> None:
        self._stay |= stay
        if len(self._stay) > self._passed_over + self._passed_over // 8:
            known = "".join(sorted(self._stay))
            self._find = re.compile(f"[^{re.escape(known)}]").findall
            self._passed_over = len(known)


def _stands_alike(one: str, folded: str) -> bool:
    """Whether characters that are a unit each stand where they stood, and as near to each other,
    when ``one`` becomes ``folded``."""
    if one == folded:
        return True
    counts = _COUNTS.match(one) is not None
    if not folded:
        return not counts
    return not any(map(is_single, one + folded)) and all(
        (_COUNTS.match(each) is not None) == counts for each in folded
    )


_odd = _Odd(operator.eq)
_odd_to_singles = _Odd(_stands_alike)


def moved(original: str) -> dict[str, str] | None:
    """The characters of what is ``normal`` that become other units when it is folded, and what they
    become; None when folding moves what counts. Sooner told than the folded text is made."""
    if ("(" in original or "\uff08" in original) and _TONE.search(original):
        return None
    changes = _odd_to_singles.changes(original)
    alike = all(is_single(one) and is_single(folded) for one, folded in changes.items())
    return changes if alike else None


def normal(text: str) -> str:
    """``text`` with composed characters: what places in it are counted in."""
    if "\uff9e" in text or "\uff9f" in text:
        text = _HALF_VOICED.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """``text`` as it is compared: compatibility forms, case, traditional characters and the marks
    of letters gone."""
    return fold_normal(normal(text))


def fold_normal(original: str) -> str:
    """``fold`` of what is ``normal`` already."""
    # First, for folding takes the tones away.
    original = _without_readings_in_place(original)
    changes = _odd.changes(original)
    if not changes.keys().isdisjoint("".join(changes.values())):
        original = original.translate(_folding)
    else:
        for one, folded in changes.items():
            original = original.replace(one, folded)
    return original


def _without_readings_in_place(original: str) -> str:
    # Blanked rather than cut out, so that places stay where they are.
    return _READING.sub(_blank, original) if "(" in original or "（" in original else original


def without_readings(text: str) -> str:
    """``text`` without the readings behind characters, as in 學(xué)院."""
    return _READING.sub("", normal(text)) if "(" in text or "（" in text else text


def _blank(found: regex.Match[str]) -> str:
    return " " * len(found.group())


def units(text: str) -> list[str]:
    """The units of ``text``, folded, a line break as ``BREAK``."""
    return units_of_folded(fold(text))


def units_of_folded(folded: str) -> list[str]:
    """``units`` of what is folded already."""
    found: list[str] = []
    for part in _RUNS.findall(folded):
        if _singles[part[0]]:
            found.extend(part)
        else:
            found.append(BREAK if part == "\n" else part[:MAX_WORD])
    return found


def spread(text: str) -> Sequence[int]:
    """For each character of ``fold(text)`` the place in ``normal(text)`` of the one it came of."""
    original = _without_readings_in_place(normal(text))
    if all(len(folded) == 1 for folded in _odd.changes(original).values()):
        return range(len(original))
    places: list[int] = []
    for place, character in enumerate(original):
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
    """Whether the unit is one character of a script that is written without spaces."""
    return _singles[unit]
