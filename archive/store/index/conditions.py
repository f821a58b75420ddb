"""The query tree in SQL, for a store whose index lies in its own database.

It promises that every leaf of a query is one condition on one article, so that AND, OR and NOT
mean what they say.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from archive.search import query as q
from archive.store import schema
from archive.store.index.terms_table import holds, sounds

_a, _s, _b, _w = schema.articles, schema.sites, schema.branches, schema.witnesses
_EXACT = {"site": _s.c.name, "branch": _b.c.name, "status": _a.c.status}


def condition(node: q.Node) -> sa.ColumnElement[bool]:
    """The node as a condition on articles joined with sites, branches and the index."""
    if isinstance(node, q.All):
        return sa.and_(sa.true(), *map(condition, node.parts))
    if isinstance(node, q.Any):
        return sa.or_(sa.false(), *map(condition, node.parts))
    if isinstance(node, q.Without):
        # Where a part is unknown (no date, no branch), it does not hold.
        return sa.not_(sa.func.coalesce(condition(node.part), sa.false()))
    if isinstance(node, q.Published):
        return _published(node)
    if isinstance(node, q.Exactly):
        return _exactly(node)
    return sounds(node) if isinstance(node, q.Sounds) else holds(node)


def _exactly(node: q.Exactly) -> sa.ColumnElement[bool]:
    if node.field == "witness":
        return _a.c.n.in_(sa.select(_w.c.article_n).where(_w.c.role == node.value))
    column: sa.Column[Any] = _EXACT[node.field]
    return column == node.value


def _published(node: q.Published) -> sa.ColumnElement[bool]:
    parts: list[sa.ColumnElement[bool]] = [_a.c.published.is_not(None)]
    if node.first is not None:
        parts.append(_a.c.published >= node.first)
    if node.last is not None:
        parts.append(_a.c.published <= node.last)
    return sa.and_(*parts)
