"""Texts that a page hides, or keeps where no text stands, and has a script show.

It promises to take only what the page has no other text beside: a page that shows prose by itself
keeps out of sight what it wants out of sight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Block
from archive.cleaning.markup.dom import names

# When hidden words outweigh the shown ones this many times, the hiding was for effect only.
REVEAL_FACTOR = 2
MIN_REVEALED_CHARS = 200
# Of an element named for the content less is enough, where the page shows no sentence.
MIN_SHORT = 30
MIN_SENTENCE_CHARS = 12
# What asks for a script to be run is shorter.
MIN_PROSE_CHARS, MIN_SENTENCES = 100, 2
_SENTENCE = re.compile("[。！？]")
# What scripts of accordions call their parts.
_PANEL = re.compile(r"panel|accordion|collaps|\banswer|\bfaq")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "button", "dt"})
_HEADING = re.compile(r"head|title|toggle|question|trigger")
MIN_PANELS, MAX_HEADING_CHARS = 2, 80
_CONTENT = re.compile(r"content|article|zoom|trs_editor|zhengwen|neirong|maintext")

Inside = Mapping[Element, Sequence[Block]]
"""The blocks in each outermost element of a kind."""


def reveal(blocks: Sequence[Block], hidden_by: Inside, control_by: Inside) -> None:
    """Show what a reader sees once scripts have run; ``hidden_by`` are the elements that hide,
    ``control_by`` those controls that may hold a text for readers."""
    _reveal_all(blocks)
    _reveal_content(blocks, hidden_by)
    _reveal_panels(hidden_by)
    _reveal_controls(blocks, control_by)


def _reveal_all(blocks: Sequence[Block]) -> None:
    """Some pages hide their whole text until a script runs; a reader does see that text."""
    hidden = sum(b.size - b.linked for b in blocks if b.hidden)
    shown = sum(b.size - b.linked for b in blocks if not b.hidden and not b.control)
    if hidden >= MIN_REVEALED_CHARS and hidden >= REVEAL_FACTOR * shown:
        for block in blocks:
            block.hidden = False


def _reveal_content(blocks: Sequence[Block], hidden_by: Inside) -> None:
    """A page without a sentence that hides an element named for its content, short as it may be,
    has a script show it."""
    if not hidden_by or any(not b.hidden and not b.control and _is_sentence(b) for b in blocks):
        return
    for element, hidden in hidden_by.items():
        own = [b for b in hidden if b.hidden and _is_sentence(b)]
        if _CONTENT.search(names(element)) and sum(b.size - b.linked for b in own) >= MIN_SHORT:
            for block in hidden:
                block.hidden = False


def _reveal_panels(hidden_by: Inside) -> None:
    """The parts of an accordion: hidden each until its heading, which stands before it, is
    clicked."""
    panels = [element for element, inside in hidden_by.items() if _is_panel(element, inside)]
    if len(panels) < MIN_PANELS:
        return
    for element in panels:
        for block in hidden_by[element]:
            block.hidden = False


def _is_panel(element: Element, inside: Sequence[Block]) -> bool:
    """Whether a hidden element is named as a part, has more of a text than of links, and stands
    behind what is marked up as its heading."""
    heading = element.getprevious()
    if heading is None or not _PANEL.search(names(element)):
        return False
    if heading.tag not in _HEADINGS and not _HEADING.search(names(heading)):
        return False
    words = len("".join(map(str, heading.itertext())).strip())
    told = any(_is_sentence(b) for b in inside) and 2 * sum(b.linked for b in inside) < sum(
        b.size for b in inside
    )
    return told and 0 < words <= MAX_HEADING_CHARS


def _reveal_controls(blocks: Sequence[Block], control_by: Inside) -> None:
    """A page without a sentence whose prose stands in an element for browsers without scripts, or
    in a field that nobody can write into, is read there."""
    if not control_by or any(not b.hidden and not b.control and _is_sentence(b) for b in blocks):
        return
    for inside in control_by.values():
        prose = [b for b in inside if not b.hidden and _is_sentence(b)]
        sentences = sum(len(_SENTENCE.findall(b.text)) for b in prose)
        if sentences >= MIN_SENTENCES and sum(b.size for b in prose) >= MIN_PROSE_CHARS:
            for block in inside:
                block.control = False


def _is_sentence(block: Block) -> bool:
    return (
        block.size - block.linked >= MIN_SENTENCE_CHARS and _SENTENCE.search(block.text) is not None
    )
