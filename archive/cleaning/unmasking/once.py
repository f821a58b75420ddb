"""Phrases that stand at one place only of a host that is known to sow.

Each is known by the word that it parts, by words that are unlikely side by side where the sentence
without them is plain, and by what it has in common with proven ones. It promises to take nothing
where two readings are possible, nor where a word lies across one of the phrase's own ends, nor
what has a character in it that stands between words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from archive.cleaning.unmasking.places import SEED, SIDE, sides
from archive.cleaning.unmasking.words import closing, cut, has_particle, is_single, surprise

STRONG = 6.0
"""How much likelier a word is than its parts (logarithm) to close a joint strongly."""
TAIL = 3
"""Characters at either end that phrases of one maker have in common."""
END = 2
"""Fewer characters, which prove less: one honest term in two hundred has some."""
KIN, LESS_KIN, LEAST_KIN = 5.0, 3.0, 2.0
"""Weight (natural logarithm of a likelihood ratio) of so many characters in common, and of two
characters in a row at any place."""
AROUND = 8
"""Characters on either side whose words are looked at with a phrase and without it."""
PLAIN = 5.0
"""Surprise a character (logarithm) of ordinary sentences, about."""
ODD = 6.5
"""Surprise a character of what stands round a phrase from which it is no plain sentence: lists of
names are odd throughout."""
LONGEST_ONCE = 16
"""Characters of the longest phrase that is known by one place."""
LONE = 8.0
"""What a character beside the parted word that is in no word costs: in names other readings are
possible."""
CLOSER = 2.0
"""What counts each bit by which the parted word is likelier than ``STRONG`` asks."""
SHARED = 8.0
"""What two characters in a row that a proven phrase has, too, count."""
ENOUGH = 19.0
"""What a phrase must reach. Of 2,270,000 characters of honest texts (newspapers, institutes) one
string does, and seven reach half of it; of the sown phrases that part a word clearly two in
three."""
ALIKE = 2
"""Pairs of characters that a phrase may not have in common with a name."""
PROVES = 25.0
"""What proves a phrase on a host that is not known to sow, where another page has one, too."""
CLEARER = 3.0
"""How much more a phrase must reach than what may be taken for it."""
LOOSE = 0.6
"""Share of the characters of a text that are in no longer word from which it says nothing, and
nothing is looked for: texts have a fifth, poems and lists of names two fifths at most (233 of the
corpus of real pages), characters drawn at random nine tenths."""
_HAN = regex.compile(r"\p{Han}")


@dataclass(frozen=True, slots=True)
class Parting:
    """A stretch of a text that parts a word, and how surely it was put there."""

    start: int
    end: int
    phrase: str
    weight: float


class Kin:
    """What proven ``phrases`` begin and end with, and are made of."""

    def __init__(self, phrases: Iterable[str]) -> None:
        proven = list(phrases)
        long = [phrase for phrase in proven if len(phrase) > TAIL]
        self._heads = {phrase[:TAIL] for phrase in long}
        self._tails = {phrase[-TAIL:] for phrase in long}
        self._ends = {phrase[:END] for phrase in long}, {phrase[-END:] for phrase in long}
        self._pairs = {pair for phrase in proven for pair in _pairs(phrase)}

    def has(self, phrase: str) -> bool:
        """Whether ``phrase`` begins or ends as one of them."""
        return phrase[:TAIL] in self._heads or phrase[-TAIL:] in self._tails

    def weight(self, phrase: str) -> float:
        """What the ends of ``phrase`` say for its being sown; 0 for strange ones."""
        if self.has(phrase):
            return KIN
        heads, tails = self._ends
        if phrase[:END] in heads or phrase[-END:] in tails:
            return LESS_KIN
        return LEAST_KIN * (not self._pairs.isdisjoint(_pairs(phrase)))

    def common(self, phrase: str) -> float:
        """What pairs of characters that ``phrase`` has in common with them say."""
        return SHARED * (not self._pairs.isdisjoint(_pairs(phrase)))


def has_in_common(phrase: str, term: str) -> bool:
    """Whether one holds the other, or much of them is the same pairs of characters."""
    shared = _pairs(phrase) & _pairs(term)
    return phrase in term or term in phrase or len(shared) >= ALIKE


def standing_once(text: str, kin: Kin) -> Iterator[Parting]:
    """Stretches of ``text`` (plain) that part a word and are clearly none of the sentence."""
    likely = sorted(_partings(text, kin), key=lambda p: (-p.weight, p.start))
    while likely:
        best = likely[0]
        rivals = [p for p in likely[1:] if p.start < best.end and best.start < p.end]
        clear = not rivals or best.weight - rivals[0].weight >= CLEARER
        if clear and _is_oddest(text, best):
            yield best
        likely = [p for p in likely[1:] if p not in rivals]


def _is_oddest(text: str, one: Parting) -> bool:
    """Whether no stretch that begins or ends inside leaves a plainer sentence, word parted or
    not."""
    first, last = max(0, one.start - AROUND), one.end + AROUND
    ends = [first]
    for word in cut(text[first:last]):
        ends.append(ends[-1] + len(word))
    before = [(s, e) for s in ends for e in ends if s < one.start < e < one.end]
    behind = [(s, e) for s in ends for e in ends if one.start < s < one.end < e]
    least = _weight(text, one.start, one.end)
    return not any(
        SEED <= end - start <= LONGEST_ONCE and _weight(text, start, end) > least + CLEARER
        for start, end in (*before, *behind)
    )


def _partings(text: str, kin: Kin) -> Iterator[Parting]:
    words = cut(text)
    if _is_loose(words):
        return
    at = 0
    for number, word in enumerate(words):
        at += len(word)
        if len(word) == 1 and _HAN.match(word) and text[at - 2 : at - 1].isalnum():
            yield from _from(text, at, words[number + 1 :][:LONGEST_ONCE], kin)


def _is_loose(words: Iterable[str]) -> bool:
    """Whether hardly any of the Chinese characters of a text make words with their neighbours."""
    lengths = [len(word) for word in words if _HAN.match(word)]
    return lengths.count(1) >= LOOSE * sum(lengths) > 0


def _from(text: str, start: int, words: Iterable[str], kin: Kin) -> Iterator[Parting]:
    """Stretches from ``start`` that end with one of the ``words`` there."""
    left = text[max(0, start - SIDE) : start]
    if closing(left, text[start : start + SIDE]) > 0:
        return
    end = start
    for word in words:
        end += len(word)
        if not word.isalnum() or end - start > LONGEST_ONCE:
            return
        joint = sides(text, start, end) if end - start >= SEED else None
        phrase = text[start:end]
        if joint is None or closing(phrase[-SIDE:], joint[1]) > 0:
            continue
        closed = closing(*joint)
        if closed >= STRONG and not has_particle(phrase):
            weight = _weight(text, start, end) + CLOSER * (closed - STRONG) + kin.common(phrase)
            if weight >= ENOUGH:
                yield Parting(start, end, phrase, weight)


def _lone_beside(before: str, after: str) -> int:
    """How many characters in no word stand beside the word across the joint of two stretches."""
    at, previous = 0, ""
    words = iter(cut(before + after))
    for word in words:
        at += len(word)
        if at > len(before):
            return is_single(previous) + is_single(next(words, ""))
        previous = word
    return 0


def _weight(text: str, start: int, end: int) -> float:
    """How much plainer the sentence is without a stretch than an honest one of its length makes
    it."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    plain = surprise(before + after)
    odd = surprise(before + text[start:end] + after)
    if plain > ODD * (len(before) + len(after)):
        return 0.0
    return odd - plain - PLAIN * (end - start) - LONE * _lone_beside(before, after)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
