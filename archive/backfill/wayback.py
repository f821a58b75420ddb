"""What a Wayback-compatible service holds of a site, taken in: its listing, then each capture's
own bytes (``id_``), one question after the other.

It promises that a capture which is in the archive is not asked for again, that a listing may be of
any length, that a service which does not answer any more is left, and that what is kept is what
the service sent, under the page's address and the moment of the capture, with the address it came
from beside it (``via``).
"""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote, urlencode

from archive.backfill.asking import MAX_TRIES, OVERLOADED, Asker, ServiceError
from archive.backfill.cdx import Listed, read_listing
from archive.backfill.http import check_address
from archive.backfill.listed import Lines, lines_in, listing_in
from archive.errors import NotFoundError
from archive.model import Capture
from archive.statuses import SUCCESS

WAYBACK_ENDING = "/web"
"""Services whose replay prefix ends so have their listing beside it, not under it."""
MAX_SILENCE = 10
"""Questions in a row without an answer, or put off for as long as one waits (429, 503), after which
the service is left."""
BEGINNING_BYTES = 1024 * 1024
"""Of a listing of which only a line is wanted."""
MAX_SHOWN = 80
"""Characters of a line that is none."""


@dataclass(frozen=True, slots=True)
class Service:
    """``replay`` is the address before the timestamp, ``listing`` that of the CDX server."""

    replay: str
    listing: str

    @classmethod
    def at(cls, url: str) -> Service:
        """The service with this replay prefix: http://host/collection (pywb), or
        https://web.archive.org/web. Raises UsageError for what is no address."""
        check_address(url)
        prefix = url.rstrip("/")
        if prefix.endswith(WAYBACK_ENDING):
            return cls(prefix, f"{prefix.removesuffix(WAYBACK_ENDING)}/cdx/search/cdx")
        return cls(prefix, f"{prefix}/cdx")


@dataclass(slots=True)
class _Garbage:
    """Lines of a listing that are none: how many, and the beginning of the first."""

    lines: int = 0
    first: str = ""

    def take(self, line: str) -> None:
        self.first = self.first or " ".join(line.split())[:MAX_SHOWN]
        self.lines += 1

    def tell(self, where: str, on_error: Callable[[str], None]) -> None:
        if self.lines:
            on_error(f"{where}: lines that are no captures: {self.lines}, the first {self.first!r}")


@dataclass(frozen=True, slots=True)
class Wayback:
    """What to take from a service: everything under ``urls``."""

    service: Service
    urls: tuple[str, ...]

    def captures(
        self,
        folder: Path,
        kept: Iterable[tuple[str, datetime]],
        on_error: Callable[[str], None],
        asker: Asker,
    ) -> Iterator[Capture]:
        """The captures that are not ``kept`` (addresses and moments), as ``asker`` asks for them;
        the listing lies in ``folder`` meanwhile. ``on_error`` is told what the service does not
        give.

        Raises ServiceError when there is no listing or the service falls silent, NotFoundError
        when it lists nothing of any address (the collection or the address may be another one),
        DataDirectoryError when the listing cannot be kept.
        """
        with listing_in(folder) as listed:
            for url in self.urls:
                with lines_in(folder) as lines:
                    _ask_for(asker, self.service, url, lines)
                    garbage = _Garbage()
                    found = read_listing(lines, garbage.take)
                    listed.add(one for one in found if _is_page(one))
                    garbage.tell(f"{self.service.listing}, {url}", on_error)
            if not listed:
                raise self._nothing()
            listed.without(kept)
            yield from fetch(asker, self.service, listed, on_error)

    def check_any(self, asker: Asker) -> None:
        """Raises as ``captures`` where there is no listing, or nothing in any; of each only a line
        is asked for, and nothing is kept."""
        with TemporaryDirectory() as folder:
            for url in self.urls:
                with lines_in(Path(folder)) as lines:
                    # Not every service knows of a limit, and some list without end.
                    with suppress(_EnoughError):
                        _ask_for(asker, self.service, url, _Beginning(lines), {"limit": "1"})
                    asker.rest()
                    garbage = _Garbage()
                    # Garbage is told with all the listing, not judged by its first line.
                    if any(read_listing(lines, garbage.take)) or garbage.lines:
                        return
        raise self._nothing()

    def _nothing(self) -> NotFoundError:
        return NotFoundError(
            f"{self.service.listing} lists nothing under {', '.join(self.urls)}; check the "
            "collection's name and the address"
        )


class _EnoughError(Exception):
    """No more of a listing is wanted."""


class _Taking(Protocol):
    """Whoever takes a listing."""

    def take(self, piece: bytes) -> None: ...


class _Beginning:
    """Takes into ``lines`` what a listing begins with. Raises _EnoughError when that is there."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._left = BEGINNING_BYTES

    def take(self, piece: bytes) -> None:
        self._lines.take(piece)
        self._left -= len(piece)
        if self._left <= 0:
            raise _EnoughError


def _ask_for(
    asker: Asker,
    service: Service,
    url: str,
    lines: _Taking,
    wishes: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """The listing of the addresses that begin with ``url``, into ``lines``."""
    query = urlencode({"url": url, "matchType": "prefix", "output": "json", **wishes})
    try:
        reply = asker.ask(f"{service.listing}?{query}", lines.take)
    except (OSError, http.client.HTTPException) as error:
        raise ServiceError(f"{service.listing}: no answer: {error}; check the address") from error
    if reply.status in OVERLOADED:
        raise ServiceError(
            f"{service.listing}: HTTP status {reply.status}, {MAX_TRIES} times: run the same "
            "command later to go on"
        )
    if reply.status not in SUCCESS:
        raise ServiceError(
            f"{service.listing}: HTTP status {reply.status}; is it a CDX server? name the replay "
            "prefix, as in http://127.0.0.1:8080/collection"
        )


def fetch(
    asker: Asker, service: Service, wanted: Iterable[Listed], on_error: Callable[[str], None]
) -> Iterator[Capture]:
    """The captures; what the service does not give is told to ``on_error``. Raises ServiceError
    when it gives nothing any more."""
    silent = 0
    for one in wanted:
        address = f"{service.replay}/{one.timestamp}id_/{quote(one.url, safe=':/?&=%+,;@~!*()')}"
        try:
            reply = asker.ask(address)
        except (OSError, http.client.HTTPException) as error:
            silent = _one_more(silent, f"{address}: {type(error).__name__}: {error}", on_error)
            continue
        if reply.status in SUCCESS:
            silent = 0
            yield Capture(one.url, one.moment, b"", reply.raw, protocols=("http/1.1",), via=address)
            continue
        why = f"{address}: HTTP status {reply.status}, not taken in"
        if reply.status in OVERLOADED:
            silent = _one_more(silent, why, on_error)
        else:
            silent = 0
            on_error(why)


def _one_more(silent: int, why: str, on_error: Callable[[str], None]) -> int:
    """Tell of another question in vain, and count it. Raises ServiceError behind the last."""
    on_error(why)
    if silent + 1 == MAX_SILENCE:
        raise ServiceError(
            f"{why}; {MAX_SILENCE} questions in a row had no answer: run the same command later to "
            "go on"
        )
    return silent + 1


def _is_page(one: Listed) -> bool:
    """Successful ones; a revisit (no status of its own, or "-") is replayed by the service."""
    return one.status in ("", "-", "200") or one.mime == "warc/revisit"
