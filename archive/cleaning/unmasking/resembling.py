"""What else recurs on a host that is known to sow, weighed by all that was learnt there.

A phrase between whole words, at two or three places, is no odder than a rare term of the host's
own. What is proven already tells more: of which characters the sower's phrases are made, and in
which order. That, the places and the words are put together by a logistic regression
(``./scripts/bench fit-phrases`` makes its weights and says how it was done). It promises to judge
nothing on a host where no phrase is proven, and to know no phrase by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from archive.cleaning.unmasking.once import STRONG
from archive.cleaning.unmasking.places import SEED, SIDE, Places, Texts
from archive.cleaning.unmasking.words import closing, has_particle, is_word_across, single_share

SAME, FOLLOWS, ANY = 0.3, 0.3, 0.4
"""Shares of a phrase's characters that are those of proven phrases, that follow in one as they
follow here, and that may be any."""
HAN_CHARACTERS, LATIN_CHARACTERS = 3000, 40
"""Characters in use: of so many any one may be."""
LONG = 12
"""Characters from which longer phrases are no likelier."""
CERTAIN, CERTAIN_IF_DENSE = 2.5, -1.0
"""Logarithm of the odds from which a string counts as sown: twelve to one. Where strings overlap,
the one whose places weigh most is asked: others are longer or shorter by a neighbour. Where phrases
stand densely, of the strings that pass at one to three one in twenty is honest (texts alone; none
on 176 hosts whose lines beside the articles are known, too)."""
DENSE = 6.0
"""Proven phrases a page from which they stand densely."""
STRANGER = 0.3
"""How much stranger (a character) what stands round a sown phrase makes it, at least."""
WEIGHTS = {
    "always": -1.88,
    "places": 0.84,
    "strangeness": -1.15,
    "particle_before": -1.13,
    "particle_behind": -1.01,
    "length": 0.54,
    "own": 1.63,
    "spread": 2.47,
    "single": -0.38,
    "joints": 2.24,
    "proven": -1.42,
    "differ": -0.26,
    "around": -0.7,
    "enclosing": -0.42,
    "edges": 1.19,
    "both_edges": 1.38,
    "run": 2.64,
    "again": 3.27,
}


class Makeup:
    """Of which characters proven ``phrases`` are made, and in which order."""

    def __init__(self, phrases: Iterable[str]) -> None:
        known = sorted(phrases)
        self.count = len(known)
        self._characters = Counter(c for phrase in known for c in phrase)
        self._pairs = Counter(p[i : i + 2] for p in known for i in range(len(p) - 1))
        self._before = Counter(c for phrase in known for c in phrase[:-1])
        self._first = Counter(phrase[0] for phrase in known)

    def shares(self, string: str) -> bool:
        """Whether a proven phrase has two characters of ``string`` in a row, too."""
        return any(string[i : i + 2] in self._pairs for i in range(len(string) - 1))

    def strangeness(self, string: str) -> float:
        """How unlikely (logarithm, for each character) one more such phrase is ``string``."""
        return sum(map(self._cost, f"\n{string}", string)) / len(string)

    def _cost(self, before: str, here: str) -> float:
        if before == "\n":
            follows = self._first[here] / self.count
        else:
            follows = self._pairs[before + here] / max(1, self._before[before])
        same = self._characters[here] / self._characters.total()
        some = LATIN_CHARACTERS if here.isascii() else HAN_CHARACTERS
        return -log(SAME * same + FOLLOWS * follows + ANY / some)


def features(
    string: str, places: Places, texts: Texts, weight: float, makeup: Makeup
) -> dict[str, float]:
    """What is weighed of a ``string``; ``weight`` is that of its places (``odds.weighed``)."""
    joints = len(places.joints)
    return {
        "always": 1.0,
        "places": weight,
        "strangeness": makeup.strangeness(string),
        "particle_before": sum(has_particle(left[-1]) for left, _ in places.joints) / joints,
        "particle_behind": sum(has_particle(right[0]) for _, right in places.joints) / joints,
        "length": float(min(len(string), LONG)),
        "own": texts.own_share(string, places.times),
        "spread": places.spread,
        "single": single_share(string),
        "joints": log(joints),
        "proven": log(makeup.count),
        "differ": float(places.differ),
        "around": float(_is_around(string)),
        "enclosing": float(encloses(string)),
        **_beside(string, places, texts),
    }


def _beside(string: str, places: Places, texts: Texts) -> dict[str, float]:
    """On average of all joints: how many of a string's two ends stand beside a character beside
    which the texts never have them else, whether both do, and whether the sentence's own
    characters stand together elsewhere."""
    found = {"edges": 0.0, "both_edges": 0.0, "run": 0.0, "again": 0.0}
    for left, right in places.joints:
        edges = (left[-1] + string[0], string[-1] + right[0])
        own = sum(texts.times_of(edge) <= 1 for edge in edges)
        found["edges"] += own
        found["both_edges"] += own == len(edges)
        found["run"] += texts.times_of(left[-1] + right[0]) > 0
        found["again"] += texts.again(string, left, right)
    return {name: value / len(places.joints) for name, value in found.items()}


def likeness(string: str, places: Places, texts: Texts, weight: float, makeup: Makeup) -> float:
    """Logarithm of the odds that ``string`` was sown by whom the phrases of ``makeup`` are; strings
    of Latin letters and digits alone, which are names and models as often, are never, nor what
    begins with a number: something is counted or dated there."""
    if string.isascii() or string[0].isdecimal():
        return -LONG
    seen = features(string, places, texts, weight, makeup)
    return sum(WEIGHTS[name] * value for name, value in seen.items())


def encloses(string: str) -> bool:
    """Whether a word lies across the joint that is left without a middle part of ``string``."""
    return any(_middles(string))


def is_round_another(string: str, makeup: Makeup) -> bool:
    """Whether a middle part of ``string``, without which a word closes, is clearly more like proven
    phrases: a sentence's own words stand round it (留给学…生们)."""
    whole = makeup.strangeness(string)
    return any(makeup.strangeness(middle) < whole - STRANGER for middle in _middles(string))


def _middles(string: str) -> Iterator[str]:
    for i in range(1, SIDE + 1):
        for j in range(1, SIDE + 1):
            if i + j + SEED <= len(string) and closing(string[:i], string[-j:]) >= STRONG:
                yield string[i:-j]


def _is_around(string: str) -> bool:
    """Whether the ends of ``string`` are a word (研究…室), which something else parts."""
    ends = (string[:2], string[-1:]), (string[:1], string[-2:])
    return any(is_word_across(*one) for one in ends)


def is_certain(odds: float, density: float = 0.0) -> bool:
    """Whether such a ``likeness`` is proof on a host with so many proven phrases a page."""
    return odds >= (CERTAIN_IF_DENSE if density >= DENSE else CERTAIN)
