"""Facets of what was found in a PostgreSQL store: all but the witnesses counted in one pass."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.search.results import FacetName, Facets
from archive.store import schema
from archive.store.index.facets import in_order
from archive.store.index.terms_table import table

_s, _b, _w = schema.sites, schema.branches, schema.witnesses
_NAMES: tuple[FacetName, ...] = ("branch", "year", "site", "status")


def facets(connection: Connection, found: sa.Select[tuple[int]]) -> Facets:
    """The counts over the articles of these numbers."""
    numbers = found.cte("found").prefix_with("MATERIALIZED")
    counts = _grouped(connection, numbers)
    roles = (
        sa.select(_w.c.role, sa.func.count(_w.c.article_n.distinct()))
        .join_from(numbers, _w, _w.c.article_n == numbers.c.article_n)
        .group_by(_w.c.role)
    )
    for role, many in connection.execute(roles):
        counts["witness"][role] = many
    host = _host(_w.c.url)
    hosts = (
        sa.select(host, sa.func.count(_w.c.article_n.distinct()))
        .join_from(numbers, _w, _w.c.article_n == numbers.c.article_n)
        .where(host.is_not(None))
        .group_by(host)
    )
    counts["host"] = Counter({row[0]: row[1] for row in connection.execute(hosts)})
    return {name: in_order(name, counts[name]) for name in (*_NAMES, "witness", "host")}


def _host(url: sa.ColumnElement[str]) -> sa.ColumnElement[str | None]:
    """The host of an address in lower case, without a default port; NULL where it has none."""
    begun = sa.func.substring(sa.func.lower(url), "^https?://[^/?#]+")
    for scheme, port in (("http", 80), ("https", 443)):
        begun = sa.func.regexp_replace(begun, f"^({scheme}://.*):{port}$", r"\1")
    host: sa.ColumnElement[str | None] = sa.func.regexp_replace(begun, "^https?://([^@]*@)?", "")
    return host


def _grouped(connection: Connection, numbers: sa.CTE) -> dict[FacetName, Counter[str | None]]:
    year = sa.cast(sa.extract("year", table.c.published), sa.Integer)
    columns: dict[FacetName, sa.ColumnElement[Any]] = {
        "branch": table.c.branch_id,
        "year": year,
        "site": table.c.site_id,
        "status": table.c.status,
    }
    rows = sa.select(*(column.label(name) for name, column in columns.items())).join_from(
        numbers, table, table.c.article_n == numbers.c.article_n
    )
    one = rows.subquery("one")
    each = [one.c[name] for name in _NAMES]
    grouped = sa.select(
        *each, sa.func.grouping(*each).label("which"), sa.func.count().label("many")
    ).group_by(sa.func.grouping_sets(*(sa.tuple_(column) for column in each)))
    names = {
        "branch": {row.id: row.name for row in connection.execute(sa.select(_b.c.id, _b.c.name))},
        "site": {row.id: row.name for row in connection.execute(sa.select(_s.c.id, _s.c.name))},
    }
    counts: dict[FacetName, Counter[str | None]] = {
        name: Counter() for name in (*_NAMES, "witness")
    }
    for row in connection.execute(grouped):
        # A bit for each column, the last one lowest; unset where it is the one grouped by.
        place = next(at for at in range(len(_NAMES)) if not row.which >> (len(_NAMES) - 1 - at) & 1)
        name, value = _NAMES[place], row[place]
        known = names[name][value] if name in names and value is not None else value
        counts[name][None if known is None else str(known)] += row.many
    return counts
