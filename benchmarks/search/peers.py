"""Other indexes over the same texts, all in SQLite FTS5: bigrams, and words cut by jieba."""

from __future__ import annotations

import operator
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from archive.search.language import phrase
from archive.search.terms import BREAK, units
from benchmarks.search.building import part_texts, sizes
from benchmarks.search.corpus import Text
from benchmarks.search.queries import Asked

PAGE = 20
CACHE_KIB = 262_144
HASH_BYTES = 64 << 20
"""What FTS5 gathers before it writes a segment; with its own 1 MB it merges most of the time."""
Cut = Callable[[str], str]


class Fts5:
    """One contentless FTS5 table over texts cut into terms by ``cut``; ``ask`` makes a word of a
    query into an FTS5 expression. What is in the file at ``path`` already is not put in again."""

    def __init__(self, path: Path, cut: Cut, ask: Cut) -> None:
        self._database = sqlite3.connect(path)
        self._cut, self._ask = cut, ask
        self._database.executescript(
            f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            f"PRAGMA cache_size = -{CACHE_KIB};"
            "CREATE TABLE IF NOT EXISTS filled(part INTEGER PRIMARY KEY, seconds REAL);"
            "CREATE VIRTUAL TABLE IF NOT EXISTS t"
            " USING fts5(title, body, content='', tokenize='ascii', prefix=1);"
            f"INSERT INTO t(t, rank) VALUES ('hashsize', {HASH_BYTES})"
        )

    def build(self, count: int) -> float:
        """Put in what is missing of ``count`` texts, a transaction a part; returns the seconds
        that all of it took."""
        filled = dict(self._database.execute("SELECT part, seconds FROM filled"))
        for part, size in enumerate(sizes(count)):
            if part not in filled:
                texts = part_texts(part, size)
                started = time.perf_counter()
                self._fill(part, texts, started)
        (seconds,) = self._database.execute("SELECT sum(seconds) FROM filled").fetchone()
        return float(seconds)

    def _fill(self, part: int, texts: Iterable[tuple[int, Text]], started: float) -> None:
        with self._database:
            self._database.executemany(
                "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)",
                ((n, self._cut(one.title), self._cut(one.text)) for n, one in texts),
            )
            took = time.perf_counter() - started
            self._database.execute("INSERT INTO filled VALUES (?, ?)", (part, took))

    def first_page(self, asked: Asked) -> int:
        """The first page by rank, and how many there are in all."""
        match = self._match(asked)
        ranked = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 4.0, 1.0) LIMIT ?"
        self._database.execute(ranked, (match, PAGE)).fetchall()
        counted = self._database.execute("SELECT count(*) FROM t WHERE t MATCH ?", (match,))
        return int(counted.fetchone()[0])

    def numbers(self, asked: Asked) -> set[int]:
        """Everything that is found."""
        found = self._database.execute("SELECT rowid FROM t WHERE t MATCH ?", (self._match(asked),))
        return {row[0] for row in found}

    def _match(self, asked: Asked) -> str:
        joiner = {"or": " OR ", "not": " NOT "}.get(asked.form, " AND ")
        return joiner.join(f"({self._ask(word)})" for word in asked.words)

    def close(self) -> None:
        """Close the database."""
        self._database.close()


def pairs(found: Sequence[str]) -> list[str]:
    """Each of these units with the next one; of a lone unit nothing."""
    return list(map(operator.add, found, found[1:]))


def bigrams(path: Path) -> Fts5:
    """Every unit with the next one, in a row; one-character queries as prefixes."""

    def ask(word: str) -> str:
        found = phrase(word)
        assert found is not None
        row = " ".join(pairs(found.units) or found.units)
        return f'"{row}"' + ("*" if len(found.units) == 1 else "")

    return Fts5(path, lambda text: " ".join(pairs([*units(text), BREAK])), ask)


def jieba_words(path: Path, jieba: Any) -> Fts5:
    """Words as jieba cuts them for search; a query is the phrase of its words."""

    def cut(text: str) -> str:
        return " ".join(word for word in jieba.cut_for_search(text) if word.isalnum())

    def ask(word: str) -> str:
        return " AND ".join(f'"{one}"' for one in jieba.cut(word))

    return Fts5(path, cut, ask)
