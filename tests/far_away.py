"""A PostgreSQL server as if it were far away: what is said to it goes by way of a relay on loopback
that counts how often its answer is waited for, and can hold each question up.

It promises to count every time that something is sent after something has come: a way there and
back, however much went each way.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

_PIECE = 65_536


@dataclass
class Way:
    """``database`` is the address that leads over it; ``trips``, how often it was gone."""

    database: str
    seconds: float = 0.0
    trips: int = 0


class _Pair:
    """One connection: the program's end and the server's."""

    def __init__(self, way: Way, near: socket.socket, far: socket.socket) -> None:
        self._way = way
        self._near = near
        self._far = far
        self._has_come = True
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.threads = [threading.Thread(target=one) for one in (self._there, self._back)]
        for thread in self.threads:
            thread.start()

    def _there(self) -> None:
        while piece := _received(self._near):
            if self._has_come:
                self._has_come = False
                self._way.trips += 1
                time.sleep(self._way.seconds)
            _sent(self._far, piece)
        self.end()

    def _back(self) -> None:
        while piece := _received(self._far):
            self._has_come = True
            _sent(self._near, piece)
        self.end()

    def end(self) -> None:
        """Whoever waits for either end hears that it is gone."""
        for one in (self._near, self._far):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """Wait for what passes things on."""
        self.end()
        for thread in self.threads:
            thread.join()
        self._near.close()
        self._far.close()


@contextmanager
def far_away(database: str, seconds: float = 0.0) -> Iterator[Way]:
    """A way of so many ``seconds``, there and back, to the server of ``database``, which listens on
    a socket in a directory."""
    [directory] = parse_qs(urlsplit(database).query)["host"]
    [place] = [one for one in Path(directory).glob(".s.PGSQL.*") if one.is_socket()]
    listener = socket.create_server(("127.0.0.1", 0))
    user, name = database.partition("://")[2].partition("?")[0].split("@/")
    port = listener.getsockname()[1]
    plain = "sslmode=disable&gssencmode=disable"
    way = Way(f"postgresql://{user}@127.0.0.1:{port}/{name}?{plain}", seconds)
    pairs: list[_Pair] = []

    def listen() -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(place))
            pairs.append(_Pair(way, near, far))

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield way
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        listener.close()
        for pair in pairs:
            pair.close()


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(_PIECE)
    except OSError:
        return b""


def _sent(end: socket.socket, piece: bytes) -> None:
    try:
        end.sendall(piece)
    except OSError:
        return
