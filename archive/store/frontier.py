"""The leased frontier: seen set, queue and ledger of a walk in one table.

An address is handed out on lease; what settles it is the same transaction that keeps its page, so
a killed process loses nothing: its leases run out and go to the next one. It promises that every
address ever put in has exactly one state, that no address is handed out twice at a time, and that
one whose lease died three times (twice of them alone: see ``leasing``) is set aside (quarantined)
instead of killing a fourth process.

Addresses are compared as they come: making them canonical is the caller's work.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.addresses import host_of
from archive.model import Lead, Outcome
from archive.store import ledger, schema
from archive.store.characters import storable, storable_or_none
from archive.store.claims import Claims, EveryHost, SharedHosts
from archive.store.dialect import Prepared, insert_new
from archive.store.engine import reading, when_committed, writing
from archive.store.leasing import (
    LEASE_DIED,
    MAX_LEASE_SECONDS,
    WAITING,
    Lease,
    hosts_of,
    in_turn,
    interleave,
    take,
    take_suspect,
)
from archive.store.ledger import Entry
from archive.store.resting import Night, restart_statement
from archive.store.sites import Sites

MAX_DEATHS = 3
SEEN_LIMIT = 200_000
"""Addresses remembered in memory to spare the database a question (about 60 bytes each)."""


_t = schema.frontier
_LEASED = sa.text("state = 'leased'")


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


class Frontier:
    """The frontier of every site in one store. ``clock`` gives seconds since the epoch."""

    def __init__(
        self,
        engine: Engine,
        sites: Sites,
        clock: Callable[[], float] = time.time,
        claims: Claims | None = None,
    ) -> None:
        self._engine = engine
        self._sites = sites
        self._clock = clock
        shared = engine.dialect.name == "postgresql"
        self._claims = claims or (SharedHosts(engine) if shared else EveryHost())
        self._seen: defaultdict[int, set[int]] = defaultdict(set)
        self._last_host: dict[int, str] = {}
        self._waiting: dict[int, tuple[str, ...]] = {}

    def seed(self, site: str, leads: Iterable[Lead]) -> int:
        """Put in addresses; returns how many were new. Known ones keep their state."""
        number = self._sites.number(site)
        fresh = self.unseen(number, leads)
        with writing(self._engine) as connection:
            added = self.add(connection, number, fresh)
        when_committed(self._engine, partial(self.remember, number, fresh))
        return added

    def lease(
        self,
        site: str,
        limit: int,
        *,
        seconds: float,
        skip: Collection[str] = (),
        idle: bool = True,
    ) -> list[Lease]:
        """Up to ``limit`` addresses for ``seconds``, none of a host in ``skip``: one of each host
        in turn, of each host those of highest priority (then the oldest) first.

        When there are no others and the caller is ``idle`` (has nothing else on its way), one
        whose last holder died with it, to be worked on ``alone``.
        """
        number = self._sites.number(site)
        now = self._clock()
        with writing(self._engine) as connection:
            _return_dead(connection, number, now)
            mine = self._waiting[number] = self._claim(connection, number)
            turn = in_turn([host for host in mine if host not in skip], self._last_host.get(number))
            until = now + min(seconds, MAX_LEASE_SECONDS)
            taken = take(connection, number, turn, limit, now, until)
            if idle and not any(taken.values()):
                taken = take_suspect(connection, number, turn, now, until)
        leases = interleave(taken)
        if leases:
            self._last_host[number] = leases[-1].host
        return leases

    def waiting_hosts(self, site: str) -> tuple[str, ...]:
        """The hosts that had anything waiting at the last ``lease``, whatever it skipped."""
        return self._waiting.get(self._sites.number(site), ())

    def _claim(self, connection: Connection, number: int) -> tuple[str, ...]:
        """The hosts with anything to do that are this process's; what a dead one left leased on
        them waits again."""
        hosts = hosts_of(connection, number)
        claimed = self._claims.claim(number, hosts, lambda: self._leased_hosts(number))
        if claimed.fresh:
            _return_dead(connection, number, float("inf"), claimed.fresh)
        return claimed.mine

    def _leased_hosts(self, number: int) -> set[str]:
        statement = sa.select(_t.c.host).where(_t.c.site_id == number, _LEASED).distinct()
        with reading(self._engine) as connection:
            return set(connection.execute(statement).scalars())

    def attend(self, site: str, run: int) -> None:
        """This process makes the run ``run`` of ``site``: others see that it is not dead."""
        self._claims.attend(self._sites.number(site), run)

    def is_attended(self, run: int) -> bool:
        """Does another living process make the run?"""
        return self._claims.is_attended(run)

    def is_last(self, site: str) -> bool:
        """This process has done with the hosts of ``site``: is nobody else at it any more?"""
        return self._claims.is_last(self._sites.number(site))

    def close(self) -> None:
        """Give up every host that this process holds."""
        self._claims.close()

    def settle(self, site: str, outcome: Outcome) -> None:
        """How an address ended, where no page is kept with it."""
        number = self._sites.number(site)
        with writing(self._engine) as connection:
            self.acknowledge(connection, number, outcome)

    def refuse(self, site: str, outcomes: Sequence[Outcome]) -> int:
        """Put in addresses that will not be asked for, each with its reason; returns how many
        were new. What is known already keeps its state."""
        number = self._sites.number(site)
        rows = [
            _row(number, Lead(one.url, "page", 0), 0)
            | {"state": one.state, "reason": one.reason, "detail": storable_or_none(one.detail)}
            for one in outcomes
        ]
        if not rows:
            return 0
        with writing(self._engine) as connection:
            return _NEW.run_many(connection, rows).rowcount

    def give_back(
        self,
        site: str,
        url: str,
        reason: str,
        *,
        not_before: float | None = None,
        counted: bool = True,
    ) -> None:
        """Let a leased address wait again, until ``not_before`` (seconds since the epoch).

        The third time it is set aside for good. Not ``counted``: the lease was never used (a
        drained queue), so it is as if it had not been given.
        """
        number = self._sites.number(site)
        statement = (
            sa.update(_t)
            .where(_t.c.site_id == number, _t.c.url == storable(url), _LEASED)
            .values(
                state=_after_death() if counted else "waiting",
                tries=_t.c.tries if counted else _t.c.tries - 1,
                reason=storable(reason) if counted else _still_suspect(storable(reason)),
                leased_until=None,
                not_before=not_before or 0.0,
            )
        )
        with writing(self._engine) as connection:
            connection.execute(statement)

    def release_expired(self, site: str) -> int:
        """Let addresses wait again whose lease ran out; returns how many there were."""
        number = self._sites.number(site)
        with writing(self._engine) as connection:
            return _return_dead(connection, number, self._clock())

    def release_all(self, site: str) -> int:
        """Let every leased address wait again that no living process holds: for a caller who
        begins to walk this site, so that a dead run's leases need not run out."""
        number = self._sites.number(site)
        leased = sorted(self._leased_hosts(number))
        hosts = self._claims.claim(number, leased, lambda: ()).mine
        with writing(self._engine) as connection:
            return _return_dead(connection, number, float("inf"), hosts)

    def pending(self, site: str) -> int:
        """How many addresses wait or are on lease."""
        return sum(self.ledger(site, states=("waiting", "leased")).values())

    def is_empty(self, site: str) -> bool:
        """Whether nothing waits and nothing is on lease; one index seek, however long the walk."""
        number = self._sites.number(site)
        with reading(self._engine) as connection:
            return not any(
                connection.execute(
                    sa.select(_t.c.id).where(_t.c.site_id == number, state).limit(1)
                ).first()
                for state in (WAITING, _LEASED)
            )

    def ledger(self, site: str, *, states: Collection[str] = ()) -> dict[str, int]:
        """How many addresses are in each state; the sum is every address ever found."""
        return ledger.counts(self._engine, self._sites.number(site), states)

    def reasons(self, site: str) -> dict[tuple[str, str], int]:
        """How many addresses are in each (state, reason)."""
        return ledger.reasons(self._engine, self._sites.number(site))

    def outcomes(self, site: str, state: str) -> list[Outcome]:
        """Every address in one ``state``, with its reason, in the order of their discovery."""
        return ledger.outcomes(self._engine, self._sites.number(site), state)

    def entries(self, site: str, state: str | None = None) -> Iterator[Entry]:
        """Every address (in one ``state``, if named), in the order of their discovery."""
        return ledger.entries(self._engine, self._sites.number(site), state)

    def restart(self, site: str, night: Night | None = None) -> None:
        """Let what is known wait again, as if never tried: a new walk. Without a ``night`` that
        is everything but what killed its process three times."""
        statement = restart_statement(self._sites.number(site), night or Night())
        with writing(self._engine) as connection:
            connection.execute(statement)

    def pardon(self, site: str, urls: Collection[str]) -> None:
        """Let addresses wait again that were set aside, for somebody asks for them by name."""
        number = self._sites.number(site)
        statement = (
            sa.update(_t)
            .where(_t.c.site_id == number, _t.c.url.in_(urls), _t.c.state == "quarantined")
            .values(state="waiting", reason=None, detail=None, tries=0, not_before=0)
        )
        with writing(self._engine) as connection:
            connection.execute(statement)

    def forget_links(self, site: str) -> None:
        """As if no page's links had ever been read; for a site that has other hosts now."""
        known = {one.name for one in self._sites.all()}
        if site in known:
            statement = sa.update(_t).where(_t.c.site_id == self._sites.number(site))
            with writing(self._engine) as connection:
                connection.execute(statement.values(links=None))

    def known(self, site: str) -> Set[int]:
        """The hashes of addresses that this process has put in; not all of them, in a long walk."""
        return self._seen[self._sites.number(site)]

    # What the commit of a page does within its own transaction.

    def unseen(self, number: int, leads: Iterable[Lead]) -> list[Lead]:
        """The leads this process has not put in before (the database decides about the rest)."""
        seen = self._seen[number]
        fresh: dict[str, Lead] = {}
        for lead in leads:
            if hash(lead.url) not in seen:
                fresh.setdefault(lead.url, lead)
        return list(fresh.values())

    def remember(self, number: int, leads: Sequence[Lead]) -> None:
        """After the commit: these leads are in the database."""
        seen = self._seen[number]
        if len(seen) + len(leads) > SEEN_LIMIT:
            seen.clear()
        seen.update([hash(lead.url) for lead in leads])

    def add(self, connection: Connection, number: int, leads: Sequence[Lead]) -> int:
        """Put leads in; returns how many were new."""
        if not leads:
            return 0
        depths: dict[str, int] = {}
        rows = []
        for lead in leads:
            via = lead.via
            if via is not None and via not in depths:
                found = _DEPTH.run(connection, {"site_id": number, "url": via}).fetchone()
                depths[via] = 0 if found is None else found[0] + 1
            rows.append(_row(number, lead, 0 if via is None else depths[via]))
        return _NEW.run_many(connection, rows).rowcount

    def acknowledge(
        self, connection: Connection, number: int, outcome: Outcome, links: int | None = None
    ) -> None:
        """Settle an address; one that was never put in (a redirect's target) is put in. ``links``
        is the edition of link discovery that put in all it leads to, if one did."""
        values = {
            "state": outcome.state,
            "reason": storable(outcome.reason),
            "detail": storable_or_none(outcome.detail),
            "links": links,
        }
        at = {"at_site": number, "at_url": storable(outcome.url)}
        if _SETTLE.run(connection, values | at).rowcount == 0:
            row = _row(number, Lead(outcome.url, "page", 0), 0)
            _NEW.run(connection, row | values)


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


def _after_death() -> sa.Case[str]:
    return sa.case((_t.c.tries >= MAX_DEATHS, "quarantined"), else_="waiting")


def _still_suspect(reason: str) -> sa.Case[str | None]:
    """A suspect that was never tried stays one."""
    return sa.case((_t.c.reason == LEASE_DIED, _t.c.reason), else_=reason)


_WAS_ALONE = sa.func.coalesce(_t.c.reason, "") == LEASE_DIED
_RETURN = (
    sa.update(_t)
    .where(
        _t.c.site_id == sa.bindparam("at_site"),
        _LEASED,
        sa.or_(
            _t.c.leased_until <= sa.bindparam("now"),
            _t.c.leased_until > sa.bindparam("never"),
        ),
    )
    # What died beside others is a suspect (its deaths begin to count); what died alone did it.
    .values(
        state=sa.case((_WAS_ALONE, _after_death()), else_="waiting"),
        tries=sa.case((_WAS_ALONE, _t.c.tries), else_=1),
        reason=LEASE_DIED,
        leased_until=None,
    )
)

_RETURN_ALL = Prepared(_RETURN)


def _return_dead(
    connection: Connection, number: int, now: float, hosts: Sequence[str] | None = None
) -> int:
    """Let addresses (of ``hosts``, if named) wait again whose lease ended before ``now``."""
    values = {"at_site": number, "now": now, "never": now + MAX_LEASE_SECONDS}
    if hosts is None:
        return _RETURN_ALL.run(connection, values).rowcount
    return connection.execute(_RETURN.where(_t.c.host.in_(hosts)), values).rowcount
