"""Phrases that stand at one place of the articles of a host that sows, inside a word or not.

A phrase between whole words is told by all of this together: pairs of characters that the host has
nowhere else, at its ends, too; words that are no neighbours in a sentence, which is plainer without
it; characters, words and ends of proven phrases. A logistic regression weighs it
(``./scripts/bench fit-once`` makes its weights and says how it was done). It promises to take what
stands once in articles only, and nothing where another stretch that overlaps is nearly as likely.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import log

from archive.cleaning.unmasking.once import AROUND, STRONG, Kin
from archive.cleaning.unmasking.places import SEED, SIDE, Texts, sides
from archive.cleaning.unmasking.resembling import DENSE, LONG, Makeup
from archive.cleaning.unmasking.words import (
    closing,
    cut,
    has_particle,
    is_plain_word,
    is_single,
    kinds_beside,
    surprise,
)

LONGEST_ALIKE = 16
"""Characters of the longest phrase that is looked for."""
MOST_WORDS = 12
OWN = 0.5
"""Share of a phrase's pairs of characters that the texts have nowhere else, at least."""
VERY_ODD = 5.0
TOO_ODD = 7.5
"""Surprise a character of what stands on either side, from which it is a list of names."""
SHORT = 6
"""Characters below which a stretch is a word or two."""
KINDS = ("single", "noun", "verb", "adverb")
CERTAIN, CERTAIN_IF_DENSE = 0.5, -0.5
"""Logarithm of the odds from which a stretch counts as sown, and where phrases stand densely: on
hosts not fitted to one in twenty is another stretch then, and one in thirty."""
WIDE = 6
"""Characters on either side that may stand elsewhere without a stretch."""
MOST_PLAINER = 12.0
"""How much plainer a sentence without a stretch counts at most."""
LEAST_DENSITY = 0.5
CLEARER = 1.0
"""How much likelier it must be than any that overlaps."""
NEAR = -3.0
"""Logarithm of the odds below which nothing is a rival."""
WEIGHTS = {
    "always": -5.31,
    "edges": 0.13,
    "both_edges": 2.5,
    "run": 1.32,
    "length": 0.23,
    "short": -1.15,
    "strangeness": -0.78,
    "own": 2.47,
    "closing": -0.16,
    "closes": 1.73,
    "parts": -0.33,
    "odd": 0.88,
    "very_odd": 0.31,
    "odd_before": -0.19,
    "odd_behind": -0.21,
    "density": -1.13,
    "again": 2.28,
    "kin": 0.35,
    "ends_so": 0.49,
    "known": -1.75,
    "plainer": -0.55,
    "apart": 0.84,
    "single_before": 0.44,
    "noun_before": -0.13,
    "verb_before": 0.01,
    "adverb_before": -0.24,
    "single_behind": 0.64,
    "noun_behind": -0.04,
    "verb_behind": 0.14,
    "adverb_behind": -0.05,
    "single_last": -0.39,
    "noun_last": 0.71,
    "verb_last": 0.18,
    "adverb_last": -0.85,
    "single_first": -0.98,
    "noun_first": -0.43,
    "verb_first": -0.99,
    "adverb_first": -0.39,
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text, and what is weighed of it."""

    start: int
    end: int
    seen: dict[str, float]

    @property
    def odds(self) -> float:
        """Logarithm of the odds that it was sown."""
        return sum(WEIGHTS[name] * value for name, value in self.seen.items())


class Sower:
    """What is known of who sowed the ``phrases`` that are proven; these stand ``density`` times on
    a page."""

    def __init__(self, phrases: Collection[str], density: float) -> None:
        self.makeup = Makeup(phrases)
        self.kin = Kin(phrases)
        self.density = max(density, LEAST_DENSITY)
        words = [cut(phrase) for phrase in phrases]
        self._last = {some[-1] for some in words}
        self._ends = {phrase[-1] for phrase in phrases}
        self._words = {word for some in words for word in some if len(word) > 1}

    @property
    def certain(self) -> float:
        """Logarithm of the odds from which a stretch counts as sown by the same."""
        return CERTAIN_IF_DENSE if self.density >= DENSE else CERTAIN

    def ends_so(self, words: Sequence[str]) -> bool:
        """Whether a proven phrase ends with the last of these ``words``, which is no character."""
        return len(words[-1]) > 1 and words[-1] in self._last

    def may_end_so(self, phrase: str) -> bool:
        """Whether ``phrase`` ends with a word, or with a character as a proven one does: a surname
        behind an office (硕士生钟) is followed by the rest of a name."""
        return phrase[-1] in self._ends or not is_single(cut(phrase)[-1])

    def known_share(self, words: Sequence[str]) -> float:
        """Share of the characters of ``words`` that are of words of proven phrases."""
        known = sum(len(word) for word in words if word in self._words)
        return known / sum(map(len, words))


def alike_once(text: str, texts: Texts, sower: Sower) -> Iterator[str]:
    """Phrases of one of the ``texts`` that stand once and are certain to be sown by this
    ``sower``."""
    some = list(stretches(text, texts, sower))
    for at in clear([one.odds for one in some], some, sower.certain):
        one = some[at]
        phrase = text[one.start : one.end]
        if one.seen["again"] or sower.may_end_so(phrase):
            yield phrase


def clear(odds: Sequence[float], some: Sequence[Stretch], certain: float) -> Iterator[int]:
    """The places of those in ``some`` whose ``odds`` are ``certain``, and clearly above those of
    any that overlaps."""
    likely = sorted((at for at, odd in enumerate(odds) if odd > NEAR), key=lambda at: -odds[at])
    while likely and odds[likely[0]] >= certain:
        best = likely[0]
        rivals = [at for at in likely[1:] if _overlap(some[at], some[best])]
        if not rivals or odds[best] - odds[rivals[0]] >= CLEARER:
            yield best
        likely = [at for at in likely[1:] if at not in rivals]


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end


def stretches(text: str, texts: Texts, sower: Sower) -> Iterator[Stretch]:
    """The stretches of whole words that may be sown, and those that part a word, wherever their
    own words seem to end, with what is weighed of each."""
    for start, end in _bounds(text):
        joint = sides(text, start, end)
        if joint and _may_be_sown(text[start:end], texts) and _is_in_sentence(text, start, end):
            yield Stretch(start, end, features(text, start, end, texts, sower))


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where stretches of ``SEED`` characters and more begin and end."""
    ends = [0]
    words = cut(text)
    for word in words:
        ends.append(ends[-1] + len(word))
    for first in range(1, len(words)):
        for last in range(first, min(first + MOST_WORDS, len(words))):
            start, end = ends[first], ends[last + 1]
            if end - start > LONGEST_ALIKE or not _may_be_of_one(words[last]):
                break
            if end - start >= SEED:
                yield start, end
    yield from _parting(text, {*ends[1:]})


def _parting(text: str, ends: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where stretches begin and end that part a word of two characters or more, and of which one
    end at least is none of the ``ends`` of words: the phrase's last character makes another word
    with what follows (委[六合彩资料]员会)."""
    for start in range(1, len(text)):
        for end in range(start + 1, min(start + LONGEST_ALIKE, len(text) - 1) + 1):
            if not _may_be_of_one(text[end - 1]):
                break
            if end - start < SEED or (start in ends and end in ends):
                continue
            if is_plain_word(text[start - 1] + text[end]) and _closes(text, start, end):
                yield start, end


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a word closes strongly without this stretch."""
    return closing(text[max(0, start - SIDE) : start], text[end : end + SIDE]) >= STRONG


def _is_in_sentence(text: str, start: int, end: int) -> bool:
    """Whether there are words of a sentence on either side of a stretch."""
    return _is_plain(text[max(0, start - AROUND) : start]) and _is_plain(text[end : end + AROUND])


def _may_be_of_one(word: str) -> bool:
    return word.isalnum() and not has_particle(word)


def _may_be_sown(phrase: str, texts: Texts) -> bool:
    times = texts.times_if_once(phrase)
    return times > 0 and texts.own_share(phrase, times) >= OWN


def _is_plain(words: str) -> bool:
    """Whether these are words of a sentence; in lists of names nothing is odder than the rest."""
    return surprise(words) <= TOO_ODD * len(words)


def features(text: str, start: int, end: int, texts: Texts, sower: Sower) -> dict[str, float]:
    """What is weighed of a stretch of ``text``."""
    phrase, left, right = (
        text[start:end],
        text[max(0, start - SIDE) : start],
        text[end : end + SIDE],
    )
    edges = (text[start - 1 : start + 1], text[end - 1 : end + 1])
    own_edges = sum(texts.times_of(edge) <= 1 for edge in edges)
    odd, closed = surprise(phrase) / len(phrase), closing(left, right)
    times = texts.times_if_once(phrase)
    seen = {
        "always": 1.0,
        "edges": float(own_edges),
        "both_edges": float(own_edges == len(edges)),
        "run": float(texts.times_of(left[-1] + right[0]) > 0),
        "length": float(min(len(phrase), LONG)),
        "short": float(len(phrase) < SHORT),
        "strangeness": sower.makeup.strangeness(phrase),
        "own": texts.own_share(phrase, times),
        "closing": closed,
        "closes": float(closed > 0),
        "parts": float(closed >= STRONG),
        "odd": odd,
        "very_odd": max(0.0, odd - VERY_ODD),
        "odd_before": _oddness(cut(left)[-1]),
        "odd_behind": _oddness(cut(right)[0]),
        "density": log(sower.density),
        "again": texts.again(phrase, text[max(0, start - WIDE) : start], text[end : end + WIDE]),
        **_like(phrase, sower),
        **_plainer(text, start, end),
    }
    kinds = (*kinds_beside(left, right), *kinds_beside(phrase[-SIDE:], phrase[:SIDE]))
    for place, here in zip(("before", "behind", "last", "first"), kinds, strict=True):
        seen |= {f"{kind}_{place}": float(kind == here) for kind in KINDS}
    return seen


def _like(phrase: str, sower: Sower) -> dict[str, float]:
    words = cut(phrase)
    return {
        "kin": sower.kin.weight(phrase),
        "ends_so": float(sower.ends_so(words)),
        "known": sower.known_share(words),
    }


def _plainer(text: str, start: int, end: int) -> dict[str, float]:
    """How much plainer the sentence is without a stretch, for each character of it, and than both
    apart."""
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    phrase = text[start:end]
    plainer = surprise(before + phrase + behind) - surprise(before + behind)
    return {
        "plainer": min(MOST_PLAINER, plainer / len(phrase)),
        "apart": plainer - surprise(phrase),
    }


def _oddness(word: str) -> float:
    return surprise(word) / len(word)
