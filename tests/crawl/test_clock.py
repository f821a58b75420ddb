"""A machine whose clock went wrong: the night goes on, and its report says so."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from archive.runs.clock import run_ahead
from archive.store import RunRow, open_archive
from tests.crawl.night import institute, night, profile, report
from tests.crawl.past import a_day_goes_by, time_goes_by
from tests.crawl.server import EVERYTHING_ALLOWED, Answer, Pages, served

NOW = datetime(2026, 5, 1, 2, tzinfo=UTC)


def run(number: int, began: datetime) -> RunRow:
    return RunRow(number, "s", "nightly", began, None, None, None, None)


def test_only_a_run_that_began_later_than_now_is_told_of() -> None:
    assert run_ahead([], NOW) is None
    near = NOW + timedelta(minutes=5)
    assert run_ahead([run(1, NOW - timedelta(days=1)), run(2, near)], NOW) is None
    later = run_ahead([run(2, NOW + timedelta(days=365)), run(3, NOW)], NOW)
    assert later == {"run": 2, "began": "2027-05-01 02:00", "now": "2026-05-01 02:00"}


class Dated:
    """The pages from a server whose clock is so many ``days`` ahead of this machine's; none: it
    sends no dates."""

    def __init__(self, pages: Pages, days: float | None = 0) -> None:
        self.pages, self.days = pages, days

    def __call__(self, path: str) -> Answer:
        page = self.pages.get(path, Answer("no such page", 404))
        if path == "/robots.txt":
            page = EVERYTHING_ALLOWED
        body, status = (page, 200) if isinstance(page, str) else (str(page.body), page.status)
        lines = [f"HTTP/1.1 {status} So", "Content-Type: text/html; charset=utf-8"]
        if self.days is not None:
            moment = datetime.now(UTC) + timedelta(days=self.days)
            lines.append(f"Date: {format_datetime(moment, usegmt=True)}")
        lines += [f"Content-Length: {len(body.encode())}", "", body]
        return Answer(raw="\r\n".join(lines).encode())


def edited(pages: Pages, place: int) -> None:
    path = sorted(path for path in pages if path != "/")[place]
    pages[path] = str(pages[path]).replace("</p>", "，会后另行通知各部门。</p>", 1)


def by_a_wrong_clock(data: Path, number: int, days: int) -> None:
    """As if the clock of run ``number`` had been so far ahead."""
    with closing(sqlite3.connect(data / "palimpsest.db")) as store, store:
        for table, columns, key in (
            ("captures", ("captured_at",), "run_id"),
            ("runs", ("started", "ended"), "id"),
        ):
            for column in columns:
                then = f"strftime('%Y-%m-%dT%H:%M:%f000Z', {column}, '{days} day')"
                store.execute(f"UPDATE {table} SET {column} = {then} WHERE {key} = {number}")


def said_of_clocks(data: Path, number: int) -> list[str]:
    notes = report(data, number)["notes"]
    assert isinstance(notes, list)
    return [note for note in notes if "clock" in note]


@pytest.mark.parametrize("days", [365, -2])
def test_a_night_by_a_wrong_clock_hides_nothing_from_the_next_one(
    tmp_path: Path, days: int
) -> None:
    pages = institute()
    server = Dated(pages)
    with served(server, robots=None) as site:
        profile(tmp_path, site)
        for server.days in (-2, -1):
            assert night(tmp_path)[0] == 0
            a_day_goes_by(tmp_path)
        server.days = 0
        by_a_wrong_clock(tmp_path, 2, days)
        with open_archive(tmp_path) as archive:
            ids = {one.id for one in archive.store.articles("s")}
        edited(pages, 0)
        pages[max(pages)] = Answer("gone", 410)
        code, out, err = night(tmp_path)
        assert code == 0, out + err
    assert " 0 new, 1 changed, 1 gone" in out
    (said,) = said_of_clocks(tmp_path, 3)
    assert said.startswith(f"the clock of run 2 was wrong by {days * 24:+,}.0 hours")
    with open_archive(tmp_path) as archive:
        assert {one.id for one in archive.store.articles("s")} == ids
        (changed,) = (one for one in archive.store.articles("s") if one.versions > 1)
        old, new = archive.store.versions(changed.id)
        assert "另行通知" not in old.reading.text
        assert "另行通知" in new.reading.text


def test_a_night_whose_own_clock_is_behind_tells_what_it_saw_all_the_same(tmp_path: Path) -> None:
    pages = institute()
    with served(Dated(pages, 1), robots=None) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        time_goes_by(tmp_path, -1)
        edited(pages, 0)
        # The servers' dates tell whole seconds: what was captured within one stays in no order.
        time.sleep(1.1)
        code, out, err = night(tmp_path)
        assert code == 0, out + err
    assert " 0 new, 1 changed, 0 gone" in out
    assert "the clock of run 2 was wrong by -24.0 hours" in " ".join(said_of_clocks(tmp_path, 2))
    told = datetime.fromisoformat(str(report(tmp_path, 2)["started"]))
    assert timedelta(hours=23) < told - datetime.now(UTC) < timedelta(hours=25)
    with open_archive(tmp_path) as archive:
        second, first = archive.store.runs("s")
    assert first.started < second.started
    assert second.ended is not None
    assert second.started < second.ended


@pytest.mark.parametrize("days", [None, 900])
def test_where_servers_tell_no_time_or_a_wrong_one_nothing_is_moved(
    tmp_path: Path, days: int | None
) -> None:
    with served(Dated(institute(3), days), robots=None) as site:
        profile(tmp_path, site)
        for _ in range(2):
            assert night(tmp_path)[0] == 0
            a_day_goes_by(tmp_path)
        by_a_wrong_clock(tmp_path, 2, 365)
        code, out, err = night(tmp_path)
        assert code == 0, out + err
    (said,) = said_of_clocks(tmp_path, 3)
    assert said.startswith("run 2 began at ")
