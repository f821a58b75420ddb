"""The reading room and its player, answered by one process or by several.

It promises that each process has the archive open for itself, and that one process alone answers
for the player: it makes packages that are asked for piece by piece, and all pieces must be of one.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from archive.store import Archive
from archive.web import create_app
from archive.web.replay.app import create_replay_app
from archive.web.running import run, running
from archive.web.settings import Settings
from archive.web.workers import run_all

PLAYER = 0
"""The number of the process that answers for the player."""

SWITCH_S = 0.0003
"""Seconds after which a thread that others wait for hands the interpreter over. A search asks index
and store again and again, and waits so long for each page that is being written meanwhile; the
interpreter's own 5 ms are too long on a machine with other things to do."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Where it is listened: the room, and the player. ``behind_proxy`` as for ``running``."""

    room: socket.socket
    player: socket.socket
    behind_proxy: bool = False


def serve_all(
    opening: Callable[[], Archive], doors: Doors, settings: Settings, workers: int
) -> None:
    """Answer with so many processes until interrupted or told to end. ``opening`` opens the
    archive."""
    if workers == 1:
        _serve(opening, doors, settings, PLAYER)
        return

    def work(number: int) -> None:
        settings.counters.process = number
        _serve(opening, doors, settings, number)

    run_all(workers, work)


def _serve(opening: Callable[[], Archive], doors: Doors, settings: Settings, number: int) -> None:
    sys.setswitchinterval(SWITCH_S)
    with opening() as archive:
        if number == PLAYER:
            app = create_replay_app(archive, settings)
            player: AbstractContextManager[None] = running(
                app, doors.player, behind_proxy=doors.behind_proxy
            )
        else:
            doors.player.close()
            player = nullcontext()
        with player:
            run(create_app(archive, settings), doors.room, behind_proxy=doors.behind_proxy)
