"""What a searcher asked for, as a tree that every index understands.

Leaves are phrases of folded units (``archive.search.terms``), sounds of characters, spans of
publication dates and exact values; ``All``, ``Any`` and ``Without`` join them. The tree knows no
index and no typed syntax: ``archive.search.language`` makes it of what was typed, each index turns
it into its own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as value
from datetime import date
from typing import Literal

TextField = Literal["title", "text", "branch", "author", "source", "attachment"]
"""What a phrase can be looked for in: folded, by its units."""

TITLE_WEIGHT = 4.0
"""What a hit in the title weighs beside one in the text, in either index."""

OTHER_WEIGHT = 0.02
"""What a hit weighs that is written in another way than it was typed."""

ExactField = Literal["site", "branch", "status", "witness", "host"]
"""What has one of few values, looked for as it is."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Units that must stand side by side in ``field``; None: in the title or in one paragraph of
    the text. An ``other`` one was not typed: it is what was typed, written in another way, and
    weighs little beside it."""

    units: tuple[str, ...]
    field: TextField | None = None
    other: bool = value(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Sounds:
    """Characters that stand side by side in ``field`` as in a phrase, one of each of these."""

    syllables: tuple[frozenset[str], ...]
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Beginning:
    """A word of letters in ``field`` that begins with these, folded as words are."""

    letters: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Published from ``first`` to ``last``, both included; None is open. An article without a
    date is never in a span."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Exactly:
    """``field`` has this value."""

    field: ExactField
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it holds always."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds; without parts it never does."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: Node


Wanted = Phrase | Sounds | Beginning
"""What is looked for in a text."""

Node = Phrase | Sounds | Beginning | Published | Exactly | All | Any | Without

EVERYTHING = All(())
NOTHING = Any(())


def wanted(node: Node) -> Iterator[Wanted]:
    """What speaks for an article (nothing that it must be without), in order: what ranks and what
    is highlighted."""
    if isinstance(node, Wanted):
        yield node
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from wanted(part)
