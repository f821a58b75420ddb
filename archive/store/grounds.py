"""What is to be known of the store before an article is written into it.

The store may lie on another continent. It promises that all of this is asked for at once: for one
article as its page comes in, for all of a site before a site pass writes them.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.model import Article
from archive.store import schema
from archive.store.characters import storable_or_none
from archive.store.dialect import Prepared, Rows, insert_new

NUMBERS_AT_ONCE = 100
"""Rows that the articles of a site pass are given at a time; what is not used is a gap."""

_a, _b = schema.articles, schema.branches
_STANDING = _a.c.n, _a.c.digest, _a.c.status, _a.c.first_seen, _a.c.last_seen
_ONE = Prepared(sa.select(*_STANDING).where(_a.c.id == sa.bindparam("id")))
_ALL = Prepared(sa.select(*_STANDING, _a.c.id).where(_a.c.site_id == sa.bindparam("site_id")))
_BRANCHES = sa.select(_b.c.id, _b.c.name).where(_b.c.site_id == sa.bindparam("site_id"))
_ALL_BRANCHES = Prepared(_BRANCHES)
_ONE_BRANCH = Prepared(_BRANCHES.where(_b.c.name == sa.bindparam("name")))
_NEW_BRANCH = Prepared(insert_new(_b), ["site_id", "name"])
_NUMBERS = Prepared(
    sa.text(
        f"SELECT nextval(pg_get_serial_sequence('{_a.name}', 'n')) "
        "FROM generate_series(1, CAST(:count AS integer))"
    )
)


class Standing(NamedTuple):
    """Of an article in the store: its row, its name (``articles.said``), its status, and when it
    was seen, as the driver has it."""

    number: int
    digest: str
    status: str
    first_seen: str
    last_seen: str


class Grounds(Protocol):
    """What whoever writes an article asks."""

    def standing(self, id_: str) -> Standing | None:
        """The article with this id as it stands in the store, or None."""

    def branch(self, name: str | None) -> int | None:
        """The row of the branch of this name, which is made where there is none; of no name,
        None."""

    def new_row(self) -> int | None:
        """The row of a new article; None where the database is to give it."""


class OfOne:
    """The grounds of one ``article`` of site number ``site``, asked for and not waited for."""

    def __init__(self, connection: Connection, site: int, article: Article) -> None:
        self._connection = connection
        self._site = site
        self._id = article.id
        self._standing = _ask_standing(connection, article.id)
        self._name = storable_or_none(article.reading.branch)
        self._branch = None if self._name is None else _ask_branch(connection, site, self._name)
        self._row = _ask_rows(connection, 1)

    def standing(self, id_: str) -> Standing | None:
        """The article with this id as it stands in the store, or None."""
        asked = self._standing if id_ == self._id else _ask_standing(self._connection, id_)
        row = asked.fetchone()
        return None if row is None else Standing._make(row)

    def branch(self, name: str | None) -> int | None:
        """The row of the branch, which is made where there is none."""
        if name is None:
            return None
        known = self._branch if name == self._name else None
        asked = known or _ask_branch(self._connection, self._site, name)
        return _told(asked) or _made(self._connection, self._site, name)

    def new_row(self) -> int | None:
        """Where the article goes, if it is new."""
        return None if self._row is None else int(self._row.fetchone()[0])


class OfAll:
    """The grounds of all articles of site number ``site``."""

    def __init__(self, connection: Connection, site: int) -> None:
        self._connection = connection
        self._site = site
        values = {"site_id": site}
        standing, branches = (one.run(connection, values) for one in (_ALL, _ALL_BRANCHES))
        self.standing_now = {row[-1]: Standing._make(row[:-1]) for row in standing.fetchall()}
        self._branches: dict[str, int] = {row[1]: int(row[0]) for row in branches.fetchall()}
        self._rows: list[int] = []

    def standing(self, id_: str) -> Standing | None:
        """The article with this id as it stood when the pass began, or None."""
        return self.standing_now.get(id_)

    def branch(self, name: str | None) -> int | None:
        """The row of the branch, which is made where there is none."""
        if name is not None and name not in self._branches:
            self._branches[name] = _made(self._connection, self._site, name)
        return None if name is None else self._branches[name]

    def new_row(self) -> int | None:
        """The row of a new article, taken from PostgreSQL's sequence ahead: what hangs on it need
        not wait for it."""
        if not self._rows:
            asked = _ask_rows(self._connection, NUMBERS_AT_ONCE)
            rows: list[Any] = [] if asked is None else asked.fetchall()
            self._rows = sorted((int(row[0]) for row in rows), reverse=True)
        return self._rows.pop() if self._rows else None


def _ask_rows(connection: Connection, count: int) -> Rows | None:
    if connection.dialect.name != "postgresql":
        return None
    return _NUMBERS.run(connection, {"count": count})


def _ask_standing(connection: Connection, id_: str) -> Rows:
    return _ONE.run(connection, {"id": id_})


def _ask_branch(connection: Connection, site: int, name: str) -> Rows:
    return _ONE_BRANCH.run(connection, {"site_id": site, "name": name})


def _told(asked: Rows) -> int | None:
    row = asked.fetchone()
    return None if row is None else int(row[0])


def _made(connection: Connection, site: int, name: str) -> int:
    _NEW_BRANCH.run(connection, {"site_id": site, "name": name})
    number = _told(_ask_branch(connection, site, name))
    assert number is not None
    return number
