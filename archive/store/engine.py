"""The connection to the database: how it is set up, and what its errors mean to an operator.

Only this module, ``postgres`` and ``dialect`` know which database it is. It promises that a write
transaction holds the write lock from its first statement (so it never fails half-way for a lock
that another process took), and that every database error leaves as one of our own.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from isal import isal_zlib
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.interfaces import ExceptionContext

from archive.errors import (
    DataDirectoryError,
    DiskFullError,
    LockedError,
    PalimpsestError,
    SchemaError,
    StoreError,
)
from archive.lock import is_beside_others
from archive.store.still import opened, renew
from archive.warc.storage import has_room, no_room

BUSY_TIMEOUT_MS = 30_000
BESIDE_OTHERS_MS = 3_600_000
"""The same where several processes write at a time on purpose: one that makes the articles of a
large site holds the write lock for minutes."""
PLENTY_BYTES = 16_000_000
"""Room in which SQLite, which has given up its transaction meanwhile, was not short of any."""
_LOCKED_PAUSE = 0.02  # seconds between two tries where SQLite itself does not wait
CACHE_KIB = 16_384
CHECKPOINT_PAGES = 4_000  # 16 MB of log: pages that change often are copied once, not each time
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "trusted_schema = OFF",  # what a store of somebody else's has built in calls nothing of ours
    f"cache_size = -{CACHE_KIB}",
    f"wal_autocheckpoint = {CHECKPOINT_PAGES}",
)
_DRIVERS = (sqlite3.Error, UnicodeDecodeError)
"""What the driver raises; the second where SQLite's own message quotes a damaged schema."""
_NOT_PACKED = cast("type[Exception]", isal_zlib.error)  # the stub has it as an instance
_PRIMARY_CODE = 0xFF  # extended SQLite result codes keep the primary one in the low byte


_closed: weakref.WeakSet[Engine] = weakref.WeakSet()


def close(engine: Engine) -> None:
    """Let go of the database for good: whoever asks again is told so. An engine by itself would
    connect anew, and nobody would close that."""
    # What another thread is still reading with comes back to a pool that nobody empties any more.
    sa.event.listen(engine.pool, "checkin", _let_go)
    _closed.add(engine)
    engine.dispose()


def _let_go(_connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
    record.invalidate()


def is_closed(engine: Engine) -> bool:
    """Whether nothing more is answered."""
    return engine in _closed


def connect(path: Path) -> Engine:
    """An engine over the SQLite file ``path``; nothing is opened or created yet."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),
        creator=lambda: opened(path, _patience_ms() / 1000),
    )
    sa.event.listen(engine, "connect", lambda raw, _: _set_up(path.parent, raw))
    sa.event.listen(engine, "checkout", lambda raw, *_: renew(path, raw))
    sa.event.listen(engine, "begin", _begin)
    sa.event.listen(engine, "handle_error", _translate)
    return engine


def _set_up(folder: Path, connection: sqlite3.Connection) -> None:
    # The driver's own transaction handling is off: it would begin late and without the lock.
    connection.isolation_level = None
    patient = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    try:
        for pragma in (f"busy_timeout = {_patience_ms()}", *_PRAGMAS):
            _apply(connection, pragma, patient)
    except _DRIVERS as error:
        connection.close()
        raise explain(error, folder) from error


def _patience_ms() -> int:
    return BESIDE_OTHERS_MS if is_beside_others() else BUSY_TIMEOUT_MS


def _apply(connection: sqlite3.Connection, pragma: str, patient: float) -> None:
    """Where two processes turn a new store to WAL at once, SQLite refuses one of them without
    waiting: its busy timeout is not for a change of the journal's mode."""
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}").close()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & _PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > patient:
                raise
            time.sleep(_LOCKED_PAUSE)
        else:
            return


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("reads", False)
    try:
        driver(connection).execute("BEGIN" if reads else "BEGIN IMMEDIATE")
    except _DRIVERS as error:
        # The engine hears of no error that the driver raised by itself.
        raise explain(error, _folder(connection.engine)) from error


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection, for the statements that run for every page."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise StoreError("the store is not SQLite")
    return raw


@dataclass(frozen=True, slots=True)
class _Transaction:
    """A transaction that is shared, and what is to be done when it has been committed."""

    engine: Engine
    connection: Connection
    after: list[Callable[[], None]] = field(default_factory=list)


class _Shared(threading.local):
    """The transaction that everything written in a thread joins. A thread's and no context's: what
    an event loop is told meanwhile runs later, with the context of now."""

    now: _Transaction | None = None


_shared = _Shared()


@contextmanager
def together(engine: Engine) -> Iterator[None]:
    """What is written within, by this thread, is one transaction: committed at the end, rolled back
    when anything is raised. Pages that come at the same time share the cost of one commit."""
    if _of(engine) is not None:
        yield
        return
    with _in_our_words(engine), _begun(engine) as connection:
        shared = _Transaction(engine, connection)
        before, _shared.now = _shared.now, shared
        try:
            yield
        finally:
            _shared.now = before
    for call in shared.after:
        call()


@contextmanager
def _begun(engine: Engine) -> Iterator[Connection]:
    if engine.dialect.name != "postgresql":
        with writing(engine) as connection:
            yield connection
        return
    from archive.store import piping

    with piping.transaction(engine) as connection:
        yield connection


@contextmanager
def apart(engine: Engine) -> Iterator[None]:
    """Within ``together``: what is written in here is rolled back by itself when anything is
    raised, and the rest of the transaction stands. Not so for a StoreError: after that nobody
    knows what stands, and the whole is to be given up."""
    shared = _of(engine)
    if shared is None:
        raise RuntimeError("apart from nothing: no transaction is shared")
    raw: Any = shared.connection.connection.driver_connection
    mark = len(shared.after)
    raw.execute("SAVEPOINT apart")
    try:
        yield
    except PalimpsestError:
        raise
    except BaseException:
        del shared.after[mark:]
        raw.execute("ROLLBACK TO SAVEPOINT apart")
        raw.execute("RELEASE SAVEPOINT apart")
        raise
    raw.execute("RELEASE SAVEPOINT apart")


def when_committed(engine: Engine, call: Callable[[], None]) -> None:
    """Do it when what was just written has been committed: now, or at the end of ``together``;
    never, when it is rolled back."""
    shared = _of(engine)
    if shared is None:
        call()
    else:
        shared.after.append(call)


def when_answered(engine: Engine, call: Callable[[], None]) -> None:
    """Do it when looking at an answer that was asked for needs no waiting: at the end of
    ``together``, or now."""
    if engine.dialect.name == "postgresql":
        when_committed(engine, call)
    else:
        call()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction: committed at the end, rolled back when anything is raised; within
    ``together``, a part of that one."""
    with _in_our_words(engine):
        if (shared := _of(engine)) is not None:
            yield shared.connection
        else:
            with engine.begin() as connection:
                yield connection


@contextmanager
def unwaited(connection: Connection) -> Iterator[None]:
    """Within, with PostgreSQL, what is ``Prepared`` is sent, and waited for only by whoever looks
    at the answer."""
    if connection.dialect.name != "postgresql":
        yield
        return
    from archive.store import piping

    with piping.piped(connection):
        yield


@contextmanager
def sending(engine: Engine) -> Iterator[Connection]:
    """The same for statements that are ``Prepared``: with PostgreSQL they are one message, with the
    transaction's beginning and end, and whoever looks at an answer before that waits for it."""
    with together(engine), writing(engine) as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view for reading, which never waits for a writer."""
    with _in_our_words(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            yield connection.execution_options(isolation_level="REPEATABLE READ")
            # Rolled back, the driver would forget what it has prepared.
            connection.commit()
        else:
            yield connection.execution_options(reads=True)


@contextmanager
def viewing(engine: Engine) -> Iterator[Connection]:
    """The same for statements that are ``Prepared``: with PostgreSQL all of them are one message,
    and whoever looks at an answer before the end waits for it."""
    if engine.dialect.name != "postgresql":
        with reading(engine) as connection:
            yield connection
        return
    from archive.store import piping

    with _in_our_words(engine), piping.transaction(engine, reads=True) as connection:
        yield connection


@contextmanager
def asking(engine: Engine) -> Iterator[Connection]:
    """For one statement that reads, which is a view by itself: two messages to a server fewer."""
    if engine.dialect.name != "postgresql":
        with reading(engine) as connection:
            yield connection
        return
    with _in_our_words(engine), engine.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def agreeing(engine: Engine) -> Iterator[None]:
    """Rows are put together within that one transaction wrote together: in a sound file none of
    them lacks, and each can be read. Raises StoreError where that is not so."""
    try:
        yield
    except (KeyError, TypeError, ValueError, _NOT_PACKED) as error:
        if engine.dialect.name != "sqlite":
            raise
        kind, advice = _MEANINGS[sqlite3.SQLITE_CORRUPT]
        raise kind(f"the store: rows that belong together do not agree; {advice}") from error


def _of(engine: Engine) -> _Transaction | None:
    """The transaction that is shared in this thread, if one is."""
    shared = _shared.now
    return shared if shared is not None and shared.engine is engine else None


@contextmanager
def _in_our_words(engine: Engine) -> Iterator[None]:
    if is_closed(engine):
        raise StoreError("the archive was closed: open it again to go on")
    try:
        yield
    except Exception as error:
        if (ours := _ours(error, engine)) is not None:
            raise ours from error
        raise


def _ours(error: Exception, engine: Engine) -> PalimpsestError | None:
    """The driver's error as one of our own; None where it is no driver's."""
    if isinstance(error, sqlite3.Error):
        return explain(error, _folder(engine))
    if type(error).__module__.partition(".")[0] == "psycopg":
        # Not before it is needed: most stores are SQLite, and the driver takes long to load.
        from archive.store import postgres

        return postgres.explain_any(error)
    return None


def _translate(context: ExceptionContext) -> None:
    error = context.original_exception
    if isinstance(error, _DRIVERS):
        raise explain(error, _folder(context.engine)) from error


def _folder(engine: Engine | None) -> Path | None:
    """Where the store lies; None where nobody can say."""
    path = None if engine is None else engine.url.database
    return Path(path).parent if path else None


def explain(
    error: sqlite3.Error | UnicodeDecodeError, folder: Path | None = None
) -> PalimpsestError:
    """What a SQLite error means to an operator, and what can be done (sqlite.org/rescode);
    ``folder`` is where the store lies."""
    if isinstance(error, UnicodeDecodeError):
        kind, advice = _MEANINGS[sqlite3.SQLITE_CORRUPT]
        return kind(f"the store: malformed database schema; {advice}")
    code = getattr(error, "sqlite_errorcode", -1) & _PRIMARY_CODE
    if code in _MAY_BE_FULL and folder is not None and not has_room(folder):
        # To SQLite a quota that is used up is a broken disk; a full one is only read.
        code = sqlite3.SQLITE_FULL
    if code == sqlite3.SQLITE_FULL and folder is not None and not has_room(folder, PLENTY_BYTES):
        return no_room(folder)
    kind, advice = _MEANINGS.get(code, _UNKNOWN)
    return kind(f"the store: {error}; {advice}")


_MEANINGS: dict[int, tuple[type[PalimpsestError], str]] = {
    sqlite3.SQLITE_FULL: (
        DiskFullError,
        "make room on its disk and on that of temporary files (TMPDIR), and run the command again",
    ),
    sqlite3.SQLITE_READONLY: (DataDirectoryError, "make the data directory writable"),
    sqlite3.SQLITE_PERM: (DataDirectoryError, "make the data directory writable"),
    sqlite3.SQLITE_CANTOPEN: (DataDirectoryError, "make the data directory writable"),
    sqlite3.SQLITE_IOERR: (DataDirectoryError, "check the disk that holds the data directory"),
    sqlite3.SQLITE_BUSY: (LockedError, "another process holds it; try again when it has ended"),
    sqlite3.SQLITE_LOCKED: (LockedError, "another process holds it; try again when it has ended"),
    sqlite3.SQLITE_CORRUPT: (
        StoreError,
        "the file is damaged: move palimpsest.db away; `palimpsest backfill DATA/warc --site NAME "
        "--data DATA` makes it again from the WARC files",
    ),
    sqlite3.SQLITE_NOTADB: (SchemaError, "palimpsest.db is not a store; name another directory"),
}
_MAY_BE_FULL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY})
_UNKNOWN: tuple[type[PalimpsestError], str] = (StoreError, "this is a fault of the program")
