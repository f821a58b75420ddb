"""What an operator can set for the reading room, with the limits as they are by default."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.web.counting import Counters

if TYPE_CHECKING:
    from archive.web.access import AccessList

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
MAX_ADDRESS_BYTES = 8 * 1024
MAX_BODY_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """``hosts`` are the names a request may address (none: any), so that no foreign page can
    reach a room on loopback through a name of its own (DNS rebinding). ``rate`` is how many
    requests a minute one client may make, 0 for no limit; ``contact`` is the e-mail address that
    harvesters are told; ``access`` names those who are let in (None: everybody who can reach the
    room). The player answers on ``replay_port`` of the same host, or where a proxy puts it
    (``replay_origin``); ``room_origin`` is then where the reading room is. ``counters`` count what
    is limited, over all processes that answer."""

    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    rate: int = 1200
    contact: str = "nobody@localhost"
    access: AccessList | None = None
    replay_port: int | None = None
    replay_origin: str | None = None
    room_origin: str | None = None
    counters: Counters = field(default_factory=Counters)
