"""The same search with store and index on PostgreSQL, on a server of the benchmark's own."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import Connection

from archive.model import Site
from archive.search import parse
from archive.store import open_archive
from benchmarks.search.asking import ask
from benchmarks.search.building import numbers, part_texts, sizes
from benchmarks.search.corpus import articles_of
from benchmarks.search.queries import Asked
from tests.postgres import programs, running

KILO = 1e3


def measure(place: Path, count: int, asked: Sequence[Asked], truth: Sequence[set[int]]) -> str:
    """The table's row of a store of ``count`` articles in PostgreSQL; raises LookupError where
    that is not installed."""
    found = programs()
    if found is None:
        raise LookupError("PostgreSQL is not installed")
    with (
        running(found) as server,
        open_archive(place / "beside", create=True, database=server.new_database()) as archive,
    ):
        started = time.perf_counter()
        for part, size in enumerate(sizes(count)):
            site = f"generated-{part:03d}"
            archive.store.put_site(Site(site, (f"www{part}.generated.cn",)))
            texts = part_texts(part, size)
            archive.store.replace_articles(site, articles_of(site, texts, seed=part + 1))
        speed = count / (time.perf_counter() - started)
        with archive.store.view() as view:
            view.exec_driver_sql("ANALYZE")
            _print_room(view, count)
        known = numbers(archive)
        outcome = ask(
            asked,
            [{number for number in one if number < count} for one in truth],
            lambda one: archive.search(one.typed()).total,
            lambda one: {known[n] for n in archive.store.numbers(parse(one.typed()))},
        )
        return outcome.row("palimpsest on PostgreSQL", count, speed)


def _print_room(view: Connection, count: int) -> None:
    rows = view.exec_driver_sql(
        "SELECT pg_total_relation_size('search_terms'), pg_relation_size('ix_search_terms_terms'), "
        "sum(pg_total_relation_size(oid)) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    index, terms, everything = (float(size) / count / KILO for size in rows.one())
    print(
        f"room on PostgreSQL: {everything:.1f} kB an article, {index:.1f} of them the index, of "
        f"these {terms:.1f} the terms",
        file=sys.stderr,
    )
