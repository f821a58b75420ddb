"""The query tree in SQL, for a store whose index lies in its own database.

It promises that every leaf of a query is one condition on one article, so that AND, OR and NOT
mean what they say; and that what the index has found is not worked out again from an article's
texts, which takes a thousand times as long: what is to be left out, and alternatives that the index
alone cannot tell, are sets of their own, and so is whatever is asked for beside such a set.
"""

from __future__ import annotations

import sqlalchemy as sa

from archive.search import query as q
from archive.store import schema
from archive.store.filters import is_on
from archive.store.index.terms_table import Row, begun, holds, is_known, sounds, table

_s, _b, _w = schema.sites, schema.branches, schema.witnesses


def found(node: q.Node) -> sa.Select[tuple[int]]:
    """The numbers of the articles that the node asks for."""
    row = table.alias()
    return sa.select(row.c.article_n).where(condition(node, row))


def condition(node: q.Node, row: Row) -> sa.ColumnElement[bool]:
    """The node as a condition on a row of the index."""
    if isinstance(node, q.All):
        return _all(node, row)
    if isinstance(node, q.Any):
        return _any(node, row)
    if isinstance(node, q.Without):
        return row.c.article_n.not_in(found(node.part))
    if isinstance(node, q.Published):
        return _published(node, row)
    if isinstance(node, q.Exactly):
        return _exactly(node, row)
    if isinstance(node, q.Sounds):
        return sounds(node, row)
    return begun(node, row) if isinstance(node, q.Beginning) else holds(node, row)


def _all(node: q.All, row: Row) -> sa.ColumnElement[bool]:
    beside_a_set = any(map(_is_a_set, node.parts))
    parts = (
        row.c.article_n.in_(_alone(part))
        if beside_a_set and isinstance(part, q.Wanted)
        else condition(part, row)
        for part in node.parts
    )
    return sa.and_(sa.true(), *parts)


def _is_a_set(node: q.Node) -> bool:
    """Whether rows may be looked up by their numbers to see what else holds of them."""
    if isinstance(node, q.Any):
        return not _all_known(node)
    return isinstance(node, q.Exactly) and node.field in ("witness", "host")


def _alone(node: q.Node) -> sa.Select[tuple[int]]:
    """The same numbers as ``found``, looked for by themselves whatever the planner makes of it."""
    return sa.select(found(node).cte().prefix_with("MATERIALIZED").c.article_n)


def _all_known(node: q.Any) -> bool:
    return all(isinstance(part, q.Phrase) and is_known(part) for part in node.parts)


def _any(node: q.Any, row: Row) -> sa.ColumnElement[bool]:
    if _all_known(node):
        return sa.or_(sa.false(), *(condition(part, row) for part in node.parts))
    return row.c.article_n.in_(sa.union(*map(found, node.parts)))


def _exactly(node: q.Exactly, row: Row) -> sa.ColumnElement[bool]:
    if node.field == "witness":
        return row.c.article_n.in_(sa.select(_w.c.article_n).where(_w.c.role == node.value))
    if node.field == "host":
        return row.c.article_n.in_(sa.select(_w.c.article_n).where(is_on(_w.c.url, node.value)))
    if node.field == "site":
        return row.c.site_id.in_(sa.select(_s.c.id).where(_s.c.name == node.value))
    if node.field == "branch":
        return row.c.branch_id.in_(sa.select(_b.c.id).where(_b.c.name == node.value))
    same: sa.ColumnElement[bool] = row.c.status == node.value
    return same


def _published(node: q.Published, row: Row) -> sa.ColumnElement[bool]:
    parts: list[sa.ColumnElement[bool]] = [row.c.published.is_not(None)]
    if node.first is not None:
        parts.append(row.c.published >= node.first)
    if node.last is not None:
        parts.append(row.c.published <= node.last)
    return sa.and_(*parts)
