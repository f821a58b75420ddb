"""Runs: when each began, the report it ended with, and how the articles were before it.

It promises that what a run changed of articles is told by it or by a later one: how they were when
last reported is kept until a report tells what became of them, in the transaction that keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.errors import NotFoundError
from archive.model import RunReport
from archive.store import schema
from archive.store.characters import storable_tree
from archive.store.dialect import insert_new
from archive.store.engine import asking, writing
from archive.store.sites import Sites

_t = schema.runs
_last = schema.last_reported
_ALARMS = ("ALARM, ", "警报：")
_MIRRORS = re.compile(r"mirror \S+: |\S+ is a mirror of |\S+ 是 \S.* 的镜像：")
CHANGE = "change:"
"""What the counts begin with that tell what a run changed of articles."""
WALKS = ("crawl", "nightly")
"""Kinds of runs whose reports compare the articles with what was last reported."""
_AT_A_TIME = 500  # reports of before that are in memory together
MAX_NUMBER = 2**31 - 1
"""What either database takes for the number of a row."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as the store knows it: ``report`` is None while it runs (or when it was killed)."""

    id: int
    site: str
    kind: str
    started: datetime
    ended: datetime | None
    outcome: str | None
    exit_code: int | None
    report: RunReport | None


def _has_no(lines: str) -> sa.ColumnElement[bool]:
    """Whether a report has none of these lines, without reading it: thousands of them take seconds.
    What a line itself says has a stroke before its quotation marks."""
    return sa.func.coalesce(sa.cast(_t.c.report, sa.Text), "").like(f'%"{lines}": []%')


_IS_OF_NOW = sa.cast(_t.c.report, sa.Text).like('%"mirrors": [%')
_OLDER = sa.and_(_t.c.exit_code == 0, sa.cast(_t.c.report, sa.Text) != "null", ~_IS_OF_NOW)
"""Reports of before, which had all their lines in one list: these have to be read."""
_NOTED = sa.and_(
    _t.c.report.is_not(None),
    sa.cast(_t.c.report, sa.Text) != "null",
    ~sa.and_(_has_no("notes"), _has_no("mirrors")),
)


class _Told(NamedTuple):
    """Whether a report of before has an alarm, and any line at all."""

    alarms: bool = False
    anything: bool = False


class Runs:
    """The runs of one store."""

    def __init__(self, engine: Engine, sites: Sites) -> None:
        self._engine = engine
        self._sites = sites
        self._of_before: dict[tuple[int, datetime], _Told] = {}

    def begin(self, site: str, kind: str, attend: Callable[[int], None] = lambda run: None) -> int:
        """A new run, beginning now; returns its number. ``attend`` is called with it before anybody
        else can see the run."""
        row = {"site_id": self._sites.number(site), "kind": kind, "started": datetime.now(UTC)}
        with writing(self._engine) as connection:
            key = connection.execute(sa.insert(_t), row).inserted_primary_key
            if key is None:  # pragma: no cover - every dialect in use gives the key
                raise NotFoundError("the run was not kept")
            run = int(key[0])
            attend(run)
        return run

    def end(
        self, report: RunReport, may_tell: Callable[[Connection, int], None] = lambda c, n: None
    ) -> None:
        """Keep the report of run ``report.run``; NotFoundError when there is no such run. One that
        tells of articles ends what was kept of how they were before; ``may_tell`` raises where
        another process may be telling of them."""
        plain: Any = asdict(report)
        plain["started"] = report.started.isoformat()
        plain["ended"] = report.ended.isoformat()
        statement = (
            sa.update(_t)
            .where(_t.c.id == report.run)
            .values(
                ended=report.ended,
                outcome=report.outcome,
                exit_code=report.exit_code,
                report=storable_tree(plain),
            )
        )
        with writing(self._engine) as connection:
            if connection.execute(statement).rowcount == 0:
                raise NotFoundError(f"there is no run {report.run}")
            if report.kind in WALKS and any(key.startswith(CHANGE) for key in report.counts):
                mine = sa.select(_t.c.site_id).where(_t.c.id == report.run)
                site = connection.execute(mine).scalar_one()
                may_tell(connection, site)
                connection.execute(sa.delete(_last).where(_last.c.site_id == site))

    def move(self, connection: Connection, run: int, by: timedelta) -> None:
        """Run ``run`` was made so much later; its report, if there is one, says what it said."""
        row = connection.execute(sa.select(_t.c.started, _t.c.ended).where(_t.c.id == run)).one()
        moved = {"started": row.started + by, "ended": row.ended and row.ended + by}
        connection.execute(sa.update(_t).where(_t.c.id == run).values(**moved))

    def last_reported(self, site: str) -> bytes | None:
        """The articles as they were last reported; None where no run has changed any since."""
        mine = _last.c.site_id == self._sites.number(site)
        with asking(self._engine) as connection:
            return connection.execute(sa.select(_last.c.articles).where(mine)).scalar()

    def keep_reported(self, site: str, articles: bytes, *, anew: bool = False) -> None:
        """Keep how they are, or were; what is kept already stays unless it is to be kept ``anew``.
        Of several processes that begin together the first one decides."""
        row = {"site_id": self._sites.number(site), "articles": articles}
        with writing(self._engine) as connection:
            if anew:
                connection.execute(sa.delete(_last).where(_last.c.site_id == row["site_id"]))
            connection.execute(insert_new(_last), row)

    def all(self, site: str | None = None) -> list[RunRow]:
        """Every run (of one site, if named), the newest first."""
        only = sa.true() if site is None else _t.c.site_id == self._sites.number(site)
        return self._rows(only)

    def page(self, *, limit: int, offset: int, noted: bool = False) -> tuple[int, list[RunRow]]:
        """How many runs there are (that left a note, where only ``noted`` ones are asked for), and
        so many of them, the newest first."""
        only = _NOTED if noted else sa.true()
        statement = sa.select(sa.func.count()).select_from(_t).where(only)
        with asking(self._engine) as connection:
            total = int(connection.execute(statement).scalar_one())
        return total, self._rows(only, limit, offset)

    def during(
        self, first: datetime, last: datetime, sites: Sequence[str], *, limit: int
    ) -> list[RunRow]:
        """At most ``limit`` runs of these sites that went on between two moments (both included),
        the newest first; of one that never ended only its beginning is known."""
        numbers = [self._sites.number(name) for name in sites]
        until = sa.func.coalesce(_t.c.ended, _t.c.started, type_=_t.c.ended.type)
        only = sa.and_(_t.c.site_id.in_(numbers), _t.c.started <= last, until >= first)
        return self._rows(only, limit)

    def newest(self) -> list[RunRow]:
        """The newest run of each site."""
        return self._rows(_t.c.id.in_(sa.select(sa.func.max(_t.c.id)).group_by(_t.c.site_id)))

    def alarming(self, *, limit: int, offset: int) -> tuple[int, list[RunRow], int]:
        """How many runs failed, have not ended, or raised an alarm; so many of them, the newest
        first; and how many others left a note."""
        raised, noted = self._older()
        only = sa.or_(
            _t.c.exit_code.is_(None),
            _t.c.exit_code != 0,
            sa.and_(~_has_no("alarms"), _IS_OF_NOW),
            _t.c.id.in_(raised),
        )
        others = sa.and_(_t.c.exit_code == 0, _has_no("alarms"), _NOTED, _IS_OF_NOW)
        counts = [
            sa.select(sa.func.count()).select_from(_t).where(one).scalar_subquery()
            for one in (only, others)
        ]
        with asking(self._engine) as connection:
            total, quiet = connection.execute(sa.select(*counts)).one()
        return int(total), self._rows(only, limit, offset), int(quiet) + len(noted)

    def _older(self) -> tuple[set[int], set[int]]:
        """Which runs raised an alarm, and which others left a note, of those whose reports are of
        before: each is read once, for no report changes."""
        ended = sa.select(_t.c.id, _t.c.ended).where(_OLDER, _t.c.ended.is_not(None))
        with asking(self._engine) as connection:
            keys = [(int(run), moment) for run, moment in connection.execute(ended)]
        unread = [run for run, moment in keys if (run, moment) not in self._of_before]
        for at in range(0, len(unread), _AT_A_TIME):
            for row in self._rows(_t.c.id.in_(unread[at : at + _AT_A_TIME])):
                if row.report is not None and row.ended is not None:
                    told = _Told(bool(row.report.alarms), bool(row.report.told))
                    self._of_before[row.id, row.ended] = told
        known = [(key[0], self._of_before.get(key, _Told())) for key in keys]
        raised = {run for run, told in known if told.alarms}
        return raised, {run for run, told in known if told.anything} - raised

    def get(self, number: int) -> RunRow:
        """Run ``number``; NotFoundError when there is none."""
        rows = self._rows(_t.c.id == number) if 0 < number <= MAX_NUMBER else []
        if not rows:
            raise NotFoundError(f"there is no run {number}; `palimpsest runs list` names them all")
        return rows[0]

    def _rows(
        self, only: sa.ColumnElement[bool], limit: int | None = None, offset: int = 0
    ) -> list[RunRow]:
        statement = (
            sa.select(_t, schema.sites.c.name)
            .join(schema.sites)
            .where(only)
            .order_by(_t.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        with asking(self._engine) as connection:
            return [_run(row) for row in connection.execute(statement)]


def _run(row: sa.Row[Any]) -> RunRow:
    return RunRow(
        id=row.id,
        site=row.name,
        kind=row.kind,
        started=row.started,
        ended=row.ended,
        outcome=row.outcome,
        exit_code=row.exit_code,
        report=None if row.report is None else _report(row.report),
    )


def _report(plain: dict[str, Any]) -> RunReport:
    plain = plain if "mirrors" in plain else _told_apart(plain)
    return RunReport(
        **plain
        | {
            "started": datetime.fromisoformat(plain["started"]),
            "ended": datetime.fromisoformat(plain["ended"]),
            "warc_files": tuple(plain["warc_files"]),
            "notes": tuple(plain["notes"]),
            "alarms": tuple(plain["alarms"]),
            "mirrors": tuple(plain["mirrors"]),
        }
    )


def _told_apart(plain: dict[str, Any]) -> dict[str, Any]:
    """A report of before, which had all its lines in one list: only their words tell them apart."""
    lines = plain["notes"]
    alarms = [line for line in lines if line.startswith(_ALARMS)]
    mirrors = [line for line in lines if _MIRRORS.match(line)]
    notes = [line for line in lines if line not in alarms and line not in mirrors]
    return plain | {"alarms": alarms, "mirrors": mirrors, "notes": notes}
