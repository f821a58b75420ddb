"""Handing out addresses: whose turn it is, and what a host has best.

It promises that hosts share what is handed out, that within a host priority and then age decide,
and that the row says "leased" before anybody has the address.

When a process dies, nobody knows which of the addresses it had was to blame. So each of them is a
suspect, and a suspect is handed out by itself, to a process that has nothing else on its way: if
that dies too, it was this one. Innocent neighbours pass, and no death is counted against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from archive.store import schema
from archive.store.dialect import Prepared, Rows

MAX_LEASE_SECONDS = 3_660.0
"""No lease is longer, nor the longest pause that a server is granted (an hour); what claims to be
was written by a clock that was wrong."""

LEASE_DIED = "lease-died"
"""The reason of an address whose last holder died with it: a suspect."""

_t = schema.frontier
WAITING = sa.text("state = 'waiting'")
LEASED = sa.text("state = 'leased'")


@dataclass(frozen=True, slots=True)
class Lease:
    """An address handed out: ``tries`` counts its leases with this one, ``depth`` the links from
    a start address; ``alone``: it is a suspect, and nothing else may be done beside it; ``links``:
    the edition of link discovery that has put in all its page led to, if one has."""

    url: str
    host: str
    kind: str
    priority: int
    via: str | None
    anchor: str | None
    tries: int
    depth: int
    alone: bool = False
    links: int | None = None


class Taken(NamedTuple):
    """A row of the frontier that was just leased."""

    id: int
    url: str
    host: str
    kind: str
    priority: int
    via: str | None
    anchor: str | None
    tries: int
    depth: int
    links: int | None
    alone: bool

    def lease(self) -> Lease:
        """What is handed out of it."""
        return Lease(*self[1:9], bool(self.alone), self.links)


def _hosts_statement() -> sa.Select[str]:
    """The hosts with anything waiting, one index seek each (a loose index scan)."""
    here = (_t.c.site_id == sa.bindparam("site_id"), WAITING)
    hosts = sa.select(sa.func.min(_t.c.host).label("host")).where(*here).cte("h", recursive=True)
    after = sa.select(sa.func.min(_t.c.host)).where(*here, _t.c.host > hosts.c.host)
    hosts = hosts.union_all(
        sa.select(after.correlate(hosts).scalar_subquery()).where(hosts.c.host.is_not(None))
    )
    return sa.select(hosts.c.host).where(hosts.c.host.is_not(None))


def _take_statement(*, suspects: bool) -> sa.Update:
    """Lease the best addresses of one host that may be asked for now."""
    reason = sa.func.coalesce(_t.c.reason, "")
    now = sa.bindparam("now", type_=sa.Float)
    best = (
        sa.select(_t.c.id)
        .where(
            _t.c.site_id == sa.bindparam("at_site"),
            _t.c.host == sa.bindparam("at_host"),
            WAITING,
            reason == LEASE_DIED if suspects else reason != LEASE_DIED,
            sa.or_(_t.c.not_before <= now, _t.c.not_before > now + MAX_LEASE_SECONDS),
        )
        # Of suspects those first that died less often: who kills a process right after its start
        # hits whatever it begins with, and must not hit the same one again.
        .order_by(*([_t.c.tries] if suspects else []), _t.c.priority.desc(), _t.c.id)
        .limit(sa.bindparam("share"))
        .with_for_update(skip_locked=True)
        .cte("best")
    )
    return (
        sa.update(_t)
        .where(_t.c.id.in_(sa.select(best.c.id)))
        .values(state="leased", leased_until=sa.bindparam("until"), tries=_t.c.tries + 1)
        .returning(
            *(_t.c[name] for name in Taken._fields[:-1]),
            sa.literal(suspects).label("alone"),
        )
    )


_HOSTS = Prepared(_hosts_statement())
_TAKE = Prepared(_take_statement(suspects=False))
_TAKE_SUSPECT = Prepared(_take_statement(suspects=True))


def ask_hosts(connection: Connection, number: int) -> Rows:
    """One row for each host of a site with anything waiting, by name."""
    return _HOSTS.run(connection, {"site_id": number})


def in_turn(hosts: list[str], last: str | None) -> list[str]:
    """The hosts in order, beginning after the one that was served last."""
    if last is None:
        return hosts
    return [host for host in hosts if host > last] + [host for host in hosts if host <= last]


def take(
    connection: Connection, number: int, hosts: list[str], limit: int, now: float, until: float
) -> dict[str, list[Taken]]:
    """Equal shares of each host; what one host lacks goes to the others."""
    taken: dict[str, list[Taken]] = {host: [] for host in hosts}
    left = limit
    open_hosts = hosts
    while left > 0 and open_hosts:
        share = max(1, left // len(open_hosts))
        values = {"at_site": number, "now": now, "until": until, "share": share}
        # All are asked before the first answer is looked at: it may have far to go.
        asked = [
            (host, _TAKE.run(connection, values | {"at_host": host})) for host in open_hosts[:left]
        ]
        more = open_hosts[left:]
        for host, answer in asked:
            rows = list(map(Taken._make, answer.fetchall()))
            taken[host].extend(sorted(rows, key=lambda row: (-row.priority, row.id)))
            left -= len(rows)
            if len(rows) == share:
                more.append(host)
        open_hosts = more
    return taken


def take_suspect(
    connection: Connection, number: int, hosts: list[str], now: float, until: float
) -> dict[str, list[Taken]]:
    """One address whose last holder died with it, of the first host that has one."""
    for host in hosts:
        values = {"at_site": number, "at_host": host, "now": now, "until": until, "share": 1}
        if rows := _TAKE_SUSPECT.run(connection, values).fetchall():
            return {host: list(map(Taken._make, rows))}
    return {}


def interleave(taken: dict[str, list[Taken]]) -> list[Lease]:
    """Leases of all hosts in turn."""
    longest = max((len(rows) for rows in taken.values()), default=0)
    return [
        row.lease()
        for place in range(longest)
        for rows in taken.values()
        for row in rows[place : place + 1]
    ]
