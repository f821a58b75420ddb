"""What addresses gave over time, in short: for lists and calendars, which look at every capture
and need little of each.

It promises a bounded number of questions, however many captures an address has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.statuses import SUCCESS
from archive.store import schema
from archive.store.characters import storable
from archive.store.engine import reading

_a = schema.articles
_c = schema.captures
_v = schema.versions
_w = schema.witnesses


class Glance(NamedTuple):
    """A capture in short; ``kind`` is a value of PageKind, or None."""

    url: str
    captured_at: datetime
    status: int | None
    media_type: str | None
    kind: str | None
    error: str | None
    file: str
    offset: int
    digest: str
    record_id: str


class Witnessed(NamedTuple):
    """The ``article`` that a capture is the witness number ``place`` of, and whether anything in it
    was undone (``is_mended``)."""

    article: str
    place: int
    is_mended: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from the captures of some addresses: ``witnesses`` by their record, and the
    moments at which a version of their articles ``began``."""

    witnesses: dict[str, Witnessed]
    began: frozenset[datetime]


_COLUMNS = (
    *(_c.c.url, _c.c.captured_at, _c.c.status, _c.c.media_type, _c.c.kind),
    *(_c.c.error, _c.c.file, _c.c.offset, _c.c.payload_digest, _c.c.record_id),
)


def course(engine: Engine, sites: Iterable[int], urls: Collection[str]) -> list[Glance]:
    """The captures of the addresses, of all these sites (by number), the oldest first."""
    found: list[tuple[datetime, int, Glance]] = []
    asked = [storable(url) for url in urls]
    with reading(engine) as connection:
        for number in sites:
            # One site after the other: (site, address, moment) is the index.
            statement = sa.select(_c.c.id, *_COLUMNS).where(
                _c.c.site_id == number, _c.c.url.in_(asked)
            )
            for row, *values in connection.execute(statement):
                one = Glance(*values)
                found.append((one.captured_at, row, one))
    return [one for _, _, one in sorted(found, key=lambda row: row[:2])]


_NEWEST = (
    sa.select(*_COLUMNS)
    .where(
        _c.c.site_id == sa.bindparam("site_id"),
        _c.c.url == sa.bindparam("url"),
        _c.c.status.between(SUCCESS.start, SUCCESS.stop - 1),
        _c.c.error.is_(None),
    )
    .order_by(_c.c.captured_at.desc(), _c.c.id.desc())
    .limit(1)
)


def newest_whole(engine: Engine, site: int, url: str) -> Glance | None:
    """The newest capture of an address of a site (by number) that has content of its own; None
    where there is none."""
    with reading(engine) as connection:
        found = connection.execute(_NEWEST, {"site_id": site, "url": storable(url)}).first()
    return None if found is None else Glance._make(found)


def read_from(engine: Engine, urls: Collection[str]) -> Read:
    """What the articles at the addresses say of their captures."""
    where = _w.c.url.in_([storable(url) for url in urls])
    mended = _w.c.raw != _w.c.clean
    witnesses = sa.select(_w.c.record_id, _a.c.id, _w.c.place, mended).join(
        _a, _a.c.n == _w.c.article_n
    )
    began = sa.select(_v.c.first_seen).where(
        _v.c.article_n.in_(sa.select(_w.c.article_n).where(where))
    )
    with reading(engine) as connection:
        return Read(
            {
                record: Witnessed(article, place, bool(is_mended))
                for record, article, place, is_mended in connection.execute(witnesses.where(where))
            },
            frozenset(connection.execute(began).scalars()),
        )
