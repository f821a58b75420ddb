"""The captures of an address, and of a host by days, as JSON: what the calendars show."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request

from archive.errors import NotFoundError
from archive.export.record import moment
from archive.web.came import Seen, some_seen
from archive.web.host_page import MAX_HOST, ORDER, ended_by_day, host_named, seen_on
from archive.web.interfaces.api import Limit, Offset
from archive.web.interfaces.api_models import (
    CaptureModel,
    CapturesModel,
    DayModel,
    NightModel,
    NightsModel,
)
from archive.web.interfaces.days import Day
from archive.web.interfaces.known_parameters import known_only
from archive.web.interfaces.problems import PROBLEMS
from archive.web.links import capture_page, memento, safe_address
from archive.web.room import room

router = APIRouter(
    prefix="/api/v1", tags=["captures"], dependencies=[Depends(known_only)], responses=PROBLEMS
)

MAX_ADDRESS = 4_000


@router.get("/captures")
def captures(
    request: Request,
    url: Annotated[str, Query(max_length=MAX_ADDRESS, description="The address as it was asked.")],
    captured_from: Day | None = None,
    captured_to: Day | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> CapturesModel:
    """The captures of an address, the oldest first, and what came of each; days are those of UTC,
    both included."""
    archive = room(request).archive
    first = None if captured_from is None else _morning(captured_from)
    span = (first, _next_morning(captured_to))
    total, found = some_seen(archive, url, span, limit=limit, offset=offset)
    if not total and not some_seen(archive, url, limit=1)[0]:
        raise NotFoundError("no capture of this address is kept")
    return CapturesModel(url=url, total=total, captures=[_model(one) for one in found])


Host = Annotated[str, Query(max_length=MAX_HOST, description="As addresses name it.")]


@router.get("/nights")
def nights(request: Request, host: Host) -> NightsModel:
    """The days (UTC) on which something of a host was captured, and what came of it by itself."""
    name = host_named(host)
    found = room(request).archive.store.holdings.nights(name)
    if not found.total:
        raise NotFoundError("no capture of this host is kept")
    days = [
        DayModel(day=day, count=came.total(), came={one: came[one] for one in ORDER if came[one]})
        for day, came in sorted(ended_by_day(found).items())
    ]
    return NightsModel(host=name, total=found.total, judged=found.judged, days=days)


@router.get("/nights/{day}")
def night(
    request: Request, day: Day, host: Host, limit: Limit = 100, offset: Offset = 0
) -> NightModel:
    """What was captured of a host on a day (UTC), by address; first what words were put into, and
    what is not believed to be the institute's."""
    name = host_named(host)
    total, found = seen_on(room(request).archive, name, day, limit=limit, offset=offset)
    return NightModel(host=name, day=day, total=total, captures=[_model(one) for one in found])


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _next_morning(day: date | None) -> datetime | None:
    return None if day is None or day == date.max else _morning(day + timedelta(days=1))


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
