"""Statements sent to a PostgreSQL server without waiting for the answer to each.

A server on another continent answers after 200 ms, however little is asked. It promises that within
``piped`` only those answers are waited for that somebody looks at, that what the server refuses is
raised at the latest when the block ends, and that whatever does not know of this (SQLAlchemy's own
execution) gets its answer as ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

_PIPELINE = "palimpsest pipeline"
_VIEW = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


@contextmanager
def piped(connection: Connection) -> Iterator[None]:
    """Within, what is ``Prepared`` is sent and not waited for. Of old client libraries, which do
    not know how (libpq before 14), each answer is waited for."""
    info = connection.info
    if _PIPELINE in info or not psycopg.Pipeline.is_supported():
        yield
        return
    with _raw(connection).pipeline() as info[_PIPELINE]:
        try:
            yield
        finally:
            del info[_PIPELINE]


@contextmanager
def transaction(engine: Engine, *, reads: bool = False) -> Iterator[Connection]:
    """A transaction that is ``piped``, its beginning and its end included; one that ``reads`` has
    one consistent view."""
    with engine.connect() as plain:
        # The driver would begin it by itself, and wait for that.
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        raw = _raw(connection)
        try:
            with piped(connection):
                raw.execute(_VIEW if reads else "BEGIN")
                yield connection
                raw.execute("COMMIT")
        except BaseException:
            with suppress(psycopg.Error):
                raw.rollback()
            raise


class Answer:
    """What comes of a statement that was sent; whoever asks waits for it."""

    def __init__(self, cursor: psycopg.Cursor[Any], pipeline: psycopg.Pipeline) -> None:
        self._cursor = cursor
        self._pipeline = pipeline

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        if self._cursor.pgresult is None and self._pipeline.level:
            self._pipeline.sync()
        return self._cursor.rowcount

    def fetchone(self) -> Any:
        """The next row as a tuple, or None."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """All rows that are left, as tuples."""
        return self._cursor.fetchall()


def answer(connection: Connection, cursor: psycopg.Cursor[Any]) -> Answer | psycopg.Cursor[Any]:
    """What came, or is to come, of what ``cursor`` executed."""
    pipeline = connection.info.get(_PIPELINE)
    return cursor if pipeline is None else Answer(cursor, pipeline)


def listen(engine: Engine) -> None:
    """Have SQLAlchemy wait for what it executes itself."""
    sa.event.listen(engine, "after_cursor_execute", _wait)


def _wait(connection: Connection, *_: object) -> None:
    pipeline = connection.info.get(_PIPELINE)
    if pipeline is not None:
        pipeline.sync()


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    return raw
