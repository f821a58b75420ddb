"""A word that stands nowhere, and what stands in the texts that differs from it by a slip.

A name typed with one wrong character (离退休党总枝), two that changed places, or one too many finds
nothing, and the reader cannot know whether the archive has nothing. It promises only words that
the texts have, those that sound alike first, then the most frequent; of several words, to change
only those that stand nowhere; and to look at a bounded number of texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import regex
from rapidfuzz.distance import OSA

from archive.search.pinyin import sounds_alike
from archive.search.terms import SINGLE, fold, is_single, normal

Texts = Callable[[str], Iterable[str]]
"""The texts that a query finds, best first."""

MOST_TEXTS = 20
"""Looked at for each place in which a slip may be."""

MOST_IN_ALL = 120
"""Texts that are looked at for one word."""

MOST_NEAR = 3
"""Words that are offered."""

MOST_WORDS = 6
"""Of a query in which slips are looked for."""

MOST_SLIPS = 2
"""Words of a query that may stand nowhere: of more, it is no slip."""

MIN_CHARACTERS = 3
"""Of a word without letters: of two, nearly any other word is one slip away."""

MAX_CHARACTERS = 12
MIN_LETTERS = 5
"""Of a word of letters; from twice as many, two slips are looked for."""

KEPT_LETTERS = 3
"""Letters at the beginning in which no slip is looked for."""

_WRITTEN = regex.compile(rf"(?V1)[[\p{{L}}\p{{M}}]--[{SINGLE}]]+")
"""Words of a script that is written with spaces, with their marks."""
_PLAIN = re.compile(r"[^\W_]+")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def near(query: str, texts: Texts) -> list[str]:
    """The query with words near those of it that stand nowhere, the likeliest first; none where
    it is more than words, or one phrase of them.

    >>> near("党总枝", lambda query: ["离退休党总支召开会议"] if query == "党总" else [])
    ['党总支']
    """
    plain = normal(query).strip()
    words = plain.strip('"“”').split()
    if len(words) > MOST_WORDS or not all(map(_is_plain, words)):
        return []
    if len(words) < 2:
        return _near_word(words[0], texts) if words else []
    unknown = [word for word in words if next(iter(texts(word)), None) is None]
    if not 0 < len(unknown) <= MOST_SLIPS:
        return []
    others = {word: _near_word(word, texts) for word in unknown}
    if not all(others.values()):
        return []
    mark = '"' if plain[0] in '"“' else ""
    found = []
    for place in range(max(map(len, others.values()))):
        # The likeliest again where there is no other.
        put = {word: near_by[place % len(near_by)] for word, near_by in others.items()}
        found.append(f"{mark}{' '.join(put.get(word, word) for word in words)}{mark}")
    return found


def _is_plain(word: str) -> bool:
    return _PLAIN.fullmatch(word) is not None and word not in _OPERATORS


def _near_word(word: str, texts: Texts) -> list[str]:
    if not any(map(is_single, word)):
        found = _near_letters(word, texts) if len(word) >= MIN_LETTERS else Counter[str]()
    elif MIN_CHARACTERS <= len(word) <= MAX_CHARACTERS:
        found = _near_characters(word, texts)
    else:
        found = Counter()
    whole = {one for one in found if not any(one in other != one for other in found)}
    ranked = sorted(whole, key=lambda one: (not sounds_alike(one, word), -found[one], one))
    return ranked[:MOST_NEAR]


def _near_letters(word: str, texts: Texts) -> Counter[str]:
    slips = min(len(word) // MIN_LETTERS, 2)
    plain = fold(word)
    found: Counter[str] = Counter()
    for text in islice(texts(f"{plain[:KEPT_LETTERS]}*"), MOST_TEXTS):
        words = Counter(one.lower() for one in _WRITTEN.findall(normal(text)))
        near_by = {one: OSA.distance(plain, fold(one), score_cutoff=slips) for one in words}
        found.update({one: words[one] for one, distance in near_by.items() if distance <= slips})
    return found


def _near_characters(word: str, texts: Texts) -> Counter[str]:
    """With another character in one place, one more or one less, or two neighbours exchanged."""
    found: Counter[str] = Counter()
    left = MOST_IN_ALL
    for query, pattern in _slips(word):
        here: Counter[str] = Counter()
        for text in islice(texts(query), min(left, MOST_TEXTS)):
            here.update(re.findall(pattern, text))
            left -= 1
        if query == word[:-1]:
            here = _ending(here, word)
        found.update(here)
    found.pop(word, None)
    return found


def _ending(found: Counter[str], word: str) -> Counter[str]:
    """Those with another last character. Where many different ones stand behind the same words,
    they are how sentences go on, and no other word is meant."""
    most = found.total() / 2
    return Counter({one: n for one, n in found.items() if n >= most or sounds_alike(one, word)})


def _slips(word: str) -> Iterator[tuple[str, str]]:
    """A query that texts with such a word answer, and the pattern of the word in them."""
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        query = f"{before} {after}".strip()
        other = rf"{before}\w{after}" if before else after
        yield query, f"{other}|{before}{after}" if before and after else other
        if after:
            yield (
                f"{before} {word[place:]}".strip(),
                rf"{before}\w{word[place:]}" if before else word,
            )
            swapped = f"{before}{after[0]}{word[place]}{after[1:]}"
            yield swapped, swapped
