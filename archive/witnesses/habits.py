"""Words that one host writes for another's: brands not undone, synonyms that a kit puts in.

A kit writes its word on page after page, and the word that it replaces nowhere. It promises to know
a habit by several pages, and by one page only a plain word of a host that is known to spin, which
never writes the other's word although so much text would have it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from archive.cleaning.unmasking.align import Span, align, coarse
from archive.cleaning.unmasking.words import around_word, expected, is_named_or_counted
from archive.witnesses.candidates import Pair
from archive.witnesses.compared import Compared

HABIT = 3
"""Pairs of pages on which one host must write the same span for another's to be known for it."""
SPUN = 2
"""Such spans from which the host is known to write other words,"""
SPUN_HABIT = 2
"""and pairs of pages that are enough for each further one."""
EXPECTED = 1.0
"""Times that a host's texts would have a word, at least, that it never writes and another does,
where the word in its place on one pair of pages is its habit."""
AVOIDED, SURELY = 3, 6.0
"""Such words, and times that the host's texts would have them in all, that show a host to spin: one
host in four hundred would lack them by chance."""
FEW_TEXTS = 200
"""Texts of a host that are looked through for words that it never writes: of more, words recur."""

Swap = tuple[str, str]
Hosts = tuple[str, str]


def habits(
    pairs: Iterable[Pair], items: Sequence[Compared], *, once: bool = False
) -> frozenset[Swap]:
    """Spans that hosts write for each other's in several ``pairs`` of copies, in both directions;
    those of one pair, too, if they are told by what a host never writes (``once``)."""
    by_hosts: dict[Hosts, Counter[Swap]] = defaultdict(Counter)
    words: dict[Hosts, dict[Swap, Swap]] = defaultdict(dict)
    for i, j in sorted(pairs):
        a, b = items[i], items[j]
        if a.host == b.host or a.text == b.text:
            continue
        spans = [s for s in coarse(align(a.text, b.text)) if _is_swap(s)]
        seen = {(a.text[s.a0 : s.a1], b.text[s.b0 : s.b1]): s for s in spans}
        by_hosts[a.host, b.host].update({*seen})
        by_hosts[b.host, a.host].update({(right, left) for left, right in seen})
        if once:
            words[a.host, b.host].update({k: _words(s, a.text, b.text) for k, s in seen.items()})
    found = {span for counts in by_hosts.values() for span in _habitual(counts)}
    for hosts, swaps in words.items():
        told = _told_by_absence(swaps, hosts, items)
        if _is_spun(by_hosts[hosts]) or _are_many(told.values()):
            found |= {*told} | {(right, left) for left, right in told}
    return frozenset(found)


def _is_swap(span: Span) -> bool:
    return not span.same and span.a1 > span.a0 and span.b1 > span.b0


def _is_spun(counts: Counter[Swap]) -> bool:
    """Whether one of two hosts is known to write other words."""
    return sum(n >= HABIT for n in counts.values()) >= SPUN


def _habitual(counts: Counter[Swap]) -> Iterator[Swap]:
    """Of the spans of two hosts those that stand on enough pages."""
    least = SPUN_HABIT if _is_spun(counts) else HABIT
    return (span for span, n in counts.items() if n >= least)


def _words(span: Span, one: str, other: str) -> Swap:
    """The word of ``one`` that holds a span, and what stands in its place in the ``other``; the
    other's word where the first is none; empty where neither is."""
    if (sides := around_word(one, span.a0, span.a1)) is None:
        sides = around_word(other, span.b0, span.b1)
    if sides is None:
        return "", ""
    before, behind = sides
    return one[span.a0 - before : span.a1 + behind], other[span.b0 - before : span.b1 + behind]


def _told_by_absence(
    swaps: dict[Swap, Swap], hosts: Hosts, items: Sequence[Compared]
) -> dict[Swap, float]:
    """Of the ``swaps`` of two hosts, each with its words, those that are plain words, of which one
    host never writes the other's although it would; with how often it would."""
    texts = [[item.text for item in items if item.host == host] for host in hosts]
    if max(map(len, texts)) > FEW_TEXTS:
        return {}
    avoided = {
        swap: max(_avoided(left, texts[1]), _avoided(right, texts[0]))
        for swap, (left, right) in swaps.items()
        if left and not is_named_or_counted(left) and not is_named_or_counted(right)
    }
    return {swap: times for swap, times in avoided.items() if times >= EXPECTED}


def _avoided(word: str, texts: Collection[str]) -> float:
    """How often so much text would have a ``word`` that none has; 0 where one has it."""
    if any(word in text for text in texts):
        return 0.0
    return expected(word, sum(map(len, texts)))


def _are_many(avoided: Collection[float]) -> bool:
    """Whether so many words are avoided, each expected so often, that it is no chance."""
    return len(avoided) >= AVOIDED and sum(avoided) >= SURELY
