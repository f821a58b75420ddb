"""Inline elements that hold the blocks of a page, as if they were blocks themselves.

It promises for each of them the range of all blocks within, and leaves alone those that have words
of their own beside these.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from lxml.etree import _Element as Element

from archive.cleaning.markup.roles import MAY_BREAK, NEVER_SHOWN, ROLES, STYLE_OF

# An inline element around blocks stands in no more others.
MAX_HOLDERS = 8


def holders(spans: Mapping[Element, tuple[int, int]]) -> dict[Element, tuple[int, int]]:
    """The inline elements that hold nothing but block elements, and the blocks of each: old pages
    have their text in one (``<font id="zoom"><p>…``), and a browser lays these out all the same."""
    held: dict[Element, tuple[int, int]] = {}
    mixed: set[Element] = set()
    for element, (start, end) in spans.items():
        holder = element.getparent()
        if holder in spans:  # as nearly everywhere
            continue
        for _ in range(MAX_HOLDERS):
            if holder is None or holder in spans or holder in mixed:
                break
            known = held.get(holder)
            if known is None and not _holds_blocks_alone(holder, spans, held):
                mixed.add(holder)
                break
            held[holder] = (start, end) if known is None else (min(known[0], start), end)
            holder = holder.getparent()
    return held


def _holds_blocks_alone(
    holder: Element, spans: Container[Element], held: Container[Element]
) -> bool:
    tag, role = ROLES[holder.tag]
    if (role > MAY_BREAK and tag not in STYLE_OF) or (holder.text or "").strip():
        return False
    for child in holder:
        if (child.tail or "").strip():
            return False
        words = child not in spans and child not in held and ROLES[child.tag][1] != NEVER_SHOWN
        if words and any(text.strip() for text in child.itertext()):
            return False
    return True
