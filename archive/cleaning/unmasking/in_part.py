"""A name that a mirror replaced here and there only, and left standing elsewhere.

Where brand and name are one house's, which of them stands at a place is a matter of chance: both
stand in the same contexts, and both on the same pages, in one proportion. Where they are two
houses' (a partner's or an academy's name was left, the institute's own replaced throughout),
contexts tell them apart, or pages do. It promises to say so only where both speak for one house
beyond doubt, and never of names that stand side by side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import lgamma, log

from archive.cleaning.script import light
from archive.cleaning.unmasking.edits import affix_edits
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.short_name import called_shortly
from archive.cleaning.unmasking.told import texts_of

FEW = 3
"""Places at which brand and name must stand each where nothing tells whose name it is."""
BESIDE = 2
"""Characters between brand and name up to which they are two parties of one sentence."""
CONTEXT = 2
"""Characters on either side that are a place's context."""
APART = 0.5
"""How alike the places of one context, or page, are where brand and name are two houses'
(correlation within groups): two places of one context agree three times in four at even shares."""
SURE_CONTEXTS, SURE_PAGES = 2.0, 1.0
"""Natural logarithms of how much likelier one house must make the contexts, and the pages."""
AGAINST, TOGETHER, BOTH = -0.5, 0.7, 2
"""The same where the name is the owner's, as the brand in the frame is (the articles call their
house by its short form, or are signed by either), or one sentence stands with either: neither may
say less than the first, both together more than the second, and so many contexts and pages must
have brand and name. On 2,101 invented hosts of two houses no name was taken for the other's; where
a tenth of the places were exchanged, on 31 of 2,125."""
SIGNATURE, SIGNATURE_MORE = 3, 8
"""Lines at a text's end that may be its signature, and what one has besides the name."""
_DIGITS = re.compile(r"\d+")
_SENTENCE = re.compile(r"[^\n。!?;！？；]+")
_EITHER = "\0"

Groups = dict[object, list[int]]
"""Places of the brand and of the name, by what they have in common."""
Lines = Sequence[Sequence[tuple[int, object]]]
"""Of each page its lines that are brand or name alone: which of them, and a line's context."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much likelier (natural logarithms) one house makes the contexts, and the pages, than two
    do; how many ``both`` contexts and pages have brand and name; at how many ``places`` each
    stands."""

    contexts: float
    pages: float
    both: tuple[int, int]
    places: tuple[int, int]

    @property
    def is_sure(self) -> bool:
        """Whether one house is beyond doubt."""
        return self.contexts >= SURE_CONTEXTS and self.pages >= SURE_PAGES

    @property
    def is_likely(self) -> bool:
        """Whether one house is, where the name is known to be the owner's."""
        least, together = min(self.contexts, self.pages), self.contexts + self.pages
        return min(self.both) >= BOTH and least >= AGAINST and together > TOGETHER


def left_in_part(brand: str, name: str, survey: HostSurvey, owned: str = "") -> str:
    """Why ``brand`` stands where ``name`` does elsewhere on the host; empty where that is not
    sure. Both are compared folded; ``owned`` says how the name is known to be the house's, where
    it is."""
    ours, theirs = light(brand), light(name)
    texts = without_affixes(texts_of(survey), (ours, theirs))
    found = weighed(ours, theirs, texts, survey.sources)
    if found is None:
        return ""
    contexts, pages = found.both
    told = f"{name} stands in {contexts} of its contexts, and with it on {pages} pages"
    if found.is_sure and min(found.places) >= FEW:
        return told
    more = (
        owned or _owned(ours, theirs, texts) or said_with_either(ours, theirs, texts)
        if found.is_likely
        else ""
    )
    return f"{told}; {more}" if more else ""


def weighed(
    brand: str, name: str, texts: Sequence[str], sources: Mapping[str, int], lines: Lines = ()
) -> Weighed | None:
    """What the places of a folded brand and name say, those in the articles' ``sources`` (with how
    many have each) and the ``lines`` of these pages among them; None where they are known to be
    two houses'."""
    if brand in name or name in brand or _is_beside(brand, name, texts):
        return None
    contexts, pages = _counted(texts, brand, name)
    counts = _summed(pages)
    for number, some in enumerate(lines):
        for is_name, context in some:
            contexts[context][is_name] += 1
            pages[number][is_name] += 1
    ours, theirs = _summed(pages)
    if not min(ours, theirs):
        return Weighed(0.0, 0.0, (0, 0), counts)
    for source, count in sources.items():
        if light(source) in (brand, name):
            contexts["source"][light(source) == name] += count
    share = ours / (ours + theirs)
    return Weighed(
        _one_house(contexts.values(), share),
        _one_house(pages.values(), share),
        (sum(map(all, contexts.values())), sum(map(all, pages.values()))),
        counts,
    )


def _summed(groups: Groups) -> tuple[int, int]:
    """Places of the brand, and of the name, in all groups."""
    return sum(ours for ours, _ in groups.values()), sum(theirs for _, theirs in groups.values())


def said_with_either(brand: str, name: str, texts: Sequence[str]) -> str:
    """Whether a sentence or line stands once with the brand and once with the name; what to say
    of it."""
    said = [sentence for text in texts for sentence in _SENTENCE.findall(text)]
    one, other = (
        {s.replace(term, _EITHER) for s in said if term in s and rest not in s}
        for term, rest in ((brand, name), (name, brand))
    )
    return "the same sentence stands with either" if one & other else ""


def _owned(brand: str, name: str, texts: Sequence[str]) -> str:
    """Why ``name`` is the house's whose articles these are."""
    if short := called_shortly(name, texts):
        return f"the articles call the house {short}"
    signed = [sum(_signs(term, text) for text in texts) for term in (brand, name)]
    return "both sign articles" if min(signed) and sum(signed) >= FEW else ""


def _signs(term: str, text: str) -> bool:
    """Whether a line that says little more than ``term`` ends the text, but for a day."""
    lines = [line for line in text.split("\n") if line.strip()][-SIGNATURE:]
    return any(term in line and len(line) <= len(term) + SIGNATURE_MORE for line in lines)


def without_affixes(texts: Iterable[str], terms: Collection[str]) -> list[str]:
    """Texts without the (folded) ``terms`` at either end of their titles, where the frame has put
    them."""
    return [_without_affix(text, terms) for text in texts]


def _without_affix(text: str, terms: Collection[str]) -> str:
    title, line, rest = text.partition("\n")
    for edit in reversed(affix_edits(title, terms, hard=True)):
        title = title[: edit.start] + title[edit.end :]
    return title + line + rest


def _counted(texts: Sequence[str], brand: str, name: str) -> tuple[Groups, Groups]:
    """The places by context, and by page."""
    contexts: Groups = defaultdict(lambda: [0, 0])
    pages: Groups = defaultdict(lambda: [0, 0])
    for number, text in enumerate(texts):
        for is_name, context in _places(text, brand, name):
            contexts[context][is_name] += 1
            pages[number][is_name] += 1
    return contexts, pages


def _places(text: str, brand: str, name: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Each place: whether it is the name's, and the characters on either side."""
    for found in re.finditer(f"({re.escape(name)})|{re.escape(brand)}", text):
        before = "\n" + text[max(0, found.start() - CONTEXT - 1) : found.start()]
        behind = text[found.end() : found.end() + 2 * CONTEXT] + "\n"
        sides = _DIGITS.sub("0", before)[-CONTEXT:], _DIGITS.sub("0", behind)[:CONTEXT]
        yield int(found[1] is not None), sides


def _is_beside(brand: str, name: str, texts: Iterable[str]) -> bool:
    """Whether brand and name stand side by side somewhere, as two houses' do."""
    gap = f"[^\n]{{0,{BESIDE}}}"
    pair = re.compile(
        f"{re.escape(brand)}{gap}{re.escape(name)}|{re.escape(name)}{gap}{re.escape(brand)}"
    )
    return any(pair.search(text) for text in texts)


def _one_house(groups: Collection[list[int]], share: float) -> float:
    """How much likelier (natural logarithm) the groups are where chance alone decides, at each
    place, between brand (its ``share``) and name, than where groups keep to one of them."""
    spread = (1 - APART) / APART
    left, right = share * spread, (1 - share) * spread
    told = 0.0
    for ours, theirs in groups:
        if ours + theirs > 1:
            told += ours * log(share) + theirs * log(1 - share)
            told -= _beta(left + ours, right + theirs) - _beta(left, right)
    return told


def _beta(one: float, other: float) -> float:
    return lgamma(one) + lgamma(other) - lgamma(one + other)
