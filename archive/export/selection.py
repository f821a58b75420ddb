"""Which captures belong to a selection of articles.

Without filters it is all the evidence. With filters it is what the articles were read from: the
captures of their witnesses, over all nights, of the pages on which they go on, and of the pictures
and files they show; with a revisit always the capture that it goes back to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.model import Article, PageKind
from archive.store import Archive, CaptureRow, Filters


@dataclass(frozen=True, slots=True)
class Selection:
    """The captures, the oldest first, and the articles by the addresses of their witnesses."""

    rows: tuple[CaptureRow, ...]
    articles: dict[str, Article]


def select(archive: Archive, filters: Filters) -> Selection:
    """The captures that belong to the articles which pass the filters."""
    store = archive.store
    sites = [filters.site] if filters.site else [site.name for site in store.sites()]
    articles = {
        witness.url: article
        for article in store.articles(filters=filters)
        for witness in article.witnesses
    }
    everything = (row for site in sites for row in store.captures(site))
    chosen = replace(filters, site=None) != Filters()
    rows = _belonging(everything, articles) if chosen else everything
    return Selection(tuple(sorted(rows, key=lambda row: row.captured_at)), articles)


def _belonging(rows: Iterator[CaptureRow], articles: dict[str, Article]) -> Iterator[CaptureRow]:
    wanted = set(articles)
    for article in articles.values():
        readings = [article.reading, *(witness.raw for witness in article.witnesses)]
        for reading in readings:
            wanted.update(reading.next_pages)
            wanted.update(image.url for image in reading.images)
            wanted.update(attachment.url for attachment in reading.attachments)
    for row in rows:
        found_there = row.kind is PageKind.ASSET and row.via in articles
        if row.url in wanted or found_there:
            yield row
