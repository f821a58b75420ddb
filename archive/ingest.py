"""The one way in: a capture whose bytes are already on disk becomes rows and, perhaps, an article.

Crawl and backfill both come through here. It promises that everything derived from one page (the
capture's row, the article, the addresses found, the acknowledgement to the frontier) is committed
in one transaction, and that nothing is derived from bytes that no WARC holds: it asks for their
pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archive.addresses import LOOSE_URN
from archive.captured import (
    Ingested,
    kind_unread,
    kind_without_page,
    page_to_tell_of,
    read_message,
    row_of,
)
from archive.errors import FatalPageError
from archive.exchange import HttpMessage
from archive.model import Capture, CaptureRow, Lead, Outcome, Site, WarcPointer

if TYPE_CHECKING:
    # Not at run time: they bring all of cleaning, or of the store.
    from archive.cleaning import Page
    from archive.store import Archive


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk knows of a capture's address: ``leads`` are the addresses found on its page,
    ``links`` is the edition of link discovery that found all of them, if one did; ``outcome``
    acknowledges the address itself."""

    leads: Sequence[Lead] = ()
    links: int | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a caller has read of a capture already; ``same_as`` is an earlier one that it only
    repeats."""

    message: HttpMessage | None = None
    page: Page | None = None
    same_as: CaptureRow | None = None


class Kept(NamedTuple):
    """A capture, where it lies, and its answer."""

    capture: Capture
    pointer: WarcPointer
    message: HttpMessage | None


NOT_WALKED, UNREAD = Walked(), Read()


def ingest(
    archive: Archive,
    site: Site,
    run: int,
    capture: Capture,
    pointer: WarcPointer,
    *,
    walked: Walked = NOT_WALKED,
    read: Read = UNREAD,
    derives: bool = True,
    shows: bool = True,
) -> Ingested:
    """Take in one capture that lies at ``pointer`` in a WARC; what the walk says of it goes into
    the same transaction as the rows.

    A capture that only repeats another is kept, and nothing is made of it; nothing is either where
    this is not wanted (``derives``). What is made of it is kept for readers at once, unless they
    are not to see it before the site pass (``shows``). Raises StoreError when the store refuses.
    """
    message = read.message or read_message(capture)
    if read.same_as is not None or not derives:
        kind = read.same_as.kind if read.same_as else kind_unread(message)
        reading = Ingested(kind, None, None)
    else:
        reading = _read(archive, site, run, Kept(capture, pointer, message), read.page)
    archive.store.commit_page(
        site.name,
        row_of(capture, pointer, run, message, reading.kind),
        leads=walked.leads,
        outcome=walked.outcome,
        article=reading.article if shows else None,
        links=walked.links,
    )
    return reading


def _read(archive: Archive, site: Site, run: int, kept: Kept, page: Page | None) -> Ingested:
    """What the capture says; ``page``, if a caller has read it."""
    capture, pointer, message = kept
    try:
        page = page or page_to_tell_of(capture, message)
    except FatalPageError:
        # A page nobody has read: the site pass asks for it, and tells of it.
        return Ingested(None, None, None)
    if page is None and not capture.url.startswith(LOOSE_URN):
        return Ingested(kind_without_page(message), None, None)
    # Not before a page is to be read: it brings the rest of the cleaning.
    from archive.first_reading import first_reading

    return first_reading(archive, site, capture, pointer, message, page, run)
