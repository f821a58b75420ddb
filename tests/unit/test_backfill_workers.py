"""Backfill by several processes: the same archive, whoever dies on the way."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.backfill.reading import Task
from archive.backfill.run import BackfillOptions
from archive.backfill.workers import MAX_TRIES, in_processes, one_after_another
from archive.errors import StoppedError
from archive.export.digest import digest_of
from archive.runs.dead import DIED
from archive.store import open_archive
from tests.hanging import hanging
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in

PATIENCE_SECONDS = 240.0
FILES = 4
PER_FILE = 12


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [
        samples.warc(tmp_path, f"{n}.warc.gz", range(PER_FILE * n, PER_FILE * (n + 1)))
        for n in range(FILES)
    ]


def digest(data: Path) -> str:
    with open_archive(data) as archive:
        return digest_of(archive.store.articles())


@pytest.fixture
def expected(files: list[Path], tmp_path: Path) -> str:
    take_in(tmp_path / "expected", *files, options=BackfillOptions(workers=one_after_another))
    return digest(tmp_path / "expected")


def test_two_processes_give_what_one_gives(
    files: list[Path], expected: str, tmp_path: Path
) -> None:
    report = take_in(tmp_path / "data", *files, options=BackfillOptions(workers=in_processes(2)))
    assert (report.files, report.new, report.problems) == (FILES, FILES * PER_FILE, ())
    assert digest(tmp_path / "data") == expected


def test_a_worker_that_dies_costs_its_file_only_and_it_is_tried_again(
    files: list[Path], expected: str, tmp_path: Path
) -> None:
    killed: list[int | None] = []

    def kill_one(_: object) -> None:
        """Once the first file is kept, the process that reads another is killed."""
        workers = multiprocessing.active_children()
        if workers and not killed:
            killed.append(workers[-1].pid)
            workers[-1].kill()

    options = BackfillOptions(workers=in_processes(2), progress=kill_one)
    report = take_in(tmp_path / "data", *files, options=options)
    assert len(killed) == 1
    assert (report.files, report.problems) == (FILES, ())
    assert digest(tmp_path / "data") == expected


def has_open(process: int | None, path: Path) -> bool:
    try:
        return any(link.resolve() == path for link in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False


@contextmanager
def deadly(path: Path) -> Iterator[list[int | None]]:
    """Whatever worker of ours opens ``path`` is killed, as by a machine out of memory."""
    over, killed = threading.Event(), list[int | None]()

    def watch() -> None:
        while not over.wait(0.0005):
            for worker in multiprocessing.active_children():
                if worker.pid not in killed and has_open(worker.pid, path):
                    killed.append(worker.pid)
                    worker.kill()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


def test_a_file_that_kills_its_workers_is_named_and_the_others_are_taken(
    files: list[Path], expected: str, tmp_path: Path
) -> None:
    fatal = samples.warc(tmp_path, "fatal.warc.gz", range(1000, 1400))
    with deadly(fatal) as killed:
        options = BackfillOptions(workers=in_processes(2))
        report = take_in(tmp_path / "data", *files, fatal, options=options)
    assert len(killed) == MAX_TRIES
    assert [problem.partition(":")[0] for problem in report.problems] == [str(fatal)]
    assert f"{MAX_TRIES} workers died" in report.problems[0]
    assert digest(tmp_path / "data") == expected
    assert take_in(tmp_path / "data", fatal).new == 400


def test_a_file_that_takes_for_ever_can_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = hanging(tmp_path, "endless.warc.gz", monkeypatch)
    asked: list[int] = []

    def stop() -> None:
        asked.append(1)
        if len(asked) == 2:
            raise StoppedError(143)

    with pytest.raises(StoppedError):
        list(in_processes(1)([Task(endless, endless.name, 1, endless)], stop))
    assert multiprocessing.active_children() == []


def test_a_killed_backfill_is_gone_on_with_and_the_next_one_says_so(
    files: list[Path], expected: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from archive.backfill.run import BackfillOptions\n"
        "from tests.unit.backfill_samples import take_in\n"
        "def die(progress):\n"
        "    if progress.files == 2:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "data, *files = map(Path, sys.argv[1:])\n"
        "take_in(data, *files, options=BackfillOptions(progress=die))"
    )
    command = [sys.executable, "-c", code, str(data), *map(str, files)]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], check=False, timeout=PATIENCE_SECONDS
    )
    assert done.returncode == -signal.SIGKILL
    report = take_in(data, *files)
    assert (report.known, report.files) == (2, 2)
    assert report.derived.changes["new"] == FILES * PER_FILE
    assert digest(data) == expected
    with open_archive(data) as archive:
        last, first = archive.store.runs()
    assert first.outcome == DIED
    assert last.report is not None
    assert DIED in last.report.notes[0]
