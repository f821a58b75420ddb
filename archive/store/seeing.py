"""When articles were seen: what every night writes of every article, and nothing else of it.

It promises that the moments only ever reach further, and that the version at hand was last seen
when its article was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.store import schema
from archive.store.dialect import Prepared

_a, _v, _w = schema.articles, schema.versions, schema.witnesses
Span = tuple[datetime, datetime]
"""The first and the last moment of something."""

_SEE = Prepared(
    sa.update(_a)
    .where(_a.c.n == sa.bindparam("at_n"))
    .values(first_seen=sa.bindparam("first"), last_seen=sa.bindparam("last"))
)
_SEE_VERSION = Prepared(
    sa.update(_v)
    .where(_v.c.article_n == sa.bindparam("at_n"), _v.c.is_current)
    .values(last_seen=sa.bindparam("last"))
)


def see(
    connection: Connection, number: int, first: datetime, last: datetime, version: datetime
) -> None:
    """Article row ``number`` was first and last seen at these moments, its ``version`` at hand
    last at that."""
    text = schema.moment_text
    _SEE.run(connection, {"at_n": number, "first": text(first), "last": text(last)})
    _SEE_VERSION.run(connection, {"at_n": number, "last": text(version)})


def see_again(connection: Connection, site: int, spans: Mapping[str, Span]) -> None:
    """Every article of site number ``site`` was seen when an address of one of its witnesses
    was."""
    reach: dict[int, _Seen] = {}
    rows = connection.execute(
        sa.select(_a.c.n, _a.c.first_seen, _a.c.last_seen, _v.c.last_seen, _w.c.url)
        .join(_w, _w.c.article_n == _a.c.n)
        .join(_v, sa.and_(_v.c.article_n == _a.c.n, _v.c.is_current))
        .where(_a.c.site_id == site)
    )
    for number, first, last, version, url in rows:
        one = reach.setdefault(number, _Seen(first, last, version))
        if url in spans:
            one.reach(*spans[url])
    for number, one in reach.items():
        if one.is_further:
            see(connection, number, one.first, one.last, max(one.version, one.last))


@dataclass(slots=True)
class _Seen:
    """An article's moments, those of its ``version`` at hand, and whether they reach further than
    what is written."""

    first: datetime
    last: datetime
    version: datetime
    is_further: bool = False

    def reach(self, first: datetime, last: datetime) -> None:
        self.is_further |= first < self.first or last > self.last
        self.first, self.last = min(self.first, first), max(self.last, last)
