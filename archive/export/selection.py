"""Which captures belong to a selection of articles.

Without a query and filters it is all the evidence. With them it is what the articles were read
from: the captures of their witnesses, over all nights, of the pages on which they go on, and of the
pictures and files they show; with a revisit always the capture that it goes back to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.model import Article, PageKind
from archive.store import Archive, CaptureRow


@dataclass(frozen=True, slots=True)
class Selection:
    """The captures, the oldest first and those of one moment as they lie in their file, and the
    articles by the addresses of their witnesses, of all their pages."""

    rows: tuple[CaptureRow, ...]
    articles: dict[str, Article]


def select(archive: Archive, articles: Iterable[Article], sites: Sequence[str] | None) -> Selection:
    """The captures that belong to ``articles``; with ``sites`` all captures of these, or of every
    site where none is named."""
    store = archive.store
    by_url = {
        url: article
        for article in articles
        for witness in article.witnesses
        for url in (witness.url, *(page.url for page in witness.raw.pages))
    }
    names = sites or [site.name for site in store.sites()]
    everything = (row for site in names for row in store.captures(site))
    rows = _belonging(everything, by_url) if sites is None else everything
    # Whoever reads them has what is noted of each from one reading of a file, if he need not go
    # to and fro in it: other programs write the moments of a whole file as one.
    return Selection(tuple(sorted(rows, key=_place)), by_url)


def _place(row: CaptureRow) -> tuple[datetime, str, int]:
    return row.captured_at, row.pointer.file, row.pointer.offset


def _belonging(rows: Iterator[CaptureRow], articles: dict[str, Article]) -> Iterator[CaptureRow]:
    wanted = set(articles)
    for article in articles.values():
        readings = [article.reading, *(witness.raw for witness in article.witnesses)]
        for reading in readings:
            wanted.update(reading.next_pages, reading.earlier_pages)
            wanted.update(image.url for image in reading.images)
            wanted.update(attachment.url for attachment in reading.attachments)
    for row in rows:
        found_there = row.kind is PageKind.ASSET and row.via in articles
        if row.url in wanted or found_there:
            yield row
