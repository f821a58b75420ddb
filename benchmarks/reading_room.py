"""``./scripts/bench reading-room``: the search page under readers, beside Datasette.

    ./scripts/bench reading-room --articles 300000 --readers 8 --requests 400
    ./scripts/bench reading-room --data DIR --peer FILE --writer

Each reader asks for the whole search page (hits, snippets, facets with counts, timeline) of a query
of one to four characters or a title out of the articles, one after the other. ``--writer`` commits
articles meanwhile, as a nightly run does. The wall time is what a reader waits; the CPU time of the
server tells how much of it was work, on a machine that has other things to do. Datasette (named by
PALIMPSEST_DATASETTE, or found on the path) serves the same articles from SQLite with FTS5's trigram
index and facets, and is asked the same; how many of its answers are empty is told, too. To make its
index takes two milliseconds an article; ``--peer FILE`` keeps it, and takes it where it is there.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import quote

from archive.model import Article, Site
from archive.search.query import EVERYTHING
from archive.store import Archive, Filters, open_archive
from benchmarks.search.corpus import articles, articles_of, texts

SITE = "generated"
SITE_OF_WRITER = "generated-new"
FIRST_NUMBER = 80_000_000  # beyond those of any archive
MANY = 10_000
SAMPLE = 2_000  # articles that queries are drawn from
START_SECONDS = 60
ANSWER_SECONDS = 120
PIECE_BYTES = 1 << 18
PEER_CACHE_KIB = 400_000
WRITES_PER_SECOND = 5


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


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.work) as place:
        data = options.data or _archive(Path(place, "data"), options.articles)
        with open_archive(data) as archive:
            asked = queries(archive, options.requests)
            print(f"{archive.count():,} articles, {options.readers} readers, {len(asked)} pages")
            print("load of the machine before:", " ".join(f"{n:.1f}" for n in os.getloadavg()))
            for workers in options.workers:
                with _writer(options, data), serving(_palimpsest(data, workers)) as run:
                    done = measured(run, asked, options.readers, "/?q={}", 'class="hit"')
                    print(done.row(f"palimpsest, {workers} processes"))
            _datasette(options.peer or Path(place, "datasette.db"), archive, asked, options)


def _writer(options: argparse.Namespace, data: Path) -> AbstractContextManager[None]:
    return writing(_write, data) if options.writer else nullcontext()


def _palimpsest(data: Path, workers: int) -> list[str]:
    program = str(Path(sys.executable).with_name("palimpsest"))
    common = ["--data", str(data), "--rate", "0", "--replay-port", "0"]
    return [program, "serve", *common, "--workers", str(workers)]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench reading-room")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--writer", action="store_true", help="commit articles meanwhile")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="one after another")
    parser.add_argument("--data", type=Path, help="an archive that is there already")
    parser.add_argument("--peer", type=Path, help="datasette's database, made where it is not")
    parser.add_argument("--work", type=Path, help="where to put files (default: /tmp)")
    return parser.parse_args()


def _archive(data: Path, count: int) -> Path:
    with open_archive(data, create=True) as archive:
        archive.store.put_site(Site(SITE, ("www.generated.cn",)))
        archive.store.replace_articles(SITE, articles(count))
    return data


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


@dataclass(frozen=True, slots=True)
class Run:
    """A server that answers: its process and port."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """CPU seconds that it and the processes it began have used."""
        return sum(map(_cpu, _tree(self.process.pid)))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _tree(int(child))


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: list[str]) -> Iterator[Run]:
    """The command with ``--port`` and a free port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield Run(process, port)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


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
    return sum(map(_cpu, _tree(os.getpid()))) - run.cpu()


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


Write = Callable[[Path, Any], None]
"""Writes into what is at the path until the event is set."""


@contextmanager
def writing(write: Write, place: Path) -> Iterator[None]:
    """New articles, a few a second, by a process of its own, until the block ends."""
    context = get_context("spawn")
    done = context.Event()
    process = context.Process(target=write, args=(place, done), daemon=True)
    process.start()
    try:
        yield
    finally:
        done.set()
        process.join(START_SECONDS)


def _new_articles(done: Any) -> Iterator[Article]:
    numbered = enumerate(texts(MANY, seed=-1), FIRST_NUMBER)
    for one in articles_of(SITE_OF_WRITER, numbered, seed=99):
        if done.wait(1 / WRITES_PER_SECOND):
            return
        yield one


def _write(data: Path, done: Any) -> None:
    with open_archive(data) as archive:
        archive.store.put_site(Site(SITE_OF_WRITER, ("new.generated.cn",)))
        for one in _new_articles(done):
            archive.store.replace_articles(SITE_OF_WRITER, [one])
        archive.store.replace_articles(SITE_OF_WRITER, [])


def _write_peer(path: Path, done: Any) -> None:
    with closing(sqlite3.connect(path, timeout=START_SECONDS)) as database:
        for one in _new_articles(done):
            words = one.reading.title, one.reading.text
            with database:
                row = database.execute(
                    "INSERT INTO articles (id, title, text) VALUES (?, ?, ?)", (one.id, *words)
                ).lastrowid
                database.execute(
                    "INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)", (row, *words)
                )


def _datasette(
    path: Path, archive: Archive, asked: Sequence[str], options: argparse.Namespace
) -> None:
    program = os.environ.get("PALIMPSEST_DATASETTE") or shutil.which("datasette")
    if program is None:
        print("datasette is not installed: not measured (PALIMPSEST_DATASETTE may name it)")
        return
    if not path.exists():
        begun = path.with_suffix(".part")
        begun.unlink(missing_ok=True)
        _make_peer(begun, archive)
        begun.rename(path)
    command = [program, "serve", str(path), "--setting", "sql_time_limit_ms", "60000"]
    address = f"/{path.stem}/articles?_search={{}}&_facet=branch&_facet=year&_size=25&_nocol=text"
    writer = writing(_write_peer, path) if options.writer else nullcontext()
    with writer, serving(command) as run:
        print(measured(run, asked, options.readers, address, "type-str").row("datasette"))


def _make_peer(path: Path, archive: Archive) -> None:
    started = time.perf_counter()
    with closing(sqlite3.connect(path)) as database:
        # A file that is begun again when it was not ended needs no journal meanwhile.
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            f"cache_size = -{PEER_CACHE_KIB}",
        ):
            database.execute(f"PRAGMA {pragma}")
        _fill_peer(database, archive)
        database.execute("PRAGMA journal_mode = WAL")
    took = time.perf_counter() - started
    print(f"datasette's index of {archive.count():,} articles: {took:,.0f} s", flush=True)


def _fill_peer(database: sqlite3.Connection, archive: Archive) -> None:
    with database:
        database.execute(
            "CREATE TABLE articles (n INTEGER PRIMARY KEY, id, title, text, branch, year)"
        )
        database.execute(
            "CREATE VIRTUAL TABLE articles_fts USING fts5"
            "(title, text, tokenize='trigram', content=\"articles\", content_rowid='n')"
        )
        for start in range(0, archive.count(), MANY):
            found = archive.store.find(
                EVERYTHING, Filters(), order="oldest", limit=MANY, offset=start
            )
            database.executemany(
                "INSERT INTO articles (id, title, text, branch, year) VALUES (?, ?, ?, ?, ?)",
                (
                    (row.id, *row.words(), row.branch, row.published and row.published.year)
                    for row in found.rows
                ),
            )
        database.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")


if __name__ == "__main__":
    main()
