"""Answers of the embedded index: pages of what a query finds, and its facets.

It promises that what was counted for a query once is not counted again for its next page, as long
as the index is the same.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any as Untyped
from typing import NamedTuple

import sqlalchemy as sa
import tantivy
from sqlalchemy.engine import Engine

from archive.search.query import Any, Node, Phrase
from archive.search.results import Facets, Order
from archive.store import schema
from archive.store.engine import reading
from archive.store.index import Matches
from archive.store.index.asking import Asker, numbered
from archive.store.index.facets import REQUEST, REQUEST_HOSTS, Names, counted, hosts, told
from archive.store.index.files import View

FEW = 1_000
"""Articles found whose facets are counted here, from all of them."""

REMEMBERED = 64
"""Queries of which the facets are remembered."""

_Hit = tuple[Untyped, tantivy.DocAddress]


class Counts(NamedTuple):
    """How many articles a query finds in all, and their facets."""

    total: int
    facets: Facets


_ORDERS: dict[Order, dict[str, Untyped]] = {
    "relevance": {},
    "newest": {"order_by_field": "newest"},
    "oldest": {"order_by_field": "oldest", "order": tantivy.Order.Asc},
}


class Answers:
    """Asks views of the index, one after the other; from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._mutex = threading.Lock()
        self._of: View | None = None  # what is remembered is remembered of this one
        self._counts: dict[Node, Counts] = {}
        self._names: Names | None = None

    def page(
        self, view: View, query: Node, *, order: Order, limit: int, offset: int, facets: bool
    ) -> Matches:
        """One page of what the query finds, and how many there are."""
        asked = _Asked(view, query, order)
        if not facets:
            hits, total = asked.hits(max(limit, 1), offset)
            return asked.matches(hits[:limit], Counts(total, {}))
        counts = self._remembered(view, query)
        if counts is None and offset + limit <= FEW and not asked.are_many():
            # All that is few is asked for at once, and counted here.
            hits, total = asked.hits(FEW, 0)
            if total <= FEW:
                counts = Counts(total, asked.counted(hits, self._called(view)))
            else:
                counts = asked.counts()
            self._remember(view, query, counts)
            return asked.matches(hits[offset : offset + limit], counts)
        if counts is None:
            counts = asked.counts()
            self._remember(view, query, counts)
        # Known already, so that there need be no count.
        return asked.matches(asked.hits(limit, offset, count=False)[0] if limit else [], counts)

    def _remembered(self, view: View, query: Node) -> Counts | None:
        with self._mutex:
            return self._counts.get(query) if self._of is view else None

    def _remember(self, view: View, query: Node, counts: Counts) -> None:
        with self._mutex:
            self._turn_to(view)
            if len(self._counts) >= REMEMBERED:
                del self._counts[next(iter(self._counts))]
            self._counts[query] = counts

    def _called(self, view: View) -> Names:
        """The names of sites and branches: all that the view can meet are in the store."""
        with self._mutex:
            self._turn_to(view)
            if self._names is None:
                with reading(self._engine) as connection:
                    self._names = {
                        "site": _names(connection, schema.sites),
                        "branch": _names(connection, schema.branches),
                    }
            return self._names

    def _turn_to(self, view: View) -> None:
        if self._of is not view:
            self._of, self._counts, self._names = view, {}, None


class _Asked:
    """A query put to a view of the index."""

    def __init__(self, view: View, query: Node, order: Order) -> None:
        self._searcher = view.searcher
        self._asker = Asker(view.common)
        self._node = query
        self._query = self._asker.asked(query)
        self._order = order

    def hits(self, many: int, offset: int, *, count: bool = True) -> tuple[list[_Hit], int]:
        """So many of what is found, and how many there are; 0 where that is not to be counted."""
        # tantivy makes room for all that is skipped.
        first = min(offset, self._searcher.num_docs)
        found = self._searcher.search(
            self._query, many, offset=first, count=count, **_ORDERS[self._order]
        )
        return found.hits, int(found.count or 0)  # type: ignore[attr-defined]

    def counts(self) -> Counts:
        """What the facets count, told by tantivy."""
        facets, total = told(self._searcher.aggregate(self._query, REQUEST))
        return Counts(total, facets)

    def counted(self, hits: Sequence[_Hit], names: Names) -> Facets:
        """The facets of all that is found, from the hits themselves."""
        found = counted(self.values("facts", hits), names)
        these = numbered(self.values("number", hits))
        return {**found, "host": hosts(self._searcher.aggregate(these, REQUEST_HOSTS))}

    def are_many(self) -> bool:
        """Whether the index can tell without a search that more than ``FEW`` articles are found:
        to gather so many in vain takes as long as to find them. Facets are right either way."""
        return self._are_many(self._node)

    def _are_many(self, node: Node) -> bool:
        if isinstance(node, Any):
            return any(map(self._are_many, node.parts))
        if not isinstance(node, Phrase):
            return False
        term = self._asker.term(node.field or "text", node.units)
        # Some of those taken out are still counted.
        return term is not None and self._searcher.doc_freq(*term) > 2 * FEW

    def matches(self, hits: Sequence[_Hit], counts: Counts) -> Matches:
        """The hits as rows of articles, with what was counted."""
        ranked = self._order == "relevance"
        return Matches(
            numbers=self.values("number", hits),
            scores=[float(score) if ranked else 0.0 for score, _ in hits],
            total=counts.total,
            facets=counts.facets,
        )

    def values(self, field: str, hits: Sequence[_Hit]) -> list[int]:
        """The numbers that the documents found have in ``field``."""
        return values(self._searcher, field, [place for _, place in hits])


def _names(connection: sa.Connection, table: sa.Table) -> dict[int | str | None, str]:
    return {row.id: row.name for row in connection.execute(sa.select(table.c.id, table.c.name))}


def values(searcher: tantivy.Searcher, field: str, places: list[tantivy.DocAddress]) -> list[int]:
    """The numbers that the documents have in ``field``."""
    return [int(value or 0) for value in searcher.fast_field_values(field, places)]
