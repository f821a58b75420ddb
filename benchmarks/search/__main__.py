"""``./scripts/bench search``: recall, precision and latency over generated articles.

    ./scripts/bench search --articles 300000 --queries 500

Builds a real archive through the store, asks it through the Python API, and holds every answer to
a scan of all texts. FTS5 over the same bigrams, and FTS5 over jieba's words (if jieba is
installed; on fewer articles, for it cuts slowly), are asked the same in the same run.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from archive.model import Site
from archive.search import parse
from archive.store import Archive, Store, open_archive
from benchmarks.search.corpus import SITE, articles, texts
from benchmarks.search.peers import Fts5, bigrams, jieba_words
from benchmarks.search.queries import Asked, plain, queries

SAMPLE = 2_000  # articles that queries are drawn from
MEGA = 1e6


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one index answered: sums over all queries, the seconds of each first page, and the CPU
    seconds of all."""

    wanted: int
    found: int
    right: int
    seconds: Sequence[float]
    cpu: float


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.work) as place:
        _measure(Path(place), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench search")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--jieba-articles", type=int, default=10_000)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--work", type=Path, help="where to put the archive (default: /tmp)")
    return parser.parse_args()


def _measure(place: Path, options: argparse.Namespace) -> None:
    sample = list(texts(min(SAMPLE, options.articles)))
    asked = list(queries(sample, options.queries))
    truth, bytes_of_text = _truth(options.articles, asked)
    print(f"{options.articles:,} articles, {bytes_of_text / MEGA:,.0f} MB of text")
    with open_archive(place / "archive", create=True) as archive:
        _fill(archive, options.articles)
        _sizes(place / "archive", bytes_of_text)
        numbers = _numbers(archive.store)
        _print(
            "palimpsest (tantivy bigrams)",
            _ask(
                asked,
                truth,
                lambda one: archive.search(one.typed()).total,
                lambda one: {numbers[n] for n in _rows(archive.store, one)},
            ),
        )
        _facets(archive, asked)
    _backup(place)
    if not options.no_peers:
        _peer("FTS5 bigrams", bigrams(place / "b.db"), options.articles, asked, truth)
        _jieba(place, min(options.jieba_articles, options.articles), asked, truth)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the whole benchmark (truth included): {peak:,.0f} MB")


def _truth(count: int, asked: Sequence[Asked]) -> tuple[list[set[int]], int]:
    """What each query should find, and the bytes of all texts."""
    bytes_of_text = 0
    started = time.perf_counter()
    found: list[set[int]] = [set() for _ in asked]
    for number, one in enumerate(texts(count)):
        bytes_of_text += len(one.text.encode())
        text = plain(one.title) + "\n" + plain(one.text)
        for place, query in enumerate(asked):
            if query.holds(text):
                found[place].add(number)
    print(f"truth: {len(asked)} queries by a scan of every text, {_since(started)}")
    return found, bytes_of_text


def _fill(archive: Archive, count: int) -> None:
    started = time.perf_counter()
    archive.store.put_site(Site(SITE, ("www.generated.cn",)))
    archive.store.replace_articles(SITE, articles(count))
    stored = time.perf_counter() - started
    print(f"store: {count / stored:,.0f} articles/s")
    started = time.perf_counter()
    archive.search("")  # brings in what was stored, and waits for it
    print(f"index: {count / (time.perf_counter() - started):,.0f} articles/s")


def _sizes(data: Path, bytes_of_text: int) -> None:
    index = sum(one.stat().st_size for one in (data / "index").rglob("*") if one.is_file())
    store = sum(one.stat().st_size for one in data.glob("palimpsest.db*"))
    print(
        f"store {store / MEGA:,.0f} MB, index {index / MEGA:,.0f} MB "
        f"({index / bytes_of_text:.2f} × the text)"
    )


def _numbers(store: Store) -> dict[int, int]:
    with store.view() as view:
        rows = view.exec_driver_sql("SELECT n, id FROM articles")
        return {row.n: int(row.id[1:]) for row in rows}


def _rows(store: Store, one: Asked) -> Sequence[int]:
    return store.numbers(parse(one.typed()))


def _ask(
    asked: Sequence[Asked],
    truth: Sequence[set[int]],
    first_page: Callable[[Asked], int],
    everything: Callable[[Asked], set[int]],
) -> Outcome:
    seconds: list[float] = []
    wanted = found = right = 0
    cpu = 0.0
    first_page(asked[0])
    for query, true in zip(asked, truth, strict=True):
        started, used = time.perf_counter(), time.process_time()
        total = first_page(query)
        seconds.append(time.perf_counter() - started)
        cpu += time.process_time() - used
        numbers = everything(query)
        if total != len(numbers):
            raise SystemExit(f"the count of {query} is not what is found")
        wanted, found, right = wanted + len(true), found + total, right + len(numbers & true)
    return Outcome(wanted, found, right, seconds, cpu)


def _print(label: str, outcome: Outcome) -> None:
    cuts = statistics.quantiles(outcome.seconds, n=20)
    print(
        f"{label}: recall {outcome.right / max(outcome.wanted, 1):.4f}, "
        f"precision {outcome.right / max(outcome.found, 1):.4f}, first page "
        f"p50 {cuts[9] * 1e3:.1f} ms, p95 {cuts[18] * 1e3:.1f} ms, "
        f"max {max(outcome.seconds) * 1e3:.0f} ms, "
        f"{outcome.cpu / len(outcome.seconds) * 1e3:.1f} CPU-ms a query"
    )


def _facets(archive: Archive, asked: Sequence[Asked]) -> None:
    seconds = []
    for query in asked:
        started = time.perf_counter()
        archive.search(query.typed(), facets=True)
        seconds.append(time.perf_counter() - started)
    cuts = statistics.quantiles(seconds, n=20)
    print(f"  the same with facets: p50 {cuts[9] * 1e3:.1f} ms, p95 {cuts[18] * 1e3:.1f} ms")


def _backup(place: Path) -> None:
    started = time.perf_counter()
    with closing(sqlite3.connect(place / "archive" / "palimpsest.db")) as store:
        store.execute("VACUUM INTO ?", (str(place / "backup.db"),))
    size = (place / "backup.db").stat().st_size
    print(f"backup by VACUUM INTO: {size / MEGA:,.0f} MB, {_since(started)}")
    (place / "backup.db").unlink()


def _peer(
    label: str, peer: Fts5, count: int, asked: Sequence[Asked], truth: Sequence[set[int]]
) -> None:
    started = time.perf_counter()
    peer.fill(texts(count))
    speed = count / (time.perf_counter() - started)
    few = [{number for number in one if number < count} for one in truth]
    _print(
        f"{label} ({count:,} articles, {speed:,.0f}/s)",
        _ask(asked, few, peer.first_page, peer.numbers),
    )
    peer.close()


def _jieba(place: Path, count: int, asked: Sequence[Asked], truth: Sequence[set[int]]) -> None:
    try:
        jieba = import_module("jieba")
    except ImportError:
        print("FTS5 over jieba: jieba is not installed (uv pip install jieba)")
        return
    _peer("FTS5 over jieba", jieba_words(place / "j.db", jieba), count, asked, truth)


def _since(started: float) -> str:
    return f"{time.perf_counter() - started:,.0f} s"


if __name__ == "__main__":
    main()
