"""Words in pinyin, and the characters that are read so.

It promises that every character of a text is found by any of its readings, with tones (``xué``) or
without (``xue``), and that the table of readings is loaded only for a word that may be one.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping
from functools import cache

import regex

from archive.search.terms import is_single

Syllable = frozenset[str]
"""The characters that have one reading."""

MAX_WAYS = 4
"""Ways of cutting a word into syllables that count."""

MAX_SYLLABLES = 12
_LONGEST = 6  # letters of a syllable: zhuang
_FIRST, _LAST = 0x4E00, 0x9FFF  # the block of common characters
_DIAERESIS = "\u0308"
_LIKE_SYLLABLES = regex.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]{1,4}(?:ng|[nr])?)+", regex.IGNORECASE
)
_PARTING = str.maketrans("'’-‐", "    ")  # Xiu-yuan: between the syllables of a given name
_VOWEL = regex.compile("[aeiouü]")
_NUMBERED = regex.compile(r"(?:[a-zü]{1,6}[0-5])+")
_SYLLABLE = regex.compile(r"([a-zü]{1,6})([0-5])")
_TONES = "\u0304\u0301\u030c\u0300"
_TONE_PLACE = regex.compile("[ae]|o(?=u)|[aeiouü](?=[^aeiouü]*$)")
_LYU = regex.compile("(?<=[ln])yu")  # as passports have it


def ways(text: str) -> list[tuple[Syllable, ...]]:
    """The ways to read ``text`` as at least two syllables, or as one with its tone; words,
    apostrophes and hyphens part syllables. Empty where it is no pinyin."""
    if not may_be(text):
        return []
    words = _words(text)
    cuts = [_cuts(word) for word in words]
    found = []
    for parts in itertools.islice(itertools.product(*cuts), MAX_WAYS):
        syllables = tuple(itertools.chain.from_iterable(parts))
        # Not he3 either: that is helium.
        alone = len(syllables) == 1 and (
            _toneless(syllables[0]) == syllables[0] or text.strip()[-1:].isdecimal()
        )
        if not alone and len(syllables) <= MAX_SYLLABLES:
            found.append(tuple(_table()[one] for one in syllables))
    return found


def may_be(text: str) -> bool:
    """Whether ``text`` looks like pinyin, without looking at the table."""
    words = _words(text)
    return bool(words) and all(_LIKE_SYLLABLES.fullmatch(_toneless(word)) for word in words)


def sounds_alike(one: str, other: str) -> bool:
    """Whether two texts of characters are read alike, tones aside, each in one of its readings.

    >>> sounds_alike("门球队", "门球对"), sounds_alike("门球队", "门球场")
    (True, False)
    """
    return len(one) == len(other) and all(
        first == second or _readings(first) & _readings(second)
        for first, second in zip(one, other, strict=True)
    )


def _readings(character: str) -> frozenset[str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return frozenset(_toneless(pinyin_dict.get(ord(character), "")).split(",")) - {""}


def _words(text: str) -> list[str]:
    plain = _LYU.sub("ü", _lower(text).replace("v", "ü").replace("u:", "ü"))
    return [_marked(word) for word in plain.translate(_PARTING).split()]


def _marked(word: str) -> str:
    """The word with marks for tones that were typed as digits: zhang1san1."""
    return _SYLLABLE.sub(_with_mark, word) if _NUMBERED.fullmatch(word) else word


def _with_mark(found: regex.Match[str]) -> str:
    letters, tone = found[1], int(found[2])
    if not 1 <= tone <= len(_TONES):
        return str(letters)
    mark = _TONES[tone - 1]
    return unicodedata.normalize(
        "NFC", _TONE_PLACE.sub(lambda one: one[0] + mark, letters, count=1)
    )


def is_short(word: str) -> bool:
    """Whether the word may be a single syllable, which alone says too little to be read."""
    words = _words(word)
    return len(words) == 1 and _toneless(words[0]) in _table()


def _lower(text: str) -> str:
    """Whatever width and case it was typed in; with its tones, which ``fold`` takes away."""
    return unicodedata.normalize("NFKC", text).lower()


def _cuts(word: str) -> list[tuple[str, ...]]:
    """The ways to cut a word into the fewest syllables: ``xian`` is one, ``dangan`` is 档案 and
    单干, and what else is meant has its apostrophe."""
    ways: list[list[tuple[str, ...]]] = [[()]]
    for end in range(1, len(word) + 1):
        found = [
            (*before, word[start:end])
            for start in range(max(0, end - _LONGEST), end)
            if word[start:end] in _table()
            for before in ways[start]
        ]
        fewest = min(map(len, found), default=0)
        ways.append([way for way in found if len(way) == fewest][:MAX_WAYS])
    return ways[-1]


def _toneless(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    kept = [one for one in apart if one == _DIAERESIS or not unicodedata.combining(one)]
    return unicodedata.normalize("NFC", "".join(kept))


@cache
def _table() -> Mapping[str, Syllable]:
    """The characters of each syllable, with its tone and without."""
    # It takes long to load, and most queries need none of it.
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[str, set[str]] = {}
    for code, readings in pinyin_dict.items():
        character = chr(code)
        if _FIRST <= code <= _LAST and is_single(character):
            for reading in readings.split(","):
                for form in (reading, _toneless(reading)):
                    if _VOWEL.search(_toneless(form)):
                        found.setdefault(form, set()).add(character)
    return {reading: frozenset(characters) for reading, characters in found.items()}
