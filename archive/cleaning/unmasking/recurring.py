"""Phrases that a lone mirror sows, where no other host shows its pages without them.

A phrase put at any place of a sentence recurs between words that belong together: 管理[…]创新. An
honest term recurs at the joints of sentences: what stands left and right of it has nothing to do
with each other. It promises to judge by these joints alone, never by a phrase's words, and to ask
for several pages and for joints that the host's own texts close on most of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import regex

from archive.cleaning.unmasking.script import HAN

SEED = 4
"""Characters of the runs that recurring phrases are grown from."""
LONGEST = 24
MIN_PAGES = 3
"""Pages on which a phrase must stand."""
CLOSED = 0.4
"""Share of a phrase's places that the host's own texts must close, two at least."""
SIDE = 2
"""Characters on either side of a joint."""
MANY = 2
"""Phrases that must be proven before others are taken for sown by how they stand."""
MAX_PHRASES = 60
LOOKED_AT, LOOKED_INTO = 200, 4000
"""Articles of a host, and characters of each, that are looked at."""
_HAN = regex.compile(HAN)
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


def recurring_phrases(texts: Sequence[str], taken: Collection[str]) -> tuple[str, ...]:
    """Phrases sown into ``texts`` (plain, one a page); none of ``taken`` and nothing with one of
    them in it. Once two phrases are proven, what stands as they do needs one joint only."""
    texts = [text[:LOOKED_INTO] for text in texts[:LOOKED_AT]]
    joints = _Joints(texts)
    places = {
        phrase: joints.places(phrase)
        for phrase in _recurring(texts)
        if _WORDS.fullmatch(phrase) and not any(term in phrase or phrase in term for term in taken)
    }
    sown = [phrase for phrase, some in places.items() if some.prove]
    if len(sown) >= MANY:
        sown += [p for p, some in places.items() if some.suggest and p not in sown]
    whole = [p for p in sown if not any(p != other and p in other for other in sown)]
    return tuple(sorted(whole[:MAX_PHRASES]))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a phrase stands: ``inside`` sentences, at how many ``elsewhere``, how many different
    neighbours it has, and how many joints close without it."""

    inside: int
    elsewhere: int
    neighbours: int
    closed: int

    @property
    def prove(self) -> bool:
        """Whether most of the joints close."""
        return self.neighbours >= MIN_PAGES and self.closed >= max(2, CLOSED * self.inside)

    @property
    def suggest(self) -> bool:
        """Whether it stands as sown phrases do: between other characters each time."""
        return (
            self.closed > 0 and not self.elsewhere and self.neighbours == self.inside >= MIN_PAGES
        )


def _recurring(texts: Sequence[str]) -> list[str]:
    """Strings on three or more pages that no longer string explains, the longest first."""
    pages: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for i in range(len(text) - SEED + 1):
            pages[text[i : i + SEED]].add(number)
    seeds = {seed for seed, some in pages.items() if len(some) >= MIN_PAGES}
    grown = Counter(run for text in texts for run in set(_runs(text, seeds)))
    return sorted((r for r, n in grown.items() if n >= MIN_PAGES), key=lambda r: (-len(r), r))


def _runs(text: str, seeds: Collection[str]) -> list[str]:
    """The longest stretches of ``text`` all of whose seeds recur."""
    found, start = [], None
    for i in range(len(text) - SEED + 2):
        inside = i + SEED <= len(text) and text[i : i + SEED] in seeds
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            if i - start + SEED - 1 <= LONGEST:
                found.append(text[start : i + SEED - 1])
            start = None
    return found


class _Joints:
    """The runs of characters that the texts have anywhere."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        size = SIDE + 1
        self._seen = {text[i : i + size] for text in texts for i in range(len(text) - size + 1)}

    def places(self, phrase: str) -> _Places:
        """Where ``phrase`` stands."""
        inside = elsewhere = closed = 0
        sides: set[tuple[str, str]] = set()
        for text in self._texts:
            at = text.find(phrase)
            while at >= 0:
                left, right = text[max(0, at - SIDE) : at], text[at + len(phrase) :][:SIDE]
                if len(left) == len(right) == SIDE and all(map(_HAN.match, left + right)):
                    inside += 1
                    closed += left + right[0] in self._seen or left[-1] + right in self._seen
                    sides.add((left, right))
                else:
                    elsewhere += 1
                at = text.find(phrase, at + len(phrase))
        return _Places(inside, elsewhere, len(sides), closed)
