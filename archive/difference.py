"""What changed from one text to another, as a reader would mark it.

It promises that the pieces kept and removed give the old text, and the pieces kept and added the
new one; and that no scrap of a few equal characters between two changes breaks them apart, for
nobody reads them so; but a line break stays one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Literal

from rapidfuzz.distance import Indel

Kind = Literal["same", "removed", "added"]

SCRAP = 2
"""Equal characters between two changes that count as changed."""

MAX_CHARACTERS = 40_000
"""Longer changed stretches are compared line by line only: time grows with the square."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, taken out or put in."""

    kind: Kind
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """The texts as pieces in reading order, what was removed before what was added."""
    found: list[Piece] = []
    for before, after in _stretches(old, new):
        if before == after:
            found.append(Piece("same", before))
        elif len(before) > MAX_CHARACTERS or len(after) > MAX_CHARACTERS:
            found += [Piece("removed", before), Piece("added", after)]
        else:
            found += _by_character(before, after)
    return list(_joined(found))


def _stretches(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The texts by lines: equal stretches, and what stands between them."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for _, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield "".join(before[i:j]), "".join(after[k:m])


def _by_character(old: str, new: str) -> Iterator[Piece]:
    for part in Indel.opcodes(old, new):
        before, after = old[part.src_start : part.src_end], new[part.dest_start : part.dest_end]
        if part.tag == "equal" and (len(before) > SCRAP or "\n" in before):
            yield Piece("same", before)
            continue
        yield Piece("removed", before)
        yield Piece("added", after)


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    removed = added = same = ""
    for piece in found:
        if piece.kind == "same":
            if removed or added:
                yield from _piece("same", same)
                yield from _piece("removed", removed)
                yield from _piece("added", added)
                removed = added = same = ""
            same += piece.text
        elif piece.kind == "removed":
            removed += piece.text
        else:
            added += piece.text
    yield from _piece("same", same)
    yield from _piece("removed", removed)
    yield from _piece("added", added)


def _piece(kind: Kind, text: str) -> Iterator[Piece]:
    if text:
        yield Piece(kind, text)


_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_TAGS = {"same": ("", ""), "removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>")}


def as_text(found: Iterable[Piece]) -> str:
    """``[-removed-]`` and ``{+added+}``, as wdiff marks them."""
    return "".join(piece.text.join(_MARKS[piece.kind]) for piece in found)


def as_html(found: Iterable[Piece]) -> str:
    """``<del>`` and ``<ins>`` (HTML, section 4.7) in escaped text; line breaks as they are."""
    return "".join(escape(piece.text).join(_TAGS[piece.kind]) for piece in found)
