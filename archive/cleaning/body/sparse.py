"""Which element holds the article's body where hardly any prose speaks: a story in pictures, a list
of names, a notice of one line, tables of data.

It promises an element of the page with more words of its own than links, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, pairwise

from lxml.etree import _Element as Element

from archive.cleaning.facts import phrases
from archive.cleaning.facts.dates import find_dates
from archive.cleaning.facts.labels import is_label_line
from archive.cleaning.markup.blocks import Block, Flow

# Below this weight prose does not decide, and names of any kind are asked.
THIN_CHARS = 25.0
MIN_THIN_CHARS = 15
MIN_TABLED_CHARS = 60
# A roll of names is shorter, and has so many cells with words in them.
MIN_TABLED_CELLS = 8
TABLED_SHARE = 0.9
# An outer element is preferred when it holds this many times the text of the inner one.
THIN_GAIN = 1.2
MIN_SENTENCE_CHARS = 40
# A heading over a byline is neither shorter nor longer.
MIN_HEADING_CHARS, MAX_HEADING_CHARS = 4, 100
_CONTENT = re.compile(r"article|content|detail|neirong|zhengwen|\btext|body\b")
_PARTS = ("div", "section", "article", "main", "td")
# A text of short lines has so many of them.
MIN_LINES = 4
_AROUND = re.compile(
    r"nav|menu|foot|head|side|list\b|comment|relat|copyright|search|wrap|main|page\b"
)


def without_prose(flow: Flow, dense: Element) -> Element | None:
    """The element that holds what such a page is for, where that is plainly more than ``dense``
    holds, the element with most prose; None where nothing is."""
    pictured = _pictured(flow, flow.spans[dense][0])
    if pictured is not None:
        return pictured
    thin = _thin(flow, dense)
    return _tabled(flow, dense) if thin is None else thin


def beyond(flow: Flow, best: Element, weight: float) -> Element:
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
        plain, linked = plain_and_linked(flow, element)
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
            plain, linked = plain_and_linked(flow, outer)
            if outer.tag in {"body", "html"}:
                below = _below(flow, outer, inner[1])
                return best if below is None else below
            return outer if plain >= linked else best
    return best


def _below(flow: Flow, page: Element, since: int) -> Element | None:
    """The first element of the page itself that begins behind the byline, at block ``since``, with
    short lines and no links: verses, names."""
    for element in page.iterchildren(*_PARTS):
        start, end = flow.spans.get(element, (0, 0))
        if start < since or start == end:
            continue
        plain, linked = plain_and_linked(flow, element)
        lines = [b for b in flow.blocks[start:end] if b.size]
        foot = any(phrases.is_foot(b.text) for b in lines)
        if plain >= MIN_THIN_CHARS and not linked and not foot and len(lines) >= MIN_LINES:
            return element
        if linked or foot:
            return None
    return None


def _thin(flow: Flow, dense: Element) -> Element | None:
    """Where hardly any prose speaks (a list of names, a notice of one line): the element named as
    content that holds much more unlinked text than the densest one."""
    found, most = None, 1.5 * plain_and_linked(flow, dense)[0]
    for element in flow.spans:
        own = flow.names[element]
        if not _CONTENT.search(own) or _AROUND.search(own):
            continue
        plain, linked = plain_and_linked(flow, element)
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
    least = 0 if _has_roll(flow) else MIN_TABLED_CHARS
    if sums[-1] < max(least, THIN_GAIN * plain_and_linked(flow, dense)[0]):
        return None
    holding = [
        e for e, (a, z) in flow.spans.items() if sums[z] - sums[a] >= TABLED_SHARE * sums[-1]
    ]
    found = min(holding, key=lambda e: extent(flow, e))
    return found if found.tag not in {"body", "html"} else None


def _has_roll(flow: Flow) -> bool:
    """Whether as many cells as a roll of names has say something in words; a calendar's do not."""
    told = (b for b in flow.blocks if b.cell and b.size > b.linked and not b.hidden)
    return sum(not b.line.isdecimal() for b in told) >= MIN_TABLED_CELLS


def plain_and_linked(flow: Flow, element: Element) -> tuple[int, int]:
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


def extent(flow: Flow, element: Element) -> int:
    start, end = flow.spans[element]
    return end - start
