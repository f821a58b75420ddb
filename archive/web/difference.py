"""Two texts compared as the pages show it: paragraph by paragraph, change by change.

What changed is ``archive.difference``'s to say; here it is cut into paragraphs, and the changes are
counted: what was taken out and what was put in its place is one, over however many lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.difference import Kind, Piece, pieces

BREAK = "¶"
"""What stands for a line break that was taken out or put in alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph, as ``archive.difference.Piece``; ``stop`` is the number of the
    change that begins with it, from 1, or 0 where none does."""

    kind: Kind
    text: str
    moved: bool = False
    stop: int = 0


Paragraph = list[Part]


def compare(old: str, new: str) -> list[Paragraph]:
    """Every paragraph of both texts with what changed in it, in order.

    Joining the ``same`` and ``removed`` pieces gives the old text's characters, ``same`` and
    ``added`` the new text's, without the line breaks; where nothing but these changed (paragraphs
    that were joined or parted), BREAK stands for them.
    """
    found: list[Paragraph] = [[]]
    changes = 0
    last = Piece("same", "")
    for piece in pieces(old, new):
        begins = _begins(last, piece)
        changes += begins
        stop = changes if begins else 0
        last = piece
        if piece.kind != "same" and not piece.text.strip("\n"):
            found[-1].append(Part(piece.kind, BREAK, piece.moved, stop))
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append(Part(piece.kind, line, piece.moved, stop))
                stop = 0
    return [line for line in found if line]


def _begins(last: Piece, piece: Piece) -> bool:
    """Whether a change begins with the piece; what was put in belongs to what was taken out."""
    replaced = (last.kind, piece.kind) == ("removed", "added") and last.moved == piece.moved
    return piece.kind != "same" and not replaced


def changed_characters(paragraphs: list[Paragraph]) -> int:
    """How many characters were removed or added."""
    return characters(paragraphs, "removed") + characters(paragraphs, "added")


def characters(paragraphs: list[Paragraph], kind: Kind) -> int:
    """How many characters are of this kind, without what only stands elsewhere."""
    return sum(
        len(one.text) for line in paragraphs for one in line if one.kind == kind and not one.moved
    )


def moved_paragraphs(paragraphs: list[Paragraph]) -> int:
    """How many paragraphs stand elsewhere in the new text."""
    return sum(one.kind == "added" and one.moved for line in paragraphs for one in line)
