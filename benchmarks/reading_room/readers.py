"""Readers who ask for pages without a pause, and what they saw."""

from __future__ import annotations

import os
import random
import socket
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from archive.store import Archive
from benchmarks.reading_room.serving import Run, cpu_of, tree

SAMPLE = 2_000  # articles that queries are drawn from
ANSWER_SECONDS = 120
PIECE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Outcome:
    """Seconds of each request, how many found nothing, bytes of an answer; CPU seconds of the
    server, and of what runs beside it (readers and writer)."""

    seconds: Sequence[float]
    empty: int
    size: int
    cpu: float
    beside: float

    def row(self, name: str) -> str:
        """One line of the report."""
        waits = sorted(self.seconds)
        p50, p95 = statistics.median(waits), waits[int(len(waits) * 0.95) - 1]
        count = len(waits)
        return (
            f"{name:<24} p50 {1000 * p50:7.1f} ms   p95 {1000 * p95:7.1f} ms   "
            f"CPU {1000 * self.cpu / count:6.1f} ms a page "
            f"({1000 * self.beside / count:.1f} beside)   {self.size / 1000:6.1f} kB   "
            f"empty {self.empty} of {count}"
        )


def queries(archive: Archive, count: int) -> list[str]:
    """Pieces of one to four characters out of the articles' titles, and some whole titles."""
    chance = random.Random(3)
    titles = [hit.title.text for hit in archive.search(order="newest", limit=SAMPLE)]
    found = []
    for _ in range(count):
        title = chance.choice(titles)
        length = chance.choice((1, 2, 2, 3, 3, 4, 4, len(title)))
        start = chance.randrange(max(1, len(title) - length + 1))
        found.append(title[start : start + length])
    return found


def measured(run: Run, asked: Sequence[str], readers: int, path: str, mark: str) -> Outcome:
    """Ask for all pages, ``readers`` at a time; an answer without ``mark`` counts as empty."""
    fetch = _fetcher(run.port, path, mark.encode())
    for query in asked[:readers]:
        fetch(query)
    before, before_beside = run.cpu(), _cpu_beside(run)
    with ThreadPoolExecutor(readers) as pool:
        answers = list(pool.map(fetch, asked))
    return Outcome(
        [seconds for seconds, _, _ in answers],
        sum(empty for _, empty, _ in answers),
        round(statistics.mean(size for _, _, size in answers)),
        run.cpu() - before,
        _cpu_beside(run) - before_beside,
    )


def _cpu_beside(run: Run) -> float:
    """CPU seconds of this process and those it began, but for the server."""
    return sum(map(cpu_of, tree(os.getpid()))) - run.cpu()


Fetch = Callable[[str], tuple[float, bool, int]]
"""Asks a query; returns the seconds, whether nothing was found, and the bytes of the page."""


def _fetcher(port: int, path: str, mark: bytes) -> Fetch:
    # By hand: what a client library does for a request takes from the server what it needs itself.
    def fetch(query: str) -> tuple[float, bool, int]:
        target = path.format(quote(query))
        start = time.perf_counter()
        with socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS) as line:
            line.sendall(f"GET {target} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            answer = b"".join(iter(partial(line.recv, PIECE_BYTES), b""))
        seconds = time.perf_counter() - start
        head, _, body = answer.partition(b"\r\n\r\n")
        if head.split()[1:2] != [b"200"]:
            raise SystemExit(f"{target} was answered {head[:100]!r}")
        return seconds, mark not in body, len(body)

    return fetch
