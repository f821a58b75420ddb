"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps per dialect.

It promises that no other module of the store imports a dialect; what changes with the database
changes here (and in ``fulltext``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Connection

from archive.store.engine import driver


def insert_new(table: sa.Table) -> sa.Insert:
    """An insert that leaves a row alone that is already there."""
    return sqlite.insert(table).on_conflict_do_nothing()


def upsert(table: sa.Table, keys: Sequence[str], changing: Sequence[str]) -> sa.Insert:
    """An insert that overwrites the ``changing`` columns of the row with the same ``keys``."""
    statement = sqlite.insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(keys),
        set_={name: statement.excluded[name] for name in changing},
    )


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
    def _compiled(self) -> tuple[str, tuple[str, ...], dict[str, Any]]:
        compiled = self._statement.compile(dialect=sqlite.dialect(), column_keys=self._columns)
        names = tuple(getattr(compiled, "positiontup", None) or ())
        return str(compiled), names, dict(compiled.params)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Execute once in the connection's transaction."""
        sql, names, known = self._compiled
        return driver(connection).execute(sql, [_value(values, known, name) for name in names])

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> sqlite3.Cursor:
        """Execute once for each row."""
        sql, names, known = self._compiled
        values = [[_value(row, known, name) for name in names] for row in rows]
        return driver(connection).executemany(sql, values)


def _value(values: Mapping[str, Any], known: Mapping[str, Any], name: str) -> Any:
    return values[name] if name in values else known[name]
