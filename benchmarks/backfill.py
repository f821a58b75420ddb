"""A backfill of generated pages, beside a plain loop: ./scripts/bench backfill [--pages N]

Writes WARC files of the sample institute's article pages, each page many times over with another
address and another sentence in it, and measures in one run: reading and cleaning them by one
process and by two, the whole backfill, and a loop of warcio and trafilatura over the same files
(where ``PALIMPSEST_PEERS`` names a Python that has both).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import urlopen

from archive.backfill import BackfillOptions, backfill
from archive.backfill.reading import Task
from archive.backfill.workers import Read, Workers, in_processes, one_after_another
from archive.export.digest import digest_of
from archive.model import Capture
from archive.store import open_archive
from archive.warc import WarcWriter
from tests.site import SampleInstitute

HOST = "www.example.ac.cn"
FILES = 8
BEGAN = datetime(2012, 3, 1, tzinfo=UTC)
PEER_LOOP = """
import sys, time, trafilatura
from warcio.archiveiterator import ArchiveIterator
began, pages, characters = time.perf_counter(), 0, 0
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                text = trafilatura.extract(record.content_stream().read())
                pages, characters = pages + 1, characters + len(text or "")
print(pages, characters, time.perf_counter() - began)
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench backfill", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--whole", action="store_true", help="measure the whole backfill too")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = list(_files(folder, _pages(), options.pages))
        print(f"{options.pages:,} pages in {len(files)} files, {os.cpu_count()} processors")
        one = _measure("reading and cleaning, 1 process", lambda: _read(files, one_after_another))
        two = _measure("reading and cleaning, 2 processes", lambda: _read(files, in_processes(2)))
        print(f"two processes are {one / two:.2f} times as fast")
        _peer(files)
        if options.whole:
            _whole(folder, files)
    return 0


def _pages() -> list[bytes]:
    """The article pages that the sample institute's own host shows."""
    with SampleInstitute.serve() as sample:
        urls = [f"{sample.official}{one.path.lstrip('/')}" for one in sample.articles if one.live]
        pages = []
        for url in urls:
            with urlopen(url) as answer:
                pages.append(answer.read())
    return pages


def _files(folder: Path, pages: list[bytes], count: int) -> Iterator[Path]:
    for part in range(FILES):
        with WarcWriter(folder, prefix=f"bench{part}", max_bytes=1 << 40) as writer:
            for number in range(part, count, FILES):
                writer.write(_capture(pages[number % len(pages)], number))
        yield folder / writer.files[0]


def _capture(page: bytes, number: int) -> Capture:
    path = f"/bench/t20120301_{number}.html"
    body = page.replace(b"</p>", f" {number}</p>".encode(), 1)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    return Capture(
        url=f"http://{HOST}{path}",
        captured_at=BEGAN + timedelta(seconds=number),
        request=f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(),
        response=head.encode() + body,
    )


def _read(files: Iterable[Path], workers: Workers) -> int:
    """Read and clean every file, as a backfill does, and keep nothing; how many pages."""
    pages = 0
    for result in workers(Task(path, path.name, 1) for path in files):
        assert isinstance(result, Read), result
        for part in result.parts:
            assert not part.problems
            pages += len(part.rows)
    return pages


def _measure(name: str, work: Callable[[], int]) -> float:
    began, used = time.perf_counter(), os.times()
    pages = work()
    seconds, now = time.perf_counter() - began, os.times()
    busy = sum(now[:4]) - sum(used[:4])
    print(
        f"{name}: {pages:,} pages, {seconds:.1f} s, {pages / seconds:,.0f} pages/s; "
        f"{busy:.1f} s of processor time, {pages / busy:,.0f} pages/s of it"
    )
    return seconds


def _peer(files: list[Path]) -> None:
    python = os.environ.get("PALIMPSEST_PEERS")
    if python is None:
        print("warcio + trafilatura: not measured; set PALIMPSEST_PEERS to a Python that has both")
        return
    command = [python, "-c", PEER_LOOP, *map(str, files)]
    used = os.times()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    now = os.times()
    pages, _, seconds = done.stdout.split()
    busy = sum(now[2:4]) - sum(used[2:4])
    print(
        f"warcio + trafilatura, 1 process: {int(pages):,} pages, {float(seconds):.1f} s, "
        f"{int(pages) / float(seconds):,.0f} pages/s; {busy:.1f} s of processor time, "
        f"{int(pages) / busy:,.0f} pages/s of it"
    )


def _whole(folder: Path, files: list[Path]) -> None:
    """The whole backfill, site pass included, in two orders of the files."""
    digests = []
    for name, order in (("first", files), ("second", files[::-1])):
        with open_archive(folder / name, create=True) as archive:

            def work(paths: list[Path] = order) -> int:
                options = BackfillOptions(workers=in_processes(2))
                return backfill(archive, paths, "bench", options).captures

            _measure(f"the whole backfill, 2 processes, {name} order", work)
            digests.append(digest_of(archive.store.articles()))
    print("one digest" if len(set(digests)) == 1 else f"THE ORDER SHOWS: {digests}")


if __name__ == "__main__":
    sys.exit(main())
