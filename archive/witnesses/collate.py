"""Several readings of one text, laid side by side and voted on.

The base is the least damaged reading; wherever another differs, the heavier reading stands in the
result and every reading stands in the apparatus. It promises that the result differs from the base
exactly at the variants whose ``chosen`` is not the base's, so that repairs lead back to the base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from rapidfuzz.distance import Levenshtein

from archive.cleaning.repairs import Edit
from archive.cleaning.script import light
from archive.cleaning.unmasking.align import Span, align
from archive.cleaning.unmasking.marks import LACUNA
from archive.cleaning.unmasking.moved import undecided_whole, unmoved
from archive.witnesses.agreed import PHRASE, agreed
from archive.witnesses.compared import COMPANY_WORDS, SCHOOL_WORDS
from archive.witnesses.fold import fold

SCARS = frozenset("?�？□")
DOUBTED = 0.02
"""What is left of the weight of a witness that has no say on a place."""
SAME_LINE = 0.6
"""Likeness from which what two witnesses have where others have nothing is one text."""
_DAY = regex.compile(r"\d\s?[日号]|\d[-/.]\d|[年月]\s?\d")
_OF_DAYS = regex.compile(r"[\d年月日号\-/.\s]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """One witness's text to be collated. ``brand`` is the term its host puts in the place of a
    name (a reading that still shows it is not trusted there), ``weight`` is above 0. ``dateless``:
    its host rewrites dates, so that it has no say on them, nor on lines that are missing there:
    what is the same on all pages is soon taken for template."""

    text: str
    weight: float
    brand: str = ""
    dateless: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """A place where witnesses differ: ``start`` and ``end`` in the base's text, ``readings`` in
    the order of the witnesses given, ``chosen`` the one that stands in the result, or what all of
    them have, each with something put in."""

    start: int
    end: int
    readings: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Collation:
    """The text voted for, and the apparatus."""

    text: str
    variants: tuple[Variant, ...]

    def edits(self, base: str) -> list[Edit]:
        """What to change in the base's text to have the result."""
        return [
            Edit(v.start, v.end, v.chosen)
            for v in self.variants
            if base[v.start : v.end] != v.chosen
        ]


def collate(readings: Sequence[Reading]) -> Collation:
    """Collate ``readings`` on the first, the base. With a single reading there is no variant."""
    text = readings[0].text
    aligned = [_aligned(text, r.text) for r in readings[1:]]
    variants = tuple(_variant(start, end, readings, aligned) for start, end in _regions(aligned))
    pieces: list[str] = []
    at = 0
    for variant in variants:
        pieces += (text[at : variant.start], variant.chosen)
        at = variant.end
    return Collation("".join([*pieces, text[at:]]), variants)


def _aligned(text: str, other: str) -> list[Span]:
    return undecided_whole(unmoved(align(text, other), text, other))


def _regions(aligned: Sequence[list[Span]]) -> list[tuple[int, int]]:
    """Stretches of the base in which any witness differs; those that touch are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((s.a0, s.a1) for spans in aligned for s in spans if not s.same):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _variant(
    start: int, end: int, readings: Sequence[Reading], aligned: Sequence[list[Span]]
) -> Variant:
    base, *others = readings
    opposite = (
        _opposite(spans, r.text, start, end) for spans, r in zip(aligned, others, strict=True)
    )
    texts = (base.text[start:end], *opposite)
    return Variant(start, end, texts, _vote(texts, readings))


def _opposite(spans: list[Span], text: str, start: int, end: int) -> str:
    """What a witness has against the base's ``[start:end]``. A region's ends never lie inside one
    of its own differences, so they can be told."""
    left = right = None
    for span in spans:
        if span.a0 > end:
            break
        if span.same:
            if left is None and span.a0 <= start <= span.a1 and start != span.a1:
                left = span.b0 + start - span.a0
            if span.a0 < end <= span.a1 or (end == start == span.a0 and right is None):
                right = span.b0 + end - span.a0
        else:
            if span.a0 >= start and left is None:
                left = span.b0
            if span.a1 <= end and span.a0 >= start:
                right = span.b1
    if left is None:
        left = len(text)
    return text[left : max(left, right if right is not None else left)]


def _vote(texts: tuple[str, ...], readings: Sequence[Reading]) -> str:
    """The reading with the most weight behind it, a brand and scars counting against it; the
    base's own where punctuation or white space alone differs."""
    if len({fold(t) for t in texts}) == 1:
        return texts[0]
    weight: dict[str, float] = {}
    doubted = False
    dated = any(map(_DAY.search, texts)) or all(map(_OF_DAYS.fullmatch, texts))
    attested = _attested(texts, readings)
    swapped = _swapped(texts)
    for text, reading in zip(texts, readings, strict=True):
        lost = (dated and reading.dateless) or (attested and not text.strip()) or text in swapped
        say = DOUBTED if lost else _trust(text, reading)
        doubted = doubted or say < 1
        weight[text] = weight.get(text, 0.0) + reading.weight * say
    heaviest = max(weight.values())
    best = [t for t, w in weight.items() if w >= heaviest * 0.999]
    if len(weight) == 2:
        plainer = _without_insertion(*weight)
        count = {t: texts.count(t) for t in weight}
        if plainer is not None and len(set(count.values())) == 1:
            return plainer
    undecided = len(best) > 1 or len(weight) == len(texts)
    if undecided and not (doubted or dated) and (common := agreed(texts)) is not None:
        return common
    return texts[0] if texts[0] in best else min(best)


def _attested(texts: tuple[str, ...], readings: Sequence[Reading]) -> bool:
    """Whether two hosts of different brands have the same where others have nothing: each mirror
    puts in its own, but what an extraction lost all of them may have."""
    if all(text.strip() for text in texts):
        return False
    told = [(fold(t), r.brand) for t, r in zip(texts, readings, strict=True) if t.strip()]
    return any(
        brand != other and Levenshtein.normalized_similarity(one, two) >= SAME_LINE
        for n, (one, brand) in enumerate(told)
        for two, other in told[:n]
    )


def _swapped(texts: tuple[str, ...]) -> frozenset[str]:
    """Readings with a company's word where others have a school's."""
    swapped = frozenset(text for text in texts if COMPANY_WORDS.search(text))
    return (
        swapped if any(SCHOOL_WORDS.search(t) for t in texts if t not in swapped) else frozenset()
    )


def _trust(text: str, reading: Reading) -> float:
    if LACUNA in text or (reading.brand and light(reading.brand) in light(text)):
        return DOUBTED
    return 0.2 if SCARS & set(text) else 1.0


def _without_insertion(one: str, other: str) -> str | None:
    """Of two readings that differ by something put in, the one without; None where a line or so
    little is missing that a loss is likelier."""
    small, large = sorted((one, other), key=len)
    extra = len(large) - len(small)
    if extra < PHRASE or "\n" in large:
        return large if 0 < extra < PHRASE and small in large else None
    return small if large.startswith(small) or large.endswith(small) else None
