"""Connections kept open between requests: never more than a few, never for long."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Hashable

from crawler.wire.connection import Connection


class Pool:
    """Idle connections by server; at most ``size``, each for at most ``seconds``."""

    def __init__(self, size: int, seconds: float) -> None:
        self._size = size
        self._seconds = seconds
        self._idle: OrderedDict[Connection, Hashable] = OrderedDict()

    def take(self, key: Hashable) -> Connection | None:
        """The youngest idle connection to ``key`` that is still open, or None."""
        now = asyncio.get_running_loop().time()
        for connection in reversed(list(self._idle)):
            if connection.closed or now - connection.idle_since > self._seconds:
                del self._idle[connection]
                connection.abort()
            elif self._idle[connection] == key:
                del self._idle[connection]
                return connection
        return None

    def put(self, key: Hashable, connection: Connection) -> None:
        """Keep ``connection`` for later; the oldest one gives way when there are too many."""
        self._idle[connection] = key
        while len(self._idle) > self._size:
            oldest, _ = self._idle.popitem(last=False)
            oldest.abort()

    async def close(self) -> None:
        """Close every connection."""
        connections = list(self._idle)
        self._idle.clear()
        await asyncio.gather(*(connection.close() for connection in connections))
