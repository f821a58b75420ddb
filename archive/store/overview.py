"""What the archive holds, counted: by year and branch, by branch, by mirror.

It promises exact counts, taken in one consistent view.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.search.filters import Filters
from archive.store import schema
from archive.store.engine import asking
from archive.store.filters import conditions
from archive.store.shelf import joined

_a, _s, _b = schema.articles, schema.sites, schema.branches


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles were published in ``year`` in ``branch``; None: unknown."""

    year: int | None
    branch: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch: its articles, and the first and last day one was published."""

    site: str
    branch: str | None
    articles: int
    first: date | None
    last: date | None


def tallies(engine: Engine, filters: Filters) -> list[Tally]:
    """The articles that pass the filters by year and branch; the unknown year comes first."""
    year = sa.extract("year", _a.c.published)
    statement = (
        joined(year.label("year"), _b.c.name, sa.func.count().label("articles"))
        .where(*conditions(filters))
        .group_by(year, _b.c.name)
    )
    with asking(engine) as connection:
        found = [
            Tally(None if row.year is None else int(row.year), row.name, row.articles)
            for row in connection.execute(statement)
        ]
    return sorted(found, key=lambda one: (one.year or 0, one.branch or ""))


def branch_rows(engine: Engine, site: str | None) -> list[BranchRow]:
    """Every branch (of one site, if named), by site and name; articles without one come first."""
    statement = (
        joined(
            _s.c.name.label("site"),
            _b.c.name.label("branch"),
            sa.func.count(),
            sa.func.min(_a.c.published),
            sa.func.max(_a.c.published),
        )
        .where(*conditions(Filters(site=site)))
        .group_by(_s.c.name, _b.c.name)
    )
    with asking(engine) as connection:
        rows = [BranchRow(*row) for row in connection.execute(statement)]
    return sorted(rows, key=lambda row: (row.site, row.branch or ""))
