"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps per dialect.

It promises that no other module of the store imports a dialect; what changes with the database
changes here (and in ``fulltext``).
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


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
