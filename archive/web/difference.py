"""Two texts compared as the pages show it: paragraph by paragraph.

What changed is ``archive.difference``'s to say; here it is cut into paragraphs.
"""

from __future__ import annotations

from dataclasses import replace

from archive.difference import Kind, Piece, pieces

Paragraph = list[Piece]

BREAK = "¶"
"""What stands for a line break that was taken out or put in alone."""


def compare(old: str, new: str) -> list[Paragraph]:
    """Every paragraph of both texts with what changed in it, in order.

    Joining the ``same`` and ``removed`` pieces gives the old text's characters, ``same`` and
    ``added`` the new text's, without the line breaks; where nothing but these changed (paragraphs
    that were joined or parted), BREAK stands for them.
    """
    found: list[Paragraph] = [[]]
    for piece in pieces(old, new):
        if piece.kind != "same" and not piece.text.strip("\n"):
            found[-1].append(replace(piece, text=BREAK))
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            if line:
                found[-1].append(replace(piece, text=line))
    return [line for line in found if line]


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
