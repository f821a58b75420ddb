"""``./scripts/bench search``: recall, precision and latency over generated articles.

    ./scripts/bench search --judged
    ./scripts/bench search --articles 300000 --keep DIR --intake 20 --postgres-articles 20000

Builds a real archive through the store, asks it through the Python API, and holds every answer to
a scan of all texts. FTS5 over bigrams, FTS5 over jieba's words (if jieba is installed), and the
same store on PostgreSQL (if that is) are asked the same in the same run, on as many articles as is
said; where those are fewer, so is another archive of that size. One table tells it all.
``--keep DIR`` goes on with what is there already, peers included, however often it is stopped, and
leaves it.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, nullcontext
from importlib import import_module
from pathlib import Path

from archive.search import parse
from archive.store import open_archive
from benchmarks.search import database, intake, judged
from benchmarks.search.asking import ask, heading, spread
from benchmarks.search.building import Part, build, numbers
from benchmarks.search.corpus import texts
from benchmarks.search.peers import Fts5, bigrams, jieba_words
from benchmarks.search.queries import Asked, queries

SAMPLE = 2_000  # articles that queries are drawn from
MEGA = 1e6
Truths = Sequence[set[int]]


def main() -> None:
    """Measure and print."""
    # Ended by a signal, it still takes away what it put on the disk.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    options = _options()
    if options.judged:
        judged.main()
        return
    place = (
        nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory(dir=options.work)
    )
    with place as directory:
        _measure(Path(directory), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench search")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--peer-articles", type=int, default=20_000, help="0: no peers")
    parser.add_argument("--jieba-articles", type=int, default=5_000)
    parser.add_argument("--postgres-articles", type=int, default=0)
    parser.add_argument("--intake", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--judged", action="store_true", help="the judged queries alone")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--keep", type=Path, help="an archive to make, or to go on with")
    parser.add_argument("--work", type=Path, help="where to put one otherwise (default: /tmp)")
    return parser.parse_args()


def _measure(place: Path, options: argparse.Namespace) -> None:
    sample = list(texts(min(SAMPLE, options.articles)))
    asked = list(queries(sample, options.queries))
    parts = build(place, options.articles, asked)
    _print_building(place / "archive", options.articles, parts)
    if options.build_only:
        return
    truth = [{n for part in parts for n in part.found[one]} for one in range(len(asked))]
    print("load of the machine:", " ".join(f"{load:.1f}" for load in os.getloadavg()))
    first = _ask_archive(place / "archive", options.articles, parts, asked, truth)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, truth included: {peak:,.0f} MB")
    _backup(place)
    if options.intake:
        typed = [one.typed() for one in asked]
        print(intake.measure(place / "archive", typed, options.intake).line())
    print(f"{heading()}\n{first}", flush=True)
    with tempfile.TemporaryDirectory(dir=place) as work:
        for row in _peers(options.keep or Path(work), Path(work), options, asked, truth):
            print(row, flush=True)


def _print_building(data: Path, count: int, parts: Sequence[Part]) -> None:
    text = sum(one.bytes_of_text for one in parts)
    stored, indexed = sum(one.stored_s for one in parts), sum(one.indexed_s for one in parts)
    index = sum(one.stat().st_size for one in (data / "index").rglob("*") if one.is_file())
    store = sum(one.stat().st_size for one in data.glob("palimpsest.db*"))
    print(f"{count:,} articles, {text / MEGA:,.0f} MB of text")
    print(f"store: {count / stored:,.0f} articles/s, index: {count / indexed:,.0f} articles/s")
    beside = f"{index / text:.2f} × the text"
    print(f"store {store / MEGA:,.0f} MB, index {index / MEGA:,.0f} MB ({beside})")


def _ask_archive(
    data: Path, count: int, parts: Sequence[Part], asked: Sequence[Asked], truth: Truths
) -> str:
    speed = count / sum(one.stored_s + one.indexed_s for one in parts)
    with open_archive(data) as archive:
        known = numbers(archive)
        outcome = ask(
            asked,
            truth,
            lambda one: archive.search(one.typed()).total,
            lambda one: {known[n] for n in archive.store.numbers(parse(one.typed()))},
        )
        seconds = []
        for query in asked:
            started = time.perf_counter()
            archive.search(query.typed(), facets=True)
            seconds.append(time.perf_counter() - started)
    print(f"first page with facets, of {count:,}: {spread(seconds)} ms", file=sys.stderr)
    return outcome.row("palimpsest", count, speed)


def _backup(place: Path) -> None:
    started = time.perf_counter()
    with closing(sqlite3.connect(place / "archive" / "palimpsest.db")) as store:
        store.execute("VACUUM INTO ?", (str(place / "backup.db"),))
    size = (place / "backup.db").stat().st_size
    took = time.perf_counter() - started
    print(f"backup by VACUUM INTO: {size / MEGA:,.0f} MB, {took:,.0f} s")
    (place / "backup.db").unlink()


def _peers(
    kept: Path, work: Path, options: argparse.Namespace, asked: Sequence[Asked], truth: Truths
) -> Iterator[str]:
    if count := min(options.peer_articles, options.articles):
        if count < options.articles:
            yield _fewer(work / "fewer", count, asked, truth)
        yield _peer("FTS5, bigrams", bigrams(kept / f"bigrams-{count}.db"), count, asked, truth)
    if count := min(options.jieba_articles, options.peer_articles, options.articles):
        try:
            jieba = import_module("jieba")
        except ImportError:
            print("jieba is not installed (uv pip install jieba): no row", file=sys.stderr)
        else:
            yield _peer(
                "FTS5, jieba", jieba_words(kept / f"jieba-{count}.db", jieba), count, asked, truth
            )
    if count := min(options.postgres_articles, options.articles):
        try:
            yield database.measure(work, count, asked, truth)
        except LookupError as missing:
            print(f"{missing}: no row", file=sys.stderr)


def _fewer(place: Path, count: int, asked: Sequence[Asked], truth: Truths) -> str:
    parts = build(place, count, asked)
    return _ask_archive(place / "archive", count, parts, asked, _among(count, truth))


def _among(count: int, truth: Truths) -> list[set[int]]:
    return [{number for number in one if number < count} for one in truth]


def _peer(label: str, peer: Fts5, count: int, asked: Sequence[Asked], truth: Truths) -> str:
    speed = count / peer.build(count)
    outcome = ask(asked, _among(count, truth), peer.first_page, peer.numbers)
    peer.close()
    return outcome.row(f"{label}, rows only", count, speed)


if __name__ == "__main__":
    main()
