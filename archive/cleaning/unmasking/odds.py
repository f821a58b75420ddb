"""How likely a recurring string was sown, by the places where it stands.

Each place, and the string's own words, are weighed by how much more often they are seen with sown
phrases than with honest terms (natural logarithms of likelihood ratios, counted on invented mirrors
and on real articles put together as hosts). How many of a host's strings are sown is estimated from
all of them together, so that one odd string among hundreds of honest ones proves little. It
promises to use no list of words that mirrors use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from archive.cleaning.unmasking.once import STRONG
from archive.cleaning.unmasking.places import Places, Texts
from archive.cleaning.unmasking.words import closing, has_particle, is_ordinary, surprise

CLOSED = ((STRONG, 7.5), (5.0, 4.8), (3.0, 3.3), (0.01, 1.3))
"""How much a word closes a joint, at least, and the joint's weight then. Of the places of sown
phrases 32 % close strongly, of 51,000 of honest terms none; fairly (3 to 6) 11 %, and .3 %."""
PIECE = 3.0
"""How much a word must close the joint between a string and its neighbour to call it a piece."""
OPEN = -0.6
RUN, NO_RUN, MOST_RUNS = 1.2, -0.5, 2.0
"""Weight of a joint across which the host's texts have a run elsewhere; of one without; of all
runs of a string (parallel sentences have the same runs many times). Characters that stand between
words stand beside anything: their joints say nothing."""
CUT = -1.7
"""Weight of a place where a word lies across the string's own end: it is a piece of something."""
ELSEWHERE = -1.0
"""Weight of a place beside a stop. Of honest terms that stand at so many places half, a third, a
fifth, at last a tenth have none there: the logarithm of the number weighs for those."""
MANY = 4
"""Places from which it tells whether the neighbours are always others."""
DIVERSE = (
    (0.95, (0.9, 2.2, 3.0, 3.0)),
    (0.85, (-1.5, 0.0, 0.0, 3.0)),
    (0.0, (-1.5, -3.0, -3.0, -3.0)),
)
"""Weight of so many different neighbours a place, at least, at four, five, six, and more places:
what is put anywhere has others nearly always, a term has those that go with it."""
SPREAD = ((0.6, (1.1, 1.7)), (0.34, (-1.5, -0.4)), (0.0, (-2.0, -2.5)))
"""On so many pages a time, at least, and the weight at two joints and at more: of what is sown 92
and 89 % stands on another page each time, of honest terms, which are what a page is about, 22 to
34 % and 6 to 19 %."""
SURPRISE = ((6.5, 1.6), (6.0, 0.2), (5.5, -0.2), (5.0, -0.8), (4.5, -1.0), (0.0, -1.5))
"""How unlikely its words are for each character, at least, and the weight."""
WORDS = -1.2
"""Weight of a string that is ordinary words from end to end."""
LATIN, NO_LATIN = 1.2, -0.3
"""Weight of a string with Latin letters or digits in it, and of one without."""
OWN = ((0.8, 1.2), (0.4, 0.8), (0.2, -2.0), (0.0, -3.0))
"""Share of a string's pairs of characters, at least, that the texts have nowhere else, and its
weight: an honest term is made of what the host writes about."""
PARTICLE, NO_PARTICLE = -1.2, 0.4
"""Weight of a string with a character in it that stands between words, and of one without."""
CERTAIN = 0.9
"""Probability from which a string counts as sown."""
OUTRIGHT = 0.999
"""Probability that is beyond doubt."""
HOST_SOWS = 0.1
"""Probability that a host sows at all, as far as nothing is known of it."""
HOST_CERTAIN = 0.95
FIRST_SHARE, LEAST_SHARE, MOST_SHARE = 0.02, 0.001, 0.2
ROUNDS = 30
SUREST = 50.0
"""Weight beyond which nothing is surer."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weight of a string's evidence and how many of its joints close strongly."""

    weight: float
    strong: int


def weighed(string: str, places: Places, texts: Texts) -> Weighed:
    """What ``places`` and the words of ``string`` say about it."""
    runs = total = 0.0
    strong = 0
    for left, right in places.joints:
        cut = max(closing(left, string), closing(string, right))
        closed = closing(left, right)
        strong += closed >= STRONG
        total += next((weight for least, weight in CLOSED if closed >= least), OPEN)
        if not has_particle(left[-1] + right[0]):
            runs += RUN if texts.has_run_across(left, right) else NO_RUN
        total += CUT * (cut >= PIECE)
    total += min(MOST_RUNS, runs) + ELSEWHERE * places.elsewhere
    if not places.elsewhere:
        total += log(len(places.joints))
    total += _diversity(places)
    own = texts.own_share(string, places.times)
    total += next(weight for least, weight in OWN if own >= least)
    total += PARTICLE if has_particle(string) else NO_PARTICLE
    total += LATIN if any(map(str.isascii, string)) else NO_LATIN
    total += next(w for least, w in SURPRISE if surprise(string) >= least * len(string))
    total += WORDS * is_ordinary(string) + _spread(places)
    return Weighed(min(SUREST, total), strong)


def _spread(places: Places) -> float:
    weights = next(weights for least, weights in SPREAD if places.spread >= least)
    return weights[len(places.joints) > 2]


def _diversity(places: Places) -> float:
    if len(places.joints) < MANY:
        return 0.0
    weights = next(weights for least, weights in DIVERSE if places.diversity >= least)
    return weights[min(len(places.joints) - MANY, len(weights) - 1)]


def sown_among(weights: Mapping[str, float], proven: int, *, known: bool) -> tuple[str, ...]:
    """Those of the strings of these ``weights`` that were sown, beside as many as are ``proven``;
    none where it is not certain that the host sows at all, which may be ``known``. Those beyond
    doubt come first, alone: without them the places of others look different."""
    share = _share(list(weights.values()), proven)
    likely = {string: _probability(weight, share) for string, weight in weights.items()}
    told = sum(log(1 - share + share * exp(weight)) for weight in weights.values())
    if not known and told + log(HOST_SOWS) < log(HOST_CERTAIN / (1 - HOST_CERTAIN)):
        return ()
    least = CERTAIN if max(likely.values(), default=0.0) < OUTRIGHT else OUTRIGHT
    return tuple(string for string, probability in likely.items() if probability >= least)


def _share(weights: Sequence[float], proven: int) -> float:
    """The share of sown strings that makes the weights likeliest."""
    share = FIRST_SHARE
    for _ in range(ROUNDS):
        sown = proven + sum(_probability(weight, share) for weight in weights)
        share = min(MOST_SHARE, max(LEAST_SHARE, sown / max(1, proven + len(weights))))
    return share


def _probability(weight: float, share: float) -> float:
    return share * exp(weight) / (1 - share + share * exp(weight))
