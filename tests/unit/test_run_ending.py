"""How a run ended is kept, also where no room is left for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from archive.errors import DiskFullError
from archive.model import RunReport
from archive.runs.ending import NAME, RESERVE_BYTES, begin_run, end_run
from archive.store import Archive, Store, open_archive
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def report(run: int) -> RunReport:
    return RunReport(run, samples.SITE, "nightly", NOW, NOW, "no room left", 74, {})


def no_room_beside_the_reserve(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store takes nothing while the reserve lies there."""
    kept = Store.end_run

    def end(store: Store, report: RunReport) -> None:
        if (archive.data / NAME).exists():
            raise DiskFullError("no room left")
        kept(store, report)

    monkeypatch.setattr(Store, "end_run", end)


def test_a_run_without_room_gives_up_its_reserve_to_say_how_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, samples.warc(tmp_path, "a.warc.gz", range(2)))
    with open_archive(tmp_path) as archive:
        run = begin_run(archive, samples.SITE, "nightly", walks=True)
        assert (tmp_path / NAME).stat().st_size == RESERVE_BYTES
        no_room_beside_the_reserve(archive, monkeypatch)
        end_run(archive, report(run))
        assert archive.store.run(run).exit_code == 74
        assert not (tmp_path / NAME).exists()
        # The next one keeps some back again, or says that there is none.
        again = begin_run(archive, samples.SITE, "nightly", walks=True)
        assert (tmp_path / NAME).stat().st_size == RESERVE_BYTES
        end_run(archive, report(again))


def test_where_there_is_no_room_for_a_reserve_none_is_left_half_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(tmp_path, samples.warc(tmp_path, "a.warc.gz", range(2)))
    (tmp_path / NAME).unlink()

    def half(path: Path) -> BinaryIO:
        path.write_bytes(b"x" * 1000)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.runs.ending.afresh", half)
    with open_archive(tmp_path) as archive:
        begin_run(archive, samples.SITE, "nightly", walks=True)
    assert not (tmp_path / NAME).exists()


def test_a_backfill_that_cannot_keep_its_report_tells_what_ended_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFullError("no room for a report")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(Store, "end_run", full)
    monkeypatch.setattr("archive.backfill.run.derive", broken)
    with pytest.raises(ZeroDivisionError):
        take_in(tmp_path / "data", samples.warc(tmp_path, "a.warc.gz", range(2)))


def test_a_reserve_that_can_be_neither_written_nor_removed_ends_no_run(tmp_path: Path) -> None:
    take_in(tmp_path, samples.warc(tmp_path, "a.warc.gz", range(2)))
    (tmp_path / NAME).unlink(missing_ok=True)
    (tmp_path / NAME).mkdir()
    with open_archive(tmp_path) as archive:
        assert begin_run(archive, samples.SITE, "nightly", walks=True) > 0
