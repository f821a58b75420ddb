"""Which hosts are this process's to crawl: one host is crawled by one polite worker at a time.

With SQLite the lock of the data directory leaves one process, and every host is its own. With
PostgreSQL each process holds its hosts by advisory locks of one session: when the process dies, the
server lets go of them at once, and whoever gets the host next knows that leases on it are dead.
It promises that no host has two holders, and that processes share hosts evenly.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from archive.errors import PalimpsestError, StoreLostError
from archive.steady import steady_time
from archive.store.dialect import Prepared

_WORKERS = 0x70616C77
"""Class of the shared advisory lock that every crawling process holds, one a site."""
_RUNS = 0x70616C72
"""Class of the advisory lock that the process of a run holds."""
_READERS = 0x70616C65
"""Class of the advisory lock of whoever makes the articles of a site."""
_EDITIONS = 0x70616C64
"""Class of the shared advisory lock of all processes at a site that have one edition."""

_WAIT_SECONDS = 0.5
"""Between two looks at a lock that another process has: waiting in the server hears no signal."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """``mine``: hosts that may be asked; ``fresh``: those of them that were nobody's before."""

    mine: tuple[str, ...]
    fresh: tuple[str, ...] = ()


class Claims(Protocol):
    """What the frontier needs to know of its hosts. ``busy`` tells those with addresses on their
    way, which cannot be given up."""

    def ask(self, connection: Connection, site: int) -> Callable[[], int]:
        """Ask over any ``connection`` how many processes share the hosts of ``site``; the answer is
        looked at when what comes back is called. Raises StoreLostError then, if this one's claims
        ended without it."""

    def holds_reading(self, connection: Connection, site: int) -> None:
        """Raises StoreLostError if this process is within ``one_reader`` for ``site``, and another
        may be by now."""

    def claim(
        self, site: int, hosts: Sequence[str], workers: int, busy: Callable[[], Collection[str]]
    ) -> Claimed:
        """This process's share of ``hosts``, which so many ``workers`` share."""

    def held(self, site: int) -> list[str] | None:
        """The hosts of ``site`` that are this process's; None where all are."""

    def ahead(self) -> float:
        """Seconds that the clock which all processes share is ahead of this machine's."""

    def attend(self, site: int, run: int, *, walks: bool = True) -> None:
        """This process makes the run ``run`` of ``site``; ``walks``: it asks hosts, too."""

    def is_attended(self, run: int) -> bool:
        """Does another living process make the run?"""

    def is_last(self, site: int) -> bool:
        """This process has done with ``site``'s hosts: was it the last of those that crawl it?
        Whoever is told so is alone with the site until it closes. Who is of another edition of
        the program is waited for: its last one does not make what this one's would."""

    def one_reader(self, site: int) -> AbstractContextManager[None]:
        """No other process is within this for ``site`` at the same time: who comes, waits."""

    def let_wait(self, go_on: Callable[[], None]) -> None:
        """Looked at while another process is waited for: it raises to end that."""

    def close(self) -> None:
        """Give everything up."""


class EveryHost:
    """The claims of the only process there can be."""

    def ask(self, connection: Connection, site: int) -> Callable[[], int]:
        """There is but one."""
        return lambda: 1

    def holds_reading(self, connection: Connection, site: int) -> None:
        """It does."""

    def claim(
        self, site: int, hosts: Sequence[str], workers: int, busy: Callable[[], Collection[str]]
    ) -> Claimed:
        """All of them."""
        return Claimed(tuple(hosts))

    def held(self, site: int) -> list[str] | None:
        """All are."""

    def ahead(self) -> float:
        """It is this machine's."""
        return 0.0

    def attend(self, site: int, run: int, *, walks: bool = True) -> None:
        """Nobody asks."""

    def is_attended(self, run: int) -> bool:
        """There is no other process."""
        return False

    def is_last(self, site: int) -> bool:
        """It is the only one."""
        return True

    def one_reader(self, site: int) -> AbstractContextManager[None]:
        """Nobody else comes."""
        return nullcontext()

    def let_wait(self, go_on: Callable[[], None]) -> None:
        """Nobody is waited for."""

    def close(self) -> None:
        """Nothing to give up."""


class SharedHosts:
    """Claims among the processes on one PostgreSQL database."""

    def __init__(self, engine: Engine, edition: Callable[[], str] = lambda: "") -> None:
        """``edition`` gives that of the program which this process runs."""
        self._engine = engine
        self._edition = edition
        self._session: Connection | None = None
        self._held: dict[tuple[int, str], int] = {}
        self._registered: set[int] = set()
        self._reading: dict[int, int] = {}
        self._go_on: Callable[[], None] = lambda: None
        self._server_ahead: float | None = None

    def ask(self, connection: Connection, site: int) -> Callable[[], int]:
        """Ask how many processes share the hosts of ``site``, and whether this one is still among
        them. Any connection can tell; over the one that is asked for the hosts it need not be
        waited for."""
        rows = _COUNT_WORKERS.run(connection, {"site": site, "pid": _pid(self._open(site))})

        def count() -> int:
            workers, is_one = rows.fetchone()
            if not is_one:
                raise self._lost()
            return int(workers)

        return count

    def holds_reading(self, connection: Connection, site: int) -> None:
        """Raises StoreLostError if this process is within ``one_reader`` for ``site``, and another
        may be by now: the server has ended the session that held the lock, and no other one."""
        pid = self._reading.get(site)
        if pid is None:
            return
        values = {"class": _READERS, "site": site, "pid": pid}
        if not _HOLDS.run(connection, values).fetchone()[0]:
            raise self._lost()

    def _lost(self) -> StoreLostError:
        self.close()
        return StoreLostError(
            "the store: the database server ended the connection that keeps other machines from "
            "doing the same; try again"
        )

    def claim(
        self, site: int, hosts: Sequence[str], workers: int, busy: Callable[[], Collection[str]]
    ) -> Claimed:
        """This process's share of ``hosts``: as many as there are hosts to a process."""
        session = self._open(site)
        held = [host for host in hosts if (site, host) in self._held]
        share = -(-len(hosts) // max(1, workers))
        if len(held) > share:
            # Those that are still being worked on get no more work, and are free in a while.
            held = self._give_up(session, site, held, share, busy())[:share]
        fresh: list[str] = []
        for host in hosts:
            if len(held) + len(fresh) >= share:
                break
            if host not in held and self._try(session, site, host):
                fresh.append(host)
        mine = {*held, *fresh}
        return Claimed(tuple(host for host in hosts if host in mine), tuple(fresh))

    def held(self, site: int) -> list[str] | None:
        """The hosts of ``site`` that are this process's."""
        return sorted(host for number, host in self._held if number == site)

    def ahead(self) -> float:
        """Seconds that the server's clock is ahead of this machine's, as it was once asked."""
        if self._server_ahead is None:
            there = float(self._opened().execute(_SERVER_TIME).scalar_one())
            self._server_ahead = there - steady_time()
        return self._server_ahead

    def attend(self, site: int, run: int, *, walks: bool = True) -> None:
        """This process makes the run ``run`` of ``site``, for all others to see. One that does not
        walk has no share of the hosts, and those that do are not to wait for it."""
        lock = sa.func.pg_try_advisory_lock(_RUNS, run)
        session = self._open(site) if walks else self._opened()
        session.execute(sa.select(lock))

    def is_attended(self, run: int) -> bool:
        """Does another living process make the run?"""
        with self._engine.connect() as connection:
            return bool(connection.execute(_IS_HELD, {"run": run}).scalar_one())

    def is_last(self, site: int) -> bool:
        """Give up the site; was this the last process at it? Then it alone holds the lock that all
        of them share, and one that comes now waits. Two that end together cannot both be told
        that there is another one. Those of another edition are waited for."""
        session = self._open(site)
        for place, key in list(self._held.items()):
            if place[0] == site:
                session.execute(sa.select(sa.func.pg_advisory_unlock(key)))
                del self._held[place]
        session.execute(sa.select(sa.func.pg_advisory_unlock_shared(_WORKERS, site)))
        alone = sa.select(sa.func.pg_try_advisory_lock(_WORKERS, site))
        equals = {"site": site, "edition": _edition_key(site, self._edition())}
        while not session.execute(alone).scalar_one():
            if session.execute(_COUNT_EQUALS, equals).scalar_one():
                return False
            self._go_on()
            time.sleep(_WAIT_SECONDS)
        return True

    @contextmanager
    def one_reader(self, site: int) -> Iterator[None]:
        """No other process is within this for ``site`` at the same time: who comes, waits."""
        session = self._opened()
        self._wait_for(session, sa.func.pg_try_advisory_lock(_READERS, site))
        before = self._reading.get(site)
        self._reading.setdefault(site, _pid(session))
        try:
            yield
        finally:
            if before is None:
                del self._reading[site]
            # What ended the session has let go of it, too.
            with suppress(SQLAlchemyError, PalimpsestError):
                session.execute(sa.select(sa.func.pg_advisory_unlock(_READERS, site)))

    def let_wait(self, go_on: Callable[[], None]) -> None:
        """Looked at while another process is waited for: it raises to end that."""
        self._go_on = go_on

    def close(self) -> None:
        """End the session, and with it every claim."""
        session, self._session = self._session, None
        self._held.clear()
        self._registered.clear()
        if session is not None:
            # The server notices the end of a session a little later; others need not wait for it.
            with suppress(SQLAlchemyError, PalimpsestError):
                session.execute(sa.select(sa.func.pg_advisory_unlock_all()))
            session.invalidate()
            session.close()

    def _open(self, site: int) -> Connection:
        session = self._opened()
        if site not in self._registered:
            self._wait_for(session, sa.func.pg_try_advisory_lock_shared(_WORKERS, site))
            edition = _edition_key(site, self._edition())
            session.execute(sa.select(sa.func.pg_advisory_lock_shared(_EDITIONS, edition)))
            self._registered.add(site)
        return session

    def _wait_for(self, session: Connection, lock: sa.ColumnElement[bool]) -> None:
        while not session.execute(sa.select(lock)).scalar_one():
            self._go_on()
            time.sleep(_WAIT_SECONDS)

    def _opened(self) -> Connection:
        if self._session is None or self._session.invalidated or self._session.closed:
            self.close()
            self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return self._session

    def _try(self, session: Connection, site: int, host: str) -> bool:
        key = _key(site, host)
        got = bool(session.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one())
        if got:
            self._held[site, host] = key
        return got

    def _give_up(
        self, session: Connection, site: int, held: list[str], share: int, busy: Collection[str]
    ) -> list[str]:
        """Let go of what is more than our share and not being worked on."""
        kept = list(held)
        for host in reversed(held):
            if len(kept) <= share:
                break
            if host not in busy:
                key = self._held.pop((site, host))
                session.execute(sa.select(sa.func.pg_advisory_unlock(key)))
                kept.remove(host)
        return kept


_SERVER_TIME = sa.text("SELECT extract(epoch FROM clock_timestamp())")
_IS_HELD = sa.text(
    "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND granted "
    f"AND classid = {_RUNS} AND objid = :run AND objsubid = 2 AND pid != pg_backend_pid() "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_WORKERS_OF = (
    "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
    f"AND classid = {_WORKERS} AND objid = :site AND objsubid = 2 "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_COUNT_WORKERS = Prepared(
    sa.text(_WORKERS_OF.replace(" FROM", ", coalesce(bool_or(pid = :pid), false) FROM", 1))
)
_HOLDS = Prepared(
    sa.text(
        "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND granted "
        "AND classid = :class AND objid = :site AND objsubid = 2 AND pid = :pid "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
)
_COUNT_EQUALS = sa.text(
    f"{_WORKERS_OF} AND pid != pg_backend_pid() AND pid IN (SELECT pid FROM pg_locks "
    f"WHERE locktype = 'advisory' AND classid = {_EDITIONS} AND objid = :edition "
    "AND objsubid = 2 AND database = (SELECT oid FROM pg_database "
    "WHERE datname = current_database()))"
)


def _edition_key(site: int, edition: str) -> int:
    """A positive signed 32-bit number for an edition at a site."""
    digest = hashlib.blake2b(f"{site}\n{edition}".encode(), digest_size=4, person=b"palimpsest")
    return int.from_bytes(digest.digest(), "big") >> 1


def _pid(session: Connection) -> int:
    """The server's process that serves the session."""
    raw: Any = session.connection.driver_connection
    return int(raw.info.backend_pid)


def _key(site: int, host: str) -> int:
    """A signed 64-bit number for a host of a site."""
    digest = hashlib.blake2b(f"{site}\n{host}".encode(), digest_size=8, person=b"palimpsest")
    return int.from_bytes(digest.digest(), "big", signed=True)
