"""When a page was last seen as it is: what captures without news still tell.

A night on which nothing changed leaves an answer 304 or the same bytes again. It promises that such
a capture makes no second witness and no new version, and that it counts as a sighting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from archive.ingest import SUCCESS
from archive.model import Article
from archive.store import CaptureRow

NOT_MODIFIED = 304


def sightings(rows: Iterable[CaptureRow]) -> dict[str, datetime]:
    """The last moment at which each address gave its page, or said that it had not changed."""
    seen: dict[str, datetime] = {}
    for row in rows:
        if row.error is None and (row.status in SUCCESS or row.status == NOT_MODIFIED):
            seen[row.url] = max(row.captured_at, seen.get(row.url, row.captured_at))
    return seen


def with_sightings(articles: Iterable[Article], seen: dict[str, datetime]) -> Iterator[Article]:
    """The articles, each last seen when any of its witnesses was."""
    for article in articles:
        moments = [seen.get(one.url, one.captured_at) for one in article.witnesses]
        yield replace(article, last_seen=max(article.last_seen, *moments))


def in_time(row: CaptureRow) -> tuple[datetime, str]:
    """Sorts captures by their moments; two of one moment always the same way."""
    return row.captured_at, row.pointer.record_id
