"""What the archive held on a day: every article that had been captured by then, in the version that
was its newest.

Whoever is asked what was known on a day answers from here. It promises that a version leads to its
own text, and to count every article.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from archive.search.daterange import read_day
from archive.store.past import Held
from archive.web.asked import parameters
from archive.web.links import article_page
from archive.web.paging import page_asked
from archive.web.question import MAX_VALUE
from archive.web.render import page
from archive.web.room import room
from archive.web.turns import in_hosts_turn

router = APIRouter(include_in_schema=False)


@in_hosts_turn
def held(request: Request) -> Response:
    """The articles of a ``day`` (UTC; without one, of today), those that changed last first."""
    asked = parameters(request)
    typed = asked.get("day", "").strip()[:MAX_VALUE]
    known = _day(typed)
    day = known or datetime.now(UTC).date()
    sites = [one.name for one in room(request).archive.store.sites()]
    site = asked.get("site", "") if asked.get("site", "") in sites else ""
    total = 0

    def read(limit: int, offset: int) -> tuple[int, list[Held]]:
        nonlocal total
        total, rows = room(request).archive.store.holdings.held(
            evening(day), site=site or None, limit=limit, offset=offset
        )
        return total, rows

    shown = page_asked(request, read, "rows")
    return page(
        request,
        "held.html",
        day=day,
        unread="" if known else typed,
        site=site,
        sites=sites,
        total=total,
        article_page=article_page,
        **shown,
    )


router.add_route("/held", held, methods=["GET"], include_in_schema=False)


def evening(day: date) -> datetime:
    """The last moment of a day, in UTC."""
    return datetime.combine(day, time.max, UTC)


def _day(text: str) -> date | None:
    try:
        return read_day(text, last=True) if text else None
    except (ValueError, OverflowError):
        return None
