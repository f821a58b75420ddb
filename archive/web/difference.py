"""Two texts compared as the pages show it: paragraph by paragraph.

What changed is ``archive.difference``'s to say; here it is cut into paragraphs.
"""

from __future__ import annotations

from archive.difference import Kind, Piece, pieces

Paragraph = list[Piece]


def compare(old: str, new: str) -> list[Paragraph]:
    """Every paragraph of both texts with what changed in it, in order.

    Joining the ``same`` and ``removed`` pieces gives the old text's characters, ``same`` and
    ``added`` the new text's, without the line breaks.
    """
    found: list[Paragraph] = [[]]
    for piece in pieces(old, new):
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append(Piece(piece.kind, line))
    return [line for line in found if line]


def changed_characters(paragraphs: list[Paragraph]) -> int:
    """How many characters were removed or added."""
    return characters(paragraphs, "removed") + characters(paragraphs, "added")


def characters(paragraphs: list[Paragraph], kind: Kind) -> int:
    """How many characters are of this kind."""
    return sum(len(one.text) for line in paragraphs for one in line if one.kind == kind)
