"""What the archive holds, counted and listed: for overviews, feeds and other archives' interfaces.

Everything here is read in one consistent view and promises exact numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.model import CaptureRow
from archive.store import captures, courses, file_use, moments, nights, past, schema
from archive.store.engine import reading
from archive.store.sites import Sites

_a = schema.articles
_b = schema.branches
_c = schema.captures
_l = schema.aliases
_s = schema.sites
_v = schema.versions
_w = schema.witnesses

FORMER = "former"
"""In the place of the status of an article that has another id now."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each."""

    articles: int
    versions: int
    witnesses: int
    captures: int


@dataclass(frozen=True, slots=True)
class WarcFile:
    """A WARC file as the store knows it: its captures, their ``size`` in bytes together, and the
    moments between which they were made."""

    name: str
    captures: int
    size: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list: what it is called, where it belongs, since when it is as it is;
    ``status`` is FORMER where it has another id now."""

    id: str
    site: str
    branch: str | None
    title: str | None
    status: str
    versions: int
    first_seen: datetime
    changed: datetime


class Holdings:
    """The questions, to one store."""

    def __init__(self, engine: Engine, sites: Sites) -> None:
        self._engine = engine
        self._sites = sites

    def _numbers(self) -> list[int]:
        return [self._sites.number(site.name) for site in self._sites.all()]

    def counts(self) -> Counts:
        """How much there is in all."""
        with reading(self._engine) as connection:
            numbers = [
                connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                for table in (_a, _v, _w, _c)
            ]
        return Counts(*numbers)

    def files(self) -> list[WarcFile]:
        """Every WARC file that a capture lies in, by name."""
        statement = (
            sa.select(
                _c.c.file,
                sa.func.count(),
                sa.func.sum(_c.c.length),
                sa.func.min(_c.c.captured_at),
                sa.func.max(_c.c.captured_at),
            )
            .group_by(_c.c.file)
            .order_by(_c.c.file)
        )
        with reading(self._engine) as connection:
            return [WarcFile(*row) for row in connection.execute(statement)]

    def unneeded_files(self) -> list[file_use.Unneeded]:
        """The WARC files that no witness and no first copy of a payload lies in, by name."""
        return file_use.unneeded(self._engine)

    def captures_in(self, file: str) -> list[CaptureRow]:
        """The captures that lie in a WARC file, in its order."""
        statement = sa.select(_c).where(_c.c.file == file).order_by(_c.c.offset)
        with reading(self._engine) as connection:
            return [captures.row_of(row) for row in connection.execute(statement)]

    def captures_of(self, url: str) -> list[CaptureRow]:
        """The captures of an address, for whichever site, the oldest first."""
        numbers = self._numbers()
        found: list[CaptureRow] = []
        with reading(self._engine) as connection:
            for number in numbers:
                # One site after the other: (site, address, moment) is the index.
                statement = sa.select(_c).where(_c.c.site_id == number, _c.c.url == url)
                found += [captures.row_of(row) for row in connection.execute(statement)]
        return sorted(found, key=lambda row: (row.captured_at, row.id))

    def shown(self, url: str, moment: datetime | None = None) -> moments.Shown | None:
        """The capture of an address, for whichever site, that shows what stood there at about the
        ``moment`` (None: the last one), with the first and the last one; None where none does."""
        return moments.shown(self._engine, self._numbers(), url, moment)

    def shown_moments(self, url: str, *, limit: int, offset: int = 0) -> list[datetime]:
        """The moments of so many captures of the address that show what stood there, the oldest
        first."""
        return moments.some(self._engine, self._numbers(), url, offset, limit)

    def course(self, urls: Collection[str], site: str | None = None) -> list[courses.Glance]:
        """The captures of these addresses in short, for ``site`` or for whichever, the oldest
        first."""
        numbers = self._numbers() if site is None else [self._sites.number(site)]
        return courses.course(self._engine, numbers, urls)

    def counted(self, urls: Collection[str]) -> Counter[str]:
        """How many captures each of these addresses has, for whichever site."""
        return courses.counted(self._engine, self._numbers(), urls)

    def part_of_course(
        self,
        url: str,
        span: tuple[datetime | None, datetime | None] = (None, None),
        *,
        limit: int,
        offset: int = 0,
        newest_first: bool = False,
    ) -> courses.Part:
        """So many of the captures of an address, for whichever site, within a span of moments."""
        return courses.part(
            self._engine,
            self._numbers(),
            url,
            span,
            limit=limit,
            offset=offset,
            newest_first=newest_first,
        )

    def nights_of_address(self, url: str) -> nights.Nights:
        """All days on which an address was captured, for whichever site."""
        return nights.nights_of_address(self._engine, self._numbers(), url)

    def nights(self, host: str) -> nights.Nights:
        """All days on which something of a host was captured, for whichever site."""
        return nights.nights(self._engine, self._numbers(), host)

    def night(self, host: str, day: date, *, limit: int, offset: int = 0) -> courses.Part:
        """So many captures of a host on a day (UTC), by address."""
        return nights.night(self._engine, self._numbers(), host, day, limit=limit, offset=offset)

    def newest_whole(self, site: str, url: str) -> courses.Glance | None:
        """The newest capture of an address of ``site`` that has content of its own, if any."""
        return courses.newest_whole(self._engine, self._sites.number(site), url)

    def read_from(
        self, urls: Collection[str], records: Collection[str] | None = None
    ) -> courses.Read:
        """What the articles at these addresses say of their captures, or of these ``records``."""
        return courses.read_from(self._engine, urls, records)

    def capture(self, record_id: str) -> CaptureRow | None:
        """The capture whose record has this id; None when there is none."""
        with reading(self._engine) as connection:
            for number in self._numbers():
                statement = sa.select(_c).where(_c.c.site_id == number, _c.c.record_id == record_id)
                if (found := connection.execute(statement).first()) is not None:
                    return captures.row_of(found)
        return None

    def witnessed(self, row: CaptureRow) -> tuple[str, int] | None:
        """The article that this capture is a witness of, by its id, and the witness's place; None
        where it is none."""
        statement = (
            sa.select(_a.c.id, _w.c.place)
            .join(_w, _w.c.article_n == _a.c.n)
            .where(_w.c.url == row.url, _w.c.record_id == row.pointer.record_id)
        )
        with reading(self._engine) as connection:
            found = connection.execute(statement).first()
        return None if found is None else (found.id, found.place)

    def changed_since(
        self, moment: datetime, *, limit: int, offset: int = 0, only_changed: bool = False
    ) -> tuple[int, list[ArticleRow]]:
        """Articles of which the present version was first seen at ``moment`` or later (of these
        ``only_changed`` ones, which had another version before): how many, and one page of them,
        the newest first."""
        wanted = sa.and_(_v.c.is_current, _v.c.first_seen >= moment)
        if only_changed:
            wanted = sa.and_(wanted, _a.c.versions > 1)
        order = (_v.c.first_seen.desc(), _a.c.id)
        found = _v.join(_a, _v.c.article_n == _a.c.n) if only_changed else _v
        with reading(self._engine) as connection:
            total = connection.execute(
                sa.select(sa.func.count()).select_from(found).where(wanted)
            ).scalar_one()
            rows = connection.execute(
                _listed().where(wanted).order_by(*order).limit(limit).offset(offset)
            )
            return int(total), [ArticleRow(*row) for row in rows]

    def held(
        self, moment: datetime, *, site: str | None = None, limit: int, offset: int = 0
    ) -> tuple[int, list[past.Held]]:
        """How many articles (of a site, or of all) had been captured by the moment, and so many of
        them, those first whose text was the newest then."""
        number = None if site is None else self._sites.number(site)
        return past.held(self._engine, moment, site=number, limit=limit, offset=offset)

    def changed(self, limit: int) -> list[str]:
        """The ids of articles that have more than one version, those that changed last first."""
        statement = (
            sa.select(_a.c.id)
            .join(_v, _v.c.article_n == _a.c.n)
            .where(_a.c.versions > 1, _v.c.is_current)
            .order_by(_v.c.first_seen.desc(), _a.c.id)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [str(one) for one in connection.execute(statement).scalars()]

    def by_id(
        self,
        first: datetime | None = None,
        last: datetime | None = None,
        *,
        site: str | None = None,
        after: str = "",
        limit: int = 100,
    ) -> Sequence[ArticleRow]:
        """Articles by id after the id ``after``, at most ``limit``, whose present version was
        first seen within the moments (both included): for harvesting page by page. Ids that
        articles had before are among them."""
        wanted: list[sa.ColumnElement[bool]] = [_v.c.is_current]
        if first is not None:
            wanted.append(_v.c.first_seen >= first)
        if last is not None:
            wanted.append(_v.c.first_seen <= last)
        if site is not None:
            wanted.append(_s.c.name == site)
        now = _listed().where(_a.c.id > after, *wanted).order_by(_a.c.id).limit(limit)
        before = _listed_before().where(_l.c.id > after, *wanted).order_by(_l.c.id).limit(limit)
        with reading(self._engine) as connection:
            rows = [ArticleRow(*row) for one in (now, before) for row in connection.execute(one)]
        return sorted(rows, key=lambda row: row.id)[:limit]

    def row(self, article: str) -> ArticleRow | None:
        """The article with this id, or that had it before, as a row; None when there is none."""
        now = _listed().where(_v.c.is_current, _a.c.id == article)
        before = _listed_before().where(_v.c.is_current, _l.c.id == article)
        with reading(self._engine) as connection:
            found = connection.execute(now).first() or connection.execute(before).first()
        return None if found is None else ArticleRow(*found)

    def earliest(self) -> datetime | None:
        """When the first of the present versions was first seen; None in an empty archive."""
        with reading(self._engine) as connection:
            statement = sa.select(sa.func.min(_v.c.first_seen)).where(_v.c.is_current)
            return connection.execute(statement).scalar()


def _listed_before() -> sa.Select[Any]:
    """The same of ids that articles had before."""
    return _listed(_l.c.id, sa.literal(FORMER)).join(_l, _l.c.article_n == _a.c.n).where(_l.c.given)


def _listed(
    id_: sa.ColumnElement[str] = _a.c.id, status: sa.ColumnElement[str] = _a.c.status
) -> sa.Select[Any]:
    # Title is a column of articles; the text itself is not read.
    return sa.select(
        id_,
        _s.c.name,
        _b.c.name,
        _a.c.title,
        status,
        _a.c.versions,
        _a.c.first_seen,
        _v.c.first_seen,
    ).select_from(
        _a.join(_s, _s.c.id == _a.c.site_id)
        .join(_v, _v.c.article_n == _a.c.n)
        .outerjoin(_b, _b.c.id == _a.c.branch_id)
    )
