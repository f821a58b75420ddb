"""A server of a test's own, one coroutine a connection, and a client to ask it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from crawler.client import Client, Exchange, WireRequest
from crawler.wire.contexts import Contexts
from crawler.wire.limits import Limits

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
QUICK = Limits(connect=2, idle=0.4, total=1.2, slow_after=0.3, slow_rate=100, linger=0.05)

Talk = Callable[["Line"], Awaitable[None]]


@dataclass
class Line:
    """One accepted connection of the test server."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    server: Server

    async def request(self) -> bytes:
        head = await self.reader.readuntil(b"\r\n\r\n")
        self.server.heads.append(head)
        return head

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


@dataclass
class Server:
    """What the test server saw."""

    port: int = 0
    connections: int = 0
    heads: list[bytes] = field(default_factory=list)

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"


@asynccontextmanager
async def serving(talk: Talk, context: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    seen = Server()
    tasks: set[asyncio.Task[Any]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        seen.connections += 1
        try:
            await talk(Line(reader, writer, seen))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=context)
    seen.port = server.sockets[0].getsockname()[1]
    try:
        yield seen
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def fetching(
    talk: Talk,
    *paths: str,
    limits: Limits = QUICK,
    method: str = "GET",
) -> tuple[list[Exchange], Server]:
    """Fetch ``paths`` one after the other from a server that talks like ``talk``."""

    async def run() -> tuple[list[Exchange], Server]:
        async with serving(talk) as server:
            client = Client(None, Contexts(verify=False).of, limits)
            found = [await client.fetch(WireRequest(server.url(path), method)) for path in paths]
            await client.close()
            return found, server

    return asyncio.run(run())


async def polite(line: Line) -> None:
    while True:
        await line.request()
        await line.say(HELLO)
