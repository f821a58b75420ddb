"""A text in several elements of one id, as newsrooms write that set pictures between them.

It promises to call only those one text that a page gives the same name which should be no other
element's (HTML Living Standard 3.2.6, ``id``), side by side in one element.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml.etree import _Element as Element

from archive.cleaning.markup.blocks import Flow


def pieces_of(totals: Mapping[Element, float], element: Element) -> list[Element]:
    """The elements that hold the text of which ``element`` holds a part, in the page's order; it
    alone where it has no id, or where no element beside it has the same and speaks for a body, as
    the answers in a thread do not. ``totals`` tells how much each does, in characters."""
    parent, own = element.getparent(), element.get("id")
    if parent is None or not own:
        return [element]
    return [
        one
        for one in parent.iterchildren(element.tag)
        if one is element or (one.get("id") == own and totals.get(one, 0.0) > 0)
    ]


def places_between(flow: Flow, pieces: Sequence[Element]) -> frozenset[int]:
    """The places of the blocks that stand between the first and the last of ``pieces``, in none."""
    if len(pieces) < 2:
        return frozenset()
    spans = [flow.spans[piece] for piece in pieces]
    inside = {place for start, end in spans for place in range(start, end)}
    return frozenset(range(spans[0][0], spans[-1][1])) - inside
