"""What a search gives: hits in order, how many there are in all, and their facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from archive.search.snippet import Snippet

Order = Literal["relevance", "newest", "oldest"]
"""By rank (BM25, the title weighs more), or by date of publication; undated articles come last."""

FacetName = Literal["branch", "year", "site", "status", "witness", "host"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``score`` is higher the better it fits (0 without words)."""

    id: str
    url: str
    site: str
    branch: str | None
    published: date | None
    status: str
    score: float
    title: Snippet
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the articles found have this ``value`` of a facet; None: unknown."""

    value: str | None
    count: int


Facets = Mapping[FacetName, tuple[Count, ...]]
"""The counts of each facet, the largest first (years: the latest first). An article with an
original and a mirror counts in both kinds of ``witness`` and under every ``host`` that has it, in
every other facet once."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, in order. ``total`` counts all that were found, on every page; ``facets``
    are over all of them, and empty unless asked for. Iterates over its hits."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    facets: Facets = field(default_factory=dict)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
