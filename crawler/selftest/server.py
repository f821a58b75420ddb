"""A server on loopback that says exactly what a scenario tells it to, and remembers every byte.

An address is ``/NAME/ROUND``: each exchange has its own, so that what was sent and received can be
looked up afterwards.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import struct
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from crawler.selftest.scenarios import End, Scenario

MAX_REQUEST_BYTES = 1 << 20
PART_PAUSE_SECONDS = 0.001
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.I)


class OddServer:
    """Serves ``scenarios`` on 127.0.0.1, with TLS when ``context`` is given.

    ``received`` and ``sent`` hold the bytes of each exchange by its address.
    """

    def __init__(
        self, scenarios: Iterable[Scenario], context: ssl.SSLContext | None = None
    ) -> None:
        self._scenarios = {scenario.name: scenario for scenario in scenarios}
        self._context = context
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.received: dict[str, bytes] = {}
        self.sent: dict[str, bytes] = {}

    @property
    def scheme(self) -> str:
        """``http`` or ``https``."""
        return "https" if self._context else "http"

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return f"{self.scheme}://127.0.0.1:{port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._talk, "127.0.0.1", 0, ssl=self._context, limit=MAX_REQUEST_BYTES
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(request)
        if length:
            request += await reader.readexactly(int(length[1]))
        address = request.split(b" ", 2)[1].decode("latin-1")
        scenario = self._scenarios[address.split("/")[1]]
        self.received[address] = self.received.get(address, b"") + request
        self.sent[address] = b"".join(scenario.parts)
        for part in scenario.parts:
            writer.write(part)
            await writer.drain()
            if len(scenario.parts) > 1:
                await asyncio.sleep(PART_PAUSE_SECONDS)
        if scenario.end is End.RESET:
            await asyncio.sleep(20 * PART_PAUSE_SECONDS)
            _reset(writer)
        elif scenario.end is End.CLOSE:
            writer.close()
            await writer.wait_closed()
        return scenario.end is End.KEEP


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
