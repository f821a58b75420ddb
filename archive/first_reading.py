"""What a page says by itself, before the site pass has seen the others.

It promises an article at once for a page of the institute, so that a first run which is cut short
leaves something to read, and none for a page of a mirror, whose marks show only among its host's
pages. Where there are articles of a site pass, readers get none before the next one
(``crawler.pipeline``): what stands in an article's place tonight may not be the institute's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from archive.addresses import host_of
from archive.captured import Ingested, kind_without_page, role_of
from archive.cleaning import HostModel, Page, extract_page, page_kind
from archive.exchange import HttpMessage
from archive.loose import read_loose
from archive.model import Article, Capture, Extraction, PageKind, Site, WarcPointer, Witness
from archive.witnesses.identity import article_id

if TYPE_CHECKING:
    # Not at run time, as in ``archive.captured``.
    from archive.store import Archive, Store

MAX_MODELS = 16
"""Hosts whose models are held, a megabyte each at the most: those being crawled."""
_models: WeakKeyDictionary[Store, dict[tuple[str, str, int], HostModel | None]] = (
    WeakKeyDictionary()
)


def first_reading(
    archive: Archive,
    site: Site,
    capture: Capture,
    pointer: WarcPointer,
    message: HttpMessage | None,
    page: Page | None,
    run: int = 0,
) -> Ingested:
    """The kind of page in a capture of the run of this number, what was read of it, and the
    article, if it is one.

    ``message`` and ``page`` are the capture as read so far, None where it is no answer or no page.
    """
    role = role_of(site, host_of(capture.url))
    extraction = read_loose(capture)
    kind = extraction.kind if extraction else kind_without_page(message)
    if page is not None and role == "mirror":
        # A mirror's page alone cannot be read: its marks show in the site pass, and no sooner.
        kind = page_kind(page)
    elif page is not None:
        extraction = extract_page(
            page, _known_model(archive.store, site, host_of(capture.url), run)
        )
        kind = extraction.kind
    if extraction is None or kind is not PageKind.ARTICLE:
        return Ingested(kind, extraction, None)
    return Ingested(kind, extraction, _first_article(site, capture, pointer, extraction))


def _first_article(site: Site, capture: Capture, pointer: WarcPointer, read: Extraction) -> Article:
    """The article as this page alone tells it; the site pass puts it together with the others."""
    witness = Witness(
        url=capture.url,
        role=role_of(site, host_of(capture.url)),
        captured_at=capture.captured_at,
        pointer=pointer,
        raw=read,
        clean=read,
    )
    return Article(
        id=article_id(site.name, capture.url),
        url=capture.url,
        site=site.name,
        status="mirror-only" if witness.role == "mirror" else "live",
        reading=read,
        reading_of=0,
        witnesses=(witness,),
        first_seen=capture.captured_at,
        last_seen=capture.captured_at,
    )


def _known_model(store: Store, site: Site, host: str, run: int) -> HostModel | None:
    """What earlier runs learnt of the host's template, if anything; asked for once in a run, for
    a model has thousands of lines."""
    known = _models.setdefault(store, {})
    key = (site.name, host, run)
    if key not in known:
        if len(known) >= MAX_MODELS:
            known.clear()
        text = store.model(site.name, host)
        known[key] = HostModel.from_json(text) if text else None
    return known[key]
