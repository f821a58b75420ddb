"""What is known of each site's mirrors: derived, and replaced as a whole by each site pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.model import MirrorHost
from archive.store import schema
from archive.store.characters import storable_tree
from archive.store.engine import asking, writing
from archive.store.sites import Sites

_t = schema.mirrors
_LISTS = ("of", "brands", "kinds", "evidence", "phrases")
_TIMES = ("first_seen", "last_seen")


class Mirrors:
    """The mirrors of one store's sites."""

    def __init__(self, engine: Engine, sites: Sites) -> None:
        self._engine = engine
        self._sites = sites

    def put(self, site: str, mirrors: Sequence[MirrorHost]) -> None:
        """Keep these in place of what was known of the site's mirrors."""
        number = self._sites.number(site)
        rows = [{"site_id": number, "host": m.host, "facts": _facts(m)} for m in mirrors]
        with writing(self._engine) as connection:
            connection.execute(sa.delete(_t).where(_t.c.site_id == number))
            if rows:
                connection.execute(sa.insert(_t), rows)

    def all(self, site: str) -> list[MirrorHost]:
        """The site's mirrors by host; NotFoundError when there is no such site."""
        statement = (
            sa.select(_t.c.facts)
            .where(_t.c.site_id == self._sites.number(site))
            .order_by(_t.c.host)
        )
        with asking(self._engine) as connection:
            return [_mirror(facts) for facts in connection.execute(statement).scalars()]


def _facts(mirror: MirrorHost) -> Any:
    plain = asdict(mirror)
    for name in _TIMES:
        plain[name] = plain[name] and plain[name].isoformat()
    return storable_tree(plain)


def _mirror(facts: dict[str, Any]) -> MirrorHost:
    plain = dict(facts)
    for name in _LISTS:
        plain[name] = tuple(plain.get(name, ()))
    for name in _TIMES:
        plain[name] = plain[name] and datetime.fromisoformat(plain[name])
    return MirrorHost(**plain)
