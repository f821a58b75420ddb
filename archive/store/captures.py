"""One row a capture: where in the WARC files the exchange lies, and what a revisit must know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import NOT_BELIEVED, CaptureRow, PageKind, WarcPointer
from archive.statuses import NOT_MODIFIED
from archive.store import schema
from archive.store.characters import storable, storable_or_none
from archive.store.dialect import Prepared, insert_new
from archive.store.engine import reading, viewing

_BATCH = 500  # rows fetched at a time
_IN_LIST = 500  # values in one IN list; SQLite takes 32,766, PostgreSQL more

_t = schema.captures
_NEW = Prepared(insert_new(_t), [column.name for column in _t.c if column.name != "id"])
_PUT_KIND = sa.update(_t).where(_t.c.id == sa.bindparam("row")).values(kind=sa.bindparam("found"))


def insert(connection: Connection, site: int, row: CaptureRow) -> None:
    """Keep the row; the same record again changes nothing."""
    _NEW.run(connection, _values(site, row))


def insert_many(connection: Connection, site: int, rows: Sequence[CaptureRow]) -> int:
    """The same of many rows; how many were not known."""
    if not rows:
        return 0
    return _NEW.run_many(connection, [_values(site, row) for row in rows]).rowcount


def put_kinds(connection: Connection, kinds: Mapping[int, PageKind | None]) -> None:
    """Keep what the captures with these row numbers turned out to be; None: nobody knows."""
    rows = [{"row": number, "found": kind and kind.value} for number, kind in kinds.items()]
    if rows:
        connection.execute(_PUT_KIND, rows)


def _values(site: int, row: CaptureRow) -> dict[str, Any]:
    pointer = row.pointer
    return {
        "site_id": site,
        "run_id": row.run,
        "url": storable(row.url),
        "host": row.host,
        "captured_at": schema.moment_text(row.captured_at),
        "status": row.status,
        "media_type": storable_or_none(row.media_type),
        "kind": None if row.kind is None else row.kind.value,
        "file": pointer.file,
        "offset": pointer.offset,
        "length": pointer.length,
        "payload_digest": pointer.payload_digest,
        "record_id": pointer.record_id,
        "etag": storable_or_none(row.etag),
        "last_modified": storable_or_none(row.last_modified),
        "via": storable_or_none(row.via),
        "error": storable_or_none(row.error),
        "location": storable_or_none(row.location),
    }


def stream(
    engine: Engine, site: int, host: str | None = None, *, with_confirmed: bool = True
) -> Iterator[CaptureRow]:
    """A site's captures (of one ``host``, if named), the oldest first: the same order whichever
    way they came in; but for those that ``confirmed`` counts, where they are not wanted."""
    statement = (
        sa.select(_t)
        .where(_t.c.site_id == site, _t.c.host == host if host else sa.true())
        .where(sa.true() if with_confirmed else sa.not_(_only_confirms(site)))
        .order_by(_t.c.captured_at, _t.c.url, _t.c.record_id)
    )
    with reading(engine) as connection:
        result = connection.execution_options(yield_per=_BATCH).execute(statement)
        for row in result:
            yield row_of(row)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The page at ``url`` of ``host`` was said not to have changed so many ``times``, first and
    last at these moments."""

    url: str
    host: str
    times: int
    first: datetime
    last: datetime


def confirmed(engine: Engine, site: int) -> list[Confirmed]:
    """What the captures of a site tell that only confirm, by address: every night leaves one of
    each page, and only their first, their last and their number are ever asked for."""
    moments = sa.func.min(_t.c.captured_at), sa.func.max(_t.c.captured_at)
    statement = (
        sa.select(_t.c.url, _t.c.host, sa.func.count(), *moments)
        .where(_t.c.site_id == site, _only_confirms(site))
        .group_by(_t.c.url, _t.c.host)
    )
    with reading(engine) as connection:
        return [Confirmed(*row) for row in connection.execute(statement)]


def _only_confirms(site: int) -> sa.ColumnElement[bool]:
    """That a capture says "not modified", of an address that was never missing, never
    redirected, and never gave what is not believed: there it matters what came before and after."""
    other = _t.alias()
    eventful = sa.select(other.c.url).where(
        other.c.site_id == site,
        sa.or_(
            other.c.status.between(300, 303),
            other.c.status.between(305, 499),
            other.c.kind.in_([kind.value for kind in (PageKind.SOFT_404, *sorted(NOT_BELIEVED))]),
        ),
    )
    is_plain = sa.and_(_t.c.status == NOT_MODIFIED, _t.c.error.is_(None))
    return sa.and_(sa.func.coalesce(is_plain, sa.false()), _t.c.url.not_in(eventful))


_LATEST = (
    sa.select(_t)
    .where(_t.c.site_id == sa.bindparam("site_id"), _t.c.url == sa.bindparam("url"))
    .order_by(_t.c.captured_at.desc(), _t.c.id.desc())
    .limit(1)
)


def latest(engine: Engine, site: int, url: str) -> CaptureRow | None:
    """The newest capture of ``url``, whatever came of it, or None."""
    with reading(engine) as connection:
        row = connection.execute(_LATEST, {"site_id": site, "url": url}).first()
    return None if row is None else row_of(row)


def some(engine: Engine, run: int, most: int) -> list[CaptureRow]:
    """So many of a run's answers at ``most``, evenly over its course."""
    answered = _t.c.run_id == run, _t.c.error.is_(None), _t.c.status.is_not(None)
    with reading(engine) as connection:
        ids = connection.execute(sa.select(_t.c.id).where(*answered).order_by(_t.c.id)).scalars()
        every = list(ids)
        chosen = every[:: max(1, -(-len(every) // most))] if every else []
        rows = connection.execute(sa.select(_t).where(_t.c.id.in_(chosen)).order_by(_t.c.id))
        return [row_of(row) for row in rows]


def move(connection: Connection, run: int, by: timedelta) -> None:
    """All captures of a run happened so much later."""
    rows = connection.execute(sa.select(_t.c.id, _t.c.captured_at).where(_t.c.run_id == run))
    moved = [{"row": row.id, "moment": row.captured_at + by} for row in rows]
    if moved:
        statement = sa.update(_t).where(_t.c.id == sa.bindparam("row"))
        connection.execute(statement.values(captured_at=sa.bindparam("moment")), moved)


TOO_LONG = ("body-too-large", "content-too-large")
"""How the error of an answer begins of which the beginning alone was taken (``crawler.wire``)."""


@dataclass(frozen=True, slots=True)
class PageCopy:
    """The copy of a page that the archive has: ``newest`` is its last whole answer (status 200,
    and no firewall's), ``original`` the first one with that same payload, whose record holds it.
    Of a list it may be the beginning of an answer that was too long; both are that one then."""

    newest: CaptureRow
    original: CaptureRow

    @property
    def is_begun(self) -> bool:
        """Whether it is but the beginning of the answer."""
        return self.newest.error is not None


_GOOD = sa.select(_t).where(
    _t.c.site_id == sa.bindparam("site_id"),
    _t.c.url == sa.bindparam("url"),
    _t.c.status == 200,
    _t.c.error.is_(None),
    sa.func.coalesce(_t.c.kind, "") != PageKind.CHALLENGE.value,
)
_NEWEST_GOOD = Prepared(_GOOD.order_by(_t.c.captured_at.desc(), _t.c.id.desc()).limit(1))
_ORIGINAL = Prepared(
    _GOOD.where(_t.c.payload_digest == sa.bindparam("digest"))
    .order_by(_t.c.captured_at, _t.c.id)
    .limit(1)
)
_ORIGINAL_OF_NEWEST = Prepared(
    _GOOD.where(
        _t.c.payload_digest
        == _GOOD.with_only_columns(_t.c.payload_digest)
        .order_by(_t.c.captured_at.desc(), _t.c.id.desc())
        .limit(1)
        .scalar_subquery()
        .correlate(None)
    )
    .order_by(_t.c.captured_at, _t.c.id)
    .limit(1)
)
_BOTH = _NEWEST_GOOD, _ORIGINAL_OF_NEWEST


def kept(engine: Engine, site: int, urls: Iterable[str]) -> dict[str, PageCopy]:
    """The archive's own copies of those of ``urls`` that it has one of, in one view."""
    if engine.dialect.name == "postgresql":
        return _kept_at_once(engine, site, urls)
    copies: dict[str, PageCopy] = {}
    with reading(engine) as connection:
        for url in urls:
            values: dict[str, Any] = {"site_id": site, "url": url}
            found = _NEWEST_GOOD.run(connection, values).fetchone()
            if found is None:
                continue
            newest = _of_driver(found)
            values["digest"] = newest.pointer.payload_digest
            original = _of_driver(_ORIGINAL.run(connection, values).fetchone())
            copies[url] = PageCopy(newest, original)
    return copies


def _kept_at_once(engine: Engine, site: int, urls: Iterable[str]) -> dict[str, PageCopy]:
    with viewing(engine) as connection:
        asked = {
            url: [one.run(connection, {"site_id": site, "url": url}) for one in _BOTH]
            for url in urls
        }
    # The answers have come with the end of the view.
    rows = {url: [answer.fetchone() for answer in both] for url, both in asked.items()}
    return {url: PageCopy(*map(_of_driver, both)) for url, both in rows.items() if None not in both}


_NEWEST_BEGUN = Prepared(
    sa.select(_t)
    .where(
        _t.c.site_id == sa.bindparam("site_id"),
        _t.c.url == sa.bindparam("url"),
        _t.c.status == 200,
        sa.or_(*(_t.c.error.like(f"{reason}%") for reason in TOO_LONG)),
    )
    .order_by(_t.c.captured_at.desc(), _t.c.id.desc())
    .limit(1)
)


def begun(
    engine: Engine, site: int, lists: Iterable[str], whole: Mapping[str, PageCopy]
) -> dict[str, PageCopy]:
    """The newest beginnings of those of ``lists`` that were too long, where no ``whole`` copy is
    newer."""
    found: dict[str, PageCopy] = {}
    with reading(engine) as connection:
        for url in lists:
            row = _NEWEST_BEGUN.run(connection, {"site_id": site, "url": url}).fetchone()
            if row is None:
                continue
            newest, copy = _of_driver(row), whole.get(url)
            if copy is None or copy.newest.captured_at < newest.captured_at:
                found[url] = PageCopy(newest, newest)
    return found


def digests(engine: Engine, site: int, urls: Collection[str]) -> dict[str, str]:
    """The payload digest of the newest good capture (status 200) of each address that has one."""
    wanted = sorted(set(urls))
    found: dict[str, str] = {}
    with reading(engine) as connection:
        for start in range(0, len(wanted), _IN_LIST):
            statement = (
                sa.select(_t.c.url, _t.c.payload_digest)
                .where(
                    _t.c.site_id == site,
                    _t.c.url.in_(wanted[start : start + _IN_LIST]),
                    _t.c.status == 200,
                )
                .order_by(_t.c.captured_at, _t.c.record_id)
            )
            found.update((row.url, row.payload_digest) for row in connection.execute(statement))
    return found


class _Values(NamedTuple):
    """A row as the driver gives it, in the order of the table's columns."""

    id: int
    site_id: int
    run_id: int
    url: str
    host: str
    captured_at: str
    status: int | None
    media_type: str | None
    kind: str | None
    file: str
    offset: int
    length: int
    payload_digest: str
    record_id: str
    etag: str | None
    last_modified: str | None
    via: str | None
    error: str | None
    location: str | None


def _of_driver(values: Sequence[Any]) -> CaptureRow:
    row = _Values._make(values)
    return _capture(row, datetime.fromisoformat(row.captured_at))


def row_of(row: sa.Row[Any]) -> CaptureRow:
    """The capture of a row of the table."""
    return _capture(row, row.captured_at)


def _capture(row: sa.Row[Any] | _Values, captured_at: datetime) -> CaptureRow:
    return CaptureRow(
        url=row.url,
        host=row.host,
        captured_at=captured_at,
        status=row.status,
        media_type=row.media_type,
        kind=None if row.kind is None else PageKind(row.kind),
        pointer=WarcPointer(row.file, row.offset, row.length, row.payload_digest, row.record_id),
        run=row.run_id,
        etag=row.etag,
        last_modified=row.last_modified,
        via=row.via,
        error=row.error,
        location=row.location,
        id=row.id,
    )
