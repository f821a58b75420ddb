"""Files that backfills have taken in: what need not be read again.

Only a saving: a file that is not listed is read once more, and its records are recognised by their
ids. It promises that a file is listed in the transaction that keeps the last of its captures, so
that whatever the moment of a kill, a listed file is in whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.model import CaptureRow
from archive.store import captures, schema
from archive.store.characters import storable
from archive.store.dialect import upsert
from archive.store.engine import asking, writing
from archive.store.sites import Sites

_t = schema.intakes
_PUT = upsert(_t, ["site_id", "name"], ["size", "modified", "run_id", "captures", "problems"])


@dataclass(frozen=True, slots=True)
class Intake:
    """A file as it was taken in: its ``name`` (an absolute path), ``size`` in bytes, ``modified``
    in nanoseconds since the epoch; how many ``captures`` and ``problems`` it had."""

    name: str
    size: int
    modified: int
    captures: int = 0
    problems: int = 0


class Intakes:
    """The files of one store."""

    def __init__(self, engine: Engine, sites: Sites) -> None:
        self._engine = engine
        self._sites = sites

    def known(self, site: str) -> dict[str, Intake]:
        """The files taken in for ``site``, by name."""
        statement = sa.select(_t).where(_t.c.site_id == self._sites.number(site))
        with asking(self._engine) as connection:
            return {
                row.name: Intake(row.name, row.size, row.modified, row.captures, row.problems)
                for row in connection.execute(statement)
            }

    def has(self, name: str) -> bool:
        """Whether the file of this name was taken in for any site."""
        statement = sa.select(sa.literal(1)).where(_t.c.name == storable(name)).limit(1)
        with asking(self._engine) as connection:
            return connection.execute(statement).first() is not None

    def add(
        self, site: str, run: int, rows: Sequence[CaptureRow], whole: Intake | None = None
    ) -> int:
        """Keep ``rows`` in one transaction; ``whole`` is the file whose last ones they are.
        Returns how many were not known yet."""
        number = self._sites.number(site)
        with writing(self._engine) as connection:
            new = captures.insert_many(connection, number, rows)
            if whole is not None:
                _put(connection, number, run, whole)
        return new


def _put(connection: Connection, site: int, run: int, file: Intake) -> None:
    row = {
        "site_id": site,
        "name": storable(file.name),
        "size": file.size,
        "modified": file.modified,
        "run_id": run,
        "captures": file.captures,
        "problems": file.problems,
    }
    connection.execute(_PUT, row)
