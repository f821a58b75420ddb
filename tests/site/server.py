"""A small HTTP/1.1 server for invented hosts, one port each, on loopback.

Answers differ as real servers' do: gzip, chunks, Content-Length, entity tags and dates on a part
of the pages, all chosen by the path so that a second run sees the same. It promises to note every
request before it answers, and to leave no thread, task or socket behind when it is stopped.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from tests.site.resources import Resource

Answerer = Callable[[str], Resource]
MAX_HEAD_BYTES = 65_536
CHUNK_BYTES = 1_777
IDLE_SECONDS = 30.0
START_SECONDS = 20.0
SERVER_NAME = "Apache-Coyote/1.1"


@dataclass
class Journal:
    """What was asked, in order: authority and target, and the request's headers."""

    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Delivery:
    """How a resource crosses the wire."""

    gzipped: bool
    chunked: bool


def delivery_of(target: str, resource: Resource) -> Delivery:
    """The same way for the same path: a third gzip, a third chunked, some both."""
    if resource.text is None:
        return Delivery(gzipped=False, chunked=False)
    draw = hashlib.sha256(target.encode()).digest()[0]
    return Delivery(gzipped=draw % 3 == 0, chunked=draw % 5 < 2)


def entity_tag(payload: bytes) -> str:
    """A strong validator made from the bytes (RFC 9110, section 8.8.3)."""
    return f'"{hashlib.sha256(payload).hexdigest()[:20]}"'


def _not_modified(resource: Resource, tag: str, headers: Mapping[str, str]) -> bool:
    asked = headers.get("if-none-match")
    if asked is not None:
        return resource.etag and tag in asked
    since = headers.get("if-modified-since")
    if since is None or resource.modified is None:
        return False
    try:
        return parsedate_to_datetime(since).replace(tzinfo=None) >= resource.modified
    except ValueError:
        return False


def _chunks(body: bytes) -> bytes:
    parts = [
        b"%x\r\n%s\r\n" % (len(body[at : at + CHUNK_BYTES]), body[at : at + CHUNK_BYTES])
        for at in range(0, len(body), CHUNK_BYTES)
    ]
    return b"".join(parts) + b"0\r\n\r\n"


def answer(
    method: str, target: str, headers: Mapping[str, str], resource: Resource, *, chunks: bool = True
) -> bytes:
    """The whole response message for one request; ``chunks`` False for HTTP/1.0 clients."""
    payload = resource.payload()
    tag = entity_tag(payload)
    lines = [f"Server: {SERVER_NAME}"]
    if resource.etag:
        lines.append(f"ETag: {tag}")
    if resource.modified:
        stamp = format_datetime(resource.modified).replace("-0000", "GMT")
        lines.append(f"Last-Modified: {stamp}")
    status = resource.status
    body = payload
    if status == HTTPStatus.OK and _not_modified(resource, tag, headers):
        status, body = HTTPStatus.NOT_MODIFIED, b""
    else:
        lines.append(f"Content-Type: {resource.content_type}")
        body = _code(target, headers, resource, payload, lines, chunks=chunks)
    if resource.location:
        lines.append(f"Location: {resource.location}")
    head = f"HTTP/1.1 {status:d} {HTTPStatus(status).phrase}\r\n" + "\r\n".join(lines)
    return head.encode("latin-1") + b"\r\n\r\n" + (b"" if method == "HEAD" else body)


def _code(
    target: str,
    headers: Mapping[str, str],
    resource: Resource,
    body: bytes,
    lines: list[str],
    *,
    chunks: bool,
) -> bytes:
    way = delivery_of(target, resource)
    if way.gzipped and "gzip" in headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=6, mtime=0)
        lines.append("Content-Encoding: gzip")
    if way.chunked and chunks:
        lines.append("Transfer-Encoding: chunked")
        return _chunks(body)
    lines.append(f"Content-Length: {len(body)}")
    return body


class HostServers:
    """Serves several hosts from one background thread."""

    def __init__(self, answerers: Sequence[Callable[[Sequence[str]], Answerer]], port: int) -> None:
        """``answerers``: one maker per host, called with all authorities once ports are known.
        ``port``: the first host's port, the others follow; 0 lets the system choose."""
        self.journal = Journal()
        self.authorities: tuple[str, ...] = ()
        self._makers = answerers
        self._port = port
        self._answer: dict[str, Answerer] = {}
        self._ready = threading.Event()
        self._error: Exception | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="sample-site", daemon=True)

    def start(self) -> None:
        """Listen on all ports; raises OSError when one is taken."""
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise TimeoutError("the sample site did not start")
        if self._error is not None:
            self._thread.join()
            raise self._error

    def stop(self) -> None:
        """Close everything and wait for the thread."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def replace(self, place: int, maker: Callable[[Sequence[str]], Answerer]) -> None:
        """Let the host at ``place`` answer otherwise from now on, at the same address."""
        self._answer[self.authorities[place]] = maker(self.authorities)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:  # start() raises it in the caller's thread
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        servers: list[asyncio.Server] = []
        try:
            for place in range(len(self._makers)):
                port = self._port + place if self._port else 0
                servers.append(await asyncio.start_server(self._accept, "127.0.0.1", port))
            names = [f"127.0.0.1:{server.sockets[0].getsockname()[1]}" for server in servers]
            self.authorities = tuple(names)
            for name, maker in zip(names, self._makers, strict=True):
                self._answer[name] = maker(names)
            self._ready.set()
            await self._stop.wait()
        finally:
            for server in servers:
                server.close()
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        host = f"127.0.0.1:{writer.get_extra_info('sockname')[1]}"
        try:
            while await self._exchange(host, reader, writer):
                pass
        except (ConnectionError, asyncio.CancelledError):
            pass
        except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            pass
        finally:
            writer.close()

    async def _exchange(
        self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """One request and its answer; False when the connection ends."""
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
        first, *rest = head[:MAX_HEAD_BYTES].decode("latin-1").split("\r\n")
        method, target, version = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, colon, value in (line.partition(":") for line in rest)
            if colon
        }
        self.journal.requests.append((host, target))
        self.journal.headers.append(headers)
        await reader.readexactly(int(headers.get("content-length", "0")))
        newer = version != "HTTP/1.0"
        resource = self._answer[host](target)
        writer.write(answer(method, target, headers, resource, chunks=newer))
        await writer.drain()
        return newer and headers.get("connection", "").lower() != "close"
