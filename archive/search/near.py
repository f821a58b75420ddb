"""A word that stands nowhere, and what stands in the texts that differs from it by a slip.

A name typed with one wrong character (离退休党总枝), two that changed places, or one too many finds
nothing, and the reader cannot know whether the archive has nothing. It promises only words that
the texts have, those that sound alike first, then the most frequent, and to look at a bounded
number of texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from rapidfuzz.distance import OSA

from archive.search.pinyin import sounds_alike

Texts = Callable[[str], Iterable[str]]
"""The texts that a query finds, best first."""

MOST_TEXTS = 20
"""Looked at for each place in which a slip may be."""

MOST_IN_ALL = 120
"""Texts that are looked at for one word."""

MOST_NEAR = 3
"""Words that are offered."""

MIN_CHARACTERS = 3
"""Of a word without letters: of two, nearly any other word is one slip away."""

MAX_CHARACTERS = 12
MIN_LETTERS = 5
"""Of a word of letters; from twice as many, two slips are looked for."""

KEPT_LETTERS = 3
"""Letters at the beginning in which no slip is looked for."""

_LATIN = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[^\W_]+")


def near(query: str, texts: Texts) -> list[str]:
    """Words near the one that ``query`` is; none where it is no single word.

    >>> near("党总枝", lambda query: ["离退休党总支召开会议"] if query == "党总" else [])
    ['党总支']
    """
    word = query.strip().strip('"“”')
    if not _PLAIN.fullmatch(word):
        return []
    if word.isascii():
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
    plain = word.lower()
    found: Counter[str] = Counter()
    for text in islice(texts(f"{plain[:KEPT_LETTERS]}*"), MOST_TEXTS):
        words = Counter(one.lower() for one in _LATIN.findall(text))
        near_by = {one: OSA.distance(plain, one, score_cutoff=slips) for one in words}
        found.update({one: words[one] for one, distance in near_by.items() if distance <= slips})
    return found


def _near_characters(word: str, texts: Texts) -> Counter[str]:
    """With another character in one place, one more or one less, or two neighbours exchanged."""
    found: Counter[str] = Counter()
    left = MOST_IN_ALL
    for query, pattern in _slips(word):
        for text in islice(texts(query), min(left, MOST_TEXTS)):
            found.update(re.findall(pattern, text))
            left -= 1
    found.pop(word, None)
    return found


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
