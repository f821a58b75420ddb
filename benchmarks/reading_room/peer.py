"""Datasette over the same articles: FTS5's trigrams, and facets."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

from archive.search.query import EVERYTHING
from archive.store import Archive, Filters
from benchmarks.reading_room.readers import measured
from benchmarks.reading_room.serving import START_SECONDS, serving
from benchmarks.reading_room.writing import new_articles, writing

PORTION = 10_000
"""Articles that are put in at a time."""
CACHE_KIB = 400_000


def datasette(
    path: Path, archive: Archive, asked: Sequence[str], readers: int, *, beside_a_writer: bool
) -> None:
    """Measure and print; its database at ``path`` is made where there is none."""
    program = os.environ.get("PALIMPSEST_DATASETTE") or shutil.which("datasette")
    if program is None:
        print("datasette is not installed: not measured (PALIMPSEST_DATASETTE may name it)")
        return
    if not path.exists():
        begun = path.with_suffix(".part")
        begun.unlink(missing_ok=True)
        _make(begun, archive)
        begun.rename(path)
    command = [program, "serve", str(path), "--setting", "sql_time_limit_ms", "60000"]
    address = f"/{path.stem}/articles?_search={{}}&_facet=branch&_facet=year&_size=25&_nocol=text"
    writer = writing(_write, path) if beside_a_writer else nullcontext()
    with writer, serving(command) as run:
        print(measured(run, asked, readers, address, "type-str").row("datasette"))


def _make(path: Path, archive: Archive) -> None:
    started = time.perf_counter()
    with closing(sqlite3.connect(path)) as database:
        # A file that is begun again when it was not ended needs no journal meanwhile.
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            f"cache_size = -{CACHE_KIB}",
        ):
            database.execute(f"PRAGMA {pragma}")
        _fill(database, archive)
        database.execute("PRAGMA journal_mode = WAL")
    took = time.perf_counter() - started
    print(f"datasette's index of {archive.count():,} articles: {took:,.0f} s", flush=True)


def _fill(database: sqlite3.Connection, archive: Archive) -> None:
    with database:
        database.execute(
            "CREATE TABLE articles (n INTEGER PRIMARY KEY, id, title, text, branch, year)"
        )
        database.execute(
            "CREATE VIRTUAL TABLE articles_fts USING fts5"
            "(title, text, tokenize='trigram', content=\"articles\", content_rowid='n')"
        )
        for start in range(0, archive.count(), PORTION):
            found = archive.store.find(
                EVERYTHING, Filters(), order="oldest", limit=PORTION, offset=start
            )
            database.executemany(
                "INSERT INTO articles (id, title, text, branch, year) VALUES (?, ?, ?, ?, ?)",
                (
                    (row.id, *row.words(), row.branch, row.published and row.published.year)
                    for row in found.rows
                ),
            )
        database.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")


def _write(path: Path, done: Any) -> None:
    with closing(sqlite3.connect(path, timeout=START_SECONDS)) as database:
        for one in new_articles(done):
            words = one.reading.title, one.reading.text
            with database:
                row = database.execute(
                    "INSERT INTO articles (id, title, text) VALUES (?, ?, ?)", (one.id, *words)
                ).lastrowid
                database.execute(
                    "INSERT INTO articles_fts (rowid, title, text) VALUES (?, ?, ?)", (row, *words)
                )
