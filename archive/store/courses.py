"""What addresses gave over time, in short: for lists and calendars, which look at every capture
and need little of each.

It promises a bounded number of questions, however many captures an address has; and, of a part of
them, to read little more than the part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.addresses import one_page
from archive.statuses import SUCCESS
from archive.store import schema
from archive.store.characters import storable
from archive.store.engine import reading

_a = schema.articles
_c = schema.captures
_v = schema.versions
_w = schema.witnesses
_base = _w.alias()
LOOKED_BACK = 200
"""Captures before those that are listed, for what stood before them."""


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
    """The ``article`` that a capture is the witness number ``place`` of, whether anything in it
    was undone (``is_mended``), and whether it is of the page that the article's versions are
    counted on (``is_read``)."""

    article: str
    place: int
    is_mended: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from the captures of some addresses: ``witnesses`` by their record, and the
    moments at which a version of their articles ``began``."""

    witnesses: dict[str, Witnessed]
    began: frozenset[datetime]


COLUMNS = (
    *(_c.c.url, _c.c.captured_at, _c.c.status, _c.c.media_type, _c.c.kind),
    *(_c.c.error, _c.c.file, _c.c.offset, _c.c.payload_digest, _c.c.record_id),
)


_HAS_CONTENT = (
    _c.c.status.between(SUCCESS.start, SUCCESS.stop - 1),
    _c.c.error.is_(None),
)


def _page(witness: Any) -> sa.ColumnElement[str]:
    """The address that gives a witness's page now."""
    return sa.func.coalesce(witness.c.moved_to, witness.c.url)


def course(engine: Engine, sites: Iterable[int], urls: Collection[str]) -> list[Glance]:
    """The captures of the addresses, of all these sites (by number), the oldest first."""
    found: list[tuple[datetime, int, Glance]] = []
    asked = [storable(url) for url in urls]
    with reading(engine) as connection:
        for number in sites:
            # One site after the other: (site, address, moment) is the index.
            statement = sa.select(_c.c.id, *COLUMNS).where(
                _c.c.site_id == number, _c.c.url.in_(asked)
            )
            for row, *values in connection.execute(statement):
                one = Glance(*values)
                found.append((one.captured_at, row, one))
    return [one for _, _, one in sorted(found, key=lambda row: row[:2])]


def counted(engine: Engine, sites: Iterable[int], urls: Collection[str]) -> Counter[str]:
    """How many captures each of the addresses has, of all these sites (by number)."""
    found: Counter[str] = Counter()
    asked = [storable(url) for url in urls]
    with reading(engine) as connection:
        for number in sites:
            statement = sa.select(_c.c.url, sa.func.count()).where(
                _c.c.site_id == number, _c.c.url.in_(asked)
            )
            for url, count in connection.execute(statement.group_by(_c.c.url)):
                found[url] += count
    return found


_NEWEST = (
    sa.select(*COLUMNS)
    .where(
        _c.c.site_id == sa.bindparam("site_id"),
        _c.c.url == sa.bindparam("url"),
        *_HAS_CONTENT,
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


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the captures of an address: those that are in a list's ``page``, what stood
    ``before`` the oldest of them, both the oldest first, and how many there are in ``total``."""

    total: int
    before: list[Glance]
    page: list[Glance]


def part(
    engine: Engine,
    sites: Iterable[int],
    url: str,
    span: tuple[datetime | None, datetime | None],
    *,
    limit: int,
    offset: int,
    newest_first: bool,
) -> Part:
    """So many captures of the address within a ``span`` of moments (the second one excluded), from
    the place ``offset`` on. LOOKED_BACK captures before them are what stood before, and the last
    one with content of its own."""
    where = sa.and_(_c.c.site_id.in_(list(sites)), _c.c.url == storable(url))
    inside = [
        *([_c.c.captured_at >= span[0]] if span[0] else []),
        *([_c.c.captured_at < span[1]] if span[1] else []),
    ]
    early, late = (_c.c.captured_at, _c.c.id), (_c.c.captured_at.desc(), _c.c.id.desc())
    listed = sa.select(*COLUMNS, _c.c.id).where(where, *inside)
    with reading(engine) as connection:
        total = connection.execute(
            sa.select(sa.func.count()).select_from(_c).where(where, *inside)
        ).scalar_one()
        rows = connection.execute(
            listed.order_by(*(late if newest_first else early)).limit(limit).offset(offset)
        ).all()
        rows = sorted(rows, key=lambda row: (row.captured_at, row.id))
        if not rows:
            return Part(int(total), [], [])
        earlier = sa.select(*COLUMNS).where(where, _is_before(rows[0]))
        recent = connection.execute(earlier.order_by(*late).limit(LOOKED_BACK)).all()
        whole = connection.execute(earlier.where(*_HAS_CONTENT).order_by(*late).limit(1)).all()
        before = [*(row for row in whole if row not in recent), *reversed(recent)]
    return Part(int(total), [Glance(*row) for row in before], [Glance(*row[:-1]) for row in rows])


def _is_before(row: Any) -> sa.ColumnElement[bool]:
    return sa.or_(
        _c.c.captured_at < row.captured_at,
        sa.and_(_c.c.captured_at == row.captured_at, _c.c.id < row.id),
    )


def read_from(
    engine: Engine, urls: Collection[str], records: Collection[str] | None = None
) -> Read:
    """What the articles at the addresses say of their captures (of these ``records`` alone, if they
    are named)."""
    where: sa.ColumnElement[bool] = _w.c.url.in_([storable(url) for url in urls])
    if records is not None:
        where = sa.and_(where, _w.c.record_id.in_(records))
    mended = _w.c.raw != _w.c.clean
    witnesses = (
        sa.select(_w.c.record_id, _a.c.id, _w.c.place, mended, _page(_w), _page(_base))
        .join(_a, _a.c.n == _w.c.article_n)
        .join(_base, sa.and_(_base.c.article_n == _a.c.n, _base.c.place == _a.c.reading_of))
    )
    began = sa.select(_v.c.first_seen).where(
        _v.c.article_n.in_(sa.select(_w.c.article_n).where(where))
    )
    with reading(engine) as connection:
        return Read(
            {
                record: Witnessed(
                    article,
                    place,
                    bool(is_mended),
                    mine == base or one_page(mine) == one_page(base),
                )
                for record, article, place, is_mended, mine, base in connection.execute(
                    witnesses.where(where)
                )
            },
            frozenset(connection.execute(began).scalars()),
        )
