"""Phrases that stand at one place only of a host that is known to sow.

They are known by an end that they have in common with proven ones, by the word that closes without
them, and by being no run of words themselves. It promises to take nothing where two readings are
possible, nor where a word lies across one of the phrase's own ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from archive.cleaning.unmasking.odds import STRONG
from archive.cleaning.unmasking.places import LONGEST, SIDE, sides
from archive.cleaning.unmasking.words import closing, single_share

TAIL = 3
"""Characters at either end that phrases of one maker have in common."""
END = 2
"""Fewer characters, which prove less: one honest term in two hundred has some."""
KIN, LESS_KIN = 5.0, 3.0
"""Weight (natural logarithm of a likelihood ratio) of so many characters in common."""
SHORTEST = 5
FOREIGN = 0.2
"""Share of a phrase's characters that must be in no word."""
CLEARER = 3.0
"""How much more (logarithm) a phrase must close than what may be taken for it."""
_LETTERS = regex.compile(r"[\p{L}\p{N}]+")


class Kin:
    """What proven ``phrases`` begin and end with."""

    def __init__(self, phrases: Iterable[str]) -> None:
        long = [phrase for phrase in phrases if len(phrase) > TAIL]
        self._heads = {phrase[:TAIL] for phrase in long}
        self._tails = {phrase[-TAIL:] for phrase in long}
        self._ends = {phrase[:END] for phrase in long}, {phrase[-END:] for phrase in long}

    def has(self, phrase: str) -> bool:
        """Whether ``phrase`` begins or ends as one of them."""
        return phrase[:TAIL] in self._heads or phrase[-TAIL:] in self._tails

    def weight(self, phrase: str) -> float:
        """What the ends of ``phrase`` say for its being sown; 0 for strange ones."""
        if self.has(phrase):
            return KIN
        heads, tails = self._ends
        return LESS_KIN if phrase[:END] in heads or phrase[-END:] in tails else 0.0

    def standing_once(self, text: str) -> Iterator[str]:
        """Phrases in ``text`` (plain) that end or begin as the proven ones and part a word."""
        for tail in sorted(self._tails):
            for at in _places(text, tail):
                end = at + TAIL
                starts = range(max(0, end - LONGEST), end - SHORTEST + 1)
                yield from _clearest(text, [(start, end) for start in starts])
        for head in sorted(self._heads):
            for at in _places(text, head):
                yield from _clearest(text, [(at, at + n) for n in range(SHORTEST, LONGEST + 1)])


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _clearest(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    """The one of ``spans`` that parts a word, and clearly more of one than any other."""
    closed = sorted(((_closed(text, *span), span) for span in spans), reverse=True)
    if not closed or closed[0][0] < STRONG:
        return
    if len(closed) < 2 or closed[0][0] - closed[1][0] >= CLEARER:
        start, end = closed[0][1]
        yield text[start:end]


def _closed(text: str, start: int, end: int) -> float:
    joint = sides(text, start, end)
    if joint is None or not _LETTERS.fullmatch(text, start, end):
        return 0.0
    phrase = text[start:end]
    if closing(joint[0], phrase[:SIDE]) > 0 or closing(phrase[-SIDE:], joint[1]) > 0:
        return 0.0
    return closing(*joint) if single_share(phrase) >= FOREIGN else 0.0
