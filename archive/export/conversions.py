"""Articles as WARC ``conversion`` records: the reading copy, tied to the evidence it was made of.

Each article is a freestanding text that refers to the response it was read from (WARC 1.1, section
6.8), with a ``metadata`` record behind it that says what was changed or left out, by which rule, on
what evidence. It promises that the file is whole or is not there, that it is made again with the
articles, and that a record has the same id as long as its article says the same.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from archive.export.files import whole_file
from archive.export.record import record, removal_values
from archive.model import Article
from archive.store import Archive
from archive.store.characters import storable, storable_tree
from archive.warc.naming import SUFFIX, apart, safe_prefix
from archive.warc.record import digest, pack, safe_uri, warc_date
from archive.warc.storage import storage_errors
from archive.warc.warcinfo import pack_warcinfo

FOLDER = "articles"
"""Where the files are, in the data directory: beside the evidence, not among it."""
HTML = "text/html; charset=utf-8"
JSON = "application/json"
LEFT_OUT = ("text", "markdown", "last_seen")
"""Keys of the export record that the conversion itself holds, and the one that is another each
night: the records of an article that says what it said are the same ones."""


def conversions_path(archive: Archive, site: str) -> Path:
    """The file of a site's conversions. Names in other scripts all have the same safe form."""
    return archive.data / FOLDER / f"{safe_prefix(site)}-{apart(site)}{SUFFIX}"


def write_conversions(archive: Archive, site: str) -> int:
    """Write all articles of ``site`` as conversions, in place of what was there; returns how many.

    Raises DataDirectoryError when the folder cannot be written.
    """
    count = 0
    with conversions_file(archive, site) as target:
        for article in archive.store.articles(site):
            target.write(b"".join(conversion(article)))
            count += 1
    return count


@contextmanager
def conversions_file(archive: Archive, site: str) -> Iterator[BinaryIO]:
    """A file for the conversions of ``site``, its first record written, that takes the place of
    what was there at the end. Raises DataDirectoryError when the folder cannot be written."""
    path = conversions_path(archive, site)
    with storage_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as target:
            info = {"isPartOf": site, "description": "articles derived from the WARC files"}
            target.write(pack_warcinfo(path.name, info))
            yield target


def conversion(article: Article) -> Iterator[bytes]:
    """The article as a conversion record and the metadata record about it, a gzip member each."""
    source = article.witnesses[article.reading_of].pointer.record_id
    page = storable(_page(article)).encode("utf-8", "replace")
    yield _member("conversion", article, source, HTML, page)
    about = {name: value for name, value in record(article).items() if name not in LEFT_OUT}
    about["removals"] = [removal_values(one) for one in article.reading.removals]
    told = json.dumps(storable_tree(about), ensure_ascii=False).encode("utf-8", "replace")
    yield _member("metadata", article, _record_id("conversion", source, page), JSON, told)


def _member(kind: str, article: Article, refers_to: str, media_type: str, block: bytes) -> bytes:
    fields = [
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<{_record_id(kind, refers_to, block)}>"),
        ("WARC-Target-URI", safe_uri(article.url)),
        ("WARC-Date", warc_date(datetime.now(UTC))),
        ("WARC-Refers-To", f"<{refers_to}>"),
        ("Content-Type", media_type),
        ("WARC-Payload-Digest", digest(block)),
    ]
    return pack(fields, block)


def _record_id(kind: str, refers_to: str, block: bytes) -> str:
    """The same for the same content (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {refers_to} {digest(block)}").urn


def _page(article: Article) -> str:
    """The article as a page that needs nothing else."""
    reading = article.reading
    facts = {
        "author": reading.author,
        "dcterms.source": reading.source,
        "dcterms.issued": reading.published and reading.published.isoformat(),
        "dcterms.isPartOf": reading.branch,
    }
    metas = "".join(
        f'<meta name="{name}" content="{escape(value)}">\n'
        for name, value in facts.items()
        if value
    )
    title = escape(reading.title or "")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(reading.language or "")}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{title}</title>\n{metas}'
        f'<link rel="canonical" href="{escape(article.url)}">\n</head>\n'
        f"<body>\n<h1>{title}</h1>\n{_blocks(reading.text.splitlines())}</body>\n</html>\n"
    )


def _blocks(lines: Iterable[str]) -> str:
    """Paragraphs, and tables where lines have cells."""
    parts = []
    for is_table, some in groupby(filter(None, lines), key=lambda line: "\t" in line):
        if is_table:
            rows = ("".join(f"<td>{escape(c)}</td>" for c in line.split("\t")) for line in some)
            parts.append("<table>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>\n")
        else:
            parts += [f"<p>{escape(line)}</p>\n" for line in some]
    return "".join(parts)
