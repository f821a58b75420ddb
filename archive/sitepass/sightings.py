"""When a page was last seen as it is: what captures without news still tell.

A night on which nothing changed leaves an answer 304 or the same bytes again. It promises that such
a capture makes no second witness and no new version, and that it counts as a sighting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from archive.model import Article
from archive.store import CaptureRow

Span = tuple[datetime, datetime]


def with_sightings(
    articles: Iterable[Article], seen: Mapping[str, Span], reused: Collection[str]
) -> Iterator[Article]:
    """The articles, each first and last seen when any of its witnesses was. Of ``reused``
    addresses another article has stood there: they tell neither."""
    for article in articles:
        spans = [
            seen.get(one.url, (one.captured_at, one.captured_at))
            for one in article.witnesses
            if one.url not in reused
        ]
        yield replace(
            article,
            first_seen=min([article.first_seen, *(first for first, _ in spans)]),
            last_seen=max([article.last_seen, *(last for _, last in spans)]),
        )


def in_time(row: CaptureRow) -> tuple[datetime, str]:
    """Sorts captures by their moments; two of one moment always the same way."""
    return row.captured_at, row.pointer.record_id
