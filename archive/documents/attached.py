"""Articles with the texts of their attachments, as far as these are kept and can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from archive.documents.bounded import Job
from archive.documents.shelf import DocumentShelf
from archive.model import Article
from archive.statuses import SUCCESS
from archive.store import Archive, CaptureRow

BATCH = 1_000
"""Files that are read together, by processes started once for them all."""


def read_attached(
    archive: Archive,
    articles: Iterable[Article],
    digests: Mapping[str, str],
    rows: Iterable[CaptureRow],
) -> DocumentShelf:
    """Read the attachments of ``articles`` from the captures that ``rows`` tell of; ``digests`` are
    those of what was fetched, by address. Returns the shelf that has their texts. Raises OSError
    when the texts cannot be kept."""
    attached = {digests.get(a.url) for article in articles for a in article.reading.attachments}
    jobs: dict[str, Job] = {}
    for row in rows:
        digest = row.pointer.payload_digest
        if digest in attached and row.status in SUCCESS and not row.error:
            jobs.setdefault(digest, Job(digest, archive.warc_dir, row.pointer))
    shelf, waiting = DocumentShelf(archive.data), iter(jobs.values())
    while batch := list(islice(waiting, BATCH)):
        shelf.texts(batch)
    return shelf


def with_texts(articles: Iterable[Article], shelf: DocumentShelf) -> Iterator[Article]:
    """``articles``, whose attachments have their digests, with the texts that ``shelf`` has."""
    for article in articles:
        reading = article.reading
        if not reading.attachments:
            yield article
            continue
        files = tuple(
            replace(a, text=shelf.kept(a.digest) if a.digest else None) for a in reading.attachments
        )
        yield replace(article, reading=replace(reading, attachments=files))
