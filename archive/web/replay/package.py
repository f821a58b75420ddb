"""The records that one captured page needs, as a WARC file of their own.

The page and what it shows (pictures, styles, scripts), each as it was kept nearest to the moment of
the page. Records are copied byte for byte out of the archive's files.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from lxml import html as lxml_html

from archive.cleaning.decode import decode
from archive.errors import HttpError, PalimpsestError
from archive.exchange import media_type, read_response
from archive.model import WarcPointer
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.web.evidence import body_of

MAX_REQUISITES = 200
MAX_BYTES = 64 * 1024 * 1024
"""Of records in one file; a page's later requisites are left out."""
_GZIP = b"\x1f\x8b"
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


def warc_of(archive: Archive, row: CaptureRow) -> bytes:
    """A gzipped WARC file with the capture ``row`` and its requisites. Raises OSError."""
    found, size = [], 0
    for one in (row, *requisites(archive, row)):
        record = _record(archive.warc_dir, one.pointer)
        size += len(record)
        if size > MAX_BYTES:
            break
        found.append(record)
    return b"".join(found)


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


def _record(directory: Path, pointer: WarcPointer) -> bytes:
    path = directory / pointer.file
    if not path.exists():
        path = path.with_name(f"{path.name}.open")
    with path.open("rb") as file:
        file.seek(pointer.offset)
        record = file.read(pointer.length)
    # Other programs' files may be plain; a file must be all of one kind.
    return record if record.startswith(_GZIP) else gzip.compress(record)
