"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps per dialect.

It promises that what changes with the database changes here, in ``engine`` and ``postgres``, and in
the index that lies in PostgreSQL (``index.terms_table``). SQLite's ``ON CONFLICT`` is PostgreSQL's,
and SQLAlchemy compiles PostgreSQL's clause for both.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def insert_new(table: sa.Table) -> sa.Insert:
    """An insert that leaves a row alone that is already there."""
    return postgresql.insert(table).on_conflict_do_nothing()


def begins(
    connection: Connection, column: sa.ColumnElement[str], prefix: str
) -> sa.ColumnElement[bool]:
    """Whether a text begins with ``prefix``, which ends in a character that has a next one. SQLite,
    whose texts are in the order of their bytes, finds it by an index."""
    if connection.dialect.name != "sqlite":
        return column.startswith(prefix, autoescape=True)
    return sa.and_(column >= prefix, column < prefix[:-1] + chr(ord(prefix[-1]) + 1))


def upsert(table: sa.Table, keys: Sequence[str], changing: Sequence[str]) -> sa.Insert:
    """An insert that overwrites the ``changing`` columns of the row with the same ``keys``."""
    statement = postgresql.insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(keys),
        set_={name: statement.excluded[name] for name in changing},
    )


@cache
def _postgres() -> sa.Dialect:
    # Not before it is needed: loading the driver takes longer than opening a SQLite store.
    return sa.make_url("postgresql+psycopg://").get_dialect()()


class Rows(Protocol):
    """What both drivers' cursors have."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:
        """The next row as a tuple, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left, as tuples."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one driver takes it; ``names`` in the order of the question marks."""

    sql: str
    names: tuple[str, ...]
    known: Mapping[str, Any]


class Prepared:
    """A statement written in SQLAlchemy's words, compiled once and then run by the driver.

    For the few statements that run for every page: the way through SQLAlchemy's execution costs
    ten times what SQLite needs for the row. Values go in and come out as the driver has them
    (``Moment`` columns as text).
    """

    def __init__(self, statement: sa.ClauseElement, columns: Sequence[str] = ()) -> None:
        """``columns`` are those an insert fills."""
        self._statement = statement
        self._columns = list(columns) or None

    @cached_property
    def _for_sqlite(self) -> _Compiled:
        compiled = self._statement.compile(dialect=sqlite.dialect(), column_keys=self._columns)
        names = tuple(getattr(compiled, "positiontup", None) or ())
        return _Compiled(str(compiled), names, dict(compiled.params))

    @cached_property
    def _for_postgres(self) -> _Compiled:
        compiled = self._statement.compile(dialect=_postgres(), column_keys=self._columns)
        return _Compiled(str(compiled), tuple(compiled.params), dict(compiled.params))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """Execute once in the connection's transaction."""
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            one = self._for_sqlite
            return raw.execute(one.sql, [_value(values, one.known, name) for name in one.names])
        one = self._for_postgres
        cursor = raw.execute(one.sql, _values(values, one))  # type: ignore[union-attr]
        return _answer(connection, cursor)

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> Rows:
        """Execute once for each row."""
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            one = self._for_sqlite
            values = [[_value(row, one.known, name) for name in one.names] for row in rows]
            return raw.executemany(one.sql, values)
        one = self._for_postgres
        cursor: Any = raw.cursor()  # type: ignore[union-attr]
        cursor.executemany(one.sql, [_values(row, one) for row in rows])
        return _answer(connection, cursor)


def _answer(connection: Connection, cursor: Any) -> Rows:
    # The driver is loaded by now: it was asked.
    from archive.store import piping

    return cast(Rows, piping.answer(connection, cursor))


def _values(values: Mapping[str, Any], compiled: _Compiled) -> dict[str, Any]:
    return {name: _value(values, compiled.known, name) for name in compiled.names}


def _value(values: Mapping[str, Any], known: Mapping[str, Any], name: str) -> Any:
    return values[name] if name in values else known[name]
