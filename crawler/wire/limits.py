"""How long and how much one exchange may take."""

from __future__ import annotations

from dataclasses import dataclass

from archive.exchange import MAX_BODY_BYTES, MAX_HEAD_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes.

    ``idle`` is the longest silence, ``total`` the whole exchange with its connecting. A body that
    comes slower than ``slow_rate`` (bytes a second, averaged from the first byte on) after
    ``slow_after`` is given up. ``linger`` is how long a connection that is to be closed is listened
    to after the message has ended, for bytes nobody announced. ``cuts``: of a body that is longer
    than ``max_body`` so much is taken, however long it said that it is.
    """

    connect: float = 15.0
    idle: float = 30.0
    total: float = 50.0
    slow_after: float = 10.0
    slow_rate: float = 100.0
    linger: float = 0.25
    max_head: int = MAX_HEAD_BYTES
    max_body: int = MAX_BODY_BYTES
    cuts: bool = False
    keep_alive: float = 15.0
    max_idle_connections: int = 16
