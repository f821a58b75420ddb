"""Which element of the page holds the article's body.

Several voices answer: the densest stretch of prose, the names content management systems give
their body, the container learnt for the host. It promises a choice for every page with any text,
and says which voices agreed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lxml.etree import _Element as Element

from archive.cleaning.body.closing import notes_end
from archive.cleaning.body.shape import owner_of
from archive.cleaning.body.weigh import MAX_CONTACT_CHARS, heaviest_run, tells_contact
from archive.cleaning.facts import phrases
from archive.cleaning.facts.dates import find_dates
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
# What holds more of that, or of its unlinked words, than this share is no part of it.
PART_SHARE = 0.75
# A prior must hold this share of the best stretch's weight to be believed.
PRIOR_SHARE = 0.55
LEARNT_SHARE = 0.4
# An element with less than this share of the heaviest stretch's weight is only a part of it.
STRETCH_SHARE = 0.5
# A paragraph is the body together with its neighbours where they leave this share of its weight.
NEIGHBOURS_SHARE = 0.5
# Below this weight prose does not decide, and names of any kind are asked.
THIN_CHARS = 25.0
MIN_THIN_CHARS = 15
MIN_TABLED_CHARS = 60
TABLED_SHARE = 0.9
# An outer element is preferred when it holds this many times the text of the inner one.
THIN_GAIN = 1.2
MIN_SENTENCE_CHARS = 40
# A paragraph above the body is its first when it weighs this share of its characters.
STANDFIRST_SHARE = 0.5
# A heading over a byline is neither shorter nor longer.
MIN_HEADING_CHARS, MAX_HEADING_CHARS = 4, 100
_PARTICULARS = frozenset({"dt", "dd"})
_NUMBER = re.compile(r"\d+")
_CONTENT = re.compile(r"article|content|detail|neirong|zhengwen|\btext|body\b")
_AROUND = re.compile(
    r"nav|menu|foot|head|side|list\b|comment|relat|copyright|search|wrap|main|page\b"
)


@dataclass(frozen=True, slots=True)
class Located:
    """The container, the half-open range of the body's blocks, its weight (characters) and the
    voices that chose it. The first ``lead`` blocks stand above the container, the last ``trail``
    below it."""

    element: Element
    start: int
    end: int
    weight: float
    voices: tuple[str, ...]
    lead: int = 0
    trail: int = 0


def locate(flow: Flow, weights: Sequence[float], learnt: Sequence[str] = ()) -> Located | None:
    """The container of the body in ``flow``; None for a page without any block.

    ``learnt`` are container signatures of the host, the most voted first.
    """
    if not flow.blocks:
        return None
    # Figures and names in a table of data speak for the body little, but never against it; nor do
    # the items of a list among its paragraphs. How to reach somebody is said at the end of a notice
    # and beside every article of a paper: it tells nothing of where the body is.
    told = {owner_of(b) for b, w in zip(flow.blocks, weights, strict=True) if w >= THIN_CHARS}
    counted = [
        0.0
        if (weight < 0 and not block.linked and _is_data(block) and _is_listed(block, told))
        or (0 < block.size <= MAX_CONTACT_CHARS and weight > 0 and tells_contact(block.text))
        else weight
        for block, weight in zip(flow.blocks, weights, strict=True)
    ]
    sums = [0.0, *accumulate(counted)]
    totals = {e: sums[end] - sums[start] for e, (start, end) in flow.spans.items()}
    most = max(totals.values())
    # Of elements that hold the same the smallest, and of these the first to end.
    dense = min((e for e in totals if totals[e] == most), key=lambda e: _extent(flow, e))
    best, voices, weight = dense, ["density"], most
    first, last = heaviest_run(weights)
    stretch = sums[last] - sums[first]
    if weight < STRETCH_SHARE * stretch:
        # The body stands between siblings that weigh against it: no element is it alone.
        dense = best = _around(flow, first, last, dense)
        voices, weight = ["stretch"], stretch
    best = _beyond(flow, _with_neighbours(flow, best, totals, weight), weight)
    prior = _best_named(flow, totals)
    if prior is not None and totals[prior] >= PRIOR_SHARE * weight:
        best, voices = prior, (["density", "name"] if prior is dense else ["name"])
        weight = totals[prior]
    elif (whole := _whole_named(flow, weights, best)) is not None:
        best, voices, weight = whole, ["name"], max(totals[whole], THIN_CHARS)
    elif weight < THIN_CHARS:
        thin = _pictured(flow, flow.spans[dense][0])
        thin = _thin(flow, dense) if thin is None else thin
        thin = _tabled(flow, dense) if thin is None else thin
        best, voices = (thin, ["thin"]) if thin is not None else (best, voices)
    for wanted in learnt:
        known = [e for e in flow.spans if _signature(e.tag, flow.names[e]) == wanted]
        chosen = max(known, key=totals.__getitem__, default=None)
        if chosen is not None and totals[chosen] >= LEARNT_SHARE * weight:
            best, voices = chosen, [*(voices if chosen is best else []), "learnt"]
            weight = totals[chosen]
            break
    start, end = flow.spans[best]
    first = _standfirst(flow, weights, start)
    last = notes_end(flow.blocks, end)
    return Located(best, first, last, weight, tuple(voices), start - first, last - end)


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
    outer = best.getparent() if best.tag == "p" else None
    if outer is None or weight < THIN_CHARS or totals.get(outer, 0.0) < NEIGHBOURS_SHARE * weight:
        return best
    start, end = flow.spans[outer]
    lines = all(_stands_in(b, outer) for b in flow.blocks[start:end] if b.size)
    return outer if lines else best


def _stands_in(block: Block, outer: Element) -> bool:
    """Whether a line stands in ``outer`` itself, or is a particular in a list of them there, as
    the pages of an institute's staff have above a life: 职称, 研究方向."""
    owner = owner_of(block)
    if owner is outer or block.tag not in _PARTICULARS:
        return owner is outer
    return owner.getparent() is outer and (not block.linked or is_address(block))


def _beyond(flow: Flow, best: Element, weight: float) -> Element:
    """``best`` or, on a page without prose, the nearest element around it that holds what the page
    is for: what stands beside the byline, or the picture over a caption."""
    start, end = flow.spans[best]
    inner = flow.blocks[start:end]
    if not any(map(_is_content, inner)):
        pictured = _pictured(flow, end)
        return _wider(flow, best, _is_content) if pictured is None else pictured
    if weight < THIN_CHARS and start and flow.blocks[start - 1].pictures:
        return _wider(flow, best, lambda b: b is flow.blocks[start - 1])
    return best


def _is_content(block: Block) -> bool:
    """Whether a block may be what a page without prose is for: unlinked words, or a picture."""
    if block.hidden or block.control:
        return False
    return bool(block.pictures) or (block.size > block.linked and not is_label_line(block.text))


def _pictured(flow: Flow, until: int) -> Element | None:
    """Where hardly any prose speaks, and before the block ``until`` pictures follow a heading and
    its byline: the largest element that holds these and is no page of links."""
    lines = [i for i, b in enumerate(flow.blocks[:until]) if b.size and not b.hidden]
    for heading, byline in pairwise(lines):
        over, under = flow.blocks[heading], flow.blocks[byline]
        told = under.cell is None and is_label_line(under.text) and bool(find_dates(under.text))
        if not told or over.linked or not MIN_HEADING_CHARS <= over.size <= MAX_HEADING_CHARS:
            continue
        shown = byline + 1
        if (
            shown < len(flow.blocks)
            and flow.blocks[shown].pictures
            and not flow.blocks[shown].linked
        ):
            return _largest_behind(flow, shown)
    return None


def _largest_behind(flow: Flow, first: int) -> Element | None:
    """The largest element that begins with the block ``first`` and has more words than links."""
    found = None
    for element, (start, end) in flow.spans.items():
        if start != first or (found is not None and end < flow.spans[found][1]):
            continue
        plain, linked = _plain(flow, element)
        if plain >= linked:
            found = element
    return found


def _wider(flow: Flow, best: Element, is_wanted: Callable[[Block], bool]) -> Element:
    """The nearest element around ``best`` with a wanted block beside it; ``best`` itself where that
    is a page of links."""
    inner = flow.spans[best]
    for outer in best.iterancestors():
        start, end = flow.spans.get(outer, inner)
        if any(map(is_wanted, (*flow.blocks[start : inner[0]], *flow.blocks[inner[1] : end]))):
            plain, linked = _plain(flow, outer)
            return outer if outer.tag not in {"body", "html"} and plain >= linked else best
    return best


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


def _around(flow: Flow, first: int, last: int, otherwise: Element) -> Element:
    """The smallest element that holds the blocks from ``first`` up to ``last``."""
    holding = [e for e, (start, end) in flow.spans.items() if start <= first and end >= last]
    return min(holding, key=lambda e: _extent(flow, e), default=otherwise)


def _thin(flow: Flow, dense: Element) -> Element | None:
    """Where hardly any prose speaks (a list of names, a notice of one line): the element named as
    content that holds much more unlinked text than the densest one."""
    found, most = None, 1.5 * _plain(flow, dense)[0]
    for element in flow.spans:
        own = flow.names[element]
        if not _CONTENT.search(own) or _AROUND.search(own):
            continue
        plain, linked = _plain(flow, element)
        if plain >= max(MIN_THIN_CHARS, most) and linked <= 0.3 * plain:
            found, most = element, THIN_GAIN * plain
    return found


def _tabled(flow: Flow, dense: Element) -> Element | None:
    """Where a page consists of tables of data (a list of telephones): the smallest element that
    holds nearly all their unlinked text, if that is much more than the densest one's."""
    sums = [
        0,
        *accumulate(b.size - b.linked if b.cell and not b.hidden else 0 for b in flow.blocks),
    ]
    if sums[-1] < max(MIN_TABLED_CHARS, THIN_GAIN * _plain(flow, dense)[0]):
        return None
    holding = [
        e for e, (a, z) in flow.spans.items() if sums[z] - sums[a] >= TABLED_SHARE * sums[-1]
    ]
    found = min(holding, key=lambda e: _extent(flow, e))
    return found if found.tag not in {"body", "html"} else None


def _plain(flow: Flow, element: Element) -> tuple[int, int]:
    """Unlinked and linked characters, labels, tools and neighbours aside; a sentence in a link
    is prose."""
    start, end = flow.spans[element]
    plain = linked = 0
    for block in flow.blocks[start:end]:
        if block.hidden or block.control or _is_template(block.text):
            continue
        told = block.size >= MIN_SENTENCE_CHARS and "。" in block.text
        plain += block.size if told else block.size - block.linked
        linked += 0 if told else block.linked
    return plain, linked


def _is_template(text: str) -> bool:
    """Whether a line is none of any text, wherever it stands."""
    return (
        is_label_line(text)
        or phrases.NEIGHBOURS.match(text) is not None
        or phrases.only_tools(text)
    )


@remembered(8192)
def _is_prior(own: str) -> bool:
    return _PRIORS.search(own.replace(" ", "  ")) is not None


def _extent(flow: Flow, element: Element) -> int:
    start, end = flow.spans[element]
    return end - start


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
    plain, linked = _plain(flow, whole)
    return whole if plain >= linked and _plain(flow, best)[0] <= PART_SHARE * plain else None


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
