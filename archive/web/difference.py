"""Two texts compared character by character, as a reader would mark the changes.

Paragraphs are matched first and characters only within paragraphs that changed, so that a long
article costs little, and a moved or new paragraph is not spelled out of scattered letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz.distance import Indel

MAX_PARAGRAPH = 20_000
"""Characters of a changed paragraph that are compared one by one; longer ones change as a whole."""
ALIKE = 0.3
"""Similarity from which two paragraphs count as one that was changed."""

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of one paragraph: in both texts, only in the old one, or only in the new one."""

    kind: Kind
    text: str


Paragraph = list[Change]


def compare(old: str, new: str) -> list[Paragraph]:
    """Every paragraph of both texts with what changed in it, in order.

    Joining the ``same`` and ``removed`` stretches gives the old text's paragraphs, ``same`` and
    ``added`` the new text's.
    """
    left, right = old.split("\n"), new.split("\n")
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    found: list[Paragraph] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += [[Change("same", line)] for line in left[a:b]]
        else:
            found += _changed(left[a:b], right[c:d])
    return found


def _changed(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    for number in range(max(len(old), len(new))):
        before = old[number] if number < len(old) else None
        after = new[number] if number < len(new) else None
        if before is None or after is None or not _alike(before, after):
            if before is not None:
                yield [Change("removed", before)]
            if after is not None:
                yield [Change("added", after)]
        else:
            yield _characters(before, after)


def _alike(before: str, after: str) -> bool:
    if max(len(before), len(after)) > MAX_PARAGRAPH:
        return False
    return Indel.normalized_similarity(before, after) >= ALIKE


def _characters(before: str, after: str) -> Paragraph:
    found: Paragraph = []
    for part in Indel.opcodes(before, after):
        if part.tag == "equal":
            found.append(Change("same", before[part.src_start : part.src_end]))
        elif part.tag == "delete":
            found.append(Change("removed", before[part.src_start : part.src_end]))
        else:
            found.append(Change("added", after[part.dest_start : part.dest_end]))
    return found


def changed_characters(paragraphs: list[Paragraph]) -> int:
    """How many characters were removed or added."""
    return sum(len(c.text) for line in paragraphs for c in line if c.kind != "same")
