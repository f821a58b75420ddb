"""Backfill: whatever exists elsewhere is taken in once, whole, and in any order."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from pathlib import Path

import pytest

from archive.backfill.report import Progress
from archive.backfill.run import BackfillOptions
from archive.errors import DiskFullError, NotFoundError, StoppedError, UsageError
from archive.evidence.verify import verify
from archive.export.digest import digest_of
from archive.lock import locked
from archive.runs.disk import low_water
from archive.runs.stopping import Stop
from archive.store import open_archive
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import articles, take_in, titles

ALL = {samples.title(number) for number in range(8)}


def digest(data: Path) -> str:
    with open_archive(data) as archive:
        return digest_of(archive.store.articles())


def test_what_a_backfill_changed_that_died_before_its_report_the_next_one_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    path = samples.warc(tmp_path, "a.warc.gz", range(8))
    with monkeypatch.context() as patched:
        patched.setattr("archive.backfill.report.end_run", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(tmp_path / "data", path)
    assert Counter(take_in(tmp_path / "data", path).derived.changes) == Counter(new=8)
    assert Counter(take_in(tmp_path / "data", path).derived.changes) == Counter(unchanged=8)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (samples.warc, "a.warc.gz"),
        (samples.plain_warc, "a.warc"),
        (samples.arc, "a.arc"),
        (samples.wacz, "a.wacz"),
    ],
)
def test_each_kind_of_archive_gives_its_articles_and_twice_adds_nothing(
    make: type, name: str, tmp_path: Path
) -> None:
    path = make(tmp_path, name, range(8))
    first = take_in(tmp_path / "data", path)
    assert first.problems == ()
    assert (first.captures, first.new) == (8, 8)
    assert first.derived.changes["new"] == 8
    assert titles(tmp_path / "data") == ALL
    before = articles(tmp_path / "data")
    again = take_in(tmp_path / "data", path)
    assert (again.files, again.known, again.captures) == (0, 1, 0)
    os.utime(path, ns=(1, 1))
    touched = take_in(tmp_path / "data", path)
    assert (touched.files, touched.captures, touched.new) == (1, 8, 0)
    assert Counter(touched.derived.changes) == Counter(unchanged=8)
    assert articles(tmp_path / "data") == before
    with open_archive(tmp_path / "data") as archive:
        found = verify(archive)
        assert (found.findings, found.captures) == ([], 8)


def test_another_copy_of_the_same_pages_changes_no_article(tmp_path: Path) -> None:
    take_in(tmp_path / "data", samples.warc(tmp_path, "a.warc.gz", range(8)))
    again = samples.warc(tmp_path, "b.warc.gz", range(8), "old.example.ac.cn")
    report = take_in(tmp_path / "data", again)
    assert report.new == 8
    assert Counter(report.derived.changes) == Counter(unchanged=8)


def test_a_folder_is_searched_and_what_it_holds_besides_is_counted(tmp_path: Path) -> None:
    deep = tmp_path / "in" / "a" / "b"
    deep.mkdir(parents=True)
    samples.warc(deep, "x.warc.gz", range(4))
    samples.arc(tmp_path / "in", "y.arc", range(4, 8))
    (deep / "notes.docx").write_bytes(b"x")
    report = take_in(tmp_path / "data", tmp_path / "in")
    # The notes, and the index that the writer of the sample has put beside it.
    assert (report.files, report.passed_over) == (2, 2)
    assert titles(tmp_path / "data") == ALL


def test_of_another_archive_only_the_evidence_is_taken_in(tmp_path: Path) -> None:
    other = tmp_path / "other"
    with locked(other):
        path = samples.warc(tmp_path, "a.warc.gz", range(3))
        take_in(other, path, options=BackfillOptions(copy=True))
    path.unlink()
    (other / "documents").mkdir()
    (other / "documents" / "derived.txt").write_text("Text of an attached file.")
    assert list((other / "articles").glob("*.warc.gz"))
    report = take_in(tmp_path / "data", tmp_path)
    assert (report.files, report.captures) == (1, 3)
    assert report.passed_over > 2


def test_a_foreign_file_is_left_alone_and_referred_to_where_it_lies(tmp_path: Path) -> None:
    path = samples.warc(tmp_path, "x.warc.gz", range(2))
    before = path.read_bytes()
    take_in(tmp_path / "data", path)
    assert path.read_bytes() == before
    assert [one.name for one in (tmp_path / "data" / "warc").iterdir()] == ["elsewhere.index"]
    with open_archive(tmp_path / "data") as archive:
        places = {one.pointer.file for a in archive.store.articles() for one in a.witnesses}
    assert places == {str(path)}


def test_a_copy_is_whole_and_no_longer_needs_the_original(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.mkdir()
    two.mkdir()
    # Two files of one name must not become one.
    paths = [
        samples.warc(one, "x.warc.gz", range(4)),
        samples.warc(two, "x.warc.gz", range(4, 8)),
    ]
    contents = {path.read_bytes() for path in paths}
    take_in(tmp_path / "data", *paths, options=BackfillOptions(copy=True))
    kept = list((tmp_path / "data" / "warc").glob("*.warc.gz"))
    assert {path.read_bytes() for path in kept} == contents
    for path in paths:
        path.unlink()
    with open_archive(tmp_path / "data") as archive:
        found = verify(archive)
        assert (found.findings, found.captures) == ([], 8)


def test_the_same_bytes_are_in_the_archive_once_whatever_they_come_in(tmp_path: Path) -> None:
    one = samples.wacz(tmp_path, "a.wacz", range(4))
    two = Path(shutil.copy(one, tmp_path / "b.wacz"))
    report = take_in(tmp_path / "data", one, two)
    assert (report.files, report.new, report.problems) == (2, 4, ())
    assert len(list((tmp_path / "data" / "warc").glob("*.warc.gz"))) == 1
    assert not list((tmp_path / "data" / "warc").glob("*.part"))
    assert take_in(tmp_path / "data", one, two).known == 2


def test_a_broken_record_is_named_with_file_and_offset_and_the_rest_taken(tmp_path: Path) -> None:
    path = samples.warc(tmp_path, "x.warc.gz", range(8))
    offset = samples.record_offsets(path)[5]
    content = bytearray(path.read_bytes())
    content[offset + 20 : offset + 60] = b"\xff" * 40
    path.write_bytes(content)
    report = take_in(tmp_path / "data", path)
    assert [problem.split(": ")[0] for problem in report.problems] == [f"{path} at byte {offset}"]
    assert len(articles(tmp_path / "data")) == 7
    with open_archive(tmp_path / "data") as archive:
        run = archive.store.run(report.run)
    assert (run.exit_code, run.outcome) == (65, "complete with problems")
    assert run.report is not None
    assert run.report.notes == report.problems


def test_the_order_of_the_input_does_not_show(tmp_path: Path) -> None:
    paths = [
        samples.warc(tmp_path, "a.warc.gz", range(3), "www.example.ac.cn"),
        samples.warc(tmp_path, "b.warc.gz", range(2, 6), "old.example.ac.cn"),
        samples.arc(tmp_path, "c.arc", range(5, 8)),
    ]
    for path in paths:
        take_in(tmp_path / "one", path)
    for path in reversed(paths):
        take_in(tmp_path / "two", path)
    take_in(tmp_path / "three", *paths)
    assert len(articles(tmp_path / "one")) >= 6
    assert len({digest(tmp_path / name) for name in ("one", "two", "three")}) == 1
    shutil.rmtree(tmp_path / "two")
    take_in(tmp_path / "two", *paths[:2])
    assert digest(tmp_path / "two") != digest(tmp_path / "one")


def test_what_can_be_read_only_once_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.warc")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        take_in(tmp_path / "data", tmp_path / "x.warc")


def test_a_path_that_is_not_there_or_of_no_known_kind_is_said_before_anything_is_done(
    tmp_path: Path,
) -> None:
    (tmp_path / "x.docx").write_bytes(b"x")
    with pytest.raises(NotFoundError, match="nowhere"):
        take_in(tmp_path / "data", tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"x\.docx.*\.wacz"):
        take_in(tmp_path / "data", tmp_path / "x.docx")
    with open_archive(tmp_path / "data") as archive:
        assert archive.store.runs() == []


def test_a_host_named_as_mirror_is_one(tmp_path: Path) -> None:
    path = samples.warc(tmp_path, "x.warc.gz", range(3), "mirror.example.com")
    take_in(tmp_path / "data", path, options=BackfillOptions(mirrors=("mirror.example.com",)))
    assert {a["status"] for a in articles(tmp_path / "data")} == {"mirror-only"}


def test_a_mirror_of_which_nothing_is_kept_is_not_listed(tmp_path: Path) -> None:
    path = samples.warc(tmp_path, "x.warc.gz", range(3), "mirror.example.com")
    both = ("mirror.example.com", "www.mirror.example.com")
    take_in(tmp_path / "data", path, options=BackfillOptions(mirrors=both))
    with open_archive(tmp_path / "data") as archive:
        assert [one.host for one in archive.store.mirrors(samples.SITE)] == ["mirror.example.com"]


def test_a_backfill_that_is_stopped_goes_on_without_what_it_had_finished(tmp_path: Path) -> None:
    paths = [samples.warc(tmp_path, f"{n}.warc.gz", range(2 * n, 2 * n + 2)) for n in range(4)]
    stop = Stop()

    def after_two(progress: object) -> None:
        if getattr(progress, "files", 0) == 2:
            stop.signal = signal.SIGTERM

    with pytest.raises(StoppedError) as stopped:
        take_in(tmp_path / "data", *paths, options=BackfillOptions(stop=stop, progress=after_two))
    assert stopped.value.exit_code == 143
    report = take_in(tmp_path / "data", *paths)
    assert report.known >= 2
    assert report.known + report.files == 4
    assert report.derived.changes["new"] == 8
    with open_archive(tmp_path / "data") as archive:
        assert [run.exit_code for run in archive.store.runs()] == [0, 143]


def test_a_backfill_that_is_stopped_in_its_site_pass_makes_it_the_next_time(tmp_path: Path) -> None:
    path = samples.warc(tmp_path, "a.warc.gz", range(8))
    stop = Stop()

    def in_the_pass(progress: Progress) -> None:
        if progress.of_steps:
            stop.signal = signal.SIGTERM

    with pytest.raises(StoppedError) as stopped:
        take_in(tmp_path / "data", path, options=BackfillOptions(stop=stop, progress=in_the_pass))
    assert stopped.value.exit_code == 143
    assert articles(tmp_path / "data") == []
    report = take_in(tmp_path / "data", path)
    assert (report.known, report.captures) == (1, 0)
    assert report.derived.changes["new"] == 8


def test_a_low_water_mark_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PALIMPSEST_LOW_WATER_MB", raising=False)
    usual = low_water()
    monkeypatch.setenv("PALIMPSEST_LOW_WATER_MB", "")
    assert low_water() == usual
    monkeypatch.setenv("PALIMPSEST_LOW_WATER_MB", "1")
    assert low_water() == 1_000_000


def test_below_the_low_water_mark_a_backfill_stops_and_goes_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [samples.warc(tmp_path, f"{n}.warc.gz", range(2 * n, 2 * n + 2)) for n in range(4)]
    mark = low_water()
    left = iter([mark, mark, mark, mark - 1])
    with monkeypatch.context() as shrinking:
        shrinking.setattr("archive.runs.disk.free_bytes", lambda data: next(left))
        with pytest.raises(DiskFullError, match="low-water mark"):
            take_in(tmp_path / "data", *paths)
    report = take_in(tmp_path / "data", *paths)
    assert (report.known, report.files) == (3, 1)
    assert titles(tmp_path / "data") == ALL
    with open_archive(tmp_path / "data") as archive:
        assert [run.exit_code for run in archive.store.runs()] == [0, 74]


def test_no_copy_is_begun_that_would_leave_too_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = samples.warc(tmp_path, "x.warc.gz", range(2))
    room = low_water() + path.stat().st_size - 1
    monkeypatch.setattr("archive.runs.disk.free_bytes", lambda data: room)
    with pytest.raises(DiskFullError):
        take_in(tmp_path / "data", path, options=BackfillOptions(copy=True))
    assert list((tmp_path / "data" / "warc").glob("*.warc.gz*")) == []
    assert take_in(tmp_path / "data", path).captures == 2
