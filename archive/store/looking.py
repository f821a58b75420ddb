"""The texts that a query finds, for who wants to look into them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from archive.errors import NotFoundError
from archive.search.near import MOST_TEXTS

if TYPE_CHECKING:
    from archive.store import Archive, Filters


def texts_of(archive: Archive, filters: Filters, query: str) -> Iterator[str]:
    """Titles with texts of the articles that fit ``query`` best, MOST_TEXTS at most."""
    for hit in archive.search(query, filters, limit=MOST_TEXTS):
        with suppress(NotFoundError):  # gone since it was found
            reading = archive.get(hit.id).reading
            yield f"{reading.title or ''}\n{reading.text}"
