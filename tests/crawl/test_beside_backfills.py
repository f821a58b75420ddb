"""A night and a backfill on two machines that share a database, at the same time."""

from __future__ import annotations

import signal
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.backfill.report import Progress
from archive.backfill.run import BackfillOptions
from archive.errors import StoppedError
from archive.model import RunReport
from archive.runs.stopping import Stop
from archive.sitepass.derive import derive
from archive.store import Archive, open_archive
from archive.warc import WarcWriter
from tests.unit.backfill_samples import SITE, capture, take_in, warc

PATIENCE_SECONDS = 60.0
BEFORE, AFTER = "部署", "安排"
"""Of as many bytes."""
HURRY_SECONDS = 3.0
"""For so long at most a site pass that ought to wait is watched."""


@pytest.fixture
def machines(
    tmp_path: Path, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, Path]:
    """Two data directories on one database."""
    monkeypatch.setenv("PALIMPSEST_DATABASE", postgres_database)
    (tmp_path / "warc").mkdir()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "warc").symlink_to(tmp_path / "warc")
    return tmp_path / "one", tmp_path / "two"


def test_a_site_pass_that_saw_less_never_replaces_one_that_saw_more(
    tmp_path: Path, machines: tuple[Path, Path]
) -> None:
    one, two = machines
    take_in(one, warc(tmp_path, "a.warc.gz", range(8)), options=BackfillOptions(derives=False))
    has_seen, go_on = threading.Event(), threading.Event()

    def halt(done: int, _total: int) -> None:
        # Not before the first pages are read: then it knows of which captures there are.
        if done:
            has_seen.set()
            go_on.wait(PATIENCE_SECONDS)

    def slow_pass() -> None:
        with open_archive(one) as archive:
            derive(archive, SITE, on_steps=halt)

    later = _edited(tmp_path, range(8))
    slow = threading.Thread(target=slow_pass)
    quick = threading.Thread(target=take_in, args=(two, later))
    slow.start()
    try:
        assert has_seen.wait(PATIENCE_SECONDS)
        quick.start()
        quick.join(HURRY_SECONDS)
    finally:
        go_on.set()
        slow.join()
    quick.join()
    with open_archive(one) as archive:
        texts = [article.reading.text for article in archive.store.articles(SITE)]
        assert [AFTER in text for text in texts] == [True] * 8
        assert derive(archive, SITE, anew=True).changes["changed"] == 0


def test_what_a_backfill_brings_is_told_though_a_night_ends_beside_it(
    tmp_path: Path, machines: tuple[Path, Path]
) -> None:
    one, two = machines
    take_in(one, warc(tmp_path, "a.warc.gz", range(8)))
    has_ended: list[int] = []

    def end_a_night(_now: Progress) -> None:
        if not has_ended:
            with open_archive(one) as archive:
                has_ended.append(_night(archive))

    later = warc(tmp_path, "b.warc.gz", range(8, 20))
    report = take_in(two, later, options=BackfillOptions(progress=end_a_night))
    assert has_ended
    assert {what: n for what, n in report.derived.changes.items() if n} == {
        "new": 12,
        "unchanged": 8,
    }


def test_a_backfill_that_waits_for_anothers_articles_ends_at_a_signal_and_goes_on_later(
    tmp_path: Path, machines: tuple[Path, Path]
) -> None:
    one, two = machines
    take_in(one, warc(tmp_path, "a.warc.gz", range(8)))
    later, stop = warc(tmp_path, "b.warc.gz", range(8, 20)), Stop()
    signalled = threading.Timer(HURRY_SECONDS, setattr, (stop, "signal", signal.SIGTERM))
    with open_archive(one) as archive, archive.store.frontier.one_reader(SITE):
        signalled.start()
        with pytest.raises(StoppedError):
            take_in(two, later, options=BackfillOptions(stop=stop))
        signalled.join()
        assert archive.store.count_articles() == 8
    assert take_in(two, later).derived.changes["new"] == 12


def _edited(folder: Path, numbers: range) -> Path:
    """A WARC file of the same pages ten hours later, each with a word replaced."""
    with WarcWriter(folder, prefix="edited") as writer:
        for number in numbers:
            one = capture(number, minutes=600)
            response = one.response.replace(BEFORE.encode(), AFTER.encode())
            writer.write(replace(one, response=response))
    return folder / writer.files[0]


def _night(archive: Archive) -> int:
    """A night that tells of articles; its number."""
    run, now = archive.store.begin_run(SITE, "nightly"), datetime.now(UTC)
    counts = {"change:new": 0}
    archive.store.end_run(RunReport(run, SITE, "nightly", now, now, "finished", 0, counts))
    return run
