"""Rows of the table of terms on their way into it: one by one, or many in one statement.

It promises that what is put or removed later stands in the place of what was put before, and that
a row is only written where its article is.
"""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.model import Extraction
from archive.search.joined import indexed
from archive.store import schema
from archive.store.dialect import Prepared
from archive.store.index.layout import TEXT_FIELDS, texts
from archive.store.index.terms_table import table

AT_ONCE = 100
"""Rows of a statement."""

_OF_ARTICLE = ("digest", "site_id", "branch_id", "status", "published")
_GIVEN = {"number": "integer", "length": "integer"} | dict.fromkeys(TEXT_FIELDS, "text")
_FILLED = (*_OF_ARTICLE, "length", *TEXT_FIELDS)

Row = dict[str, int | str]


@cache
def _putting(name: str) -> Prepared:
    arrays = ", ".join(f"CAST(:{one} AS {kind}[])" for one, kind in _GIVEN.items())
    statement = sa.text(
        f"INSERT INTO {name} (article_n, {', '.join(_FILLED)}) "
        f"SELECT of.n, {', '.join(f'of.{one}' for one in _OF_ARTICLE)}, "
        f"{', '.join(f'given.{one}' for one in _FILLED[len(_OF_ARTICLE) :])} "
        f"FROM unnest({arrays}) AS given ({', '.join(_GIVEN)}) "
        f"JOIN {schema.articles.name} AS of ON of.n = given.number "
        "ON CONFLICT (article_n) DO UPDATE SET "
        + ", ".join(f"{one} = excluded.{one}" for one in _FILLED)
    )
    return Prepared(statement)


_REMOVE = Prepared(sa.delete(table).where(table.c.article_n == sa.bindparam("at_n")))


def row(number: int, reading: Extraction) -> Row:
    """What is kept of article row ``number``, which has this reading."""
    made: Row = {"number": number, "length": 0} | dict.fromkeys(TEXT_FIELDS, "")
    for name, text in texts(reading):
        found = indexed(text)
        made[name] = f" {' '.join(found)} "
        if name == "text":
            made["length"] = len(found)
    return made


class Waiting:
    """Rows for ``into`` that wait until there are enough for a statement."""

    def __init__(self, connection: Connection, into: sa.Table = table) -> None:
        self._connection = connection
        self._putting = _putting(into.name)
        self._rows: dict[int, Row] = {}

    def put(self, number: int, reading: Extraction) -> None:
        """Keep the article row, soon."""
        self._rows[number] = row(number, reading)
        if len(self._rows) >= AT_ONCE:
            self.flush()

    def remove(self, number: int) -> None:
        """Drop the article row."""
        self._rows.pop(number, None)
        _REMOVE.run(self._connection, {"at_n": number})

    def flush(self) -> None:
        """Keep what waits."""
        if self._rows:
            waiting, self._rows = list(self._rows.values()), {}
            given = {name: [one[name] for one in waiting] for name in _GIVEN}
            self._putting.run(self._connection, given)
