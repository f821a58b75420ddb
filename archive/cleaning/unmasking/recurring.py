"""Phrases that a lone mirror sows, where no other host shows its pages without them.

A phrase put at any place of a sentence recurs between characters that belong together: 管理[…]创新.
An honest term recurs at the joints of sentences: what stands left and right of it has nothing to do
with each other, and sooner or later it stands beside a stop. It promises to judge by these joints
alone, never by a phrase's words; to ask for several pages, for joints that the host's own texts or
the dictionary's words close more often than chance does; and that one phrase alone proves nothing
unless most of its joints close.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import comb, log

import regex

from archive.cleaning.unmasking.script import HAN
from archive.cleaning.unmasking.words import is_ordinary, is_word_across

SEED = 4
"""Characters of the runs that recurring phrases are grown from."""
LONGEST = 24
PAGES = 2
"""Pages on which a phrase must stand."""
MIN_PLACES = 3
"""Places from which it is odd that none is beside a stop."""
CLOSED, LEAST_CLOSED = 0.25, 4
"""Share of the joints of all suspected phrases together that must close, four at least; on honest
hosts one or two do."""
MOST_CLOSED = 0.8
ALONE = 0.5
"""Share of one phrase's joints, three at least, that must close where it alone is proven."""
OUTRIGHT = 0.75
"""The same, five at least, of a phrase that is made of ordinary words."""
CHANCE = 1e-3
"""Probability of so many closed joints, if they closed as often as those of unrelated places."""
LIKELIER = 1.0
"""Natural logarithm of how much likelier a phrase's joints are those of a sown one."""
INSIDE = 0.5
"""The same of a further place inside a sentence: of honest terms half stand beside stops."""
SIDE = 3
"""Characters on either side of a joint."""
RUN = 3
"""Characters of the runs across a joint that are looked for elsewhere."""
STEPS = (5, 11, 17)
"""Places apart in the list of places from which sides are taken that never met."""
LEAST_CHANCE = 0.03
TAIL = 3
"""Characters at either end that phrases of one maker have in common."""
MAX_PHRASES = 60
MAX_CANDIDATES = 3000
LOOKED_AT, LOOKED_INTO = 200, 4000
"""Articles of a host, and characters of each, that are looked at."""
_HAN = regex.compile(HAN)
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


def recurring_phrases(
    texts: Sequence[str],
    taken: Collection[str],
    compared: Collection[str] = (),
    names: Iterable[str] = (),
) -> tuple[str, ...]:
    """Phrases sown into ``texts`` (plain, one a page); none of ``taken`` and nothing with one of
    them in it. Where the joints of all suspected phrases together prove that phrases are sown here
    (or those are that a comparison has shown: ``compared``, plain), each needs to be likely only;
    else most of its own joints must close. What parts one of the ``names`` (plain) needs one place,
    if it parts a word of it, too, or begins or ends as a proven one."""
    texts = [text[:LOOKED_INTO] for text in texts[:LOOKED_AT]]
    candidates = [
        phrase
        for phrase in _recurring(texts)
        if _WORDS.fullmatch(phrase) and not any(term in phrase or phrase in term for term in taken)
    ][:MAX_CANDIDATES]
    joints = _Joints(texts)
    places = _whole({p: some for p in candidates if (some := joints.places(p)).is_sown_like})
    chance = joints.chance(places.values())
    seen = joints.pairs_without(places)
    suspected = {p: some for p, some in places.items() if not is_ordinary(p, seen)}
    proven = {p for p, some in suspected.items() if some.stands_alone(chance)}
    parting, sure = _parting(texts, names)
    proven |= sure
    if compared or _are_sown(suspected.values(), chance):
        sown = min(MOST_CLOSED, max(CLOSED, _share(suspected.values())))
        proven |= {p for p, some in suspected.items() if some.likelier(sown, chance)}
        proven |= {p for p, some in places.items() if some.stands_out}
        kin = {end for p in (*proven, *compared) for end in (p[:TAIL], p[-TAIL:])}
        proven |= {p for p in (*suspected, *parting) if p[:TAIL] in kin or p[-TAIL:] in kin}
    return tuple(sorted(proven)[:MAX_PHRASES])


def _parting(texts: Sequence[str], names: Iterable[str]) -> tuple[set[str], set[str]]:
    """What stands inside one of the ``names``, which goes on behind it; and what of it parts a
    word there, as no sentence does."""
    found, sure = set(), set()
    for name in names:
        for at in range(2, len(name) - 1):
            left, right = name[:at], name[at:]
            here = {put_in for text in texts for put_in in _between(text, left, right)}
            found |= here
            if is_word_across(left[-SIDE:], right[:SIDE]):
                sure |= {put_in for put_in in here if _is_foreign(put_in, left, right)}
    return found, sure


def _between(text: str, left: str, right: str) -> Iterator[str]:
    """Runs of letters that stand between ``left`` and the next ``right``."""
    at = text.find(left)
    while at >= 0:
        start = at + len(left)
        end = text.find(right, start + SEED, start + LONGEST + len(right))
        if end >= 0 and _WORDS.fullmatch(text, start, end):
            yield text[start:end]
        at = text.find(left, start)


def _is_foreign(put_in: str, left: str, right: str) -> bool:
    """Whether ``put_in`` is no run of words, and makes none with what stands beside it."""
    return not (
        is_ordinary(put_in, ())
        or is_word_across(left[-SIDE:], put_in[:SIDE])
        or is_word_across(put_in[-SIDE:], right[:SIDE])
    )


def _share(places: Collection[_Places]) -> float:
    return sum(some.closed for some in places) / max(1, sum(map(len, places)))


def _whole(places: Mapping[str, _Places]) -> dict[str, _Places]:
    """The phrases without their pieces, and without those that a neighbour clings to."""
    return {
        p: some
        for p, some in places.items()
        if not any(
            (p in q and len(more) >= len(some)) or (q in p and len(more) > len(some))
            for q, more in places.items()
            if p != q
        )
    }


def _are_sown(suspected: Collection[_Places], chance: float) -> bool:
    """Whether the joints of the suspected phrases, taken together, close as only those of sown
    phrases do."""
    size = sum(map(len, suspected))
    closed = sum(some.closed for some in suspected)
    return (
        closed >= max(LEAST_CLOSED, CLOSED * size)
        and sum(some.closed > 0 for some in suspected) > 1
        and _tail(size, closed, chance) <= CHANCE
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a phrase stands: ``joints`` of sentences that it parts, each (left, right) once,
    ``closed``, those that close without it, and at how many places ``elsewhere``."""

    joints: tuple[tuple[str, str], ...]
    closed: int
    elsewhere: int

    def __len__(self) -> int:
        return len(self.joints)

    @property
    def is_sown_like(self) -> bool:
        """Whether it stands inside sentences only, between other characters each time."""
        left, right = ({pair[side] for pair in self._inner} for side in (0, 1))
        least = min(len(self), MIN_PLACES)
        return not self.elsewhere and least >= PAGES and min(len(left), len(right)) >= least

    @property
    def _inner(self) -> list[tuple[str, str]]:
        return [(left[-1], right[0]) for left, right in self.joints]

    def stands_alone(self, chance: float) -> bool:
        """Whether most joints close."""
        size = len(self)
        return self.closed >= max(3, ALONE * size) and _tail(size, self.closed, chance) <= CHANCE

    def likelier(self, sown: float, chance: float) -> bool:
        """Whether so many closed joints, and never a place beside a stop, are likelier where
        ``sown`` of them close than by ``chance``; two places are too few."""
        opened = len(self) - self.closed
        told = self.closed * log(sown / chance) + opened * log((1 - sown) / (1 - chance))
        told += (len(self) - MIN_PLACES) * INSIDE
        return len(self) >= MIN_PLACES and sown > chance and told >= LIKELIER

    @property
    def stands_out(self) -> bool:
        """Whether so many close that even ordinary words were put there."""
        return self.closed >= max(5, OUTRIGHT * len(self))


def _tail(tries: int, hits: int, chance: float) -> float:
    """Probability of ``hits`` or more in so many ``tries`` (binomial)."""
    return sum(
        comb(tries, n) * chance**n * (1 - chance) ** (tries - n) for n in range(hits, tries + 1)
    )


def _recurring(texts: Sequence[str]) -> list[str]:
    """Strings on two or more pages that no longer string explains, the longest first."""
    pages: dict[str, set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for i in range(len(text) - SEED + 1):
            pages[text[i : i + SEED]].add(number)
    seeds = {seed for seed, some in pages.items() if len(some) >= PAGES}
    grown = Counter(run for text in texts for run in set(_runs(text, seeds)))
    return sorted((r for r, n in grown.items() if n >= PAGES), key=lambda r: (-len(r), r))


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
        self._seen = {text[i : i + RUN] for text in texts for i in range(len(text) - RUN + 1)}

    def places(self, phrase: str) -> _Places:
        """Where ``phrase`` stands."""
        elsewhere = 0
        joints: dict[tuple[str, str], None] = {}
        for text in self._texts:
            at = text.find(phrase)
            while at >= 0:
                left, right = text[max(0, at - SIDE) : at], text[at + len(phrase) :][:SIDE]
                near = left[1 - RUN :] + right[: RUN - 1]
                if len(near) == 2 * (RUN - 1) and all(map(_HAN.match, near)):
                    joints[left, right] = None
                else:
                    elsewhere += 1
                at = text.find(phrase, at + len(phrase))
        closed = sum(self._closes(left, right) for left, right in joints)
        return _Places(tuple(joints), closed, elsewhere)

    def pairs_without(self, phrases: Iterable[str]) -> frozenset[str]:
        """The runs of two characters that the texts have outside of ``phrases``."""
        longest = sorted(phrases, key=lambda p: (-len(p), p))
        rest = regex.compile("|".join(map(regex.escape, longest)) or r"(?!)")
        return frozenset(
            piece[i : i + 2]
            for text in self._texts
            for piece in rest.split(text)
            for i in range(len(piece) - 1)
        )

    def chance(self, places: Iterable[_Places]) -> float:
        """How often the left side of one place and the right side of another close."""
        joints = [joint for some in places for joint in some.joints][:MAX_CANDIDATES]
        tried = [
            (joints[n][0], joints[(n + step) % len(joints)][1])
            for n in range(len(joints))
            for step in STEPS
            if len(joints) > step
        ]
        closed = sum(self._closes(left, right) for left, right in tried)
        return max(LEAST_CHANCE, closed / max(len(tried), 1))

    def _closes(self, left: str, right: str) -> bool:
        run = left[1 - RUN :] + right[0] in self._seen or left[-1] + right[: RUN - 1] in self._seen
        return run or is_word_across(left, right)
