"""What a Wayback-compatible service holds of a site, taken in: its listing, then each capture's
own bytes (``id_``), one question after the other.

It promises a second between two questions to a service that is not on this machine, more where it
asks for it; that a capture which is in the archive is not asked for again; and that what is kept is
what the service sent, under the page's address and the moment of the capture, with the address it
came from beside it (``via``).
"""

from __future__ import annotations

import http.client
import ipaddress
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlencode, urlsplit

from archive.backfill.cdx import Listed, read_listing
from archive.backfill.http import Reply, ask
from archive.errors import NotFoundError, PalimpsestError
from archive.model import Capture

PAUSE_SECONDS = 1.0
MAX_WAIT_SECONDS = 3_600.0
FIRST_WAIT_SECONDS = 5.0
MAX_TRIES = 4
OVERLOADED = frozenset({429, 502, 503, 504})
SUCCESS = range(200, 300)
WAYBACK_ENDING = "/web"
"""Services whose replay prefix ends so have their listing beside it, not under it."""


class ServiceError(PalimpsestError):
    """The service does not answer as a Wayback-compatible one does."""

    exit_code = 69


@dataclass(frozen=True, slots=True)
class Service:
    """``replay`` is the address before the timestamp, ``listing`` that of the CDX server."""

    replay: str
    listing: str

    @classmethod
    def at(cls, url: str) -> Service:
        """The service with this replay prefix: http://host/collection (pywb), or
        https://web.archive.org/web."""
        prefix = url.rstrip("/")
        if prefix.endswith(WAYBACK_ENDING):
            return cls(prefix, f"{prefix.removesuffix(WAYBACK_ENDING)}/cdx/search/cdx")
        return cls(prefix, f"{prefix}/cdx")


@dataclass(frozen=True, slots=True)
class Wayback:
    """What to take from a service: everything under ``urls``."""

    service: Service
    urls: tuple[str, ...]

    def captures(
        self, kept: Collection[tuple[str, datetime]], on_error: Callable[[str], None]
    ) -> Iterator[Capture]:
        """The captures that are not ``kept`` (addresses and moments, whole seconds). Raises
        ServiceError when there is no listing, NotFoundError when it lists nothing of any address:
        the collection or the address may be another one."""
        asker = Asker()
        is_found = False
        for url in self.urls:
            listed = listing(asker, self.service, url)
            is_found |= bool(listed)
            wanted = [one for one in listed if (one.url, one.moment) not in kept]
            yield from fetch(asker, self.service, wanted, on_error)
        if not is_found:
            raise NotFoundError(
                f"{self.service.listing} lists nothing under {', '.join(self.urls)}; check the "
                "collection's name and the address"
            )


class Asker:
    """Asks a service politely. ``sleep`` and ``clock`` (seconds, monotonic) are the machine's."""

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._free_at = 0.0

    def ask(self, url: str) -> Reply:
        """The answer, asked for again while the service is overloaded. Raises OSError or
        http.client.HTTPException."""
        wait = FIRST_WAIT_SECONDS
        for tries in range(1, MAX_TRIES + 1):
            self._sleep(max(0.0, self._free_at - self._clock()))
            reply = ask(url)
            self._free_at = self._clock() + (0.0 if is_near(url) else PAUSE_SECONDS)
            if reply.status not in OVERLOADED or tries == MAX_TRIES:
                break
            self._free_at = self._clock() + asked_wait(reply.retry_after, wait, time.time())
            wait *= 2
        return reply


def is_near(url: str) -> bool:
    """Is the service on this machine?"""
    name = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def listing(asker: Asker, service: Service, url: str) -> list[Listed]:
    """Every successful capture of the addresses that begin with ``url``. Raises ServiceError."""
    query = urlencode({"url": url, "matchType": "prefix", "output": "json"})
    try:
        reply = asker.ask(f"{service.listing}?{query}")
    except (OSError, http.client.HTTPException) as error:
        raise ServiceError(f"{service.listing}: no answer: {error}; check the address") from error
    if reply.status not in SUCCESS:
        raise ServiceError(
            f"{service.listing}: HTTP status {reply.status}; is it a CDX server? name the replay "
            "prefix, as in http://127.0.0.1:8080/collection"
        )
    lines = reply.body.decode("utf-8", "replace").splitlines()
    found = {(one.url, one.timestamp): one for one in read_listing(lines) if _is_page(one)}
    return [found[key] for key in sorted(found)]


def fetch(
    asker: Asker, service: Service, wanted: Iterable[Listed], on_error: Callable[[str], None]
) -> Iterator[Capture]:
    """The captures; what the service does not give is told to ``on_error``."""
    for one in wanted:
        address = f"{service.replay}/{one.timestamp}id_/{quote(one.url, safe=':/?&=%+,;@~!*()')}"
        try:
            reply = asker.ask(address)
        except (OSError, http.client.HTTPException) as error:
            on_error(f"{address}: {type(error).__name__}: {error}")
            continue
        if reply.status not in SUCCESS:
            on_error(f"{address}: HTTP status {reply.status}, not taken in")
            continue
        yield Capture(one.url, one.moment, b"", reply.raw, protocols=("http/1.1",), via=address)


def _is_page(one: Listed) -> bool:
    """Successful ones; a revisit (no status of its own, or "-") is replayed by the service."""
    return one.status in ("", "-", "200") or one.mime == "warc/revisit"


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
