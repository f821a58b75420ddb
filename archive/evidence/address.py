"""What was kept of an address, on every night, whatever became of it.

It promises every capture there is, whether or not an article is read from it.
"""

from __future__ import annotations

from archive.errors import NoLongerReadError, NotFoundError
from archive.model import CaptureRow
from archive.store import Archive


def captures_named(archive: Archive, id_or_url: str) -> list[CaptureRow]:
    """The captures of the address, else of all addresses of the article with this id (or of the one
    that it was read at), the oldest first. NotFoundError where there are none."""
    holdings = archive.store.holdings
    found = holdings.captures_of(id_or_url)
    if not found:
        addresses = _addresses(archive, id_or_url)
        found = [row for url in addresses for row in holdings.captures_of(url)]
    if not found:
        raise NotFoundError(f"no capture of {id_or_url[:200]!r} is kept")
    return sorted(found, key=lambda row: (row.captured_at, row.id))


def _addresses(archive: Archive, id_or_url: str) -> list[str]:
    try:
        return sorted({one.url for one in archive.get(id_or_url).witnesses})
    except NoLongerReadError as lost:
        return [lost.url]
