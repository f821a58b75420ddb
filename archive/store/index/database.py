"""The index of a store on PostgreSQL, in the database itself: written in the article's transaction.

So it is never out of step, and a fleet needs no shared file. Rank is BM25 over the phrases wanted,
computed for what was found, a hit in the title weighing more than one in the text.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import Article
from archive.search.query import Node, Phrase, wanted
from archive.search.results import Count, FacetName, Facets, Order
from archive.search.terms import FOLDING
from archive.store import schema
from archive.store.engine import reading, writing
from archive.store.index import Difference, Matches, entries, terms_table
from archive.store.index.conditions import condition
from archive.store.index.terms_table import piece, state, table

TITLE_WEIGHT = 4.0
_K1, _B = 1.2, 0.75  # as tantivy and Lucene have them
STATISTICS_S = 60.0
"""Seconds for which the number of articles and their mean length are good enough for a rank."""


_a, _s, _b, _w = schema.articles, schema.sites, schema.branches, schema.witnesses
_YEAR = sa.cast(sa.cast(sa.extract("year", _a.c.published), sa.Integer), sa.String)
_FACETS: dict[FacetName, Any] = {
    "branch": _b.c.name,
    "year": _YEAR,
    "site": _s.c.name,
    "status": _a.c.status,
    "witness": _w.c.role,
}


def _source() -> sa.Join:
    return (
        _a.join(table, table.c.article_n == _a.c.n)
        .join(_s, _s.c.id == _a.c.site_id)
        .outerjoin(_b, _b.c.id == _a.c.branch_id)
    )


class DatabaseIndex:
    """The index in the store behind ``engine``."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_current = False
        self._counted = (0, 1.0)
        self._counted_at = -math.inf

    def put(self, connection: Connection, number: int, article: Article) -> None:
        """Keep the article's terms, in the article's transaction."""
        self.remove(connection, number)
        digest = connection.execute(sa.select(_a.c.digest).where(_a.c.n == number)).scalar_one()
        row = terms_table.row(number, digest, article.reading)
        connection.execute(sa.insert(table), row)

    def remove(self, connection: Connection, number: int) -> None:
        """Drop the article's terms, in the article's transaction."""
        connection.execute(sa.delete(table).where(table.c.article_n == number))

    def committed(self) -> None:
        """Nothing is left to do: the terms were committed with the article."""

    def close(self) -> None:
        """Nothing is held."""

    def rebuild(self) -> int:
        """Make the index again from the articles, in one transaction; returns how many."""
        count = 0
        with writing(self._engine) as connection:
            connection.execute(sa.delete(table))
            for entry in entries.everything(connection):
                row = terms_table.row(entry.number, entry.digest, entry.reading)
                connection.execute(sa.insert(table), row)
                count += 1
            connection.execute(sa.update(state), {"folding": FOLDING})
        return count

    def _refresh(self) -> None:
        if self._is_current:
            return
        with reading(self._engine) as connection:
            folding = connection.execute(sa.select(state.c.folding)).scalar()
        if folding != FOLDING:
            self.rebuild()
        self._is_current = True

    def find(self, query: Node, *, order: Order, limit: int, offset: int, facets: bool) -> Matches:
        """One page of the article rows that the query asks for, and how many there are."""
        self._refresh()
        asked = condition(query)
        phrases = [one for one in dict.fromkeys(wanted(query)) if isinstance(one, Phrase)]
        with reading(self._engine) as connection:
            _by_the_index(connection)
            ranked = order == "relevance" and limit > 0
            score = self._score(connection, phrases) if ranked else sa.literal(0.0)
            statement = (
                sa.select(_a.c.n, score.label("score"), sa.func.count().over().label("total"))
                .select_from(_source())
                .where(asked)
                .order_by(*_keys(order))
                .limit(limit)
                .offset(offset)
            )
            rows = connection.execute(statement).all()
            return Matches(
                numbers=[row.n for row in rows],
                scores=[float(row.score) for row in rows],
                total=rows[0].total if rows else _total(connection, asked),
                facets=_facets(connection, asked) if facets else {},
            )

    def _score(self, connection: Connection, phrases: Sequence[Phrase]) -> sa.ColumnElement[float]:
        many, mean = self._statistics(connection)
        parts = []
        for phrase in phrases:
            counted = sa.select(sa.func.count()).select_from(table).where(terms_table.holds(phrase))
            having = connection.execute(counted).scalar_one()
            rarity = math.log(1 + (max(many, having) - having + 0.5) / (having + 0.5))
            parts.append(rarity * _weight(phrase, mean))
        return sum(parts, start=sa.literal(0.0))

    def _statistics(self, connection: Connection) -> tuple[int, float]:
        """How many articles there are and how long they are on average, as of a minute ago: to
        count them is to read every text, and the rank hardly changes by it."""
        now = time.monotonic()
        if now - self._counted_at > STATISTICS_S:
            columns = sa.func.count(), sa.func.avg(sa.func.length(table.c.text))
            many, mean = connection.execute(sa.select(*columns)).one()
            self._counted, self._counted_at = (many, float(mean or 1.0)), now
        return self._counted

    def numbers(self, query: Node) -> Sequence[int]:
        """Every article row that the query asks for."""
        self._refresh()
        statement = sa.select(_a.c.n).select_from(_source()).where(condition(query))
        with reading(self._engine) as connection:
            _by_the_index(connection)
            return list(connection.execute(statement).scalars())

    def count(self, query: Node) -> int:
        """How many article rows the query asks for."""
        return self.find(query, order="newest", limit=0, offset=0, facets=False).total

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


def _keys(order: Order) -> tuple[Any, ...]:
    newest = _a.c.published.desc().nulls_last()
    keys: dict[Order, tuple[Any, ...]] = {
        "relevance": (sa.desc("score"), newest, _a.c.id),
        "newest": (newest, _a.c.id),
        "oldest": (_a.c.published.asc().nulls_last(), _a.c.id),
    }
    return keys[order]


def _by_the_index(connection: Connection) -> None:
    """Until the end of the transaction, look the terms up in their index: the planner takes reading
    every article's terms for cheap, for they lie beside the table."""
    connection.execute(sa.text("SET LOCAL enable_seqscan = off"))


def _total(connection: Connection, asked: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(_source()).where(asked)
    return int(connection.execute(counted).scalar_one())


def _weight(phrase: Phrase, mean: float) -> sa.ColumnElement[float]:
    fields = {"title": TITLE_WEIGHT, "text": 1.0} if phrase.field is None else {phrase.field: 1.0}
    total: Any = sa.literal(0.0)
    length = sa.func.length(table.c.text) / mean
    for name, weight in fields.items():
        text, part = table.c[name], piece(phrase)
        often = (sa.func.length(text) - sa.func.length(sa.func.replace(text, part, ""))) / float(
            len(part)
        )
        total = total + weight * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * length))
    weighed: sa.ColumnElement[float] = total
    return weighed


def _facets(connection: Connection, asked: sa.ColumnElement[bool]) -> Facets:
    found: dict[FacetName, tuple[Count, ...]] = {}
    for name, column in _FACETS.items():
        source = _source()
        if name == "witness":
            source = source.join(_w, _w.c.article_n == _a.c.n)
        number = sa.func.count(_a.c.n.distinct())
        statement = (
            sa.select(column.label("value"), number.label("number"))
            .select_from(source)
            .where(asked)
            .group_by(column)
        )
        counts = [Count(row.value, row.number) for row in connection.execute(statement)]
        counts.sort(key=_by_year if name == "year" else _by_count)
        found[name] = tuple(counts)
    return found


def _by_year(one: Count) -> tuple[bool, int]:
    return one.value is None, -int(one.value or 0)


def _by_count(one: Count) -> tuple[bool, int, str]:
    return one.value is None, -one.count, one.value or ""
