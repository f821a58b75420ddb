"""How addresses come into the frontier, and how they are settled there.

It promises that an address is put in once, whoever finds it how often; that its depth is one more
than that of the page it was found on; and that settling one which nobody put in (a redirect's
target) puts it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.addresses import host_of
from archive.model import Lead, Outcome
from archive.store import schema
from archive.store.characters import storable, storable_or_none
from archive.store.dialect import Prepared, Rows, insert_new

_t = schema.frontier

_NEW = Prepared(insert_new(_t), [column.name for column in _t.c if column.name != "id"])
_DEPTH = Prepared(
    sa.select(_t.c.depth).where(
        _t.c.site_id == sa.bindparam("site_id"), _t.c.url == sa.bindparam("url")
    )
)
_SETTLE = Prepared(
    sa.update(_t)
    .where(_t.c.site_id == sa.bindparam("at_site"), _t.c.url == sa.bindparam("at_url"))
    .values(
        state=sa.bindparam("state"),
        reason=sa.bindparam("reason"),
        detail=sa.bindparam("detail"),
        leased_until=None,
        links=sa.func.coalesce(sa.bindparam("links", type_=sa.Integer), _t.c.links),
    )
)
_FILLED = [column for column in _t.c if column.name != "id"]
_IS_KNOWN = sa.exists(
    sa.select(_t.c.id).where(
        _t.c.site_id == sa.bindparam("site_id"), _t.c.url == sa.bindparam("url")
    )
)
_NEW_IF_UNKNOWN = Prepared(
    insert_new(_t).from_select(
        [column.name for column in _FILLED],
        sa.select(*(sa.bindparam(one.name, type_=one.type) for one in _FILLED)).where(~_IS_KNOWN),
    )
)
"""With PostgreSQL it is sent whatever came of ``_SETTLE``: to learn that is a way of its own."""


def add(connection: Connection, number: int, leads: Sequence[Lead]) -> Rows | None:
    """Put leads in; of what comes of it, if there are any, ``rowcount`` is how many were new."""
    if not leads:
        return None
    depths: dict[str, int] = {}
    rows = []
    for lead in leads:
        via = lead.via
        if via is not None and via not in depths:
            found = _DEPTH.run(connection, {"site_id": number, "url": via}).fetchone()
            depths[via] = 0 if found is None else found[0] + 1
        rows.append(_row(number, lead, 0 if via is None else depths[via]))
    return _NEW.run_many(connection, rows)


def refuse(connection: Connection, number: int, outcomes: Sequence[Outcome]) -> None:
    """Put in addresses that will not be asked for, each with its reason. What is known already
    keeps its state."""
    rows = [
        _row(number, Lead(one.url, "page", 0), 0)
        | {"state": one.state, "reason": one.reason, "detail": storable_or_none(one.detail)}
        for one in outcomes
    ]
    if rows:
        _NEW.run_many(connection, rows)


def settle(connection: Connection, number: int, outcome: Outcome, links: int | None = None) -> None:
    """Keep how an address ended. ``links`` is the edition of link discovery that put in all it
    leads to, if one did."""
    values = {
        "state": outcome.state,
        "reason": storable(outcome.reason),
        "detail": storable_or_none(outcome.detail),
        "links": links,
    }
    at = {"at_site": number, "at_url": storable(outcome.url)}
    settled = _SETTLE.run(connection, values | at)
    if connection.dialect.name == "postgresql" or settled.rowcount == 0:
        row = _row(number, Lead(outcome.url, "page", 0), 0)
        _NEW_IF_UNKNOWN.run(connection, row | values)


def _row(number: int, lead: Lead, depth: int) -> dict[str, Any]:
    url = storable(lead.url)
    return {
        "site_id": number,
        "url": url,
        "host": host_of(url),
        "kind": lead.kind,
        "priority": lead.priority,
        "depth": depth,
        "via": storable_or_none(lead.via),
        "anchor": storable_or_none(lead.anchor),
        "state": "waiting",
        "reason": None,
        "detail": None,
        "tries": 0,
        "not_before": 0.0,
        "leased_until": None,
        "links": None,
    }
