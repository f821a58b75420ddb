"""Backfill on a Dask cluster of two local workers, one of which is killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.backfill.report import Progress
from archive.backfill.run import BackfillOptions
from archive.cli import main
from archive.export.digest import digest_of
from archive.store import open_archive
from tests.unit import backfill_samples as samples
from tests.unit.backfill_samples import take_in

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
from archive.backfill.cluster import ClusterError, on_cluster
from archive.backfill.cluster_pages import pages_on_cluster

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240.0
FILES, PER_FILE = 6, 30
SCHEDULER = (
    "import asyncio, sys\nfrom distributed import Scheduler\n"
    "async def main():\n"
    "    async with Scheduler(host='127.0.0.1', port=int(sys.argv[1]), dashboard=False) as s:\n"
    "        await s.finished()\n"
    "asyncio.run(main())"
)
WORKER = (
    "import asyncio, sys\nfrom distributed import Worker\n"
    "async def main():\n"
    "    async with Worker(sys.argv[1], nthreads=1, host='127.0.0.1', dashboard=False,"
    " local_directory=sys.argv[2]) as w:\n"
    "        await w.finished()\n"
    "asyncio.run(main())"
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address; its process, and those of two workers."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(code: str, *arguments: str) -> None:
        command = [sys.executable, "-c", code, *arguments]
        with (tmp_path / f"dask{len(started)}.log").open("wb") as log:
            started.append(subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log))

    try:
        start(SCHEDULER, str(port))
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        for number in range(2):
            start(WORKER, address, str(tmp_path / f"worker{number}"))
        wait_for_workers(address, 2)
        yield address, started
    finally:
        for process in reversed(started):
            process.kill()
            process.wait(PATIENCE_SECONDS)


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address, timeout=PATIENCE_SECONDS) as client:
        client.wait_for_workers(count, timeout=PATIENCE_SECONDS)


def kill_all(workers: list[subprocess.Popen[bytes]]) -> None:
    for one in workers:
        if one.poll() is None:
            one.kill()
            one.wait(PATIENCE_SECONDS)


def digest(data: Path) -> str:
    with open_archive(data) as archive:
        return digest_of(archive.store.articles())


@pytest.mark.timeout(240)
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("is_pass", [False, True], ids=["files", "pages"])
def test_a_cluster_gives_what_one_process_gives_though_a_worker_is_killed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_pass: bool,
) -> None:
    monkeypatch.setattr("archive.sitepass.hosts.CHUNK_PAGES", 10)
    monkeypatch.setattr("archive.sitepass.hosts.WORTH_A_PROCESS", 1)
    address, (_, *workers) = cluster
    files = [
        samples.warc(tmp_path, f"{n}.warc.gz", range(PER_FILE * n, PER_FILE * (n + 1)))
        for n in range(FILES)
    ]
    take_in(tmp_path / "expected", *files, options=BackfillOptions(processes=1))
    killed: list[int] = []

    def kill_one(now: Progress) -> None:
        # Whoever reads pages on this machine would be a child of this process.
        assert multiprocessing.active_children() == []
        if not killed and (now.of_steps > 0) == is_pass:
            killed.append(workers[0].pid)
            os.kill(workers[0].pid, signal.SIGKILL)

    options = BackfillOptions(
        workers=on_cluster(address),
        processes=2,
        readers=pages_on_cluster(address),
        progress=kill_one,
    )
    report = take_in(tmp_path / "data", *files, options=options)
    assert len(killed) == 1
    assert (report.files, report.new, report.problems) == (FILES, FILES * PER_FILE, ())
    assert digest(tmp_path / "data") == digest(tmp_path / "expected")
    # What lies in the archive itself the workers may not see: it is read here.
    inside = BackfillOptions(copy=True, processes=2, readers=pages_on_cluster(address))
    take_in(tmp_path / "inside", *files, options=inside)
    assert digest(tmp_path / "inside") == digest(tmp_path / "expected")


@pytest.mark.filterwarnings("default")
def test_no_cluster_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("archive.backfill.cluster.CONNECT_SECONDS", 1)
    path = samples.warc(tmp_path, "a.warc.gz", range(2))
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ClusterError, match="no Dask scheduler answers"):
        take_in(tmp_path / "data", path, options=BackfillOptions(workers=on_cluster(address)))
    command = ["backfill", str(path), "--scheduler", address, "--data", str(tmp_path / "data")]
    assert main(command) == 69
    assert "palimpsest: no Dask scheduler answers" in capsys.readouterr().err


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("tcp://127.0.0.1:{free}", 69),
        ("tcp://", 64),
        ("http://127.0.0.1:9", 64),
        ("tls://127.0.0.1:9", 64),
    ],
)
def test_no_archive_is_made_for_a_cluster_that_is_not_there(
    address: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.backfill.cluster.CONNECT_SECONDS", 1)
    path, data = samples.warc(tmp_path, "a.warc.gz", range(2)), tmp_path / "new"
    whom = address.format(free=free_port())
    assert main(["backfill", str(path), "--scheduler", whom, "--data", str(data)]) == code
    assert not data.exists()


@pytest.mark.timeout(240)
@pytest.mark.filterwarnings("default")
def test_a_scheduler_that_goes_away_is_said_in_a_line_and_what_was_read_is_kept(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    address, (scheduler, *_) = cluster
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FILES):
        samples.warc(folder, f"{number}.warc.gz", range(number * 5, number * 5 + 5))

    def goes_away(now: Progress) -> None:
        if now.captures and scheduler.poll() is None:
            scheduler.kill()
            scheduler.wait(PATIENCE_SECONDS)

    options = BackfillOptions(workers=on_cluster(address), progress=goes_away)
    with pytest.raises(ClusterError, match=r"went away: .*; the files that were read are kept"):
        take_in(tmp_path / "data", folder, options=options)
    assert "Traceback" not in capfd.readouterr().err
    with open_archive(tmp_path / "data") as archive:
        kept = len(list(archive.store.captures(samples.SITE)))
    assert 0 < kept < FILES * 5
    report = take_in(tmp_path / "data", folder)
    assert (report.derived.articles, report.new) == (FILES * 5, FILES * 5 - kept)


@pytest.mark.timeout(240)
@pytest.mark.filterwarnings("default")
def test_a_cluster_that_has_lost_its_workers_is_waited_for_no_longer(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive.backfill.cluster.DESERTED_SECONDS", 3.0)
    monkeypatch.setattr("archive.backfill.cluster.ANSWER_SECONDS", 1.0)
    monkeypatch.setattr("archive.backfill.cluster_pages.ANSWER_SECONDS", 1.0)
    monkeypatch.setattr("archive.sitepass.hosts.CHUNK_PAGES", 5)
    monkeypatch.setattr("archive.sitepass.hosts.WORTH_A_PROCESS", 1)
    address, (_, *workers) = cluster
    files = [samples.warc(tmp_path, f"{n}.warc.gz", range(n * 5, n * 5 + 5)) for n in range(FILES)]

    far = BackfillOptions(workers=on_cluster(address), progress=lambda _: kill_all(workers))
    with pytest.raises(ClusterError, match=r"has had no worker for 3 s; the files that were read"):
        take_in(tmp_path / "data", *files, options=far)
    report = take_in(tmp_path / "data", *files)
    assert report.derived.articles == FILES * 5


@pytest.mark.timeout(240)
@pytest.mark.filterwarnings("default")
def test_pages_of_a_cluster_that_has_lost_its_workers_are_read_here(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archive.backfill.cluster.DESERTED_SECONDS", 3.0)
    monkeypatch.setattr("archive.backfill.cluster.ANSWER_SECONDS", 1.0)
    monkeypatch.setattr("archive.backfill.cluster_pages.ANSWER_SECONDS", 1.0)
    monkeypatch.setattr("archive.sitepass.hosts.CHUNK_PAGES", 5)
    monkeypatch.setattr("archive.sitepass.hosts.WORTH_A_PROCESS", 1)
    address, (_, *workers) = cluster
    files = [samples.warc(tmp_path, f"{n}.warc.gz", range(n * 5, n * 5 + 5)) for n in range(FILES)]

    def all_die(now: Progress) -> None:
        if now.of_steps:
            kill_all(workers)

    far = BackfillOptions(processes=2, readers=pages_on_cluster(address), progress=all_die)
    report = take_in(tmp_path / "data", *files, options=far)
    assert (report.derived.articles, report.problems) == (FILES * 5, ())
