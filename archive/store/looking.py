"""The texts that a query finds, for who wants to look into them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.search.near import MOST_TEXTS

if TYPE_CHECKING:
    from archive.store import Archive, Filters


def texts_of(archive: Archive, filters: Filters, query: str) -> Iterator[str]:
    """Titles with texts of the articles that fit ``query`` best, MOST_TEXTS at most. Each is opened
    when it is asked for, and no further than these words."""
    from archive.search import parse

    for row in archive.store.find(parse(query), filters, limit=MOST_TEXTS).rows:
        yield "\n".join(row.words())
