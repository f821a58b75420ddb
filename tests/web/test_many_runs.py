"""Runs by the thousand: pages read no more reports than they show, and tell the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from archive.model import RunReport
from archive.store import Archive, open_archive, runs, schema
from archive.store.engine import writing
from archive.store.runs import RunRow
from archive.web import Settings, paging
from archive.web.alarms_page import Noted, noted
from tests.unit.store_sample import INSTITUTE, NOON, SITE
from tests.web.serving import Served, serving

QUIET: dict[str, tuple[str, ...]] = {}
SAID = 'a note that says "alarms": [] and "notes": []'
REPORTS: tuple[tuple[int, dict[str, tuple[str, ...]]], ...] = (
    (0, QUIET),
    (0, {"alarms": ("ALARM, x",)}),
    (0, {"notes": (SAID,)}),
    (0, {"mirrors": ("mirror m.com: 银河 in the institute's place",)}),
    (3, {"notes": ("部分页面无法读取",)}),
    (3, QUIET),
    (0, {"alarms": (SAID,), "notes": (SAID,)}),
    (0, {"files": (SAID,)}),
)


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as made:
        made.store.put_site(INSTITUTE)
        for number, (code, lines) in enumerate(REPORTS):
            run = made.store.begin_run(SITE, "nightly")
            at = NOON + timedelta(days=number)
            report = RunReport(run, SITE, "nightly", at, at, "finished", code)
            report = replace(
                report,
                alarms=lines.get("alarms", ()),
                mirrors=lines.get("mirrors", ()),
                notes=lines.get("notes", ()),
                warc_files=lines.get("files", ()),
            )
            made.store.end_run(report)
        made.store.begin_run(SITE, "nightly")
        yield made


@pytest.fixture
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as served:
        yield served


def listed(room: Served, path: str, links: str) -> list[str]:
    seen: list[str] = []
    here = [path]
    while here:
        answer = room.ask("GET", here[0])
        seen += answer.page.xpath(links)
        here = answer.page.xpath("//a[@rel='next']/@href")
    return seen


def is_alarm(one: Noted) -> bool:
    return bool(one.alarms) or one.run.exit_code != 0


def pages_of(runs: list[RunRow]) -> list[str]:
    return [f"/runs/{run.id}" for run in runs]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_each_list_has_the_runs_it_is_for_page_by_page(
    room: Served, archive: Archive, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(paging, "LISTED", size)
    every = archive.store.runs()
    told = [noted(run) for run in every]
    assert listed(room, "/runs", "//tbody//a/@href") == pages_of(every)
    alarms = [one.run for one in told if is_alarm(one)]
    assert listed(room, "/alarms", "//tbody//a/@href") == pages_of(alarms)
    with_notes = [one.run for one in told if one.notes]
    assert listed(room, "/alarms/notes", "//main//h2/a/@href") == pages_of(with_notes)
    others = sum(not is_alarm(one) and bool(one.notes) for one in told)
    (sentence,) = room.get("/alarms").words("//main/p[last()]")
    assert sentence.endswith(f"Further runs with notes: {others}.")


def test_a_page_of_runs_reads_the_reports_of_that_page_alone(archive: Archive) -> None:
    total, rows = archive.store.runs_page(limit=2, offset=1)
    assert (total, rows) == (len(REPORTS) + 1, archive.store.runs()[1:3])
    assert archive.store.newest_runs() == archive.store.runs()[:1]
    alarms = [run for run in archive.store.runs() if is_alarm(noted(run))]
    total, rows, _ = archive.store.alarming_runs(limit=2, offset=1)
    assert (total, rows) == (len(alarms), alarms[1:3])


def test_alarms_of_older_reports_are_among_the_others(archive: Archive) -> None:
    for lines in (["ALARM, x"], ["a note"], []):
        run = archive.store.begin_run(SITE, "nightly")
        report = asdict(RunReport(run, SITE, "nightly", NOON, NOON, "finished", 0))
        plain = report | {"started": NOON.isoformat(), "ended": NOON.isoformat(), "notes": lines}
        del plain["alarms"], plain["mirrors"]
        older = sa.update(schema.runs).where(schema.runs.c.id == run)
        with writing(archive.store._engine) as connection:
            connection.execute(older.values(ended=NOON, exit_code=0, report=plain))
    told = [noted(run) for run in archive.store.runs()]
    total, rows, others = archive.store.alarming_runs(limit=100, offset=0)
    assert rows == [one.run for one in told if is_alarm(one)]
    assert (total, others) == (len(rows), sum(bool(o.notes) and not is_alarm(o) for o in told))


def test_older_reports_are_read_once_however_often_alarms_are_looked_at(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lines in [["a note"]] * 20:
        run = archive.store.begin_run(SITE, "nightly")
        report = asdict(RunReport(run, SITE, "nightly", NOON, NOON, "finished", 0))
        plain = report | {"started": NOON.isoformat(), "ended": NOON.isoformat(), "notes": lines}
        del plain["alarms"], plain["mirrors"]
        older = sa.update(schema.runs).where(schema.runs.c.id == run)
        with writing(archive.store._engine) as connection:
            connection.execute(older.values(ended=NOON, exit_code=0, report=plain))
    first = archive.store.alarming_runs(limit=1, offset=0)
    read: list[object] = []
    of_row = runs._report

    def reading(plain: dict[str, Any]) -> RunReport:
        read.append(plain)
        return of_row(plain)

    monkeypatch.setattr(runs, "_report", reading)
    assert archive.store.alarming_runs(limit=1, offset=0) == first
    assert len(read) <= 1


def test_alarms_among_thousands_of_runs_are_told_by_reading_a_page_of_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    of_row = runs._report

    def reading(plain: dict[str, Any]) -> RunReport:
        read.append(plain)
        return of_row(plain)

    monkeypatch.setattr(runs, "_report", reading)
    for number in range(300):
        run = archive.store.begin_run(SITE, "nightly")
        at = NOON + timedelta(days=number)
        report = RunReport(run, SITE, "nightly", at, at, "finished", 3, alarms=("ALARM, x",))
        archive.store.end_run(report)
    with serving(archive, Settings(rate=0)) as room:
        assert len(room.get("/alarms").page.xpath("//tbody/tr")) == 100
    assert len(read) == 100
