"""Sites and what is kept per site: its hosts, and the model learned for each host."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.errors import NotFoundError
from archive.model import Site
from archive.store import schema
from archive.store.characters import storable
from archive.store.dialect import upsert
from archive.store.engine import asking, writing

_PUT = upsert(schema.sites, ["name"], ["official", "mirrors"])
_MAX_FORMER = 50
"""Editions of before that are remembered: of years."""
_PUT_MODEL = upsert(schema.models, ["site_id", "host"], ["body"])


class Sites:
    """The sites of one store; numbers are remembered, for a site is never deleted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._numbers: dict[str, int] = {}

    def put(self, site: Site) -> None:
        """Add the site, or give the known one these hosts."""
        row = {
            "name": storable(site.name),
            "official": list(site.official),
            "mirrors": list(site.mirrors),
        }
        with writing(self._engine) as connection:
            connection.execute(_PUT, row)

    def get(self, name: str) -> Site:
        """The site called ``name``; NotFoundError names the known ones."""
        known = {site.name: site for site in self.all()}
        if name not in known:
            raise NotFoundError(_unknown(name, list(known)))
        return known[name]

    def all(self) -> list[Site]:
        """Every site, by name."""
        statement = sa.select(schema.sites).order_by(schema.sites.c.name)
        with asking(self._engine) as connection:
            rows = connection.execute(statement).all()
        return [Site(row.name, tuple(row.official), tuple(row.mirrors)) for row in rows]

    def number(self, name: str) -> int:
        """The row number of the site called ``name``; NotFoundError when there is none."""
        if name not in self._numbers:
            with asking(self._engine) as connection:
                rows = connection.execute(sa.select(schema.sites.c.name, schema.sites.c.id))
                self._numbers.update({row.name: row.id for row in rows})
        if name not in self._numbers:
            raise NotFoundError(_unknown(name, list(self._numbers)))
        return self._numbers[name]

    def edition(self, name: str) -> str | None:
        """The edition of the program that made the site's articles, if it is known."""
        table = schema.sites
        statement = sa.select(table.c.edition).where(table.c.id == self.number(name))
        with asking(self._engine) as connection:
            return connection.execute(statement).scalar()

    def former_editions(self, name: str) -> list[str]:
        """Those that made them before that one, the latest first."""
        table = schema.sites
        statement = sa.select(table.c.former_editions).where(table.c.id == self.number(name))
        with asking(self._engine) as connection:
            return (connection.execute(statement).scalar() or "").split()

    def put_edition(self, name: str, edition: str) -> None:
        """This ``edition`` made the site's articles."""
        before = [one for one in (self.edition(name), *self.former_editions(name)) if one]
        former = [one for one in dict.fromkeys(before) if one != edition][:_MAX_FORMER]
        table = schema.sites
        statement = sa.update(table).where(table.c.id == self.number(name))
        with writing(self._engine) as connection:
            connection.execute(
                statement.values(edition=edition, former_editions=" ".join(former) or None)
            )

    def put_model(self, site: str, host: str, body: str) -> None:
        """Keep the model of ``host`` (its own JSON text) in place of an earlier one."""
        row = {"site_id": self.number(site), "host": host, "body": storable(body)}
        with writing(self._engine) as connection:
            connection.execute(_PUT_MODEL, row)

    def model(self, site: str, host: str) -> str | None:
        """The JSON text kept for ``host``, or None."""
        table = schema.models
        statement = sa.select(table.c.body).where(
            table.c.site_id == self.number(site), table.c.host == host
        )
        with asking(self._engine) as connection:
            return connection.execute(statement).scalar()


def _unknown(name: str, known: list[str]) -> str:
    listed = ", ".join(sorted(known)[:20]) or "none yet"
    return f"no site is called {name!r}; known: {listed}"
