"""How a service is asked: one question after the other, and no faster than it can bear.

It promises a second between two questions to a service that is not on this machine, more where it
asks for it, and that who waits hears a signal all the same.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from archive.backfill.http import Reply, ask

PAUSE_SECONDS = 1.0
MAX_WAIT_SECONDS = 3_600.0
FIRST_WAIT_SECONDS = 5.0
STEP_SECONDS = 1.0
"""Between two looks at whether to go on, while waiting."""
MAX_TRIES = 4
OVERLOADED = frozenset({429, 502, 503, 504})


class Asker:
    """Asks a service politely. ``go_on`` is called before each question and now and then while
    waiting; what it raises ends it. ``sleep`` and ``clock`` (seconds, monotonic) are the
    machine's."""

    def __init__(
        self,
        go_on: Callable[[], None] = lambda: None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._go_on = go_on
        self._sleep = sleep
        self._clock = clock
        self._free_at = 0.0

    def ask(self, url: str, take: Callable[[bytes], object] | None = None) -> Reply:
        """The answer, asked for again while the service is overloaded; ``take`` as in
        archive.backfill.http. Raises OSError or http.client.HTTPException."""
        wait = FIRST_WAIT_SECONDS
        for tries in range(1, MAX_TRIES + 1):
            self._wait()
            reply = ask(url, take)
            self._free_at = self._clock() + (0.0 if is_near(url) else PAUSE_SECONDS)
            if reply.status not in OVERLOADED or tries == MAX_TRIES:
                break
            self._free_at = self._clock() + asked_wait(reply.retry_after, wait, time.time())
            wait *= 2
        return reply

    def _wait(self) -> None:
        left = self._free_at - self._clock()
        self._go_on()
        while left > 0:
            step = min(left, STEP_SECONDS)
            self._sleep(step)
            left -= step
            self._go_on()


def is_near(url: str) -> bool:
    """Is the service on this machine?"""
    name = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def asked_wait(retry_after: str | None, otherwise: float, now: float) -> float:
    """Seconds that a ``Retry-After`` header asks to wait (RFC 9110, section 10.2.3: seconds, or a
    date beside ``now``, seconds since the epoch), at most an hour; ``otherwise`` where it asks for
    nothing that can be understood."""
    text = (retry_after or "").strip()[:64]
    if text.isascii() and text.isdigit():
        return min(float(text), MAX_WAIT_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return otherwise
    until = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return min(max(until - now, 0.0), MAX_WAIT_SECONDS)
