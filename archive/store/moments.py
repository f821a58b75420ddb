"""The captures of an address that show what stood there (status 200): the nearest to a moment, the
first and the last, and so many of them from a place on.

It promises to read a handful of rows for each of these, however many captures the address has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import CaptureRow
from archive.statuses import SUCCESS
from archive.store import captures, schema
from archive.store.characters import storable
from archive.store.engine import reading

_c = schema.captures
_LATE = (_c.c.captured_at.desc(), _c.c.id.desc())
_EARLY = (_c.c.captured_at, _c.c.id)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """The capture nearest to a moment (``row``), and the ``first`` and the ``last`` of all that the
    address has."""

    first: CaptureRow
    row: CaptureRow
    last: CaptureRow


def shown(
    engine: Engine, sites: Iterable[int], url: str, moment: datetime | None = None
) -> Shown | None:
    """The capture nearest to the ``moment`` (an aware time; None: the last one); None where the
    address has none. Of two as near it is the earlier, and one of the moment's own second comes
    before all others."""
    found: list[CaptureRow] = []
    with reading(engine) as connection:
        for site in sites:
            here = _of(site, url)
            ends = [_one(connection, here.order_by(*order)) for order in (_EARLY, _LATE)]
            around = [] if moment is None else _around(connection, here, moment)
            found += [row for row in (*ends, *around) if row is not None]
    if not found:
        return None
    ordered = sorted(found, key=lambda row: (row.captured_at, row.id))
    row = ordered[-1] if moment is None else min(ordered, key=lambda one: _distance(one, moment))
    return Shown(ordered[0], row, ordered[-1])


def some(engine: Engine, sites: Sequence[int], url: str, offset: int, limit: int) -> list[datetime]:
    """The moments of so many of them from the place ``offset`` (from 0) on, the oldest first."""
    every = [_of(site, url).with_only_columns(_c.c.captured_at) for site in sites]
    with reading(engine) as connection:
        # SQLite joins no more than some hundred, and few sites have captures of one address.
        here = [one for one in every if connection.execute(one.limit(1)).first() is not None]
        if not here:
            return []
        joined = sa.union_all(*here).order_by(sa.text("captured_at"))
        found = connection.execute(joined.limit(limit).offset(offset)).scalars()
        return [_aware(one) for one in found]


def _aware(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _around(
    connection: Connection, here: sa.Select[Any], moment: datetime
) -> list[CaptureRow | None]:
    """The next one before the moment, in its second, and after it."""
    before = here.where(_c.c.captured_at < moment).order_by(*_LATE)
    after = here.where(_c.c.captured_at >= moment).order_by(*_EARLY)
    return [_one(connection, before), _one(connection, after)]


def _distance(row: CaptureRow, moment: datetime) -> tuple[bool, timedelta]:
    apart = row.captured_at - moment
    return not timedelta(0) <= apart < _SECOND, abs(apart)


def _of(site: int, url: str) -> sa.Select[Any]:
    return sa.select(_c).where(
        _c.c.site_id == site,
        _c.c.url == storable(url),
        _c.c.status == SUCCESS.start,
        _c.c.error.is_(None),
    )


def _one(connection: Connection, statement: sa.Select[Any]) -> CaptureRow | None:
    found = connection.execute(statement.limit(1)).first()
    return None if found is None else captures.row_of(found)
