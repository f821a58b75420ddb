"""What a service lists, on disk: its captures, each once, without those that the archive has.

A listing may be larger than memory, and so may what the archive has of the site. It promises that
neither is ever held in memory, the order of addresses and moments whatever the service's, and that
nothing is left on disk when the program ends, however it ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

from archive.backfill.cdx import Listed
from archive.errors import DiskFullError, StoreError
from archive.warc.storage import storage_errors
from archive.warc.timestamps import timestamp

MAX_LINE_BYTES = 64 * 1024
"""Of a listing; what is longer is no line of one."""
TOGETHER = 10_000
"""Rows that are written together."""
PRIMARY_CODE = 0xFF
"""The bits of SQLite's codes that tell the kind."""
_TABLE = "CREATE TABLE listed (url TEXT, moment TEXT, PRIMARY KEY (url, moment)) WITHOUT ROWID"
_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


class Listing:
    """The captures that a service holds and the archive wants; see ``listing_in``."""

    def __init__(self, rows: sqlite3.Connection, folder: Path) -> None:
        self._rows = rows
        self._folder = folder

    def add(self, found: Iterable[Listed]) -> None:
        """Take in what was listed. Raises DiskFullError."""
        rows = ((one.url, one.timestamp) for one in found)
        self._write("INSERT OR IGNORE INTO listed VALUES (?, ?)", rows)

    def without(self, kept: Iterable[tuple[str, datetime]]) -> None:
        """Leave out the captures of these addresses and moments (to the second)."""
        self._write(
            "DELETE FROM listed WHERE url = ? AND moment = ?",
            ((url, timestamp(moment)) for url, moment in kept),
        )

    def __bool__(self) -> bool:
        """Is anything listed?"""
        return self._rows.execute("SELECT 1 FROM listed LIMIT 1").fetchone() is not None

    def __iter__(self) -> Iterator[Listed]:
        """Ordered by address and moment."""
        for url, moment in self._rows.execute("SELECT url, moment FROM listed ORDER BY 1, 2"):
            yield Listed(url, moment, "", "")

    def _write(self, statement: str, values: Iterable[tuple[str, str]]) -> None:
        some = iter(values)
        with _refusals(self._folder):
            while batch := list(islice(some, TOGETHER)):
                with self._rows:
                    self._rows.executemany(statement, batch)


@contextmanager
def listing_in(folder: Path) -> Iterator[Listing]:
    """An empty listing, kept in ``folder`` under no name. Raises DataDirectoryError when nothing
    can be written there."""
    with storage_errors(folder), NamedTemporaryFile(dir=folder, delete=False) as file:
        path = Path(file.name)
    with closing(sqlite3.connect(path)) as rows:
        try:
            with _refusals(folder):
                # Nobody else reads it, and after a crash nobody reads it at all.
                rows.execute("PRAGMA journal_mode = OFF")
                rows.execute("PRAGMA synchronous = OFF")
                rows.execute("PRAGMA locking_mode = EXCLUSIVE")
                rows.execute(_TABLE)
        finally:
            path.unlink()
        yield Listing(rows, folder)


@contextmanager
def lines_in(folder: Path) -> Iterator[Lines]:
    """Room for a listing's lines, in ``folder`` under no name. Raises as ``listing_in``."""
    with ExitStack() as opened:
        with storage_errors(folder):
            file = opened.enter_context(TemporaryFile(dir=folder))
        yield Lines(file, folder)


class Lines:
    """A listing as it comes over the wire, and then line by line."""

    def __init__(self, file: IO[bytes], folder: Path) -> None:
        self._file = file
        self._folder = folder

    def take(self, piece: bytes) -> None:
        """The next piece. Raises DiskFullError."""
        with storage_errors(self._folder):
            self._file.write(piece)

    def __iter__(self) -> Iterator[str]:
        """The lines; of one that is too long only its beginning."""
        with storage_errors(self._folder):
            self._file.seek(0)
        is_begun = False
        while line := self._file.readline(MAX_LINE_BYTES):
            if not is_begun:
                yield line.decode("utf-8", "replace")
            is_begun = not line.endswith(b"\n")


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE in _NO_ROOM:
            line = f"no room left in {folder}: free some, then run again to go on"
            raise DiskFullError(line) from error
        raise StoreError(f"the listing could not be kept in {folder}: {error}") from error
