"""The page of the archive about an address or an id that somebody has in hand."""

from __future__ import annotations

from archive.errors import NotFoundError
from archive.store import Archive
from archive.web.links import article_page, memento


def page_of(archive: Archive, address: str) -> str | None:
    """Where the article is that has this address or id, or a witness at it; else where the newest
    capture of the address is; None where nothing is kept."""
    try:
        return article_page(archive.get(address).id)
    except NotFoundError:
        shown = archive.store.holdings.shown(address)
        return memento(address, shown.row.captured_at) if shown else None
