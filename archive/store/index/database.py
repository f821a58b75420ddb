"""The index of a store on PostgreSQL, in the database itself: written in the article's transaction.

So it is never out of step, and a fleet needs no shared file. It promises exact counts and facets
over everything found, however much that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import Article
from archive.search.query import Node, Phrase, Sounds, Wanted, wanted
from archive.search.results import Order
from archive.store import schema
from archive.store.engine import asking, reading, writing
from archive.store.index import Difference, GoOn, Matches, Steps, entries, terms_table
from archive.store.index.conditions import condition, found
from archive.store.index.database_facets import facets as counted
from archive.store.index.ranking import RANKED, Ranking, precedence
from archive.store.index.terms_rows import Waiting
from archive.store.index.terms_table import LAYOUT, state, table

_a = schema.articles


@dataclass(frozen=True, slots=True)
class _Page:
    order: Order
    limit: int
    offset: int


class DatabaseIndex:
    """The index in the store behind ``engine``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_current = False
        self._ranking = Ranking()
        self._waiting: dict[Connection, Waiting] = {}
        self._on_steps: Steps = lambda done, total: None
        self._go_on: GoOn = lambda: None

    def put(self, connection: Connection, number: int, article: Article) -> None:
        """Keep the article's terms, in the article's transaction."""
        rows = self._waiting.get(connection)
        if rows is not None:
            rows.put(number, article.reading)
            return
        alone = Waiting(connection)
        alone.put(number, article.reading)
        alone.flush()

    def remove(self, connection: Connection, number: int) -> None:
        """Drop the article's terms, in the article's transaction."""
        (self._waiting.get(connection) or Waiting(connection)).remove(number)

    @contextmanager
    def many(self, connection: Connection) -> Iterator[None]:
        """Within, the transaction puts many articles."""
        rows = self._waiting[connection] = Waiting(connection)
        try:
            with terms_table.many(connection):
                yield
                rows.flush()
        finally:
            del self._waiting[connection]

    def committed(self) -> None:
        """Nothing is left to do: the terms were committed with the article."""

    def bring_in(self) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """Nothing is held."""

    def rebuild(self) -> int:
        """Make the index again from the articles, in one transaction: until it ends, the one there
        is answers; returns how many there are."""
        with writing(self._engine) as connection:
            lock_articles(connection)
            return self._remake(connection)

    def watch(self, on_steps: Steps) -> None:
        """Tell how far it has come whenever the index is made again, asked for or not."""
        self._on_steps = on_steps

    def let(self, go_on: GoOn) -> None:
        """Ask while the index is made again; else articles and their terms are one transaction."""
        self._go_on = go_on

    def _remake(self, connection: Connection) -> int:
        total = connection.execute(sa.select(sa.func.count()).select_from(_a)).scalar_one()
        count = 0
        with terms_table.anew(connection) as made:
            rows = Waiting(connection, made)
            for entry in entries.everything(connection):
                rows.put(entry.number, entry.reading)
                count += 1
                self._go_on()
                self._on_steps(count, total)
            rows.flush()
        connection.execute(sa.update(state), {"folding": LAYOUT})
        return count

    def _refresh(self) -> None:
        if self._is_current:
            return
        with reading(self._engine) as connection:
            current = _layout(connection) == LAYOUT
        if not current:
            with writing(self._engine) as connection:
                lock_articles(connection)
                # Another process may have been about it since we looked.
                if _layout(connection) != LAYOUT:
                    self._remake(connection)
        self._is_current = True

    def find(self, query: Node, *, order: Order, limit: int, offset: int, facets: bool) -> Matches:
        """One page of the article rows that the query asks for, and how many there are."""
        self._refresh()
        page = _Page(order, limit, offset)
        sought = list(dict.fromkeys(wanted(query)))
        with self._asking(query, at_once=not facets) as connection:
            statement = (
                self._ranked(connection, query, sought, page)
                if order == "relevance" and limit > 0
                else _dated(query, page)
            )
            rows = connection.execute(statement).all()
            # Behind the last one there may be nothing to read the number of all from.
            none = limit > 0 and offset == 0
            return Matches(
                numbers=[row.article_n for row in rows],
                scores=[float(row.score or 0.0) for row in rows],
                total=rows[0].total if rows else 0 if none else _total(connection, query),
                facets=counted(connection, found(query)) if facets else {},
            )

    @contextmanager
    def _asking(self, query: Node, *, at_once: bool = True) -> Iterator[Connection]:
        """A view to ask the query of: for one statement (``at_once``), or for several. What is
        read in thousands of ways is looked up in the index: the server would rather go through
        all rows, and compare the terms of each with all of them, a second for ten articles."""
        is_read = any(isinstance(one, Sounds) for one in wanted(query))
        with (asking if at_once and not is_read else reading)(self._engine) as connection:
            if is_read:
                connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            yield connection

    def _ranked(
        self, connection: Connection, query: Node, sought: Sequence[Wanted], page: _Page
    ) -> sa.Select[Any]:
        row = table.alias()
        columns = row.c.article_n, row.c.published, precedence(sought, row).label("first")
        all_found = (
            sa.select(*columns)
            .where(condition(query, row))
            .cte("found")
            .prefix_with("MATERIALIZED")
        )
        in_order = (
            sa.desc(all_found.c.first),
            all_found.c.published.desc().nulls_last(),
            all_found.c.article_n,
        )
        few = sa.select(all_found).order_by(*in_order).limit(RANKED).cte("few")
        phrases = [one for one in sought if isinstance(one, Phrase)]
        scored = self._ranking.scored(connection, phrases, few).cte("scored")
        total = sa.select(sa.func.count()).select_from(all_found).scalar_subquery().label("total")
        by_score: tuple[Any, ...] = (
            sa.desc("score"),
            scored.c.published.desc().nulls_last(),
            scored.c.article_n,
        )
        if page.offset + page.limit <= RANKED:
            statement = sa.select(scored.c.article_n, scored.c.score, total).order_by(*by_score)
            return statement.limit(page.limit).offset(page.offset)
        place = sa.func.row_number().over(order_by=in_order).label("place")
        placed = sa.select(all_found.c.article_n, place).cte("placed")
        return (
            sa.select(placed.c.article_n, scored.c.score, total)
            .select_from(placed.outerjoin(scored, scored.c.article_n == placed.c.article_n))
            .order_by(
                placed.c.place > RANKED,
                scored.c.score.desc().nulls_last(),
                placed.c.place,
            )
            .limit(page.limit)
            .offset(page.offset)
        )

    def numbers(self, query: Node) -> Sequence[int]:
        """Every article row that the query asks for."""
        self._refresh()
        with self._asking(query) as connection:
            return [int(row.article_n) for row in connection.execute(found(query))]

    def count(self, query: Node) -> int:
        """How many article rows the query asks for."""
        self._refresh()
        with self._asking(query) as connection:
            return _total(connection, query)

    def differences(self) -> Iterator[Difference]:
        """Where index and store do not agree: rows that are missing or of other content."""
        statement = (
            sa.select(_a.c.n, table.c.digest)
            .select_from(_a.outerjoin(table, table.c.article_n == _a.c.n))
            .where(table.c.digest.is_distinct_from(_a.c.digest))
            .order_by(_a.c.n)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(statement).all()
        for row in rows:
            missing = row.digest is None
            problem = "is not in the index" if missing else "is in the index as it was before"
            yield Difference(row.n, problem)


def lock_articles(connection: Connection) -> None:
    """On PostgreSQL, keep other writers of articles out until the transaction ends; SQLite has but
    one writer."""
    if connection.dialect.name == "postgresql":
        from archive.store.postgres import lock_articles as lock

        lock(connection)


def _layout(connection: Connection) -> str | None:
    return connection.execute(sa.select(state.c.folding)).scalar()


def _dated(query: Node, page: _Page) -> sa.Select[Any]:
    row = table.alias()
    oldest = page.order == "oldest"
    day = row.c.published.asc() if oldest else row.c.published.desc()
    columns = row.c.article_n, sa.literal(0.0).label("score"), sa.func.count().over().label("total")
    return (
        sa.select(*columns)
        .where(condition(query, row))
        .order_by(day.nulls_last(), row.c.article_n)
        .limit(page.limit)
        .offset(page.offset)
    )


def _total(connection: Connection, query: Node) -> int:
    row = table.alias()
    counted = sa.select(sa.func.count()).select_from(row).where(condition(query, row))
    return int(connection.execute(counted).scalar_one())
