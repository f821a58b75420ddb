"""What a whole host gave, night by night: how many captures each day has and how they ended, and
the captures of one day by their addresses.

It promises one pass over the host's captures for all days, which of more than MOST_JUDGED only
counts them; and of one day to read no more than is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import NOT_BELIEVED
from archive.statuses import SUCCESS
from archive.store import schema
from archive.store.characters import storable
from archive.store.courses import COLUMNS, Glance, Part
from archive.store.dialect import begins
from archive.store.engine import reading

_c = schema.captures
_w = schema.witnesses
_NOT_BELIEVED = [kind.value for kind in NOT_BELIEVED]
_SCHEMES = ("http", "https")
MOST_JUDGED = 1_000_000
"""Captures of a host from which on it is not told how each day's ended."""
_DAY = len("2010-12-09")


class Ended(NamedTuple):
    """So ``many`` captures of a day that have these in common; ``kind`` is a value of PageKind, or
    None."""

    day: date
    many: int
    status: int | None = SUCCESS.start
    kind: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Nights:
    """The captures of a host: how many in ``total``, how those of each day ``ended`` (where they
    were not judged, they are counted as pages), and how many of a day's pages of the institute have
    words that were put back (``mended``)."""

    total: int
    judged: bool
    ended: list[Ended]
    mended: dict[date, int]


def nights(engine: Engine, sites: Iterable[int], host: str) -> Nights:
    """All days of the host, as addresses name it: with a port that is not the scheme's own."""
    with reading(engine) as connection:
        ranges = [
            sa.and_(_c.c.site_id == number, _on(connection, _c.c.url, scheme, host))
            for number in sites
            for scheme in _SCHEMES
        ]
        read_there = [_on(connection, _w.c.url, scheme, host) for scheme in _SCHEMES]
        return _counted(connection, ranges, read_there)


def nights_of_address(engine: Engine, sites: Iterable[int], url: str) -> Nights:
    """The same of one address."""
    asked = storable(url)
    ranges = [sa.and_(_c.c.site_id == number, _c.c.url == asked) for number in sites]
    with reading(engine) as connection:
        return _counted(connection, ranges, [_w.c.url == asked])


def _counted(
    connection: Connection,
    ranges: Sequence[sa.ColumnElement[bool]],
    read_there: Sequence[sa.ColumnElement[bool]],
) -> Nights:
    total = sum(
        connection.execute(sa.select(sa.func.count()).select_from(_c).where(one)).scalar_one()
        for one in ranges
    )
    judged = total <= MOST_JUDGED
    ended = [row for one in ranges for row in _ended(connection, one, judged)]
    mended = _mended(connection, read_there) if judged else {}
    return Nights(int(total), judged, ended, mended)


def night(
    engine: Engine, sites: Iterable[int], host: str, day: date, *, limit: int, offset: int
) -> Part:
    """So many captures of the host on the day (UTC), by address, those first that are not believed
    or were mended; and what stood there before."""
    morning = datetime.combine(day, time(), UTC)
    evening = morning + timedelta(days=1) if day < date.max else datetime.max.replace(tzinfo=UTC)
    when = sa.and_(_c.c.captured_at >= morning, _c.c.captured_at < evening)
    with reading(engine) as connection:
        ranges = [
            sa.select(_c.c.id, _c.c.url, _c.c.captured_at, _c.c.kind, _c.c.record_id).where(
                _c.c.site_id == number, _on(connection, _c.c.url, scheme, host), when
            )
            for number in sites
            for scheme in _SCHEMES
        ]
        # SQLite joins no more than some hundred, and few sites have captures of one host.
        ranges = [one for one in ranges if connection.execute(one.limit(1)).first() is not None]
        if not ranges:
            return Part(0, [], [])
        every = sa.union_all(*ranges).subquery()
        total = connection.execute(sa.select(sa.func.count()).select_from(every)).scalar_one()
        mended = [
            sa.select(_w.c.record_id).where(
                _on(connection, _w.c.url, scheme, host),
                _w.c.raw != _w.c.clean,
                _w.c.captured_at >= morning,
                _w.c.captured_at < evening,
            )
            for scheme in _SCHEMES
        ]
        first = sa.or_(
            every.c.kind.in_(_NOT_BELIEVED), *(every.c.record_id.in_(one) for one in mended)
        )
        asked = sa.select(every.c.id).order_by(
            sa.case((first, 0), else_=1), every.c.url, every.c.captured_at, every.c.id
        )
        listed = connection.execute(asked.limit(limit).offset(offset)).scalars().all()
        rows = _rows(connection, listed)
        before = _rows(connection, _before(connection, listed))
    return Part(int(total), [one for one in before if one not in rows], rows)


def _on(
    connection: Connection, url: sa.ColumnElement[str], scheme: str, host: str
) -> sa.ColumnElement[bool]:
    return begins(connection, url, f"{scheme}://{storable(host)}/")


def _ended(connection: Connection, where: sa.ColumnElement[bool], judged: bool) -> list[Ended]:
    day = sa.func.substr(sa.cast(_c.c.captured_at, sa.Text), 1, _DAY)
    failed = sa.case((_c.c.error.is_(None), None), else_="error")
    told: list[Any] = [_c.c.status, _c.c.kind, failed] if judged else []
    statement = sa.select(day, sa.func.count(), *told).where(where).group_by(day, *told)
    return [Ended(date.fromisoformat(one), *rest) for one, *rest in connection.execute(statement)]


def _mended(
    connection: Connection, read_there: Iterable[sa.ColumnElement[bool]]
) -> dict[date, int]:
    day = sa.func.substr(sa.cast(_w.c.captured_at, sa.Text), 1, _DAY)
    found: dict[date, int] = {}
    for there in read_there:
        where = (there, _w.c.raw != _w.c.clean)
        records = sa.func.count(sa.distinct(_w.c.record_id))
        for one, count in connection.execute(sa.select(day, records).where(*where).group_by(day)):
            of_day = date.fromisoformat(one)
            found[of_day] = found.get(of_day, 0) + int(count)
    return found


def _before(connection: Connection, listed: Iterable[int]) -> list[int]:
    """The newest capture with content before each of these, at its address."""
    earlier = _c.alias()
    newest = (
        sa.select(earlier.c.id)
        .where(
            earlier.c.site_id == _c.c.site_id,
            earlier.c.url == _c.c.url,
            earlier.c.captured_at < _c.c.captured_at,
            earlier.c.status.between(SUCCESS.start, SUCCESS.stop - 1),
            earlier.c.error.is_(None),
        )
        .order_by(earlier.c.captured_at.desc(), earlier.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = connection.execute(sa.select(newest).where(_c.c.id.in_(list(listed)))).scalars()
    return list(dict.fromkeys(one for one in found if one is not None))


def _rows(connection: Connection, numbers: Sequence[int]) -> list[Glance]:
    """The captures of these numbers, in their order."""
    statement = sa.select(_c.c.id, *COLUMNS).where(_c.c.id.in_(numbers))
    found = {row: Glance._make(values) for row, *values in connection.execute(statement)}
    return [found[one] for one in numbers]
