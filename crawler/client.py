"""An HTTP/1.1 client whose receive buffer is the capture.

It promises that each exchange, whole, cut or failed, comes back with the bytes that crossed the
wire in both directions; that only addresses the guard allows are connected to; and that no server
can hold it up or fill its memory beyond its limits.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote, urlsplit

from archive.errors import HttpError
from archive.exchange import HttpMessage, ResponseFraming, message_of
from archive.model import Capture
from crawler.wire.connect import AllowAddress, Endpoint, addresses_of, connect
from crawler.wire.connection import Connection, Peer
from crawler.wire.errors import (
    AddressNotAllowedError,
    LossError,
    SizeLimitError,
    TimeLimitError,
    UnknownHostError,
    WireError,
)
from crawler.wire.limits import Limits
from crawler.wire.pool import Pool
from crawler.wire.proxy import Proxy, connect_through

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"})
"""Methods that may be sent again when a kept connection turns out closed (RFC 9110, 9.2.2)."""

ROUNDS_TO_READ = 2
"""Rounds of the event loop after which it has read what lay in a socket: bytes that came while a
page was looked at end a kept connection, and must not answer the request that is sent next."""

PATIENCE_SECONDS = 3.0
"""How long this machine's name service is waited for where a proxy has its own."""
MAX_UNTOLD = 1_000
"""Hosts remembered of which it told nothing in that time."""

_LINE_END = re.compile(rb"[\r\n\0]+")
_TARGET_SAFE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class WireRequest:
    """What to send: ``headers`` go out in this order and spelling; Host is put first and
    Content-Length last where they are missing. ``via`` is the page that named the address."""

    url: str
    method: str = "GET"
    headers: Sequence[tuple[bytes, bytes]] = ()
    body: bytes = b""
    via: str | None = None
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came of it. ``message`` is None when there is no head; ``error`` tells why the exchange
    is not whole; ``latency`` is the time to the first byte, in seconds; ``earlier`` is the attempt
    on a kept connection that the server closed without an answer, before this one was made."""

    capture: Capture
    message: HttpMessage | None
    error: WireError | None
    latency: float
    earlier: Capture | None = None


class Client:
    """Fetches; keeps connections open between requests.

    ``allow_address`` is asked for every address a name resolves to; ``context_of`` gives the TLS
    context for a host.
    """

    def __init__(
        self,
        allow_address: AllowAddress | None,
        context_of: Callable[[str], ssl.SSLContext],
        limits: Limits | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._allow = allow_address
        self._context_of = context_of
        self._untold: set[str] = set()
        self._pool = Pool(self.limits.max_idle_connections, self.limits.keep_alive)

    async def fetch(self, request: WireRequest, limits: Limits | None = None) -> Exchange:
        """One exchange. Failures come back in it; AddressNotAllowedError alone is raised as well
        as WireError for an address that is none, because nothing has been tried then."""
        limits = limits or self.limits
        deadline = asyncio.get_running_loop().time() + limits.total
        attempt = _Attempt(request, Endpoint.of(request.url), limits, deadline)
        proxy = Proxy.of(request.proxy) if request.proxy else None
        if proxy is not None:
            await self._ask_what_is_told_here(attempt)
        key = (attempt.endpoint, proxy)
        for _ in range(ROUNDS_TO_READ):
            await asyncio.sleep(0)
        kept = self._pool.take(key)
        earlier = None
        if kept is not None:
            exchange = await self._on(kept, key, attempt)
            if not _was_closed_before(exchange, request.method):
                return exchange
            earlier = exchange.capture
        try:
            connection = await self._connect(attempt, proxy)
        except AddressNotAllowedError:
            raise
        except WireError as error:
            nothing = attempt.result(ResponseFraming(), Peer(), error, b"", 0.0)
            return replace(nothing, earlier=earlier)
        return replace(await self._on(connection, key, attempt), earlier=earlier)

    async def _ask_what_is_told_here(self, attempt: _Attempt) -> None:
        """A proxy resolves names for itself, each time, and takes which address it likes: all that
        this machine is told of the name have to be allowed before it is handed over. That it is
        told nothing is as it should be behind a proxy. Raises AddressNotAllowedError."""
        endpoint, host = attempt.endpoint, attempt.endpoint.host
        if host in self._untold or self._allow is None:
            return
        try:
            ips = await addresses_of(endpoint, None, attempt.time_left(PATIENCE_SECONDS))
        except TimeLimitError:
            if len(self._untold) < MAX_UNTOLD:
                self._untold.add(host)
        except UnknownHostError:
            pass
        else:
            for ip in ips:
                if not self._allow(endpoint.authority, ip):
                    raise AddressNotAllowedError(endpoint.authority, ip)

    async def close(self) -> None:
        """Close every kept connection."""
        await self._pool.close()

    async def _connect(self, attempt: _Attempt, proxy: Proxy | None) -> Connection:
        endpoint, limits = attempt.endpoint, attempt.limits
        context = self._context_of(endpoint.authority) if endpoint.scheme == "https" else None
        if proxy is not None:
            return await connect_through(proxy, endpoint, context, limits, attempt.deadline)
        ips = await addresses_of(endpoint, self._allow, attempt.time_left(limits.connect))
        return await connect(endpoint, ips, context, attempt.time_left(limits.connect))

    async def _on(
        self, connection: Connection, key: tuple[Endpoint, Proxy | None], attempt: _Attempt
    ) -> Exchange:
        request, limits = attempt.request, attempt.limits
        proxy = key[1]
        sent, kept = request_bytes(request, attempt.endpoint, proxy)
        framing = ResponseFraming(
            request.method, max_head=limits.max_head, max_body=limits.max_body, cuts=limits.cuts
        )
        peer = connection.peer() if proxy is None else replace(connection.peer(), ip=None)
        attempt.started = datetime.now(UTC)
        began = connection.loop.time()
        error: WireError | None = None
        try:
            await connection.exchange(sent, framing, limits, attempt.deadline)
        except WireError as caught:
            error = caught
        except BaseException:
            connection.abort()
            raise
        latency = (connection.first_byte_at or connection.loop.time()) - began
        if error is None and connection.may_serve_again(framing):
            self._pool.put(key, connection)
        else:
            connection.abort()
        return attempt.result(framing, peer, error, kept, latency)


class _Attempt:
    """One request on its way, over at most two connections."""

    def __init__(
        self, request: WireRequest, endpoint: Endpoint, limits: Limits, deadline: float
    ) -> None:
        self.request = request
        self.endpoint = endpoint
        self.limits = limits
        self.deadline = deadline
        self.started = datetime.now(UTC)

    def time_left(self, wanted: float) -> float:
        return max(0.001, min(wanted, self.deadline - asyncio.get_running_loop().time()))

    def result(
        self,
        framing: ResponseFraming,
        peer: Peer,
        error: WireError | None,
        sent: bytes,
        latency: float,
    ) -> Exchange:
        version = framing.head.version if framing.head else "1.1"
        message = None
        if framing.head is not None:
            try:
                message = message_of(framing)
            except HttpError as broken:
                error = error or LossError("transfer-coding", str(broken))
        capture = Capture(
            url=self.request.url,
            captured_at=self.started,
            request=sent,
            response=framing.settle(),
            ip=peer.ip,
            protocols=_protocols(version, peer) if sent else (),
            cipher=peer.cipher,
            truncated=truncation(error) if framing.raw else None,
            error=str(error) if error else None,
            via=self.request.via,
            certificate=peer.certificate,
        )
        return Exchange(capture, message, error, latency)


def _protocols(version: str, peer: Peer) -> tuple[str, ...]:
    return (f"http/{version}", peer.tls) if peer.tls else (f"http/{version}",)


def truncation(error: WireError | None) -> Literal["length", "time", "disconnect"] | None:
    """The WARC-Truncated reason of an error (WARC 1.1, section 5.13), if it is one."""
    if isinstance(error, SizeLimitError):
        return "length"
    if isinstance(error, TimeLimitError):
        return "time"
    if isinstance(error, LossError) and error.reason in ("body-cut", "head-cut", "reset"):
        return "disconnect"
    return None


def _was_closed_before(exchange: Exchange, method: str) -> bool:
    """Whether a kept connection had been closed by the server before the request reached it."""
    unanswered = isinstance(exchange.error, LossError) and not exchange.capture.response
    return unanswered and method.upper() in IDEMPOTENT


def request_bytes(
    request: WireRequest, endpoint: Endpoint, proxy: Proxy | None = None
) -> tuple[bytes, bytes]:
    """The bytes to send and the bytes to keep; they differ by Proxy-Authorization only, which is
    a secret between client and proxy."""
    names = {name.lower() for name, _ in request.headers}
    absolute = proxy is not None and endpoint.scheme == "http"
    target = _target(request.url, endpoint if absolute else None)
    lines = [_clean(request.method.encode("latin-1")) + b" " + target + b" HTTP/1.1"]
    if b"host" not in names:
        lines.append(b"Host: " + _host_value(endpoint))
    lines += [_clean(name) + b": " + _clean(value) for name, value in request.headers]
    if b"content-length" not in names and (request.body or request.method in ("POST", "PUT")):
        lines.append(b"Content-Length: %d" % len(request.body))
    kept = b"\r\n".join(lines) + b"\r\n\r\n" + request.body
    if not absolute or proxy is None or proxy.authorization is None:
        return kept, kept
    lines.append(b"Proxy-Authorization: " + proxy.authorization)
    return b"\r\n".join(lines) + b"\r\n\r\n" + request.body, kept


def _host_value(endpoint: Endpoint) -> bytes:
    return endpoint.authority.encode("ascii" if endpoint.authority.isascii() else "idna")


def _target(url: str, absolute: Endpoint | None) -> bytes:
    parts = urlsplit(url)
    target = parts.path or "/"
    if parts.query or url.partition("#")[0].endswith("?"):
        target += f"?{parts.query}"
    if absolute is not None:
        target = f"http://{absolute.authority}{target}"
    if not (target.isascii() and target.isprintable()) or " " in target:
        target = quote(target, _TARGET_SAFE)
    return target.encode("ascii")


def _clean(value: bytes) -> bytes:
    return _LINE_END.sub(b" ", value)
