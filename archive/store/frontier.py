"""The leased frontier: seen set, queue and ledger of a walk in one table.

How addresses come in and are settled is ``entering``, how they are handed out ``leasing``, how
they come back unanswered ``returning``, what becomes of them the next night ``resting``.

An address is handed out on lease; what settles it is the same transaction that keeps its page, so
a killed process loses nothing: its leases run out and go to the next one. It promises that every
address ever put in has exactly one state, that no address is handed out twice at a time, and that
one whose lease died three times (twice of them alone: see ``leasing``) is set aside (quarantined)
for a night or more, instead of killing a fourth process.

Addresses are compared as they come: making them canonical is the caller's work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from contextlib import AbstractContextManager
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from archive.edition import edition
from archive.model import Lead, Outcome
from archive.steady import steady_time
from archive.store import entering, ledger, schema
from archive.store.claims import Claims, EveryHost, SharedHosts
from archive.store.dialect import Rows
from archive.store.engine import asking, sending, when_answered, when_committed, writing
from archive.store.leasing import (
    LEASED,
    MAX_LEASE_SECONDS,
    WAITING,
    Lease,
    ask_hosts,
    in_turn,
    interleave,
    take,
    take_suspect,
)
from archive.store.ledger import Entry
from archive.store.resting import Night, restart_statement
from archive.store.returning import give_back, return_dead
from archive.store.seen import SeenSet
from archive.store.sites import Sites

_t = schema.frontier


class Frontier:
    """The frontier of every site in one store. ``clock`` gives seconds since the epoch, this
    machine's by default; what is kept of them is the database server's, where several machines
    share one: their clocks may differ."""

    def __init__(
        self,
        engine: Engine,
        sites: Sites,
        clock: Callable[[], float] | None = None,
        claims: Claims | None = None,
    ) -> None:
        self._engine = engine
        self._sites = sites
        shared = engine.dialect.name == "postgresql"
        self._clock = clock or steady_time
        self._claims: Claims = claims or (SharedHosts(engine, edition) if shared else EveryHost())
        self._ahead: Callable[[], float] = float if clock else self._claims.ahead
        self._seen: defaultdict[int, SeenSet] = defaultdict(SeenSet)
        self._last_host: dict[int, str] = {}
        self._waiting: dict[int, tuple[str, ...]] = {}

    def seed(self, site: str, leads: Iterable[Lead]) -> int:
        """Put in addresses; returns how many were new. Known ones keep their state."""
        number = self._sites.number(site)
        fresh = self.unseen(number, leads)
        with sending(self._engine) as connection:
            put = self.add(connection, number, fresh)
            added = put.rowcount if put is not None else 0
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
        now = self._now()
        with sending(self._engine) as connection:
            # Of what others hold, the end of their session tells, not a clock.
            return_dead(connection, number, now, self._claims.held(number))
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

    def look(self, site: str) -> None:
        """Have ``waiting_hosts`` know what it is when that is committed which is being written.
        Raises StoreLostError then, if this process holds its hosts no more."""
        number = self._sites.number(site)
        with sending(self._engine) as connection:
            workers = self._claims.ask(connection, number)
            hosts = ask_hosts(connection, number)
        when_answered(self._engine, partial(self._note_hosts, number, workers, hosts))

    def _note_hosts(self, number: int, workers: Callable[[], int], hosts: Rows) -> None:
        workers()
        self._waiting[number] = tuple(row[0] for row in hosts.fetchall())

    def holds_reading(self, connection: Connection, number: int) -> None:
        """Within ``one_reader``, raises StoreLostError where another process may be there, too."""
        self._claims.holds_reading(connection, number)

    def waiting_hosts(self, site: str) -> tuple[str, ...]:
        """The hosts that had anything waiting at the last ``lease``, whatever it skipped, or at the
        last ``look``."""
        return self._waiting.get(self._sites.number(site), ())

    def _claim(self, connection: Connection, number: int) -> tuple[str, ...]:
        """The hosts with anything to do that are this process's; what a dead one left leased on
        them waits again."""
        workers = self._claims.ask(connection, number)
        hosts = [row[0] for row in ask_hosts(connection, number).fetchall()]
        claimed = self._claims.claim(number, hosts, workers(), lambda: self._leased_hosts(number))
        if claimed.fresh:
            return_dead(connection, number, self._now(), claimed.fresh, all_ended=True)
        return claimed.mine

    def _now(self) -> float:
        """What is kept of the clock: the database server's, where several machines share one."""
        return self._clock() + self._ahead()

    def _leased_hosts(self, number: int) -> set[str]:
        statement = sa.select(_t.c.host).where(_t.c.site_id == number, LEASED).distinct()
        with asking(self._engine) as connection:
            return set(connection.execute(statement).scalars())

    def attend(self, site: str, run: int, *, walks: bool = True) -> None:
        """This process makes the run ``run`` of ``site``: others see that it is not dead."""
        self._claims.attend(self._sites.number(site), run, walks=walks)

    def is_attended(self, run: int) -> bool:
        """Does another living process make the run?"""
        return self._claims.is_attended(run)

    def is_last(self, site: str) -> bool:
        """This process has done with the hosts of ``site``: is nobody else at it any more?"""
        return self._claims.is_last(self._sites.number(site))

    def one_reader(self, site: str) -> AbstractContextManager[None]:
        """No other process is within this for ``site`` at the same time: who comes, waits."""
        return self._claims.one_reader(self._sites.number(site))

    def let_wait(self, go_on: Callable[[], None]) -> None:
        """Looked at while another process is waited for: it raises to end that."""
        self._claims.let_wait(go_on)

    def close(self) -> None:
        """Give up every host that this process holds."""
        self._claims.close()

    def settle(self, site: str, outcome: Outcome) -> None:
        """How an address ended, where no page is kept with it."""
        number = self._sites.number(site)
        with sending(self._engine) as connection:
            self.acknowledge(connection, number, outcome)

    def refuse(self, site: str, outcomes: Sequence[Outcome]) -> None:
        """Put in addresses that will not be asked for, each with its reason. What is known already
        keeps its state."""
        if not outcomes:
            return
        number = self._sites.number(site)
        with sending(self._engine) as connection:
            entering.refuse(connection, number, outcomes)

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
        moment = None if not_before is None else not_before + self._ahead()
        with sending(self._engine) as connection:
            give_back(connection, number, url, reason, moment, counted=counted)

    def release_all(self, site: str) -> int:
        """Let every leased address wait again that no living process holds: for a caller who
        begins to walk this site, so that a dead run's leases need not run out."""
        number = self._sites.number(site)
        leased = sorted(self._leased_hosts(number))
        with sending(self._engine) as connection:
            workers = self._claims.ask(connection, number)
            hosts = self._claims.claim(number, leased, workers(), lambda: ()).mine
            returned = return_dead(connection, number, self._now(), hosts, all_ended=True)
            return returned.rowcount if returned is not None else 0

    def is_empty(self, site: str) -> bool:
        """Whether nothing waits and nothing is on lease; one index seek, however long the walk."""
        mine = _t.c.site_id == self._sites.number(site)
        anything = [sa.exists(sa.select(_t.c.id).where(mine, state)) for state in (WAITING, LEASED)]
        with asking(self._engine) as connection:
            return not connection.execute(sa.select(sa.or_(*anything))).scalar_one()

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
        is everything but what killed its process three times, and rests. What has rested enough
        is handed out alone, as before."""
        statement = restart_statement(self._sites.number(site), night or Night(), self._now())
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
        return self._seen[self._sites.number(site)].hashes

    # What the commit of a page does within its own transaction.

    def unseen(self, number: int, leads: Iterable[Lead]) -> list[Lead]:
        """The leads this process has not put in before (the database decides about the rest)."""
        return self._seen[number].unseen(leads)

    def remember(self, number: int, leads: Sequence[Lead]) -> None:
        """After the commit: these leads are in the database."""
        self._seen[number].remember(leads)

    def add(self, connection: Connection, number: int, leads: Sequence[Lead]) -> Rows | None:
        """Put leads in; of what comes of it, if there are any, ``rowcount`` is how many were
        new."""
        return entering.add(connection, number, leads)

    def acknowledge(
        self, connection: Connection, number: int, outcome: Outcome, links: int | None = None
    ) -> None:
        """Settle an address; one that was never put in (a redirect's target) is put in. ``links``
        is the edition of link discovery that put in all it leads to, if one did."""
        entering.settle(connection, number, outcome, links)
