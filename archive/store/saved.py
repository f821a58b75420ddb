"""Saved queries: what was asked once and is to be asked again, under a name.

They lie in the store, so that everybody who works with the archive has them. It promises that a
name means one query, and that a query means the same when it is asked again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.errors import NotFoundError, UsageError
from archive.search.filters import Filters
from archive.store import schema
from archive.store.characters import storable
from archive.store.engine import reading, writing

MARK = "@"
"""What a typed query begins with that names a saved one."""

MAX_NAME = 100
"""Characters of a name."""

_DAYS = ("date_from", "date_to")
_t = schema.saved_queries


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A query in the language of docs/search.md, with its filters, and when it was saved."""

    name: str
    query: str
    filters: Filters
    saved_at: datetime


class SavedQueries:
    """The saved queries of one store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, name: str, query: str, filters: Filters | None = None) -> SavedQuery:
        """Save the query under the name, in place of the one that had it. Raises UsageError for a
        name that could not be typed: an empty or long one, one with white space or quotation
        marks."""
        name = name.removeprefix(MARK)
        odd = any(one.isspace() or not one.isprintable() or one in "\"'" for one in name)
        if not name or len(name) > MAX_NAME or odd:
            raise UsageError(
                f"a saved query cannot be called {name[:MAX_NAME]!r}: "
                "a name is one word without quotation marks"
            )
        made = SavedQuery(name, storable(query), filters or Filters(), datetime.now(UTC))
        with writing(self._engine) as connection:
            connection.execute(sa.delete(_t).where(_t.c.name == name))
            connection.execute(sa.insert(_t), _row(made))
        return made

    def get(self, name: str) -> SavedQuery:
        """The saved query of this name; NotFoundError names the others."""
        name = name.removeprefix(MARK)
        with reading(self._engine) as connection:
            row = connection.execute(sa.select(_t).where(_t.c.name == name)).first()
            if row is None:
                raise _missing(connection, name)
            return _saved(row)

    def all(self) -> list[SavedQuery]:
        """Every saved query, by name."""
        with reading(self._engine) as connection:
            return [_saved(row) for row in connection.execute(sa.select(_t).order_by(_t.c.name))]

    def remove(self, name: str) -> None:
        """Forget the saved query of this name; NotFoundError names the others."""
        name = name.removeprefix(MARK)
        with writing(self._engine) as connection:
            if not connection.execute(sa.delete(_t).where(_t.c.name == name)).rowcount:
                raise _missing(connection, name)

    def recalled(self, typed: str, filters: Filters) -> tuple[str, Filters]:
        """What was typed and the filters, with a saved query put in that ``typed`` begins with
        (``@NAME``): further words narrow it, filters replace its own. Where there is none of that
        name, what was typed is text like any other."""
        first, _, rest = typed.strip().partition(" ")
        if not first.startswith(MARK) or len(first) == len(MARK):
            return typed, filters
        try:
            saved = self.get(first)
        except NotFoundError:
            return typed, filters
        given = {name: value for name, value in asdict(filters).items() if value is not None}
        query = f"({saved.query}) {rest}" if rest and saved.query.strip() else saved.query or rest
        return query, replace(saved.filters, **given)


def _missing(connection: Connection, name: str) -> NotFoundError:
    names = connection.execute(sa.select(_t.c.name).order_by(_t.c.name)).scalars()
    known = ", ".join(names) or "none"
    return NotFoundError(f"no saved query is called {name[:MAX_NAME]!r}; there are: {known}")


def _row(saved: SavedQuery) -> dict[str, Any]:
    filters = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(saved.filters).items()
        if value is not None
    }
    return {
        "name": saved.name,
        "query": saved.query,
        "filters": filters,
        "saved_at": saved.saved_at,
    }


def _saved(row: sa.Row[Any]) -> SavedQuery:
    known = {field.name for field in fields(Filters)}
    values = {name: value for name, value in row.filters.items() if name in known}
    days = {name: date.fromisoformat(values[name]) for name in _DAYS if name in values}
    return SavedQuery(row.name, row.query, Filters(**values | days), row.saved_at)
