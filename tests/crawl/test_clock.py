"""A machine whose clock went wrong: the night goes on, and its report says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.runs.clock import run_ahead
from archive.store import RunRow
from tests.crawl.night import institute, night, profile, report
from tests.crawl.past import time_goes_by
from tests.crawl.server import served

NOW = datetime(2026, 5, 1, 2, tzinfo=UTC)


def run(number: int, began: datetime) -> RunRow:
    return RunRow(number, "s", "nightly", began, None, None, None, None)


def test_only_a_run_that_began_later_than_now_is_told_of() -> None:
    assert run_ahead([], NOW) is None
    near = NOW + timedelta(minutes=5)
    assert run_ahead([run(1, NOW - timedelta(days=1)), run(2, near)], NOW) is None
    later = run_ahead([run(2, NOW + timedelta(days=365)), run(3, NOW)], NOW)
    assert later == {"run": 2, "began": "2027-05-01 02:00", "now": "2026-05-01 02:00"}


def test_a_night_after_one_of_next_year_is_walked_and_says_so(tmp_path: Path) -> None:
    with served(institute(3)) as site:
        profile(tmp_path, site)
        assert night(tmp_path)[0] == 0
        time_goes_by(tmp_path, -365)
        code, out, err = night(tmp_path)
        assert code == 0, out + err
        notes = report(tmp_path, 2)["notes"]
    assert isinstance(notes, list)
    (said,) = [note for note in notes if "clock" in note]
    assert said.startswith("run 1 began at ")
