"""Time that goes by for an archive: its past is moved a day back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.store import schema


def a_day_goes_by(data: Path) -> None:
    """Everything that the store of ``data`` knows happened a day earlier."""
    time_goes_by(data, 1)


def time_goes_by(data: Path, days: int) -> None:
    """The same for so many ``days``; where there are fewer than none, it happened later."""
    with closing(sqlite3.connect(data / "palimpsest.db")) as store, store:
        for table in schema.metadata.tables.values():
            for column in table.c:
                if isinstance(column.type, schema.Moment):
                    then = f"strftime('%Y-%m-%dT%H:%M:%f000Z', {column.name}, '{-days} day')"
                    store.execute(f"UPDATE {table.name} SET {column.name} = {then}")
