"""The captures that a page, or an article, needs, as a WACZ file of their own.

A page and what it shows (pictures, styles, scripts), each as it was kept nearest to the moment of
the page; an article is all captures of its witnesses with what they show. The package itself is
``archive.export``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import html as lxml_html

from archive.cleaning.decode import decode
from archive.errors import HttpError, PalimpsestError
from archive.exchange import media_type, read_response
from archive.export.selection import Selection
from archive.export.wacz import write_wacz
from archive.model import Article
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.web.evidence import body_of

MAX_REQUISITES = 200
_REFERENCES = {
    "img": ("src",),
    "link": ("href",),
    "script": ("src",),
    "input": ("src",),
    "table": ("background",),
    "td": ("background",),
    "body": ("background",),
}
_PAGES = ("text/html", "application/xhtml+xml")


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
    """The captures of what the page shows, nearest to its moment."""
    for url in list(dict.fromkeys(_references(archive, page)))[:MAX_REQUISITES]:
        rows = archive.store.holdings.captures_of(url)
        whole = [row for row in rows if row.status == 200 and row.error is None]
        if whole:
            yield min(whole, key=lambda row: abs(row.captured_at - page.captured_at))


def _references(archive: Archive, page: CaptureRow) -> Iterator[str]:
    if page.media_type not in _PAGES:
        return
    try:
        capture = read_at(archive.warc_dir, page.pointer)
        message = read_response(capture.response, method_of(capture.request))
    except (PalimpsestError, HttpError):
        return
    if media_type(message) not in _PAGES:
        return
    text, _ = decode(body_of(message), message.header("content-type"))
    tree = lxml_html.document_fromstring(text.encode() or b"<p>", parser=_PARSER)
    for element in tree.iter(*_REFERENCES):
        for name in _REFERENCES[str(element.tag)]:
            address = element.get(name, "").strip()
            try:
                if address:
                    yield urljoin(page.url, address).partition("#")[0]
            except ValueError:
                continue


_PARSER = lxml_html.HTMLParser(encoding="utf-8")
