"""Answers of the embedded index: pages of what a query finds, and its facets.

It promises that what was counted for a query once is not counted again for its next page, as long
as the index is the same.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any as Untyped

import sqlalchemy as sa
import tantivy
from sqlalchemy.engine import Engine

from archive.search.query import Any, Node, Phrase
from archive.search.results import Facets, Order
from archive.store import schema
from archive.store.engine import reading
from archive.store.index import Matches, asking
from archive.store.index.facets import REQUEST, Names, counted, told

FEW = 1_000
"""Articles found whose facets are counted here, from all of them."""

REMEMBERED = 64
"""Queries of which the facets are remembered."""

_ORDERS: dict[Order, dict[str, Untyped]] = {
    "relevance": {},
    "newest": {"order_by_field": "newest"},
    "oldest": {"order_by_field": "oldest", "order": tantivy.Order.Asc},
}


class Answers:
    """Asks searchers, one after the other; from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mutex = threading.Lock()
        self._of: tantivy.Searcher | None = None  # what is remembered is remembered of this one
        self._facets: dict[Node, Facets] = {}
        self._names: Names | None = None

    def page(
        self,
        searcher: tantivy.Searcher,
        query: Node,
        *,
        order: Order,
        limit: int,
        offset: int,
        facets: bool,
    ) -> Matches:
        """One page of what the query finds, and how many there are."""
        asked = asking.asked(query)
        known = self._remembered(searcher, query) if facets else {}
        # All that is few is asked for at once, and counted here.
        at_once = known is None and offset + limit <= FEW and not _are_many(searcher, query)
        first, many = (0, FEW) if at_once else (offset, max(limit, 1))
        first = min(first, searcher.num_docs)  # tantivy makes room for all that is skipped
        found = searcher.search(asked, many, offset=first, **_ORDERS[order])
        hits = found.hits
        total = int(found.count)  # type: ignore[attr-defined]
        if known is None:
            known = (
                counted(values(searcher, "facts", _places(hits)), self._called(searcher))
                if at_once and total <= FEW
                else told(searcher.aggregate(asked, REQUEST), total)
            )
            self._remember(searcher, query, known)
        shown = hits[offset : offset + limit] if at_once else hits[:limit]
        return Matches(
            numbers=values(searcher, "number", _places(shown)),
            scores=[float(score) if order == "relevance" else 0.0 for score, _ in shown],
            total=total,
            facets=known,
        )

    def _remembered(self, searcher: tantivy.Searcher, query: Node) -> Facets | None:
        with self._mutex:
            return self._facets.get(query) if self._of is searcher else None

    def _remember(self, searcher: tantivy.Searcher, query: Node, facets: Facets) -> None:
        with self._mutex:
            self._turn_to(searcher)
            if len(self._facets) >= REMEMBERED:
                del self._facets[next(iter(self._facets))]
            self._facets[query] = facets

    def _called(self, searcher: tantivy.Searcher) -> Names:
        """The names of sites and branches: all that the searcher can meet are in the store."""
        with self._mutex:
            self._turn_to(searcher)
            if self._names is None:
                with reading(self._engine) as connection:
                    self._names = {
                        "site": _names(connection, schema.sites),
                        "branch": _names(connection, schema.branches),
                    }
            return self._names

    def _turn_to(self, searcher: tantivy.Searcher) -> None:
        if self._of is not searcher:
            self._of, self._facets, self._names = searcher, {}, None


def _are_many(searcher: tantivy.Searcher, query: Node) -> bool:
    """Whether the index can tell without a search that more than ``FEW`` articles are found: to
    gather so many in vain takes as long as to find them. Facets are right either way."""
    if isinstance(query, Any):
        return any(_are_many(searcher, part) for part in query.parts)
    if isinstance(query, Phrase) and len(query.units) == 1:
        # Some of those taken out are still counted.
        return bool(searcher.doc_freq(query.field or "text", query.units[0]) > 2 * FEW)
    return False


def _names(connection: sa.Connection, table: sa.Table) -> dict[int | str | None, str]:
    return {row.id: row.name for row in connection.execute(sa.select(table.c.id, table.c.name))}


def _places(hits: Sequence[tuple[Untyped, tantivy.DocAddress]]) -> list[tantivy.DocAddress]:
    return [place for _, place in hits]


def values(searcher: tantivy.Searcher, field: str, places: list[tantivy.DocAddress]) -> list[int]:
    """The numbers that the documents have in ``field``."""
    return [int(value or 0) for value in searcher.fast_field_values(field, places)]
