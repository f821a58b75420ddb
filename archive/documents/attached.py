"""Articles with the texts of their attachments, as far as these are kept and can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from archive.documents.bounded import Job
from archive.documents.shelf import DocumentShelf
from archive.ingest import SUCCESS
from archive.model import Article, WarcPointer
from archive.store import Archive, CaptureRow


def with_texts(
    archive: Archive, articles: Iterable[Article], rows: Iterable[CaptureRow]
) -> list[Article]:
    """``articles``, whose attachments have their digests, with texts read from the captures that
    ``rows`` tell of. Raises OSError when the texts cannot be kept."""
    given = list(articles)
    attached = {a.digest for article in given for a in article.reading.attachments if a.digest}
    pointers: dict[str, WarcPointer] = {}
    for row in rows:
        digest = row.pointer.payload_digest
        if digest in attached and row.status in SUCCESS and not row.error:
            pointers.setdefault(digest, row.pointer)
    jobs = [Job(digest, archive.warc_dir, pointer) for digest, pointer in pointers.items()]
    texts = DocumentShelf(archive.data).texts(jobs)
    return [_with_texts(article, texts) for article in given]


def _with_texts(article: Article, texts: dict[str, str]) -> Article:
    reading = article.reading
    if not reading.attachments:
        return article
    files = tuple(replace(a, text=texts.get(a.digest or "")) for a in reading.attachments)
    return replace(article, reading=replace(reading, attachments=files))
