"""What is true of a page as a whole: which blocks stand side by side, where its title is shown.

It promises what ``features`` and ``streams`` need of every block, worked out once for the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element as Element

from archive.cleaning.facts import phrases
from archive.cleaning.markup.blocks import Block, Flow, squeeze
from archive.cleaning.markup.dom import HEADINGS
from archive.remembered import remembered

_STOPS = re.compile("[，。；！？、：“”]")
_LATIN_STOPS = re.compile(r"[,;!?.](?:\s|$)")
_LINE_TAGS = frozenset({*HEADINGS, "p", "li", "dd", "dt", "tr", "center"})
_CELL_TAGS = frozenset({"td", "th"})
_SECTION = "section"
MIN_PROSE_CHARS = 12
MAX_TITLE_CHARS = 100
# How much a heading of the first two levels looks like the title, whatever it says.
HEADING_MARK = 0.15
SHORT_CHARS = 120
# What publishers say about themselves is shorter than this.
MAX_LEGAL_CHARS = 600


class Group(NamedTuple):
    """Blocks that stand side by side in one element: characters of prose, all, and in links."""

    prose: int
    size: int
    linked: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shape:
    """What is true of the page as a whole, and block by block: ``owners`` are the elements in
    which a block's neighbours of the same kind stand, the sections of a text counting as one,
    ``groups`` what stands in each of them,
    ``best`` the one with most prose; ``title`` is the block that shows the title, -1 if none
    does; ``counts`` tells how often each line occurs, ``stops`` how many stops a block has (0 where
    all of it is linked), ``legal`` what a publisher says of itself."""

    owners: list[Element]
    groups: dict[Element, Group]
    best: Element | None
    title: int
    counts: dict[str, int]
    stops: list[int]
    legal: list[bool]


def shape_of(flow: Flow, title: str | None) -> Shape:
    """The shape of the page whose document's title is ``title``."""
    blocks = flow.blocks
    told = [_told(b.text) if b.size <= SHORT_CHARS else _tell(b.text, b.size) for b in blocks]
    stops = [one[0] if b.size > b.linked else 0 for b, one in zip(blocks, told, strict=True)]
    outer: dict[Element, Element] = {}
    owners = [_beyond_sections(owner_of(block), outer, flow) for block in blocks]
    groups = _groups(blocks, owners, stops)
    best = max(groups, key=lambda e: groups[e].prose, default=None)
    anchor = groups[best].first if best is not None else 0
    legal = [one[1] for one in told]
    where = _title_index(blocks, title, anchor)
    counts = Counter([block.line for block in blocks])
    return Shape(owners, groups, best, where, counts, stops, legal)


def _tell(text: str, size: int = 0) -> tuple[int, bool]:
    """How many stops a line has, and whether publishers say it of themselves."""
    stops = len(_STOPS.findall(text)) + len(_LATIN_STOPS.findall(text))
    return stops, size < MAX_LEGAL_CHARS and phrases.is_legal(text)


# A site's pages share many short lines.
_told = remembered(8192)(_tell)


def owner_of(block: Block) -> Element:
    """The element in which the neighbours of a block stand."""
    element, tag = block.element, block.tag
    if tag not in _LINE_TAGS and (block.cell is None or tag not in _CELL_TAGS):
        return element
    parent = element.getparent()
    if parent is None or tag in _LINE_TAGS:
        return parent if parent is not None else element
    above = parent.getparent()
    return above if above is not None else parent


def _beyond_sections(owner: Element, known: dict[Element, Element], flow: Flow) -> Element:
    """``owner``, or where it is a section of a text (``_is_section``) the nearest element around
    it that is none."""
    climbed: list[Element] = []
    node = owner
    while node not in known:
        climbed.append(node)
        parent = node.getparent()
        if parent is None or not _is_section(node, flow):
            known[node] = node
            break
        node = parent
    known.update(dict.fromkeys(climbed, known[node]))
    return known[owner]


def _is_section(element: Element, flow: Flow) -> bool:
    """Whether an element is marked up as a section (``<section>``, or so named, as programs that
    write manuals do) and begins with a heading, as those of a text do: whole pages are laid out in
    such elements, too (HTML Living Standard 4.3.3: "typically with a heading")."""
    if element.tag != _SECTION and _SECTION not in (element.get("class") or "").split():
        return False
    start, end = flow.spans.get(element, (0, 0))
    return start < end and bool(flow.blocks[start].level)


def _groups(
    blocks: Sequence[Block], owners: Sequence[Element], stops: Sequence[int]
) -> dict[Element, Group]:
    raw: dict[Element, list[int]] = {}
    for index, (block, owner) in enumerate(zip(blocks, owners, strict=True)):
        group = raw.get(owner)
        if group is None:
            group = raw[owner] = [0, 0, 0, index, index]
        plain = block.size - block.linked
        if stops[index] and plain >= MIN_PROSE_CHARS and not (block.hidden or block.control):
            group[0] += plain
        group[1] += block.size
        group[2] += block.linked
        group[4] = index
    return {element: Group(*counted) for element, counted in raw.items()}


def _title_index(blocks: Sequence[Block], title: str | None, before: int) -> int:
    """The block that shows the title: most like ``<title>``, the last above the best group."""
    said = squeeze(title or "")
    best, best_mark = -1, 0.0
    for index, block in enumerate(blocks):
        if not 4 <= block.size <= MAX_TITLE_CHARS or block.linked > block.size / 2:
            continue
        if block.hidden or block.control:
            continue
        mark = _likeness(block, said) * (1.0 if index <= before else 0.5)
        if mark > 0 and mark >= best_mark:
            best, best_mark = index, mark
    return best if best_mark >= HEADING_MARK else -1


def _likeness(block: Block, said: str) -> float:
    """How much a block looks like the document's title."""
    if said and block.line in said:
        return block.size / len(said) + (2 * HEADING_MARK if block.level else 0)
    if len(said) > 5 and said in block.line:
        return 0.5
    return HEADING_MARK if block.level in {1, 2} else 0.0
