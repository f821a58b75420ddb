"""Article rows as what an index keeps of them, read back from the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.addresses import host_of
from archive.model import Role
from archive.store import schema
from archive.store.documents import unpack
from archive.store.index.layout import Entry

READING = 0
"""The place of the reading among an article's documents."""

_a, _s, _b = schema.articles, schema.sites, schema.branches
_d, _w = schema.documents, schema.witnesses
_BATCH = 200

_ROWS = (
    sa.select(
        _a.c.n,
        _a.c.digest,
        _a.c.site_id,
        _a.c.branch_id,
        _a.c.status,
        _a.c.published,
        _s.c.name.label("site"),
        _b.c.name.label("branch"),
        _d.c.body,
    )
    .select_from(
        _a.join(_s, _s.c.id == _a.c.site_id)
        .outerjoin(_b, _b.c.id == _a.c.branch_id)
        .join(_d, sa.and_(_d.c.article_n == _a.c.n, _d.c.place == READING))
    )
    .where(_a.c.n.in_(sa.bindparam("numbers", expanding=True)))
    .order_by(_a.c.n)
)
_WITNESSES = sa.select(_w.c.article_n, _w.c.role, _w.c.url).where(
    _w.c.article_n.in_(sa.bindparam("numbers", expanding=True))
)
_AFTER = (
    sa.select(_a.c.n)
    .where(_a.c.n > sa.bindparam("last"))
    .order_by(_a.c.n)
    .limit(sa.bindparam("many"))
)


def of(connection: Connection, numbers: Collection[int]) -> Iterator[Entry]:
    """The entries of those rows that are there."""
    wanted = list(numbers)
    for start in range(0, len(wanted), _BATCH):
        yield from _some(connection, wanted[start : start + _BATCH])


def numbers_after(connection: Connection, last: int, many: int) -> list[int]:
    """The first ``many`` article rows behind row ``last``."""
    return list(connection.execute(_AFTER, {"last": last, "many": many}).scalars())


def everything(connection: Connection) -> Iterator[Entry]:
    """The entries of all rows, a few at a time."""
    last = 0
    while numbers := numbers_after(connection, last, _BATCH):
        yield from _some(connection, numbers)
        last = numbers[-1]


def _some(connection: Connection, numbers: list[int]) -> Iterator[Entry]:
    roles: dict[int, set[Role]] = {}
    hosts: dict[int, set[str]] = {}
    for number, role, url in connection.execute(_WITNESSES, {"numbers": numbers}):
        roles.setdefault(number, set()).add(role)
        hosts.setdefault(number, set()).add(host_of(url))
    for row in connection.execute(_ROWS, {"numbers": numbers}).all():
        yield Entry(
            number=row.n,
            digest=row.digest,
            site_id=row.site_id,
            site=row.site,
            branch_id=row.branch_id,
            branch=row.branch,
            status=row.status,
            published=row.published,
            witnesses=frozenset(roles.get(row.n, ())),
            hosts=frozenset(filter(None, hosts.get(row.n, ()))),
            reading=unpack(row.body),
        )
