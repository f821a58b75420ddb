"""Phrases that stand at one place of a host that is known to sow, whether they part a word or not.

A phrase between whole words is told by all of this together: pairs of characters that the host has
nowhere else, at its ends, too; words that are no neighbours in a sentence; characters of proven
phrases. A logistic regression weighs it (``./scripts/bench fit-once`` makes its weights and says
how it was done). It promises to take what stands once in the texts only, and nothing where another
stretch that overlaps is nearly as likely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.cleaning.unmasking.once import AROUND
from archive.cleaning.unmasking.places import SEED, SIDE, Texts, sides
from archive.cleaning.unmasking.resembling import LONG, Makeup
from archive.cleaning.unmasking.words import closing, cut, has_particle, kinds_beside, surprise

LONGEST_ALIKE = 16
"""Characters of the longest phrase that is looked for."""
MOST_WORDS = 12
OWN = 0.5
"""Share of a phrase's pairs of characters that the texts have nowhere else, at least."""
ODD = 5.2
"""Surprise a character from which a stretch is looked at for itself."""
VERY_ODD = 5.0
TOO_ODD = 7.5
"""Surprise a character of what stands on either side, from which it is a list of names."""
SHORT = 6
"""Characters below which a stretch is a word or two."""
KINDS = ("single", "noun", "verb", "adverb")
CERTAIN = 0.5
"""Logarithm of the odds from which a stretch counts as sown."""
CLEARER = 1.0
"""How much likelier it must be than any that overlaps."""
NEAR = -3.0
"""Logarithm of the odds below which nothing is a rival."""
WEIGHTS = {
    "always": -4.38,
    "edges": -0.31,
    "both_edges": 2.47,
    "run": 2.21,
    "length": 0.21,
    "short": -1.83,
    "strangeness": -0.8,
    "own": 2.06,
    "closing": 0.47,
    "closes": 1.07,
    "odd": 0.19,
    "very_odd": 0.4,
    "odd_before": -0.21,
    "odd_behind": -0.17,
    "single_before": 0.64,
    "noun_before": -0.69,
    "verb_before": -0.3,
    "adverb_before": -0.21,
    "single_behind": 0.64,
    "noun_behind": 0.28,
    "verb_behind": 0.03,
    "adverb_behind": -0.49,
    "single_last": 0.23,
    "noun_last": 1.16,
    "verb_last": 0.53,
    "adverb_last": 0.07,
    "single_first": -0.55,
    "noun_first": -0.26,
    "verb_first": -1.5,
    "adverb_first": -0.23,
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


def alike_once(text: str, texts: Texts, makeup: Makeup) -> Iterator[str]:
    """Phrases of one of the ``texts`` that stand once and are certain to be sown by whom the
    phrases of ``makeup`` are."""
    some = list(stretches(text, texts, makeup))
    for at in clear([one.odds for one in some], some):
        yield text[some[at].start : some[at].end]


def clear(odds: Sequence[float], some: Sequence[Stretch]) -> Iterator[int]:
    """The places of those in ``some`` whose ``odds`` are certain, and clearly above those of any
    that overlaps."""
    likely = sorted((at for at, odd in enumerate(odds) if odd > NEAR), key=lambda at: -odds[at])
    while likely and odds[likely[0]] >= CERTAIN:
        best = likely[0]
        rivals = [at for at in likely[1:] if _overlap(some[at], some[best])]
        if not rivals or odds[best] - odds[rivals[0]] >= CLEARER:
            yield best
        likely = [at for at in likely[1:] if at not in rivals]


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end


def stretches(text: str, texts: Texts, makeup: Makeup) -> Iterator[Stretch]:
    """The stretches of whole words that may be sown, with what is weighed of each."""
    ends = [0]
    words = cut(text)
    for word in words:
        ends.append(ends[-1] + len(word))
    for first in range(1, len(words)):
        for last in range(first, min(first + MOST_WORDS, len(words))):
            start, end = ends[first], ends[last + 1]
            if end - start > LONGEST_ALIKE or not _may_be_of_one(words[last]):
                break
            joint = sides(text, start, end) if end - start >= SEED else None
            if (
                joint
                and _may_be_sown(text[start:end], joint, texts, makeup)
                and _is_plain(text[max(0, start - AROUND) : start])
                and _is_plain(text[end : end + AROUND])
            ):
                yield Stretch(start, end, features(text, start, end, texts, makeup))


def _may_be_of_one(word: str) -> bool:
    return word.isalnum() and not has_particle(word)


def _may_be_sown(phrase: str, joint: tuple[str, str], texts: Texts, makeup: Makeup) -> bool:
    return (
        texts.stands_once(phrase)
        and texts.own_share(phrase, 1) >= OWN
        and (
            makeup.shares(phrase)
            or any(map(str.isascii, phrase))
            or closing(*joint) > 0
            or surprise(phrase) >= ODD * len(phrase)
        )
    )


def _is_plain(words: str) -> bool:
    """Whether these are words of a sentence; in lists of names nothing is odder than the rest."""
    return surprise(words) <= TOO_ODD * len(words)


def features(text: str, start: int, end: int, texts: Texts, makeup: Makeup) -> dict[str, float]:
    """What is weighed of a stretch of ``text``."""
    phrase, left, right = (
        text[start:end],
        text[max(0, start - SIDE) : start],
        text[end : end + SIDE],
    )
    edges = (text[start - 1 : start + 1], text[end - 1 : end + 1])
    own_edges = sum(texts.times_of(edge) <= 1 for edge in edges)
    odd, closed = surprise(phrase) / len(phrase), closing(left, right)
    seen = {
        "always": 1.0,
        "edges": float(own_edges),
        "both_edges": float(own_edges == len(edges)),
        "run": float(texts.times_of(left[-1] + right[0]) > 0),
        "length": float(min(len(phrase), LONG)),
        "short": float(len(phrase) < SHORT),
        "strangeness": makeup.strangeness(phrase),
        "own": texts.own_share(phrase, 1),
        "closing": closed,
        "closes": float(closed > 0),
        "odd": odd,
        "very_odd": max(0.0, odd - VERY_ODD),
        "odd_before": _oddness(cut(left)[-1]),
        "odd_behind": _oddness(cut(right)[0]),
    }
    kinds = (*kinds_beside(left, right), *kinds_beside(phrase[-SIDE:], phrase[:SIDE]))
    for place, here in zip(("before", "behind", "last", "first"), kinds, strict=True):
        seen |= {f"{kind}_{place}": float(kind == here) for kind in KINDS}
    return seen


def _oddness(word: str) -> float:
    return surprise(word) / len(word)
