"""Taking articles in while others read: how many a second, and how soon each is found."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from archive.model import Article, PageKind, Site, WarcPointer
from archive.store import CaptureRow, open_archive
from benchmarks.search.corpus import NOON, article, texts

READERS = 2
SITE = "taken-in"
LOOKED_FOR = 100
"""One article of so many is looked for."""

MANY = 3_000
"""Articles that are taken in at most."""

FIRST_NUMBER = 90_000_000  # beyond those of the archive

WAIT_S = 60.0
_context = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Intake:
    """Articles taken in, the seconds that took and the CPU's with the index, searches answered
    meanwhile, and for each article that was looked for the seconds until it was found."""

    articles: int
    seconds: float
    cpu_s: float
    searches: int
    delays: Sequence[float]

    def line(self) -> str:
        """One line of the report."""
        return (
            f"taken in one by one with {READERS} readers: {self.articles / self.seconds:,.0f} "
            f"articles/s, {self.cpu_s / self.articles * 1e3:.1f} CPU-ms each "
            f"({self.searches / self.seconds:,.0f} searches/s meanwhile); found by another process "
            f"after {statistics.median(self.delays):.2f} s (median of "
            f"{len(self.delays)}), {max(self.delays):.2f} s at most"
        )


@dataclass(frozen=True)
class _Shared:
    """What the processes tell each other; times are of the system-wide monotonic clock."""

    start: Any = field(default_factory=lambda: _context.Barrier(READERS + 2))
    stop: Any = field(default_factory=_context.Event)
    committed: Any = field(default_factory=_context.Queue)
    told: Any = field(default_factory=_context.Queue)


def measure(data: Path, queries: Sequence[str], seconds: float) -> Intake:
    """Commit articles one by one for so long, while two processes search without a pause and a
    third looks for some of the articles until they are found."""
    shared = _Shared()
    work: list[tuple[Any, tuple[Any, ...]]] = [
        (_read, (data, queries[number::READERS], shared)) for number in range(READERS)
    ]
    work.append((_look, (data, shared)))
    children = [_context.Process(target=do, args=given, daemon=True) for do, given in work]
    for child in children:
        child.start()
    count, took, cpu = _write(data, seconds, shared)
    told = [shared.told.get(timeout=WAIT_S) for _ in children]
    for child in children:
        child.join(WAIT_S)
    with open_archive(data) as archive:
        archive.store.replace_articles(SITE, [])
    searches = sum(one for one in told if isinstance(one, int))
    delays = next(one for one in told if isinstance(one, list))
    return Intake(count, took, cpu, searches, delays)


def _write(data: Path, seconds: float, shared: _Shared) -> tuple[int, float, float]:
    chance = random.Random(3)
    numbered = enumerate(texts(MANY, seed=-1), FIRST_NUMBER)
    made = [article(SITE, n, one, chance) for n, one in numbered]
    with open_archive(data) as archive:
        archive.store.put_site(Site(SITE, ("in.generated.cn",)))
        run = archive.store.begin_run(SITE, "crawl")
        shared.start.wait(WAIT_S)
        started = now = time.monotonic()
        used = time.process_time()
        count = 0
        while now - started < seconds and count < MANY:
            one = made[count]
            archive.store.commit_page(SITE, _row(one, run, count), article=one)
            now = time.monotonic()
            if count % LOOKED_FOR == 0:
                shared.committed.put((one.reading.title, now))
            count += 1
        shared.stop.set()
        shared.committed.put(None)
    return count, now - started, time.process_time() - used


def _row(one: Article, run: int, number: int) -> CaptureRow:
    pointer = WarcPointer("in.warc.gz", number, 1, "sha256:00", f"urn:in:{run}:{number}")
    return CaptureRow(
        one.url, "in.generated.cn", NOON, 200, "text/html", PageKind.ARTICLE, pointer, run
    )


def _read(data: Path, queries: Sequence[str], shared: _Shared) -> None:
    answered = 0
    with open_archive(data) as archive:
        archive.search(queries[0])
        shared.start.wait(WAIT_S)
        while not shared.stop.is_set():
            archive.search(queries[answered % len(queries)])
            answered += 1
    shared.told.put(answered)


def _look(data: Path, shared: _Shared) -> None:
    delays = []
    with open_archive(data) as archive:
        archive.search("")
        shared.start.wait(WAIT_S)
        while (waited := shared.committed.get()) is not None:
            title, committed = waited
            while not archive.search(f'site:{SITE} title:"{title}"').total:
                time.sleep(0.02)
            delays.append(time.monotonic() - committed)
    shared.told.put(delays)
