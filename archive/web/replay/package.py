"""The captures that a page, or an article, needs, as a WACZ file of their own.

A page and what it shows (pictures, styles, scripts), each as it was kept nearest to the moment of
the page; an article is all captures of its witnesses with what they show. The package itself is
``archive.export``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import chain
from typing import BinaryIO
from urllib.parse import urljoin

from archive.cleaning.page import read_page
from archive.errors import HttpError, PalimpsestError
from archive.exchange import media_type, read_response
from archive.export.selection import Selection
from archive.export.wacz import write_wacz
from archive.model import Article
from archive.requisites import MAX_STYLES, in_page, in_style, pictures_in
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.web.evidence import body_of

MAX_REQUISITES = 200
_PAGES = ("text/html", "application/xhtml+xml")
STYLE = "text/css"


def page_package(archive: Archive, article: Article, page: CaptureRow, target: BinaryIO) -> None:
    """Write the capture ``page`` of the article and its requisites. Raises OSError."""
    rows = {one.id: one for one in (page, *requisites(archive, page))}
    _write(archive, article, rows.values(), target)


def article_package(archive: Archive, article: Article, target: BinaryIO) -> None:
    """Write all evidence of the article. Raises OSError."""
    rows: dict[int, CaptureRow] = {}
    reading = article.reading
    urls = [one.url for one in article.witnesses]
    urls += [one.url for one in reading.images]
    urls += [one.url for one in reading.attachments]
    for url in dict.fromkeys(urls):
        for row in archive.store.holdings.captures_of(url):
            rows[row.id] = row
            if row.media_type in _PAGES and row.status == HTTPStatus.OK:
                rows |= {one.id: one for one in requisites(archive, row)}
    _write(archive, article, rows.values(), target)


def _write(
    archive: Archive, article: Article, rows: Iterable[CaptureRow], target: BinaryIO
) -> None:
    chosen = tuple(sorted(rows, key=lambda row: (row.captured_at, row.id)))
    by_url = {witness.url: article for witness in article.witnesses}
    # What no WARC gives any more is left out: the page of the capture says so.
    write_wacz(archive, Selection(chosen, by_url), target, lambda _: None)


def requisites(archive: Archive, page: CaptureRow) -> Iterator[CaptureRow]:
    """The captures of what the page shows, and of what its style sheets show, nearest to its
    moment; at most MAX_REQUISITES."""
    seen = {page.url}
    waiting = [page]
    count = 0
    while waiting and count < MAX_REQUISITES:
        for url in _references(archive, waiting.pop(0)):
            if url in seen or count == MAX_REQUISITES:
                continue
            seen.add(url)
            row = _nearest(archive, url, page)
            if row is not None:
                count += 1
                yield row
                if row.media_type == STYLE:
                    waiting.append(row)


def _nearest(archive: Archive, url: str, page: CaptureRow) -> CaptureRow | None:
    shown = archive.store.holdings.shown(url, page.captured_at)
    return None if shown is None else shown.row


def _references(archive: Archive, row: CaptureRow) -> Iterator[str]:
    """The addresses that a page or a style sheet names."""
    if row.media_type not in (*_PAGES, STYLE):
        return
    try:
        capture = read_at(archive.warc_dir, row.pointer)
        message = read_response(capture.response, method_of(capture.request))
    except (PalimpsestError, HttpError):
        return
    kind, body = media_type(message), body_of(message)
    if kind == STYLE:
        found = in_style(body[:MAX_STYLES].decode("utf-8", "replace"))
    elif kind in _PAGES:
        page = read_page(body, row.url, message.header("content-type"))
        found = chain(pictures_in(page), in_page(page))
    else:
        return
    for reference in found:
        try:
            yield urljoin(row.url, reference.strip()).partition("#")[0]
        except ValueError:
            continue
