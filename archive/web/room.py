"""What every page needs, kept in one place of the application: the archive and its settings."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from archive.store import Archive
from archive.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """The open archive and what the operator set."""

    archive: Archive
    settings: Settings


def room(request: Request) -> Room:
    """The room that answers this request."""
    found: Room = request.app.state.room
    return found
