"""The captures of an address as JSON: what its calendar in the reading room shows."""

from __future__ import annotations

from datetime import UTC, date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from archive.errors import NotFoundError
from archive.export.record import moment
from archive.web.came import Seen, seen
from archive.web.interfaces.api import Limit, Offset
from archive.web.interfaces.api_models import CaptureModel, CapturesModel
from archive.web.interfaces.known_parameters import known_only
from archive.web.links import capture_page, memento, safe_address
from archive.web.room import room

router = APIRouter(prefix="/api/v1", tags=["captures"], dependencies=[Depends(known_only)])

MAX_ADDRESS = 4_000


@router.get("/captures")
def captures(
    request: Request,
    url: Annotated[str, Query(max_length=MAX_ADDRESS, description="The address as it was asked.")],
    captured_from: date | None = None,
    captured_to: date | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> CapturesModel:
    """The captures of an address, the oldest first, and what came of each; days are those of UTC,
    both included."""
    every = seen(room(request).archive, [url])
    if not every:
        raise NotFoundError("no capture of this address is kept")
    found = [
        one
        for one in every
        if (captured_from or date.min) <= _day(one) <= (captured_to or date.max)
    ]
    shown = [_model(one) for one in found[offset : offset + limit]]
    return CapturesModel(url=url, total=len(found), captures=shown)


def _day(one: Seen) -> date:
    return one.row.captured_at.astimezone(UTC).date()


def _model(one: Seen) -> CaptureModel:
    row, witness = one.row, one.witness
    is_shown = one.shows is not None and safe_address(row.url) is not None
    return CaptureModel(
        at=moment(row.captured_at),
        record=row.record_id,
        url=row.url,
        status=row.status,
        media_type=row.media_type,
        error=row.error,
        came=one.came,
        digest=row.digest,
        article=witness and witness.article,
        witness=None if witness is None else witness.place,
        capture=capture_page(row.record_id),
        memento=memento(row.url, one.shows) if is_shown and one.shows else None,
        changes=one.changes or None,
    )
