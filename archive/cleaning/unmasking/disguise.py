"""A page whose characters are followed by their readings, 學(xué)院, with these taken off.

What a page says about itself (責(zé)任編輯：…) cannot be read through such a disguise. It promises
to change nothing but text nodes of pages that are disguised beyond doubt, and to leave the page it
was given alone; what the undisguised page tells is taken over as repairs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import regex

from archive.cleaning.page import Page, parse
from archive.cleaning.script import is_traditional, pinyin_edits, simplified
from archive.model import Extraction, Repair

CONVERTED = 0.5
"""Share of the readings that must stand after traditional characters: an honest page in simplified
ones may explain as many hard words as it likes."""
TOLD = ("branch", "author", "editor", "source")
FLAG = "mirror: read through pinyin in brackets"
_PIECE = regex.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^<>]*>|[^<]+|<", regex.S | regex.I
)


def undisguised(page: Page) -> Page | None:
    """The page in simplified characters without readings in brackets; None when there are fewer
    than three of them, or most explain simplified characters."""
    found = pinyin_edits(page.html)
    converted = sum(is_traditional(page.html[e.start - 1]) for e in found)
    if not found or converted < CONVERTED * len(found):
        return None
    html = "".join(
        piece if piece.startswith("<") else _plain(piece)
        for piece in (m.group() for m in _PIECE.finditer(page.html))
    )
    return replace(page, html=html, tree=parse(html))


def _plain(text: str) -> str:
    pieces, done = [], 0
    for edit in pinyin_edits(text, 1):
        pieces.append(text[done : edit.start])
        done = edit.end
    return simplified("".join([*pieces, text[done:]]))


def read_through(
    extraction: Extraction, page: Page, read: Callable[[Page], Extraction]
) -> Extraction:
    """``extraction`` of ``page`` with what the page tells about the article read once more where
    a disguise hid it. ``read`` extracts a page. Honest pages come back as the same object."""
    plain = undisguised(page)
    if plain is None:
        return extraction
    told = read(plain)
    changed: dict[str, Any] = {
        name: value for name in ("hits", "published") if (value := getattr(told, name)) is not None
    }
    if "published" in changed:
        changed["published_evidence"] = told.published_evidence
    repairs: list[Repair] = []
    for name in TOLD:
        before, after = getattr(extraction, name) or "", getattr(told, name) or ""
        if after and before != after:
            changed[name] = after
            repairs.append(
                Repair(name, 0, len(before), before, after, "pinyin", "read without brackets", 0.95)
            )
    return replace(
        extraction,
        **changed,
        repairs=(*extraction.repairs, *repairs),
        flags=(*extraction.flags, FLAG),
    )
