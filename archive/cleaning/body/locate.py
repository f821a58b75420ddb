"""Which element of the page holds the article's body.

Several voices answer: the densest stretch of prose, the names content management systems give
their body, the container learnt for the host. It promises a choice for every page with any text,
and says which voices agreed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from lxml.etree import _Element as Element

from archive.cleaning.body.abstract import abstract_extent
from archive.cleaning.body.closing import notes_end
from archive.cleaning.body.pieces import pieces_of, places_between
from archive.cleaning.body.shape import owner_of
from archive.cleaning.body.sparse import (
    MIN_SENTENCE_CHARS,
    THIN_CHARS,
    beyond,
    extent,
    plain_and_linked,
    without_prose,
)
from archive.cleaning.body.weigh import MAX_CONTACT_CHARS, heaviest_run, tells_contact
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.markup.blocks import Block, Flow, is_address
from archive.cleaning.markup.dom import local_name, names
from archive.remembered import remembered

# Names that content management systems give the element around the body: priors, never the only
# way. Matched against the whole class word or id.
_PRIORS = re.compile(
    r"(?:^|\s)(?:trs_editor|trs_preappend|custom_unionstyle|v_news_content|vsb_content(?:_\d+)?"
    r"|wp_articlecontent|zoom|article-?_?content|article-?_?body|article-?_?text|news_?content"
    r"|news_?text|pages_content|ucap-content|content-article|textbody|bodylabel|artibody|endtext"
    r"|cont_detail|zwcontent|zw)(?:\s|$)"
)
# Names of the same kind that are given to teasers, too: believed where one holds the page's text.
_WHOLES = re.compile(
    r"(?:^|\s)(?:entry-?_?content|post-?_?content|post-?_?body|entry-?_?body|story-?_?body"
    r"|mw-parser-output|node__content|field-name-body|single-?_?content)(?:\s|$)"
)
# Such an element holds this share of all that speaks for a body.
WHOLE_SHARE = 0.8
# And one within the heaviest element this share of what that holds.
WITHIN_SHARE = 0.9
# What holds more of that, or of its unlinked words, than this share is no part of it.
PART_SHARE = 0.75
# A prior must hold this share of the best stretch's weight to be believed.
PRIOR_SHARE = 0.55
LEARNT_SHARE = 0.4
# An element with less than this share of the heaviest stretch's weight is only a part of it.
STRETCH_SHARE = 0.5
# A paragraph is the body together with its neighbours where they leave this share of its weight.
NEIGHBOURS_SHARE = 0.5
# A paragraph above the body is its first when it weighs this share of its characters.
STANDFIRST_SHARE = 0.5
# Over a table stand at most so many lines that say of what it is, none of them longer.
MAX_CAPTION_LINES, MAX_CAPTION_CHARS = 8, 60
_PARTICULARS = frozenset({"dt", "dd"})
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Located:
    """The container, the half-open range of the body's blocks, its weight (characters) and the
    voices that chose it. The first ``lead`` blocks stand above the container, the last ``trail``
    below it; ``between`` are the blocks that stand between it and other pieces of the body."""

    element: Element
    start: int
    end: int
    weight: float
    voices: tuple[str, ...]
    lead: int = 0
    trail: int = 0
    between: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Choice:
    """An element, how much speaks for it (characters), and the voices that do."""

    element: Element
    weight: float
    voices: tuple[str, ...]


def locate(flow: Flow, weights: Sequence[float], learnt: Sequence[str] = ()) -> Located | None:
    """The container of the body in ``flow``; None for a page without any block.

    ``learnt`` are container signatures of the host, the most voted first.
    """
    if not flow.blocks:
        return None
    sums = [0.0, *accumulate(_counted(flow, weights))]
    totals = {e: sums[end] - sums[start] for e, (start, end) in flow.spans.items()}
    dense = _densest(flow, weights, sums, totals)
    chosen = _learnt(flow, totals, learnt, _named(flow, weights, totals, dense))
    start, end = flow.spans[chosen.element]
    pieces = pieces_of(totals, chosen.element)
    first = min(flow.spans[piece][0] for piece in pieces)
    first = _standfirst(flow, weights, _captioned(flow, chosen, first))
    last = notes_end(flow.blocks, max(flow.spans[piece][1] for piece in pieces))
    first, last = abstract_extent(flow.blocks, first, last)
    return Located(
        chosen.element,
        first,
        last,
        chosen.weight,
        chosen.voices,
        start - first,
        last - end,
        places_between(flow, pieces),
    )


def _counted(flow: Flow, weights: Sequence[float]) -> list[float]:
    """What each block says for or against the elements around it. Figures and names in a table of
    data speak for the body little, but never against it; nor do the items of a list among its
    paragraphs. How to reach somebody is said at the end of a notice and beside every article of a
    paper: it tells nothing of where the body is."""
    told = {owner_of(b) for b, w in zip(flow.blocks, weights, strict=True) if w >= THIN_CHARS}
    return [
        0.0
        if (weight < 0 and not block.linked and _is_data(block) and _is_listed(block, told))
        or (0 < block.size <= MAX_CONTACT_CHARS and weight > 0 and tells_contact(block.text))
        else weight
        for block, weight in zip(flow.blocks, weights, strict=True)
    ]


def _densest(
    flow: Flow, weights: Sequence[float], sums: Sequence[float], totals: Mapping[Element, float]
) -> _Choice:
    """The element for which most speaks; of several that hold the same the smallest, and of these
    the first to end."""
    most = max(totals.values())
    dense = min((e for e in totals if totals[e] == most), key=lambda e: extent(flow, e))
    first, last = heaviest_run(weights)
    stretch = sums[last] - sums[first]
    if most >= STRETCH_SHARE * stretch:
        return _Choice(dense, most, ("density",))
    # The body stands between siblings that weigh against it: no element is it alone.
    return _Choice(_around(flow, first, last, dense), stretch, ("stretch",))


def _named(
    flow: Flow, weights: Sequence[float], totals: Mapping[Element, float], dense: _Choice
) -> _Choice:
    """The element that is named as the body's where enough speaks for it; else what is around
    ``dense``, or what a page with hardly any prose is for."""
    prior = _best_named(flow, totals)
    if prior is not None:
        weight = sum(totals[piece] for piece in pieces_of(totals, prior))
        if weight >= PRIOR_SHARE * dense.weight:
            voices = ("density", "name") if prior is dense.element else ("name",)
            return _Choice(prior, weight, voices)
    wider = _with_neighbours(flow, dense.element, totals, dense.weight)
    best = beyond(flow, wider, dense.weight)
    whole = _whole_within(flow, weights, best)
    if whole is None:
        whole = _whole_named(flow, weights, best)
    if whole is not None:
        return _Choice(whole, max(totals[whole], THIN_CHARS), ("name",))
    if dense.weight < THIN_CHARS and (thin := without_prose(flow, dense.element)) is not None:
        return _Choice(thin, dense.weight, ("thin",))
    return _Choice(best, dense.weight, dense.voices)


def _learnt(
    flow: Flow, totals: Mapping[Element, float], learnt: Sequence[str], best: _Choice
) -> _Choice:
    """The container that the host's other pages have, where enough speaks for it here; else
    ``best``."""
    for wanted in learnt:
        known = [e for e in flow.spans if _signature(e.tag, flow.names[e]) == wanted]
        chosen = max(known, key=totals.__getitem__, default=None)
        if chosen is not None and totals[chosen] >= LEARNT_SHARE * best.weight:
            agreed = best.voices if chosen is best.element else ()
            return _Choice(chosen, totals[chosen], (*agreed, "learnt"))
    return best


def _is_listed(block: Block, told: Set[Element]) -> bool:
    """Whether a block is a cell of a table of data, or an item of a list that stands in an element
    with prose of its own."""
    return block.cell is not None or (block.tag == "li" and owner_of(block).getparent() in told)


def _is_data(cell: Block) -> bool:
    return not cell.linked and not cell.hidden and not cell.control


def _with_neighbours(
    flow: Flow, best: Element, totals: Mapping[Element, float], weight: float
) -> Element:
    """The element around ``best`` where that is one paragraph and what stands beside it are lines
    that weigh little against it: whom it is addressed to, who signed it."""
    outer = best.getparent() if _is_paragraph(flow, best) else None
    if outer is None or weight < THIN_CHARS or totals.get(outer, 0.0) < NEIGHBOURS_SHARE * weight:
        return best
    start, end = flow.spans[outer]
    lines = all(_stands_in(b, outer) for b in flow.blocks[start:end] if b.size)
    return outer if lines else best


def _is_paragraph(flow: Flow, element: Element) -> bool:
    start, end = flow.spans[element]
    own = flow.blocks[start:end]
    return element.tag == "p" or (len(own) == 1 and own[0].tag == "p" and own[0].element is element)


def _stands_in(block: Block, outer: Element) -> bool:
    """Whether a line stands in ``outer`` itself, or is a particular in a list of them there, as
    the pages of an institute's staff have above a life: 职称, 研究方向."""
    owner = owner_of(block)
    if owner is outer or block.tag not in _PARTICULARS:
        return owner is outer
    return owner.getparent() is outer and (not block.linked or is_address(block))


def _standfirst(flow: Flow, weights: Sequence[float], start: int) -> int:
    """Where the body begins when the paragraph right above its element, which many newsrooms set as
    a heading of its own, is its first."""
    for index in range(start - 1, -1, -1):
        block = flow.blocks[index]
        if not block.size:
            continue
        told = block.size >= MIN_SENTENCE_CHARS and not block.linked and "，" in block.text
        sure = weights[index] >= STANDFIRST_SHARE * block.size and not is_label_line(block.text)
        return index if told and sure else start
    return start


def _captioned(flow: Flow, chosen: _Choice, start: int) -> int:
    """Where a table of data begins that is all there is on a page: with the lines over it, beside
    it in the page, which say of what and when it is."""
    if chosen.element.tag != "table" or "thin" not in chosen.voices:
        return start
    beside = chosen.element.getparent()
    first = start
    for index in range(start - 1, max(-1, start - 1 - MAX_CAPTION_LINES), -1):
        block = flow.blocks[index]
        if block.linked or block.hidden or block.control or block.size > MAX_CAPTION_CHARS:
            break
        if beside is None or not any(one is beside for one in block.element.iterancestors()):
            break
        first = index if block.size else first
    return first


def _around(flow: Flow, first: int, last: int, otherwise: Element) -> Element:
    """The smallest element that holds the blocks from ``first`` up to ``last``."""
    holding = [e for e, (start, end) in flow.spans.items() if start <= first and end >= last]
    return min(holding, key=lambda e: extent(flow, e), default=otherwise)


@remembered(8192)
def _is_prior(own: str) -> bool:
    return _PRIORS.search(own.replace(" ", "  ")) is not None


def _whole_within(flow: Flow, weights: Sequence[float], best: Element) -> Element | None:
    """The one element within ``best`` that is named as the whole of an entry, where it holds nearly
    all of ``best`` that speaks for a body."""
    start, end = flow.spans[best]
    named = [
        element
        for element, (first, last) in flow.spans.items()
        if start <= first and last <= end and element is not best and _is_whole(flow.names[element])
    ]
    if len(named) != 1:
        return None
    first, last = flow.spans[named[0]]
    held = sum(weight for weight in weights[first:last] if weight > 0)
    all_held = sum(weight for weight in weights[start:end] if weight > 0)
    return named[0] if held >= WITHIN_SHARE * all_held else None


def _whole_named(flow: Flow, weights: Sequence[float], best: Element) -> Element | None:
    """The element named as the whole of an entry that holds nearly all of the page that speaks for
    a body, where ``best`` holds but a part of that: sections that consist of links weigh against
    it and are part of it."""
    said = [0.0, *accumulate([w if w > 0 else 0.0 for w in weights])]
    start, end = flow.spans[best]
    part = said[end] - said[start]
    if part > PART_SHARE * said[-1]:
        return None  # as on most pages: no element holds more than all
    named = [e for e in flow.spans if _is_whole(flow.names[e])]
    if not named:
        return None
    holding = {e: said[z] - said[a] for e in named for a, z in (flow.spans[e],)}
    whole = max(named, key=holding.__getitem__)
    if holding[whole] < WHOLE_SHARE * said[-1] or part > PART_SHARE * holding[whole]:
        return None
    plain, linked = plain_and_linked(flow, whole)
    return (
        whole if plain >= linked and plain_and_linked(flow, best)[0] <= PART_SHARE * plain else None
    )


@remembered(8192)
def _is_whole(own: str) -> bool:
    return _WHOLES.search(own.replace(" ", "  ")) is not None


def _best_named(flow: Flow, totals: Mapping[Element, float]) -> Element | None:
    named = [e for e in flow.spans if _is_prior(flow.names[e])]
    named += [e for e in flow.spans if e.get("itemprop") == "articleBody"]
    return max(named, key=totals.__getitem__, default=None)


def signature(element: Element) -> str:
    """What a template gives the element on all its pages: tag, id and classes without numbers."""
    return _signature(element.tag, names(element))


@remembered(8192)
def _signature(tag: object, own: str) -> str:
    word = _NUMBER.sub("0", own).strip()
    return f"{local_name(tag)}.{word}" if word else ""
