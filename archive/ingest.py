"""The one way in: a capture whose bytes are already on disk becomes rows and, perhaps, an article.

Crawl and backfill both come through here. It promises that everything derived from one page (the
capture's row, the article, the addresses found, the acknowledgement to the frontier) is committed
in one transaction, and that nothing is derived from bytes that no WARC holds: it asks for their
pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archive.addresses import LOOSE_URN
from archive.captured import Ingested, kind_unread, kind_without_page, page_of, read_message, row_of
from archive.exchange import HttpMessage
from archive.model import Capture, CaptureRow, Lead, Outcome, Site, WarcPointer

if TYPE_CHECKING:
    # Not at run time: they bring all of cleaning, or of the store.
    from archive.cleaning import Page
    from archive.store import Archive


def ingest(
    archive: Archive,
    site: Site,
    run: int,
    capture: Capture,
    pointer: WarcPointer,
    *,
    leads: Sequence[Lead] = (),
    outcome: Outcome | None = None,
    message: HttpMessage | None = None,
    page: Page | None = None,
    same_as: CaptureRow | None = None,
    derives: bool = True,
    links: int | None = None,
) -> Ingested:
    """Take in one capture that lies at ``pointer`` in a WARC.

    ``message`` and ``page`` may be given by a caller that has read the capture already. ``leads``
    are the addresses found on it, ``outcome`` acknowledges its own address; both go into the same
    transaction as the rows. ``same_as`` is an earlier capture that this one only repeats: it is
    kept, and nothing is made of it; nothing is either where this is not wanted (``derives``).
    ``links`` is the edition of link discovery that found all of ``leads``, if one did.
    Raises StoreError when the store refuses.
    """
    message = message or read_message(capture)
    if same_as is not None or not derives:
        kind = same_as.kind if same_as else kind_unread(message)
        row = row_of(capture, pointer, run, message, kind)
        archive.store.commit_page(site.name, row, leads=leads, outcome=outcome, links=links)
        return Ingested(kind, None, None)
    page = page or page_of(capture, message)
    reading = Ingested(kind_without_page(message), None, None)
    if page is not None or capture.url.startswith(LOOSE_URN):
        # Not before a page is to be read: it brings the rest of the cleaning.
        from archive.first_reading import first_reading

        reading = first_reading(archive, site, capture, pointer, message, page, run)
    archive.store.commit_page(
        site.name,
        row_of(capture, pointer, run, message, reading.kind),
        leads=leads,
        outcome=outcome,
        article=reading.article,
        links=links,
    )
    return reading
