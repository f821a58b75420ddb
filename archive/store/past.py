"""Which articles had been captured by a moment, and which version of each was the newest then.

It promises exact numbers, and to read the texts of none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.store import schema
from archive.store.engine import reading

_a = schema.articles
_b = schema.branches
_s = schema.sites
_v = schema.versions


@dataclass(frozen=True, slots=True)
class Held:
    """An article as it had been captured by a moment: the ``version`` that was the newest of those
    that it has had (``versions`` until now), and ``since`` when that text had stood. The title,
    the branch and the state are those of today."""

    id: str
    site: str
    branch: str | None
    title: str | None
    status: str
    versions: int
    version: int
    since: datetime


def held(
    engine: Engine, moment: datetime, *, site: int | None, limit: int, offset: int
) -> tuple[int, list[Held]]:
    """How many articles (of a site by number, or of all) had been captured by the ``moment``, and
    so many of them, those first whose text was the newest then."""
    newest = (
        sa.select(
            _v.c.article_n,
            sa.func.max(_v.c.number).label("version"),
            sa.func.max(_v.c.first_seen).label("since"),
        )
        .where(_v.c.first_seen <= moment)
        .group_by(_v.c.article_n)
        .subquery()
    )
    articles = newest.join(_a, _a.c.n == newest.c.article_n)
    wanted = sa.true() if site is None else _a.c.site_id == site
    count = sa.select(sa.func.count()).select_from(articles).where(wanted)
    listed = (
        sa.select(_a.c.id, _s.c.name, _b.c.name, _a.c.title, _a.c.status, _a.c.versions)
        .add_columns(newest.c.version, newest.c.since)
        .select_from(articles.join(_s, _s.c.id == _a.c.site_id))
        .outerjoin(_b, _b.c.id == _a.c.branch_id)
        .where(wanted)
        .order_by(newest.c.since.desc(), _a.c.id)
        .limit(limit)
        .offset(offset)
    )
    with reading(engine) as connection:
        total = int(connection.execute(count).scalar_one())
        return total, [Held(*row) for row in connection.execute(listed)]
