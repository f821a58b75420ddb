"""How a service is asked: one question after the other, and no faster than it can bear.

It promises a second between two questions to a service that is not on this machine, more where it
asks for it, that it is never asked sooner than it asked for, that one which puts everything off is
left while somebody still wants to know, and that who waits hears a signal all the same.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from archive.backfill.http import Reply, ask
from archive.errors import PalimpsestError

PAUSE_SECONDS = 1.0
PATIENCE_SECONDS = 3_600.0
"""Waited for a service that puts off (429, 502 to 504) whatever it is asked, in all; one that asks
for more is left."""
MAX_ASKED_SECONDS = 366 * 86_400.0
"""What ``Retry-After`` is believed."""
FIRST_WAIT_SECONDS = 5.0
STEP_SECONDS = 1.0
"""Between two looks at whether to go on, while waiting."""
MAX_TRIES = 4
OVERLOADED = frozenset({429, 502, 503, 504})


class ServiceError(PalimpsestError):
    """The service does not answer as a Wayback-compatible one does."""

    exit_code = 69


class Asker:
    """Asks a service politely. ``go_on`` is called before each question, with each piece of an
    answer and now and then while waiting; what it raises ends it. ``waits`` is told the seconds
    that are left of a wait which the service asked for. ``sleep`` and ``clock`` (seconds,
    monotonic) are the machine's."""

    def __init__(
        self,
        go_on: Callable[[], None] = lambda: None,
        waits: Callable[[float], None] = lambda seconds: None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._go_on = go_on
        self._waits = waits
        self._sleep = sleep
        self._clock = clock
        self._free_at = 0.0
        self._put_off = 0.0
        """Seconds waited for the service since it last gave an answer."""

    def ask(self, url: str, take: Callable[[bytes], object] | None = None) -> Reply:
        """The answer, asked for again while the service is overloaded; ``take`` as in
        archive.backfill.http. Raises ServiceError where the service asks for more patience than
        there is, OSError or http.client.HTTPException."""
        wait = FIRST_WAIT_SECONDS
        for tries in range(1, MAX_TRIES + 1):
            self._wait()
            try:
                reply = ask(url, take, self._go_on)
            finally:
                self._free_at = self._clock() + (0.0 if is_near(url) else PAUSE_SECONDS)
            if reply.status not in OVERLOADED:
                self._put_off = 0.0
                break
            # Also behind the last try: the next question is another one to the same service.
            self._be_patient(url, reply, wait)
            wait *= 2
            if tries == MAX_TRIES:
                break
        return reply

    def _be_patient(self, url: str, reply: Reply, otherwise: float) -> None:
        """Ask no sooner than the service wants. Raises ServiceError where that is too long."""
        asked = asked_wait(reply.retry_after, otherwise, time.time())
        if self._put_off + asked > PATIENCE_SECONDS:
            until = datetime.fromtimestamp(time.time() + asked, UTC)
            raise ServiceError(
                f"{url}: HTTP status {reply.status}, and the service asks to be left alone until "
                f"{until:%Y-%m-%d %H:%M} UTC: run the same command then to go on"
            )
        self._put_off += asked
        self._free_at = self._clock() + asked

    def rest(self) -> None:
        """Wait until the service may be asked again, by whomever."""
        self._wait()

    def _wait(self) -> None:
        left = self._free_at - self._clock()
        self._go_on()
        while left > 0:
            if self._put_off:
                self._waits(left)
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
        return min(float(text), MAX_ASKED_SECONDS)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return otherwise
    until = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return min(max(until - now, 0.0), MAX_ASKED_SECONDS)
