"""One plain HTTP question, with the answer's bytes as they came over the wire.

A backfill asks one service, one question at a time; the crawler's client is of another room. It
promises a limit on time and size, also where a service gives a byte now and then, and that what
the service sent is kept as it was sent. An answer that is only to be read may be of any length: it
is handed on in pieces.
"""

from __future__ import annotations

import http.client
import io
import os
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import SplitResult, urlsplit

from archive.errors import UsageError
from archive.exchange.agent import user_agent
from archive.statuses import SUCCESS

TIMEOUT_SECONDS = 60.0
MAX_BYTES = 256 * 1024 * 1024
PIECE_BYTES = 256 * 1024
LEAST_BYTES_PER_SECOND = 100.0
"""Of an answer, from its second minute on; what comes slower would hold a backfill for days."""
PURPOSE = "institutional web archive; backfill"


@dataclass(frozen=True, slots=True)
class Reply:
    """``raw`` is the whole answer, head included; ``body`` without its transfer coding."""

    status: int
    raw: bytes
    body: bytes
    retry_after: str | None


def _agent() -> str:
    return user_agent(os.environ.get("PALIMPSEST_OPERATOR", ""), PURPOSE)


class _Recorder(io.BufferedIOBase):
    """Hands on what the socket's file gives, and keeps a copy."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.copy = bytearray()

    def _kept(self, data: bytes) -> bytes:
        self.copy += data
        return data

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        return self._kept(self._file.read(size))

    def read1(self, size: int = -1) -> bytes:
        return self._kept(self._file.read1(size))

    def readinto(self, buffer: Any) -> int:
        count: int = self._file.readinto(buffer)
        self.copy += memoryview(buffer)[:count]
        return count

    def readline(self, size: int | None = -1) -> bytes:
        return self._kept(self._file.readline(size))

    def peek(self, size: int = 0) -> bytes:
        data: bytes = self._file.peek(size)
        return data

    def close(self) -> None:
        self._file.close()


class _Steady(io.RawIOBase):
    """What a socket gives, for as long as that is enough: a head within TIMEOUT_SECONDS, a body
    with LEAST_BYTES_PER_SECOND. It is asked at each piece, for one line may be any number."""

    def __init__(self, file: Any, go_on: Callable[[], None]) -> None:
        self._file = file
        self._go_on = go_on
        self._began = time.monotonic()
        self._count = 0
        self._is_head = True

    def begin_body(self) -> None:
        """From here on it is a body, whose time begins now."""
        self._began, self._count, self._is_head = time.monotonic(), 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._go_on()
        seconds = time.monotonic() - self._began
        if seconds > TIMEOUT_SECONDS:
            if self._is_head:
                raise TimeoutError(f"no head within {TIMEOUT_SECONDS:.0f} seconds")
            if self._count < LEAST_BYTES_PER_SECOND * seconds:
                raise TimeoutError(f"fewer than {LEAST_BYTES_PER_SECOND:.0f} bytes a second")
        count: int = self._file.readinto(buffer)
        self._count += count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class _Tapped:
    """A socket whose file is watched, and recorded where that ``is_kept``."""

    def __init__(self, socket: Any, go_on: Callable[[], None], *, is_kept: bool) -> None:
        self._socket = socket
        self._go_on = go_on
        self._is_kept = is_kept
        self.recorder: _Recorder | None = None

    def makefile(self, mode: str) -> io.BufferedIOBase:
        self.steady = _Steady(self._socket.makefile(mode, buffering=0), self._go_on)
        file = io.BufferedReader(self.steady)
        if self._is_kept:
            self.recorder = _Recorder(file)
        return self.recorder or file


class _Response(http.client.HTTPResponse):
    def __init__(
        self, socket: Any, *arguments: Any, go_on: Callable[[], None], is_kept: bool, **named: Any
    ) -> None:
        tapped: Any = _Tapped(socket, go_on, is_kept=is_kept)
        super().__init__(tapped, *arguments, **named)
        self._tapped: _Tapped = tapped

    def begin(self) -> None:
        super().begin()
        self._tapped.steady.begin_body()

    @property
    def raw(self) -> bytes:
        """The bytes that came, where they are kept."""
        recorder = self._tapped.recorder
        return b"" if recorder is None else bytes(recorder.copy)


def ask(
    url: str,
    take: Callable[[bytes], object] | None = None,
    go_on: Callable[[], None] = lambda: None,
) -> Reply:
    """GET ``url``. With ``take`` the body of a successful answer goes there in pieces, and is not
    in the reply; ``go_on`` is called with each piece, and may raise to end it. Raises UsageError
    for an address that is none, OSError or http.client.HTTPException when there is no whole
    answer."""
    connection, target = _connection(url)
    try:
        answer: Any = partial(_Response, go_on=go_on, is_kept=take is None)
        connection.response_class = answer
        connection.request("GET", target, headers={"User-Agent": _agent()})
        response = connection.getresponse()
        body = bytearray()
        is_wanted = take is not None and response.status in SUCCESS
        for piece in _pieces(response, None if is_wanted else MAX_BYTES):
            if take is not None and is_wanted:
                take(piece)
            else:
                body += piece
        raw = response.raw if isinstance(response, _Response) else b""
        return Reply(response.status, raw, bytes(body), response.headers.get("Retry-After"))
    finally:
        connection.close()


def _pieces(response: http.client.HTTPResponse, most: int | None) -> Iterator[bytes]:
    """The body as it comes, at ``most`` so many bytes. Raises as ``ask``."""
    count = 0
    # Not `read`, which comes back when all is there, however slowly that comes.
    while piece := response.read1(PIECE_BYTES):
        count += len(piece)
        if most is not None and count > most:
            raise http.client.HTTPException(f"more than {most} bytes")
        yield piece
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)


def check_address(url: str) -> SplitResult:
    """The parts of a service's address. Raises UsageError for what is none."""
    with suppress(ValueError):
        parts = urlsplit(url)
        # Reading the port raises where it is none.
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    raise UsageError(f"{url[:200]!r} is not the address of a service")


def _connection(url: str) -> tuple[http.client.HTTPConnection, str]:
    """A connection to the service at ``url``, and what to ask it for."""
    parts = check_address(url)
    host = parts.hostname or ""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT_SECONDS), target
    context = ssl.create_default_context()
    secure = http.client.HTTPSConnection(host, parts.port, timeout=TIMEOUT_SECONDS, context=context)
    return secure, target
