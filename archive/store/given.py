"""Ids that were given to articles: facts that outlive them, so that a citation finds its article.

It promises that whatever a site pass has called an article is kept in the same transaction, once
and for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import GivenId
from archive.store import schema
from archive.store.engine import reading

_BATCH = 10_000  # rows read at a time
_a = schema.articles
_g = schema.given_ids
_w = schema.witnesses
_NEW = (
    sa.select(
        _a.c.id,
        _a.c.site_id,
        _w.c.url,
        _w.c.captured_at,
        sa.bindparam("now", type_=_g.c.given_at.type),
    )
    .select_from(
        _a.join(_w, sa.and_(_w.c.article_n == _a.c.n, _w.c.place == _a.c.reading_of)).outerjoin(
            _g, _g.c.id == _a.c.id
        )
    )
    .where(_a.c.site_id == sa.bindparam("site"), _g.c.id.is_(None))
)
_GIVE = sa.insert(_g).from_select(["id", "site_id", "url", "captured_at", "given_at"], _NEW)


def give(connection: Connection, site: int) -> None:
    """Keep what the articles of site number ``site`` are called, as far as it is not kept."""
    connection.execute(_GIVE, {"site": site, "now": datetime.now(UTC)})


def given_ids(engine: Engine, site: int) -> Iterator[GivenId]:
    """Every id that was given to an article of site number ``site``, by id."""
    last = ""
    while True:
        statement = sa.select(_g.c.id, _g.c.url, _g.c.captured_at, _g.c.given_at).where(
            _g.c.id > last, _g.c.site_id == site
        )
        with reading(engine) as connection:
            rows = connection.execute(statement.order_by(_g.c.id).limit(_BATCH)).all()
        if not rows:
            return
        yield from (GivenId(*row) for row in rows)
        last = rows[-1].id


def known(engine: Engine, id_: str) -> GivenId | None:
    """The id as it was given once, or None."""
    statement = sa.select(_g.c.id, _g.c.url, _g.c.captured_at, _g.c.given_at).where(_g.c.id == id_)
    with reading(engine) as connection:
        row = connection.execute(statement).first()
    return None if row is None else GivenId(*row)
