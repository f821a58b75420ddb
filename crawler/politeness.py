"""How fast a host may be asked, and when to leave it alone.

It promises one second between requests to a public host unless the operator said otherwise, more
where the host is slow, complains or asks for it (Crawl-delay, Retry-After, both capped), and that
a host which only fails is left for this run instead of being asked for each of its pages. A host
that answers under https and no more under http is left under http alone.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime
from heapq import heappop, heappush

from archive.steady import steady_time
from crawler.guard import is_loopback

MAX_RETRY_AFTER = 3_600.0
"""Seconds; a server that asks for ten years gets an hour."""

HTTP = "http"
MAX_BACKOFF = 300.0
FIRST_BACKOFF = 2.0
STREAK_OF_STRANGER = 3
"""Failures in a row of a host that never answered, before it is left."""

STREAK_OF_KNOWN = 10
"""Failures in a row of a host that has answered before."""

SLOW_FACTOR = 1.0
"""Seconds of delay per second the host takes to answer."""


@dataclass(slots=True)
class _Server:
    """A host under one scheme."""

    answered: bool = False
    streak: int = 0
    left: str | None = None


@dataclass(slots=True)
class _Host:
    floor: float
    delay: float
    loopback: bool
    paused_until: float = 0.0
    servers: defaultdict[str, _Server] = field(default_factory=lambda: defaultdict(_Server))

    @property
    def is_left(self) -> bool:
        """Is it asked no more under any scheme?"""
        return all(server.left for server in self.servers.values())


class Politeness:
    """The manners of one run. Times are seconds; ``clock`` gives seconds since the epoch that go on
    evenly, ``time_of_day`` those by which a server's dates are read; ``scheme`` is that of the
    address asked for: under another one the host may go on as ever."""

    def __init__(
        self,
        *,
        delay: float,
        max_delay: float,
        clock: Callable[[], float] = steady_time,
        time_of_day: Callable[[], float] = time.time,
    ) -> None:
        self._delay = delay
        self._max_delay = max_delay
        self._clock = clock
        self._time_of_day = time_of_day
        self._hosts: dict[str, _Host] = {}
        self._moments: list[float] = []
        self.notes: list[str] = []

    def delay(self, host: str) -> float:
        """The pause between two requests to ``host`` as things stand."""
        return self._of(host).delay

    def ask_for(self, host: str, crawl_delay: float) -> None:
        """robots.txt asks for ``crawl_delay``; it is granted up to the limit, and reported."""
        known = self._of(host)
        granted = min(max(crawl_delay, 0.0), self._max_delay)
        if granted < crawl_delay:
            self.notes.append(
                f"{host}: robots.txt asks for {crawl_delay:g} s between requests, "
                f"{granted:g} s are kept"
            )
        known.floor = max(known.floor, granted)
        known.delay = max(known.delay, known.floor)

    def answered(self, host: str, seconds: float | None, scheme: str = HTTP) -> None:
        """``host`` gave an answer after ``seconds``."""
        known = self._of(host)
        server = known.servers[scheme]
        server.answered, server.streak = True, 0
        if known.loopback:
            return
        wanted = max(known.floor, min(SLOW_FACTOR * (seconds or 0.0), self._max_delay))
        known.delay = max(wanted, (known.delay + wanted) / 2)

    def has_answered(self, host: str, scheme: str) -> bool:
        """Has ``host`` given any answer in this run?"""
        return self._of(host).servers[scheme].answered

    def failed(
        self, host: str, reason: str, retry_after: str | None = None, scheme: str = HTTP
    ) -> None:
        """``host`` itself failed (``reason``), perhaps with a ``Retry-After`` header."""
        known = self._of(host)
        server = known.servers[scheme]
        server.streak += 1
        wait = retry_after_seconds(retry_after, self._time_of_day()) if retry_after else None
        if wait is None:
            wait = _backoff(known, server)
        known.paused_until = max(known.paused_until, self._clock() + wait)
        heappush(self._moments, known.paused_until)
        if not known.loopback:
            known.delay = min(self._max_delay, max(known.delay, FIRST_BACKOFF / 2) * 2)
        if server.streak >= (STREAK_OF_KNOWN if server.answered else STREAK_OF_STRANGER):
            server.left = server.left or reason

    def left(self, host: str, scheme: str = HTTP) -> str | None:
        """Why ``host`` is not asked any more in this run, or None."""
        return self._of(host).servers[scheme].left

    def paused(self) -> list[str]:
        """Hosts that are not to be asked just now, but may be later: one that was ``left`` has
        nothing to wait for."""
        if self.next_moment() is None:
            return []
        now = self._clock()
        return [
            host
            for host, known in self._hosts.items()
            if known.paused_until > now and not known.is_left
        ]

    def not_before(self, host: str, scheme: str = HTTP) -> float:
        """The moment (seconds since the epoch) from which ``host`` may be asked again."""
        moment = max(self._of(host).paused_until, self._clock() + self.backoff(host, scheme))
        heappush(self._moments, moment)
        return moment

    def next_moment(self) -> float | None:
        """When the next pause of a host, or the next wait before a question, ends; None where
        none goes on."""
        now = self._clock()
        while self._moments and self._moments[0] <= now:
            heappop(self._moments)
        return self._moments[0] if self._moments else None

    def backoff(self, host: str, scheme: str = HTTP) -> float:
        """The wait before a failed question to ``host`` is asked again."""
        known = self._of(host)
        return _backoff(known, known.servers[scheme])

    def _of(self, host: str) -> _Host:
        known = self._hosts.get(host)
        if known is None:
            loopback = is_loopback(host)
            delay = 0.0 if loopback else self._delay
            known = self._hosts[host] = _Host(delay, delay, loopback)
        return known


def _backoff(host: _Host, server: _Server) -> float:
    if host.loopback:
        return 0.0
    return min(FIRST_BACKOFF * 2.0 ** max(0, server.streak - 1), MAX_BACKOFF)


def retry_after_seconds(value: str, now: float) -> float | None:
    """The wait that a ``Retry-After`` header asks for (RFC 9110, section 10.2.3: seconds or a
    date), between 0 and an hour; None when it cannot be read or lies in the past."""
    value = value.strip()[:64]
    if value.isascii() and value.isdigit():
        return min(float(value), MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    wait = moment.timestamp() - now
    return min(wait, MAX_RETRY_AFTER) if wait > 0 else None
