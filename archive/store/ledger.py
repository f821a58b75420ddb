"""The ledger of a walk: every address ever found, in exactly one state, with a reason.

It promises that the counts add up to all addresses, and that reading them never holds up a walk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from archive.model import Outcome
from archive.store import schema
from archive.store.engine import asking, reading

NOT_ASKED_YET = "not-asked-yet"
ON_ITS_WAY = "on-its-way"
_BATCH = 1_000  # rows fetched at a time

_t = schema.frontier
_REASON = sa.case(
    (sa.func.coalesce(_t.c.reason, "") != "", _t.c.reason),
    (_t.c.state == "waiting", NOT_ASKED_YET),
    (_t.c.state == "leased", ON_ITS_WAY),
    else_="",
).label("why")


@dataclass(frozen=True, slots=True)
class Entry:
    """One address: how it ended (or stands), what it was taken for, the page that named it (the
    first one), the links from a start address, and how often it was asked for in this walk."""

    url: str
    state: str
    reason: str
    detail: str | None
    kind: str
    via: str | None
    depth: int
    tries: int


def counts(engine: Engine, site: int, states: Collection[str] = ()) -> dict[str, int]:
    """How many addresses are in each state (of ``states``, if any are named)."""
    statement = (
        sa.select(_t.c.state, sa.func.count())
        .where(_t.c.site_id == site, _t.c.state.in_(states) if states else sa.true())
        .group_by(_t.c.state)
        .order_by(_t.c.state)
    )
    with asking(engine) as connection:
        return {row[0]: row[1] for row in connection.execute(statement)}


def reasons(engine: Engine, site: int) -> dict[tuple[str, str], int]:
    """How many addresses are in each (state, reason)."""
    statement = (
        sa.select(_t.c.state, _REASON, sa.func.count())
        .where(_t.c.site_id == site)
        .group_by(_t.c.state, _REASON)
        .order_by(_t.c.state, _REASON)
    )
    with asking(engine) as connection:
        return {(state, why): count for state, why, count in connection.execute(statement)}


def outcomes(engine: Engine, site: int, state: str) -> list[Outcome]:
    """Every address in one ``state``, with its reason, in the order of their discovery."""
    statement = (
        sa.select(_t.c.url, _t.c.state, _REASON, _t.c.detail)
        .where(_t.c.site_id == site, _t.c.state == state)
        .order_by(_t.c.id)
    )
    with asking(engine) as connection:
        rows = connection.execute(statement).all()
    return [Outcome(row.url, row.state, row.why, row.detail) for row in rows]


def entries(engine: Engine, site: int, state: str | None = None) -> Iterator[Entry]:
    """Every address (in one ``state``, if named), in the order of their discovery."""
    statement = (
        sa.select(_t, _REASON)
        .where(_t.c.site_id == site, _t.c.state == state if state else sa.true())
        .order_by(_t.c.id)
    )
    with reading(engine) as connection:
        for row in connection.execution_options(yield_per=_BATCH).execute(statement):
            yield Entry(
                url=row.url,
                state=row.state,
                reason=row.why,
                detail=row.detail,
                kind=row.kind,
                via=row.via,
                depth=row.depth,
                tries=row.tries,
            )
