"""A store that this process cannot change: on a read-only or full disk, or in somebody else's
directory.

SQLite wants to make its log and its shared memory beside the store, and opens nothing where it
cannot. Such a store is read as it lies, without asking anybody for a lock. It promises that a
transaction never begins on what the file was before another process wrote into it.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from archive.warc.storage import has_room

_State = tuple[int, int, int, int]


class StillConnection(sqlite3.Connection):
    """A connection that reads the file as it lay when it was opened: ``state`` is what it was."""

    state: _State


def opened(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection to the store at ``path``, which waits ``timeout`` seconds for others' locks.
    Where another process is writing, its log and shared memory are there, and SQLite reads beside
    it as ever. Raises sqlite3.Error."""
    state = _state_at_rest(path)
    if state is None:
        return sqlite3.connect(path, timeout=timeout, check_same_thread=False)
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?immutable=1",
        timeout=timeout,
        check_same_thread=False,
        factory=StillConnection,
        uri=True,
    )
    assert isinstance(connection, StillConnection)
    connection.state = state
    return connection


def renew(path: Path, connection: sqlite3.Connection) -> None:
    """Raises DisconnectionError, upon which the pool opens another connection, where the file at
    ``path`` is not what it was when this one was opened."""
    if isinstance(connection, StillConnection) and connection.state != _state_at_rest(path):
        raise sa.exc.DisconnectionError("the store has been written to meanwhile")


def _state_at_rest(path: Path) -> _State | None:
    """What tells one state of the store from another; None where this process can change it, or
    where another one is just doing so."""
    if os.access(path.parent, os.W_OK) and (_beside(path, "shm").exists() or has_room(path.parent)):
        return None
    try:
        store = path.stat()
        log = _beside(path, "wal")
        if log.exists() and log.stat().st_size:
            return None
    except OSError:
        return None
    return store.st_ino, store.st_size, store.st_mtime_ns, store.st_ctime_ns


def _beside(path: Path, what: str) -> Path:
    """The file that SQLite makes beside a store (sqlite.org/walformat.html)."""
    return path.with_name(f"{path.name}-{what}")
