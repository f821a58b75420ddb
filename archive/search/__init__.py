"""Finding articles by words of any length, in Chinese and in other scripts.

    hits = search(store, "党员大会 2010", branch="党建工作")

It promises to find every article whose title or text has all the words (and no other), however
short they are, whether simplified or traditional, in whatever width or case; and that no query is
an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from archive.search.query import Phrase, parse
from archive.search.snippet import Snippet, mark, snippet

if TYPE_CHECKING:
    from archive.store import Filters, Store

__all__ = ["MAX_LIMIT", "Hit", "Snippet", "count", "find", "search"]

MAX_LIMIT = 10_000
MAX_OFFSET = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found. ``score`` is higher the better it fits (0 without words)."""

    id: str
    url: str
    site: str
    branch: str | None
    published: date | None
    status: str
    score: float
    title: Snippet
    snippet: Snippet


def search(
    store: Store,
    query: str,
    *,
    branch: str | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    site: str | None = None,
    status: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[Hit]:
    """The articles with all the words of ``query``, the best first.

    A blank query finds all that pass the filters, the newest first; one with nothing in it that
    could be searched for ("!?") finds nothing. ``limit`` and ``offset`` are brought into range.
    """
    from archive.store import Filters

    filters = Filters(site=site, branch=branch, date_from=date_from, date_to=date_to, status=status)
    return find(store, query, filters, limit=limit, offset=offset)


def find(
    store: Store, query: str, filters: Filters, *, limit: int = 20, offset: int = 0
) -> list[Hit]:
    """The same with the filters as one value."""
    phrases = parse(query)
    limit = min(max(limit, 0), MAX_LIMIT)
    if not limit or (query.strip() and not phrases):
        return []
    rows = store.find([phrase.terms() for phrase in phrases], filters, limit, _offset(offset))
    return [_hit(row, phrases) for row in rows]


def count(store: Store, query: str, filters: Filters) -> int:
    """How many articles the query finds in all."""
    phrases = parse(query)
    if query.strip() and not phrases:
        return 0
    return store.count_articles(filters, [phrase.terms() for phrase in phrases])


def _offset(offset: int) -> int:
    return min(max(offset, 0), MAX_OFFSET)


def _hit(found: Any, phrases: Sequence[Phrase]) -> Hit:
    row, reading = found
    return Hit(
        id=row.id,
        url=row.url,
        site=row.site,
        branch=row.branch,
        published=row.published,
        status=row.status,
        score=-row.rank,
        title=mark(reading.title or "", phrases),
        snippet=snippet(reading.text, phrases),
    )
