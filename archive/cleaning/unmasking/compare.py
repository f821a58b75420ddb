"""What a mirror's pages say against the official pages of the same paths.

Two witnesses of one path differ where the mirror wrote: a span replaced the same way on several
pages is a name and its brand (or a word and its synonym); a span inserted on several pages is a
phrase the mirror sows. It promises to count, page by page, and to judge nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from archive.cleaning.script import (
    light,
    simplified,
    traditional_share,
    without_pinyin,
)
from archive.cleaning.unmasking.align import Span, align, coarse, turns
from archive.cleaning.unmasking.brands import is_institution
from archive.cleaning.unmasking.doubled import put_in
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.moved import Unmoved, unmoved
from archive.cleaning.unmasking.pairing import MAX_PAIRS, alike, copies_of
from archive.cleaning.unmasking.told import ends_in_full
from archive.cleaning.unmasking.words import is_ordinary
from archive.remembered import remembered

MAX_SPAN = 60
FIRST_MASK = 0xE000
"""Private use: no page's text has these characters with a meaning."""
TRADITIONAL, SIMPLIFIED = 0.6, 0.2
"""Shares of traditional characters, among those that tell the scripts apart, of texts in either."""
REMEMBERED = 8192
"""Texts whose plain form is kept: each is compared with those of several hosts."""
MAX_MASKS = 6000
_MASK = re.compile(f"[{chr(FIRST_MASK)}-{chr(FIRST_MASK + MAX_MASKS - 1)}]")
LEAST = 3
"""Characters of a phrase put in beside another."""
SWAPPED, LONGEST_WORD = 2, 4
"""Pages on which a word stands for another, and how many words do; characters of either."""
PHRASE_WORDS = 2
"""The same beside a brand in it."""


@dataclass
class Comparison:
    """Counts over pairs of pages of the same path. ``names[brand, span]``: pages on which the
    official text has ``span`` where the mirror has ``brand``; ``rivals[brand]``: pages on which
    another mirror has its own brand there; ``replaced[mirror, official]``, ``inserted[span]`` and
    ``missing[span]`` (here): pages with that difference; ``alone[span]``: places where one of the
    two texts has it and the other nothing; ``dates``: pages whose dates differ;
    ``converted``: pages in traditional characters here and in simplified ones there; ``agreed``:
    what the two texts of each pair have in common, in lines; ``spun``: beside another mirror, this
    one has what are no words where that one has words."""

    pairs: int = 0
    names: Counter[tuple[str, str]] = field(default_factory=Counter)
    rivals: Counter[str] = field(default_factory=Counter)
    replaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    inserted: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    dates: int = 0
    converted: int = 0
    agreed: list[str] = field(default_factory=list)
    spun: bool = False

    def add(
        self,
        mirror: Sample,
        official: Sample,
        brands: Iterable[str],
        rivals: Collection[str] = (),
    ) -> None:
        """Compare one pair; pairs that are not alike are passed over. ``brands`` are the mirror's,
        ``rivals`` those of the other host, if it is a mirror too; both folded."""
        ours, theirs = plain(official.text), plain(mirror.text)
        if not alike(ours, theirs):
            return
        self.pairs += 1
        self.converted += _is_converted(mirror.text, official.text)
        if mirror.published and official.published:
            self.dated += 1
            self.dates += mirror.published != official.published
        masks = Masks((*brands, *rivals))
        masked = masks.on(ours), masks.on(theirs)
        spans = align(*masked)
        found = unmoved(coarse(spans), *masked)
        doubtful = [masked[0][s.a0 : s.a1] for s in found.doubtful]
        self.agreed.append(_agreed(found, masks.off, masked[0]))
        replaced, inserted, missing = _differences(found.spans, masked)
        self.alone.update(inserted + missing)
        self.alone.update(doubtful * 2)
        titles = masks.on(plain(official.title)), masks.on(plain(mirror.title))
        self.replaced.update((masks.off(a), masks.off(b)) for a, b in replaced)
        titled = put_in(*titles) if all(titles) else ()
        self.inserted.update(masks.off(s) for s in {*inserted, *titled} if masks.is_phrase(s))
        self.missing.update(span for span in {*missing} if masks.off(span) == span)
        for brand, opposite in _names(spans, masked, masks.of(brands)):
            span = masks.off(opposite)
            if any(rival in span for rival in rivals):
                self.rivals[masks.off(brand)] += 1
            elif 1 < len(span) <= MAX_SPAN:
                self.names[masks.off(brand), span] += 1

    def learn(self, other: Comparison, untold: Collection[str] = ()) -> None:
        """Add what the comparison with another mirror shows: what this one puts in, the names the
        other still has (none of the ``untold``, folded), where both have a brand of their own, and
        what they agree in."""
        self.pairs += other.pairs
        self.agreed += other.agreed
        self.converted += other.converted
        self.inserted.update(other.inserted)
        self.missing.update(other.missing)
        self.alone.update(other.alone)
        self.rivals.update(other.rivals)
        self.spun = self.spun or other.rewords
        for (brand, span), count in other.names.items():
            doubtful = any(name in span for name in untold) or (
                other.is_reworded and not ends_in_full(span)
            )
            if is_institution(span) and not doubtful:
                self.names[brand, span] += count

    @property
    def is_reworded(self) -> bool:
        """Whether the other text has what are no words where this one has words: a spinner's, who
        spares no name."""
        return self._odd((theirs, ours) for ours, theirs in self._swapped())

    @property
    def rewords(self) -> bool:
        """Whether this text has what are no words where the other has words."""
        return self._odd(self._swapped())

    def _swapped(self) -> Iterator[tuple[str, str]]:
        for (ours, theirs), pages in self.replaced.items():
            if pages >= SWAPPED and max(len(ours), len(theirs)) <= LONGEST_WORD:
                yield ours, theirs

    @staticmethod
    def _odd(swapped: Iterable[tuple[str, str]]) -> bool:
        odd = (
            len(one) > 1 and not is_ordinary(one) and (len(other) == 1 or is_ordinary(other))
            for one, other in swapped
        )
        return sum(odd) >= SWAPPED


def _is_converted(text: str, original: str) -> bool:
    return traditional_share(text)[0] >= TRADITIONAL and traditional_share(original)[0] < SIMPLIFIED


class Masks:
    """One character for each of some terms, so that no alignment can cut through them: a name and
    a brand may have characters in common."""

    def __init__(self, terms: Iterable[str]) -> None:
        ordered = sorted({t for t in terms if t}, key=lambda t: (-len(t), t))[:MAX_MASKS]
        self._mask = {term: chr(FIRST_MASK + n) for n, term in enumerate(ordered)}

    def on(self, text: str) -> str:
        """``text`` with the terms masked."""
        for term, mask in self._mask.items():
            text = text.replace(term, mask)
        return text

    def off(self, text: str) -> str:
        """``text`` with the terms as they were."""
        for term, mask in self._mask.items():
            text = text.replace(mask, term)
        return text

    def is_phrase(self, masked: str) -> bool:
        """Whether a string has enough beside the terms in it to be a phrase: a brand that stands
        where the other text has nothing may as well be all that is left of a name."""
        return not _MASK.search(masked) or sum(map(str.isalnum, masked)) >= PHRASE_WORDS

    def of(self, terms: Iterable[str]) -> list[str]:
        """The masks of ``terms``."""
        return [self._mask[term] for term in terms if term in self._mask]


def compare(
    mirror: HostSurvey,
    official: Iterable[HostSurvey],
    brands: Iterable[str],
    rivals: Iterable[str] = (),
) -> Comparison:
    """Compare up to 80 pairs, the same whatever the order of pages was."""
    result = Comparison()
    terms = sorted({light(b) for b in brands}, key=lambda b: (-len(b), b))
    others = sorted({light(b) for b in rivals} - set(terms))
    for ours, theirs in copies_of(mirror, list(official)):
        result.add(ours, theirs, terms, others)
        if result.pairs >= MAX_PAIRS:
            break
    return result


@remembered(REMEMBERED)
def plain(text: str) -> str:
    """The text with the disguises of script undone and all white space dropped."""
    return light(simplified(without_pinyin("".join(text.split()))))


def _agreed(found: Unmoved, unmasked: Callable[[str], str], text: str) -> str:
    sure = (span for span in found.spans if span.same and span not in found.doubtful)
    return "\n".join(unmasked(text[span.a0 : span.a1]) for span in sure)


def _differences(
    spans: list[Span], texts: tuple[str, str]
) -> tuple[set[tuple[str, str]], Counter[str], Counter[str]]:
    """What was replaced, and at how many places something is on one side only."""
    ours, theirs = texts
    replaced: set[tuple[str, str]] = set()
    inserted: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    parted = list(_parted(spans, *texts))
    for place, span in enumerate(parted):
        before, after = ours[span.a0 : span.a1], theirs[span.b0 : span.b1]
        if span.same or max(len(before), len(after)) > MAX_SPAN:
            continue
        if before and after:
            replaced.add((after, before))
        elif after:
            if not _MASK.search(after) or _is_alone(parted, place):
                inserted.update(turns(theirs, span))
        else:
            missing.update(turns(ours, Span(False, span.b0, span.b1, span.a0, span.a1)))
    return replaced, inserted, missing


def _is_alone(spans: list[Span], place: int) -> bool:
    """Whether there is no difference beside a span: a brand in it may stand for what only the other
    text has there."""
    return all(
        beside.same for beside in spans[max(place - 1, 0) : place] + spans[place + 1 : place + 2]
    )


def _parted(spans: Iterable[Span], ours: str, theirs: str) -> Iterator[Span]:
    """The same where two phrases that were put in side by side, one here and one there, do not
    stand for each other."""
    for span in spans:
        before, after = ours[span.a0 : span.a1], theirs[span.b0 : span.b1]
        if span.same or min(len(before), len(after)) <= LEAST or len(before + after) > 2 * MAX_SPAN:
            yield span
            continue
        parts = [
            Span(
                op.tag == "equal",
                span.a0 + op.src_start,
                span.a0 + op.src_end,
                span.b0 + op.dest_start,
                span.b0 + op.dest_end,
            )
            for op in Indel.opcodes(before, after)
        ]
        if all(_is_whole(part) for part in parts):
            yield from parts
        else:
            yield span


def _is_whole(part: Span) -> bool:
    """Whether a part is a word that both have, or a phrase that one has, and no piece of one."""
    ours, theirs = part.a1 - part.a0, part.b1 - part.b0
    return ours >= 2 if part.same else max(ours, theirs) >= LEAST and not (ours and theirs)


def _names(
    spans: list[Span], texts: tuple[str, str], brands: Iterable[str]
) -> set[tuple[str, str]]:
    """What the first text has where the second has one of the (masked) ``brands``."""
    ours, theirs = texts
    found: set[tuple[str, str]] = set()
    for brand in brands:
        at = theirs.find(brand)
        while at >= 0:
            place = _opposite(spans, at, at + len(brand))
            if place and place[1] > place[0]:
                found.add((brand, ours[place[0] : place[1]]))
            at = theirs.find(brand, at + len(brand))
    return found


def _opposite(spans: list[Span], start: int, end: int) -> tuple[int, int] | None:
    """What stands in ``a`` against ``b[start:end]``, when both ends can be told."""
    left = right = None
    changed = False
    for span in spans:
        if left is None and span.b0 <= start < span.b1:
            left = span.a0 + (start - span.b0) if span.same else _edge(span, start, first=True)
        if span.b0 < end <= span.b1:
            right = span.a0 + (end - span.b0) if span.same else _edge(span, end, first=False)
        changed = changed or (not span.same and span.b1 > start and span.b0 < end)
        if span.b0 >= end:
            break
    return (left, right) if changed and left is not None and right is not None else None


def _edge(span: Span, at: int, *, first: bool) -> int | None:
    if first:
        return span.a0 if at == span.b0 else None
    return span.a1 if at == span.b1 else None
