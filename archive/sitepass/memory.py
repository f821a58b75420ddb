"""What the site pass read before: pages are not read again where nothing can have changed.

What a page says depends on its bytes, on what is known of its host, and on the program; all three
have names. What was read is kept under them, in a file beside the store. It promises that what is
recalled is what reading would give now, that nothing is recalled of another edition of the program,
and that the file may be lost, damaged or unwritable at any time: the pages are then read.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from isal import isal_zlib

from archive.cleaning import HostModel
from archive.cleaning.hostmodel import Lesson
from archive.cleaning.unmasking.host import FrameSeen
from archive.cleaning.unmasking.slots import Slots
from archive.edition import edition
from archive.model import CaptureRow, Extraction
from archive.store.documents import from_plain, plain
from archive.warc.naming import apart, safe_prefix

FOLDER = "readings"
"""Where the files are, in the data directory; they may be thrown away."""
EDITION = "edition"
LEVEL = 1
IN_LIST = 200
"""Values in one question, well under SQLite's limit."""
SPARE = 1.2
"""The file is cleared of what nobody asks for any more when it holds so many times what is."""
_TABLES = """
CREATE TABLE told (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE lessons (record TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE readings (
    record TEXT PRIMARY KEY, model TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE conversions (
    article TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL,
    start INTEGER NOT NULL, size INTEGER NOT NULL, crc INTEGER NOT NULL
);
"""
_SLOTS = tuple(field.name for field in fields(Slots))

T = TypeVar("T")
Read = tuple[Extraction, FrameSeen]


class Converted(NamedTuple):
    """Where the records of an ``article`` that says what ``name`` names lie: in which ``file``
    (a name for its content), from ``start``, so many bytes, and their CRC-32."""

    article: str
    name: str
    file: str
    start: int
    size: int
    crc: int


def model_name(model: HostModel) -> str:
    """A name for all that ``model`` says of a page; how many pages it was learnt from says
    nothing."""
    said = replace(model, pages=0).to_json().encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=16).hexdigest()


class Memory:
    """What was read of one ``site``'s pages. Without ``rows`` it knows nothing and keeps nothing.

    ``is_warm``: it knew something when it was opened; ``is_lost``: it could not be relied on."""

    def __init__(self, site: str, rows: sqlite3.Connection | None = None) -> None:
        self.site = site
        self._rows = rows
        self.is_lost = False
        self.is_warm = bool(self._tried(_count))
        self._used: set[str] = set()

    def lessons(self, rows: Sequence[CaptureRow]) -> dict[str, Lesson]:
        """What these captures taught, by record."""
        return self._tried(lambda known: dict(_lessons(known, _records(rows)))) or {}

    def keep_lessons(self, taught: Mapping[str, Lesson]) -> None:
        """Remember what captures taught."""
        values = [(record, _packed(_lesson_document(one))) for record, one in taught.items()]
        self._write("INSERT OR REPLACE INTO lessons VALUES (?, ?)", values)

    def readings(self, rows: Sequence[CaptureRow], model: str) -> dict[str, Read]:
        """What these captures said to whoever knew of their host what ``model`` names."""
        records = _records(rows)
        self._used.update(records)
        return self._tried(lambda known: dict(_readings(known, records, model))) or {}

    def keep_readings(self, model: str, read: Mapping[str, Read]) -> None:
        """Remember what captures said."""
        values = [(record, model, _packed(_read_document(one))) for record, one in read.items()]
        self._write("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", values)

    def converted(self, article: str, name: str, file: str) -> Converted | None:
        """Where in ``file`` the records of ``article`` lie, if it said then what ``name`` names."""
        return self._tried(lambda known: _converted(known, article, name, file))

    def keep_converted(self, written: Sequence[Converted]) -> None:
        """Remember where articles lie."""
        self._write("INSERT OR REPLACE INTO conversions VALUES (?, ?, ?, ?, ?, ?)", written)

    def forget_converted(self, file: str) -> None:
        """Forget what lies in any other file."""
        self._write("DELETE FROM conversions WHERE file <> ?", [(file,)])

    def told(self, name: str) -> str | None:
        """What was kept under ``name``."""
        return self._tried(lambda known: _told(known, name))

    def keep_told(self, name: str, value: str) -> None:
        """Keep a text under a name."""
        self._write("INSERT OR REPLACE INTO told VALUES (?, ?)", [(name, value)])

    def forget_unused(self) -> None:
        """Forget what no question was about since this memory was opened, where it is much: for the
        end of a pass that asked for everything."""
        self._tried(self._clear)

    def _clear(self, known: sqlite3.Connection) -> None:
        if _count(known) <= SPARE * len(self._used):
            return
        with known:
            known.execute("CREATE TEMP TABLE used (record TEXT PRIMARY KEY)")
            known.executemany("INSERT INTO used VALUES (?)", ((one,) for one in self._used))
            for table in ("readings", "lessons"):
                known.execute(f"DELETE FROM {table} WHERE record NOT IN (SELECT record FROM used)")
            known.execute("DROP TABLE used")

    def _write(self, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
        def write(known: sqlite3.Connection) -> None:
            with known:
                known.executemany(statement, values)

        if values:
            self._tried(write)

    def _tried(self, question: Callable[[sqlite3.Connection], T]) -> T | None:
        """The answer; None where there is none, or nothing can be relied on from now on."""
        if self._rows is None:
            return None
        try:
            return question(self._rows)
        except Exception:  # a damaged file, a full disk: what comes of them is of many kinds
            self._rows = None
            self.is_lost = True
            return None


@contextmanager
def remembering(data: Path, site: str, *, anew: bool = False) -> Iterator[Memory]:
    """The memory of ``site`` in the data directory; ``anew``: with nothing in it yet."""
    path = _path(data, site)
    rows = None if anew else _opened(path)
    if rows is None:
        # Of another edition, damaged, or not there yet.
        _remove(path)
        rows = _opened(path, fresh=True)
    memory = Memory(site, rows)
    try:
        yield memory
    finally:
        if rows is not None:
            with suppress(sqlite3.Error):
                rows.close()
        if memory.is_lost:
            _remove(path)


def _path(data: Path, site: str) -> Path:
    return data / FOLDER / f"{safe_prefix(site)}-{apart(site)}.db"


def _opened(path: Path, *, fresh: bool = False) -> sqlite3.Connection | None:
    """The file, if it can be had and is this edition's."""
    if not fresh and not path.exists():
        return None
    rows = None
    try:
        path.parent.mkdir(exist_ok=True)
        rows = sqlite3.connect(path)
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            rows.executescript(_TABLES)
            with rows:
                rows.execute("INSERT INTO told VALUES (?, ?)", (EDITION, edition()))
        if _told(rows, EDITION) == edition():
            return rows
    except (sqlite3.Error, OSError):
        pass
    if rows is not None:
        rows.close()
    return None


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + end).unlink()


def _told(known: sqlite3.Connection, name: str) -> str | None:
    row = known.execute("SELECT value FROM told WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def _converted(known: sqlite3.Connection, article: str, name: str, file: str) -> Converted | None:
    question = "SELECT * FROM conversions WHERE article = ? AND name = ? AND file = ?"
    row = known.execute(question, (article, name, file)).fetchone()
    return None if row is None else Converted(*row)


def _count(known: sqlite3.Connection) -> int:
    return int(known.execute("SELECT count(*) FROM readings").fetchone()[0])


def _records(rows: Iterable[CaptureRow]) -> list[str]:
    return [row.pointer.record_id for row in rows]


def _asked(records: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The records, as many at a time as one question takes, and its place holders."""
    waiting = iter(records)
    while some := list(islice(waiting, IN_LIST)):
        yield ", ".join("?" * len(some)), some


def _lessons(known: sqlite3.Connection, records: Sequence[str]) -> Iterator[tuple[str, Lesson]]:
    for marks, some in _asked(records):
        question = f"SELECT record, body FROM lessons WHERE record IN ({marks})"
        for record, body in known.execute(question, some):
            yield record, _lesson(_unpacked(body))


def _readings(
    known: sqlite3.Connection, records: Sequence[str], model: str
) -> Iterator[tuple[str, Read]]:
    for marks, some in _asked(records):
        question = f"SELECT record, body FROM readings WHERE record IN ({marks}) AND model = ?"
        for record, body in known.execute(question, [*some, model]):
            yield record, _read(_unpacked(body))


def _packed(document: object) -> bytes:
    # Half a character (a lone surrogate) is kept, too: what is recalled is what was read.
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return bytes(isal_zlib.compress(text.encode("utf-8", "surrogatepass"), LEVEL))


def _unpacked(body: bytes) -> Any:
    return json.loads(isal_zlib.decompress(body).decode("utf-8", "surrogatepass"))


def _lesson_document(lesson: Lesson) -> object:
    return [
        lesson.host,
        lesson.mark,
        sorted(lesson.lines),
        dict(lesson.body),
        lesson.container,
        lesson.title,
    ]


def _lesson(document: Any) -> Lesson:
    host, mark, lines, body, container, title = document
    return Lesson(host, mark, frozenset(lines), body, container, title)


def _read_document(read: Read) -> object:
    extraction, frame = read
    slots = {name: getattr(frame.slots, name) for name in _SLOTS}
    return [
        plain(extraction),
        frame.url,
        slots,
        sorted(frame.signs),
        frame.links,
        frame.away,
        frame.head,
        frame.unseen,
    ]


def _read(document: Any) -> Read:
    extraction, url, slots, signs, links, away, head, unseen = document
    found = Slots(**{name: tuple(slots[name]) for name in _SLOTS})
    led = tuple((path, words) for path, words in links)
    seen = FrameSeen(url, found, frozenset(signs), led, away, head, tuple(unseen))
    return from_plain(extraction), seen
