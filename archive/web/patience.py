"""How long the reading room waits for a client, and who gives way when it is full.

The server by itself waits without an end for a request that was begun, and for a reader who does
not take his answer; both hold a place, and a few hundred of them would keep everybody else out. It
promises that a request which does not come and an answer which is not taken end after a while, and
that whoever comes to a full room gets the place of the one who has been idle longest.
"""

from __future__ import annotations

import asyncio
from typing import cast

from h11 import IDLE, SEND_BODY

from archive.web.asked import PlainAddresses

REQUEST_SECONDS = 20.0
"""From the beginning of a connection, or the first byte of a further request on it, to the
request's last byte."""
UNTAKEN_SECONDS = 120.0
"""In which a reader takes nothing of what waits for him."""


class Patient(PlainAddresses):
    """HTTP with an end to every wait for the other side."""

    _late: asyncio.TimerHandle | None = None
    _untaken: asyncio.TimerHandle | None = None
    _idle_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a request; where the room is full, somebody idle goes."""
        super().connection_made(cast(asyncio.Transport, transport))
        self._make_room()
        self._idle_since = self.loop.time()
        self._wait_for_request()

    def data_received(self, data: bytes) -> None:
        """Take what came in, and wait for the rest of the request, if there is one."""
        super().data_received(data)
        self._wait_for_request()

    def on_response_complete(self) -> None:
        """From now on this client is idle."""
        self._idle_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """More waits for the reader than is held for him: he has to take some of it."""
        super().pause_writing()
        self._untaken = self.loop.call_later(UNTAKEN_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """He did."""
        super().resume_writing()
        _cancel(self._untaken)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        _cancel(self._late)
        _cancel(self._untaken)
        super().connection_lost(exc)

    def _wait_for_request(self) -> None:
        if self.conn.their_state not in (IDLE, SEND_BODY):
            _cancel(self._late)
            self._late = None
        elif self._late is None:
            self._late = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _is_waited_for(self) -> bool:
        """Whether nothing is made for this client: it has not said yet, or not to the end, what it
        wants."""
        if self.cycle is None or self.cycle.response_complete:
            return True
        return self.conn.their_state is SEND_BODY

    def _make_room(self) -> None:
        if self.limit_concurrency is None or len(self.connections) < self.limit_concurrency:
            return
        others = [one for one in self.connections if isinstance(one, Patient) and one is not self]
        idle = [one for one in others if one._is_waited_for()]
        if idle:
            longest = min(idle, key=lambda one: one._idle_since)
            # It leaves the list by itself only when the loop comes to it.
            self.connections.discard(longest)
            longest.transport.abort()


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
