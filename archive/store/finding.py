"""What a query means in SQL: conditions on articles, their rank, order and facets.

It promises that every leaf of a query is one condition on one article, so that AND, OR and NOT
mean what they say, and that counts are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.model import Extraction
from archive.search import query as q
from archive.search.results import Count, FacetName, Facets, Order
from archive.store import fulltext, schema
from archive.store.engine import HAS_UNITS

_a = schema.articles
_s = schema.sites
_b = schema.branches
_w = schema.witnesses

_COLUMNS = {"branch": _b.c.name, "author": _a.c.author, "source": _a.c.source}
_EXACT = {"site": _s.c.name, "status": _a.c.status}
_YEAR = sa.cast(sa.extract("year", _a.c.published), sa.String)
_FACETS: dict[FacetName, Any] = {
    "branch": _b.c.name,
    "year": _YEAR,
    "site": _s.c.name,
    "status": _a.c.status,
    "witness": _w.c.role,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found: ``rows`` (n, id, url, site, branch, published, status, score)
    with their readings; ``total`` and ``facets`` are over everything found."""

    rows: Sequence[tuple[sa.Row[Any], Extraction]]
    total: int
    facets: Facets = field(default_factory=dict)


def condition(node: q.Node) -> sa.ColumnElement[bool]:
    """The node as a condition on articles joined with sites and branches."""
    if isinstance(node, q.All):
        return sa.and_(sa.true(), *map(condition, node.parts))
    if isinstance(node, q.Any):
        return sa.or_(sa.false(), *map(condition, node.parts))
    if isinstance(node, q.Without):
        # Where a part is unknown (no date, no author), it does not hold.
        return sa.not_(sa.func.coalesce(condition(node.part), sa.false()))
    if isinstance(node, q.Published):
        return _published(node)
    if isinstance(node, q.Exactly):
        return has_witness(node.value) if node.field == "witness" else _exactly(node)
    return _phrase(node)


def has_witness(role: str) -> sa.ColumnElement[bool]:
    """The condition that an article has a witness of this role."""
    return _a.c.n.in_(sa.select(_w.c.article_n).where(_w.c.role == role))


def _exactly(node: q.Exactly) -> sa.ColumnElement[bool]:
    return _EXACT[node.field] == node.value


def _published(node: q.Published) -> sa.ColumnElement[bool]:
    parts: list[sa.ColumnElement[bool]] = [_a.c.published.is_not(None)]
    if node.first is not None:
        parts.append(_a.c.published >= node.first)
    if node.last is not None:
        parts.append(_a.c.published <= node.last)
    return sa.and_(*parts)


def _phrase(phrase: q.Phrase) -> sa.ColumnElement[bool]:
    if phrase.field in (None, "title", "text"):
        rows = sa.select(fulltext.index.c.rowid).where(fulltext.matches([phrase]))
        return _a.c.n.in_(rows)
    units = " ".join(phrase.units)
    if phrase.field == "attachment":
        table = schema.assets
        names = sa.func.coalesce(table.c.name, table.c.url)
        return _a.c.n.in_(
            sa.select(table.c.article_n).where(table.c.kind == "attachment", _has(names, units))
        )
    return _has(_COLUMNS[phrase.field or ""], units)


def _has(column: sa.ColumnElement[Any], units: str) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = getattr(sa.func, HAS_UNITS)(column, units) == 1
    return found


def ranked(statement: sa.Select[Any], node: q.Node) -> sa.Select[Any]:
    """The statement with a column ``score``: BM25 over the phrases wanted, 0 where there are
    none."""
    phrases = [one for one in q.wanted(node) if one.field in (None, "title", "text")]
    if not phrases:
        return statement.add_columns(sa.literal(0.0).label("score"))
    scores = (
        sa.select(fulltext.index.c.rowid, (-fulltext.rank).label("score"))
        .where(fulltext.matches(phrases))
        .subquery()
    )
    return statement.add_columns(sa.func.coalesce(scores.c.score, 0.0).label("score")).outerjoin(
        scores, scores.c.rowid == _a.c.n
    )


def ordered(statement: sa.Select[Any], order: Order) -> sa.Select[Any]:
    """The statement in ``order``; the same articles always in the same order."""
    newest = _a.c.published.desc().nulls_last()
    keys: dict[Order, tuple[Any, ...]] = {
        "relevance": (sa.desc("score"), newest, _a.c.id),
        "newest": (newest, _a.c.id),
        "oldest": (_a.c.published.asc().nulls_last(), _a.c.id),
    }
    return statement.order_by(*keys[order])


def facets(connection: Connection, numbers: sa.Select[Any]) -> Facets:
    """The facets over the articles whose ``n`` are selected."""
    found: dict[FacetName, tuple[Count, ...]] = {}
    for name, column in _FACETS.items():
        source = _a.join(_s, _s.c.id == _a.c.site_id).outerjoin(_b, _b.c.id == _a.c.branch_id)
        if name == "witness":
            source = source.join(_w, _w.c.article_n == _a.c.n)
        number = sa.func.count(_a.c.n.distinct())
        order = (column.desc(),) if name == "year" else (number.desc(), column)
        statement = (
            sa.select(column.label("value"), number.label("number"))
            .select_from(source)
            .where(_a.c.n.in_(numbers))
            .group_by(column)
            .order_by(*order)
        )
        found[name] = tuple(Count(row.value, row.number) for row in connection.execute(statement))
    return found
