"""Gone only on the word of several good nights, or on the server's plain word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from archive.ingest import ingest
from archive.model import PageKind, RunReport, Site, WarcPointer
from archive.runs.changes import compared, snapshot
from archive.runs.dead import bury_dead
from archive.sitepass.derive import derive
from archive.sitepass.gone import Absences, distrusted_runs, is_trusted
from archive.store import Archive, CaptureRow, open_archive
from archive.warc import WarcWriter
from tests.unit import backfill_samples as samples

URL = "http://www.a.cn/1.html"
NIGHT = datetime(2026, 3, 1, 2, tzinfo=UTC)
NOBODY: frozenset[int] = frozenset()


def row(night: int, status: int | None, **changes: object) -> CaptureRow:
    plain = CaptureRow(
        url=URL,
        host="www.a.cn",
        captured_at=NIGHT + timedelta(days=night),
        status=status,
        media_type="text/html",
        kind=PageKind.ARTICLE if status == 200 else PageKind.ERROR,
        pointer=WarcPointer("w", night, 1, "sha256:0", f"urn:uuid:{night}"),
        run=night,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def soft(night: int) -> CaptureRow:
    return row(night, 200, kind=PageKind.SOFT_404)


def gone(*rows: CaptureRow, distrusted: frozenset[int] = NOBODY) -> datetime | None:
    found = Absences(distrusted)
    for one in rows:
        found.take(one)
    return found.gone().get(URL)


def test_three_nights_of_404_are_gone_since_the_first() -> None:
    rows = [row(0, 200), row(1, 404), row(2, 404), row(3, 404)]
    assert gone(*rows[:3]) is None
    assert gone(*rows) == rows[1].captured_at
    assert gone(row(0, 200), soft(1), row(2, 404), soft(3)) == rows[1].captured_at


def test_one_410_is_gone_at_once() -> None:
    assert gone(row(0, 200), row(1, 410)) == NIGHT + timedelta(days=1)


def test_a_page_that_comes_again_is_back() -> None:
    nights = [row(0, 200), row(1, 404), row(2, 404), row(3, 404)]
    assert gone(*nights, row(4, 200)) is None
    assert gone(*nights, row(4, 304)) is None
    assert (
        gone(row(0, 200), row(1, 404), row(2, 404), row(3, 200), row(4, 404), row(5, 404)) is None
    )
    assert gone(row(0, 200), row(1, 410), row(2, 200)) is None


@pytest.mark.parametrize("status", [None, 500, 503, 403, 401, 429, 301, 302])
def test_no_error_or_redirect_is_ever_a_sign(status: int | None) -> None:
    assert gone(row(0, 200), *(row(night, status) for night in range(1, 30))) is None


def test_a_404_that_was_cut_short_is_no_sign() -> None:
    assert gone(row(0, 200), *(row(n, 404, error="disconnect") for n in range(1, 9))) is None


def test_runs_of_one_day_count_once_and_a_run_counts_once() -> None:
    hours = [row(n, 404, captured_at=NIGHT + timedelta(hours=6 * n)) for n in range(1, 5)]
    assert gone(row(0, 200), *hours) is None
    same = [row(n, 404, run=7) for n in range(1, 9)]
    assert gone(row(0, 200), *same) is None
    nearly = [
        row(n, 404, captured_at=NIGHT + n * timedelta(hours=23, minutes=30)) for n in (1, 2, 3)
    ]
    assert gone(row(0, 200), *nearly) is not None


@pytest.mark.parametrize("begins", ["2026-03-27", "2026-10-23", "2028-02-27", "2026-12-30"])
def test_nights_of_a_zone_with_summer_time_leap_days_and_new_years_are_a_day_apart(
    begins: str,
) -> None:
    zone = ZoneInfo("Europe/Berlin")
    first = datetime.fromisoformat(begins)
    missing = []
    for night in range(3):
        # 02:30 comes not at all in one of these nights, twice in another one: a timer that makes
        # up for the hour, or fires in both, begins a run more.
        for fold in (0, 1):
            local = (first + timedelta(days=night, hours=2.5)).replace(tzinfo=zone, fold=fold)
            moment = local.astimezone(UTC) + timedelta(minutes=fold)
            missing.append(row(2 * night + fold, 404, captured_at=moment))
    assert gone(*missing[:4]) is None
    assert gone(*missing) == missing[0].captured_at


def test_a_distrusted_night_says_nothing_not_even_410() -> None:
    bad = frozenset({2})
    assert gone(row(0, 200), row(1, 404), row(2, 404), row(3, 404), distrusted=bad) is None
    assert gone(row(0, 200), row(2, 410), distrusted=bad) is None


def test_more_than_five_percent_failures_are_distrusted() -> None:
    assert is_trusted(100, 5)
    assert not is_trusted(100, 6)
    assert not is_trusted(0, 1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site("s", (samples.HOST,)))
        yield archive


def night(archive: Archive, number: int, status: int, *, failed: int = 0) -> dict[str, int]:
    """A night in which the first of three pages answers ``status``; what it changed."""
    store = archive.store
    run = store.begin_run("s", "nightly")
    before = snapshot(store, "s")
    with WarcWriter(archive.warc_dir, prefix=f"n{number}") as writer:
        for page in range(3):
            one = samples.capture(page)
            if page == 0 and status != 200:
                one = replace(
                    one, response=f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode()
                )
            one = replace(one, captured_at=NIGHT + timedelta(days=number, seconds=page))
            ingest(archive, store.site("s"), run, one, writer.write(one))
    trusted = run if is_trusted(100, failed) else None
    derive(archive, "s", trusted)
    counts = {"asked": 100, "failed": failed}
    began = NIGHT + timedelta(days=number)
    store.end_run(RunReport(run, "s", "nightly", began, began, "finished", 0, counts))
    return compared(before, snapshot(store, "s"))


def test_an_article_goes_and_returns_and_stays_to_be_found(archive: Archive) -> None:
    assert night(archive, 0, 200)["new"] == 3
    for number in (1, 2):
        assert night(archive, number, 404)["gone"] == 0
    assert night(archive, 3, 404)["gone"] == 1
    [article] = [a for a in archive.store.articles("s") if a.status == "gone"]
    assert article.gone_since == date(2026, 3, 2)
    assert article.reading.title == samples.title(0)
    derive(archive, "s")
    assert [a.status for a in archive.store.articles("s")].count("gone") == 1
    changes = night(archive, 4, 200)
    assert (changes["returned"], changes["gone"], changes["changed"]) == (1, 0, 0)


def test_nights_in_which_much_failed_take_no_article_away(archive: Archive) -> None:
    night(archive, 0, 200)
    for number in range(1, 6):
        assert night(archive, number, 404, failed=6)["gone"] == 0
    assert {a.status for a in archive.store.articles("s")} == {"live"}


def test_a_night_without_news_changes_nothing(archive: Archive) -> None:
    night(archive, 0, 200)
    assert night(archive, 1, 200) == dict.fromkeys(compared({}, {}), 0) | {"unchanged": 3}


@pytest.mark.parametrize(
    ("exit_code", "counts", "trusted"),
    [
        (0, {}, True),
        (0, {"failed": 6}, False),
        (69, {}, False),  # no start address gave a page
        (0, {"tonight:robots-unreachable": 1}, False),
    ],
)
def test_a_night_in_which_a_host_could_not_be_asked_is_distrusted(
    archive: Archive, exit_code: int, counts: dict[str, int], trusted: bool
) -> None:
    store = archive.store
    for kind in ("crawl", "nightly", "backfill"):
        run = store.begin_run("s", kind)
        told = {"asked": 100, "failed": 0} | counts
        store.end_run(RunReport(run, "s", kind, NIGHT, NIGHT, "ended", exit_code, told))
    # A backfill asks nobody: what its files say they were answered is believed.
    assert distrusted_runs(store.runs("s")) == (NOBODY if trusted else {1, 2})


def test_a_killed_run_is_distrusted_before_and_after_the_next_one_told_of_it(
    archive: Archive,
) -> None:
    archive.store.begin_run("s", "nightly")
    assert distrusted_runs(archive.store.runs("s")) == {1}
    assert distrusted_runs(archive.store.runs("s"), trusted=1) == NOBODY
    assert len(bury_dead(archive.store, "s")) == 1
    assert distrusted_runs(archive.store.runs("s")) == {1}


def test_what_a_backfill_took_in_counts_whether_or_not_it_lived_to_its_report(
    archive: Archive,
) -> None:
    archive.store.begin_run("s", "backfill")
    assert distrusted_runs(archive.store.runs("s")) == NOBODY
    bury_dead(archive.store, "s")
    assert distrusted_runs(archive.store.runs("s")) == NOBODY
