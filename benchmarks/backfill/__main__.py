"""A backfill of generated pages beside a plain loop: ./scripts/bench backfill [--pages N] [--whole]

Measures in one run, over the same WARC files (benchmarks.backfill.pages):

- reading: files to rows in the store and lines in the index, as a backfill does it, by one process
  and by two. No page is looked into here: the site pass does that;
- reading and cleaning: every page read, decoded, parsed and extracted on its own, kept nowhere, by
  one process and by two: what the plain loop does;
- the plain loop of warcio and trafilatura, in the environment that ``PALIMPSEST_PEERS`` names
  (python -m venv peers; peers/bin/pip install warcio trafilatura lxml_html_clean);
- with ``--whole`` the whole backfill, site pass and search index included, with one process, with
  two, and with two and the files in the other order. The three must give one digest.

How much faster two processes are is told twice: by the clock, which only says something when
nothing else keeps the processors busy, and by processor time. The latter is what two free
processors would give, were the writing process never at work beside its workers: the time of one
process over what the writing one takes and half of what the workers do (starting them included).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from archive.backfill.run import BackfillOptions, backfill
from archive.backfill.workers import Workers, in_processes, one_after_another
from archive.export.digest import digest_of
from archive.store import open_archive
from benchmarks.backfill.cleaning import clean_file
from benchmarks.backfill.pages import warc_files

SITE = "bench"
PEER_LOOP = """
import sys, time, trafilatura
from warcio.archiveiterator import ArchiveIterator
began, used, pages, characters = time.perf_counter(), time.process_time(), 0, 0
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                text = trafilatura.extract(record.content_stream().read())
                pages, characters = pages + 1, characters + len(text or "")
print(pages, characters, time.perf_counter() - began, time.process_time() - used)
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its figures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench backfill", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--whole", action="store_true", help="measure the whole backfill too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = list(warc_files(folder, options.pages))
        size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{options.pages:,} pages, {size:.0f} MB in {len(files)} files")
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}", flush=True)
        _compare("reading", lambda jobs: _read(folder / f"read{jobs}", files, jobs))
        _compare("reading and cleaning", lambda jobs: _clean(files, jobs))
        _peer(files)
        return _whole(folder, files) if options.whole else 0


@dataclass(frozen=True, slots=True)
class _Cost:
    """Seconds by the clock, and of processor time: this process's ``own`` and its ``workers``'."""

    seconds: float
    own: float
    workers: float

    @property
    def busy(self) -> float:
        return self.own + self.workers


def _compare(name: str, work: Callable[[int], int]) -> None:
    one, two = (_measure(name, jobs, work) for jobs in (1, 2))
    by_time = one.busy / (two.own + two.workers / 2)
    print(
        f"{name}: --jobs 2 is {one.seconds / two.seconds:.2f} times as fast by the clock, "
        f"{by_time:.2f} times by processor time",
        flush=True,
    )


def _measure(name: str, jobs: int, work: Callable[[int], int]) -> _Cost:
    began, used = time.perf_counter(), os.times()
    pages = work(jobs)
    seconds, now = time.perf_counter() - began, os.times()
    cost = _Cost(seconds, sum(now[:2]) - sum(used[:2]), sum(now[2:4]) - sum(used[2:4]))
    _say(f"{name}, {jobs} process(es)", pages, seconds, cost.busy)
    return cost


def _say(name: str, pages: int, seconds: float, busy: float) -> None:
    print(
        f"{name}: {seconds:.1f} s, {pages / seconds:,.0f} pages/s; "
        f"{busy:.1f} s of processor time, {pages / busy:,.0f} pages/s a core",
        flush=True,
    )


def _workers(jobs: int) -> Workers:
    return one_after_another if jobs == 1 else in_processes(jobs)


def _read(data: Path, files: Sequence[Path], jobs: int) -> int:
    """A backfill without its site pass."""
    options = BackfillOptions(workers=_workers(jobs), derives=False)
    with open_archive(data, create=True) as archive:
        report = backfill(archive, files, SITE, options)
    assert not report.problems
    return report.captures


def _clean(files: Sequence[Path], jobs: int) -> int:
    if jobs == 1:
        return sum(map(clean_file, files))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        return sum(pool.map(clean_file, files))


def _peer(files: Sequence[Path]) -> None:
    name = "warcio + trafilatura, 1 process"
    peers = os.environ.get("PALIMPSEST_PEERS")
    if not peers:
        print(f"{name}: not measured; PALIMPSEST_PEERS names no environment with both")
        return
    command = [str(Path(peers) / "bin" / "python"), "-c", PEER_LOOP, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: failed: {done.stderr.strip().splitlines()[-1]}")
        return
    pages, _, seconds, busy = done.stdout.split()
    _say(name, int(pages), float(seconds), float(busy))


def _whole(folder: Path, files: Sequence[Path]) -> int:
    digests = []

    def work(data: Path, paths: Sequence[Path], jobs: int) -> int:
        with open_archive(data, create=True) as archive:
            options = BackfillOptions(workers=_workers(jobs), processes=jobs)
            captures = backfill(archive, paths, SITE, options).captures
            digests.append(digest_of(archive.store.articles()))
        return captures

    name = "the whole backfill"
    _compare(name, lambda jobs: work(folder / f"whole{jobs}", files, jobs))
    _measure(f"{name}, other order", 2, lambda jobs: work(folder / "turned", files[::-1], jobs))
    print("one digest" if len(set(digests)) == 1 else f"DIGESTS DIFFER: {digests}")
    return int(len(set(digests)) != 1)


if __name__ == "__main__":
    sys.exit(main())
