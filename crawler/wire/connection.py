"""One connection: what the socket gives goes into the framing untouched, under time limits.

It promises that every byte received between a request and its end is in the framing's ``raw``, and
that a peer who is silent, slow or endless is given up in time.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass

from archive.errors import HeadTooLargeError, HttpError
from archive.exchange import ResponseFraming
from archive.model import Certificate
from crawler.wire.errors import LossError, SizeLimitError, TimeLimitError, WireError
from crawler.wire.limits import Limits
from crawler.wire.tls import certificate_of, protocol_name, suite_name

TICKS_PER_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Peer:
    """Who is at the other end: address, TLS version ("tls/1.3"), cipher suite (IANA) and
    certificate."""

    ip: str | None = None
    tls: str | None = None
    cipher: str | None = None
    certificate: Certificate | None = None


class Connection(asyncio.Protocol):
    """An open connection for one exchange after the other."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.transport: asyncio.Transport | None = None
        self.closed = False
        self.exchanges = 0
        self.idle_since = 0.0
        self.first_byte_at: float | None = None
        self._framing: ResponseFraming | None = None
        self._error: WireError | None = None
        self._ended: asyncio.Future[None] | None = None
        self._lost: asyncio.Future[None] = self.loop.create_future()
        self._last_byte_at = 0.0
        self._room = 0
        self._peer: Peer | None = None

    # --- asyncio.Protocol --------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        framing = self._framing
        if framing is None:
            self.abort()
            return
        self._last_byte_at = self.loop.time()
        if self.first_byte_at is None:
            self.first_byte_at = self._last_byte_at
        if self._error is not None:
            framing.raw += data[: max(0, self._room - len(framing.raw))]
            return
        self._feed(framing, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        framing = self._framing
        if framing is not None and self._error is None and not framing.complete:
            self._end_of_input(framing, exc)
        self._end(self._error)
        if not self._lost.done():
            self._lost.set_result(None)

    # --- exchanges ---------------------------------------------------------------------------

    async def exchange(
        self, request: bytes, framing: ResponseFraming, limits: Limits, deadline: float
    ) -> None:
        """Send ``request`` and fill ``framing``; ``deadline`` is a time of the event loop.

        Raises WireError; what was received until then is in ``framing.raw``.
        """
        self.exchanges += 1
        self.first_byte_at = None
        self._framing, self._error = framing, None
        self._ended = self.loop.create_future()
        self._last_byte_at = self.loop.time()
        self._room = limits.max_head + limits.max_body
        if self.closed or self.transport is None:
            raise LossError("closed", "the connection was closed before the request")
        self.transport.write(request)
        tick = min(limits.idle, limits.total, limits.slow_after) / TICKS_PER_LIMIT
        timer = self.loop.call_later(tick, self._watch, limits, deadline, tick)
        self._timer = timer
        try:
            await self._ended
        finally:
            self._timer.cancel()
            if not self.may_serve_again(framing):
                await self._linger(framing, limits)
            self._framing = None
            self.idle_since = self.loop.time()

    def may_serve_again(self, framing: ResponseFraming) -> bool:
        """Whether the connection can carry another exchange (RFC 9112, section 9.3)."""
        head = framing.head
        if self.closed or self._error or head is None or not framing.complete or framing.broken:
            return False
        if framing.ended_by_close or len(framing.raw) > framing.end or head.status == 101:
            return False
        options = {part.strip().lower() for v in head.all("connection") for part in v.split(",")}
        if "close" in options:
            return False
        return head.version not in ("0.9", "1.0", "1") or "keep-alive" in options

    def peer(self) -> Peer:
        """Who is at the other end. Ask first while the connection is open."""
        if self.transport is None:
            return Peer()
        if self._peer is None:
            self._peer = _peer(self.transport)
        return self._peer

    def abort(self) -> None:
        """Close at once."""
        self.closed = True
        if self.transport is not None:
            self.transport.abort()

    async def close(self) -> None:
        """Close and wait until it is closed."""
        self.abort()
        if self.transport is not None:
            await self._lost

    # --- inside ------------------------------------------------------------------------------

    def _feed(self, framing: ResponseFraming, data: bytes) -> None:
        try:
            framing.feed(data)
        except HeadTooLargeError as error:
            self._give_up(SizeLimitError("head-too-large", str(error)))
        except HttpError as error:
            self._end(WireError("not-http", str(error)))
        else:
            if framing.too_long:
                size = max(len(framing.raw), framing.announced)
                self._give_up(SizeLimitError("body-too-large", f"{size} bytes"))
            elif framing.complete:
                self._end(self._fault(framing))

    def _end_of_input(self, framing: ResponseFraming, exc: Exception | None) -> None:
        if not framing.raw:
            reason = "reset" if isinstance(exc, ConnectionError) else "closed"
            self._error = LossError(reason, "before the first byte of a response")
            return
        try:
            framing.end_of_input()
        except HttpError as error:
            self._error = WireError("not-http", str(error))
            return
        if isinstance(exc, ConnectionError):
            self._error = LossError("reset", "in the middle of a response")
        else:
            self._error = self._fault(framing)

    def _fault(self, framing: ResponseFraming) -> WireError | None:
        return LossError(framing.broken) if framing.broken else None

    def _end(self, error: WireError | None) -> None:
        ended = self._ended
        if ended is None or ended.done():
            return
        self._error = error
        if error is None:
            ended.set_result(None)
        else:
            ended.set_exception(error)

    def _give_up(self, error: WireError) -> None:
        self._end(error)
        self.abort()

    def _watch(self, limits: Limits, deadline: float, tick: float) -> None:
        """Look whether a limit has passed; look again after ``tick`` seconds."""
        now = self.loop.time()
        assert self._framing is not None
        if now >= deadline:
            self._give_up(TimeLimitError("total-timeout", f"{limits.total:g} s in all"))
        elif now - self._last_byte_at >= limits.idle:
            self._give_up(TimeLimitError("idle-timeout", f"{limits.idle:g} s of silence"))
        elif self._is_slow(now, limits):
            self._give_up(TimeLimitError("too-slow", f"under {limits.slow_rate:g} bytes a second"))
        else:
            wait = min(tick, max(deadline - now, 0.001))
            self._timer = self.loop.call_later(wait, self._watch, limits, deadline, tick)

    def _is_slow(self, now: float, limits: Limits) -> bool:
        if self.first_byte_at is None or self._framing is None:
            return False
        taken = now - self.first_byte_at
        return taken > limits.slow_after and len(self._framing.raw) < limits.slow_rate * taken

    async def _linger(self, framing: ResponseFraming, limits: Limits) -> None:
        """Take what the peer still sends before it closes; after that the connection is no use."""
        if not self.closed and limits.linger > 0:
            await asyncio.wait([self._lost], timeout=limits.linger)
        self.abort()


def _peer(transport: asyncio.Transport) -> Peer:
    name = transport.get_extra_info("peername")
    session = transport.get_extra_info("ssl_object")
    ip = str(name[0]).partition("%")[0] if isinstance(name, tuple) else None
    if not isinstance(session, ssl.SSLObject):
        return Peer(ip)
    cipher = session.cipher()
    suite = suite_name(cipher[0]) if cipher else None
    return Peer(ip, protocol_name(session.version()), suite, certificate_of(session))
