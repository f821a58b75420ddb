"""The calendar of a whole host: which nights something of it was captured, how that ended, what was
captured on one of them, and what was said then.

An archivist asks on which night a host was broken into, before he knows of which address. It
promises that every capture is counted on its day (UTC), and that a page stays small.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from archive.addresses import host_of
from archive.statuses import NOT_MODIFIED
from archive.store import Archive, RunRow
from archive.store.characters import storable
from archive.store.nights import Ended, Nights
from archive.web.calendar_table import Calendar, asked_of
from archive.web.came import NOT_INSTITUTES, Seen, told, without_content
from archive.web.links import article_page, host_calendar, memento, safe_address
from archive.web.paging import page_asked
from archive.web.render import page
from archive.web.replay.assets import are_installed
from archive.web.room import room
from archive.web.turns import in_hosts_turn

router = APIRouter(include_in_schema=False)

MAX_HOST = 260
MAX_RUNS = 20
"""Of a day, whose alarms are told."""
MAX_ALARMS = 20
ORDER = ("tampered", "others", "kept", "same", "moved", "gone", "failed")
"""What most needs to be looked at first: a host always has addresses that are not there."""


@in_hosts_turn
def of_host(request: Request) -> Response:
    """The calendar of ``host``; of a ``day`` what was captured, by address."""
    archive = room(request).archive
    host = host_named(request.query_params.get("host", ""))
    found = archive.store.holdings.nights(host)
    if not found.total:
        return page(request, "not_kept.html", 404, url=host)
    asked = asked_of(request, Calendar(ended_by_day(found), host_calendar(host), ORDER))
    day: date | None = asked["day"]

    def read(limit: int, offset: int) -> tuple[int, list[Seen]]:
        return seen_on(archive, host, day, limit=limit, offset=offset) if day else (0, [])

    return page(
        request,
        "host.html",
        host=host,
        judged=found.judged,
        runs=runs_of(archive, host, day) if day else [],
        most_alarms=MAX_ALARMS,
        replays=are_installed(archive.data),
        article_page=article_page,
        memento=memento,
        safe_address=safe_address,
        **asked,
        **page_asked(request, read, "rows"),
    )


router.add_route("/calendar/host", of_host, methods=["GET"], include_in_schema=False)


def host_named(text: str) -> str:
    """The host that was asked for: as addresses name it, or an address on it.

    >>> host_named(" WWW.Example.ac.cn:80/a "), host_named("https://a.cn:8443/x?y")
    ('www.example.ac.cn', 'a.cn:8443')
    """
    plain = storable(text.strip()[:MAX_HOST])
    return host_of(plain if "://" in plain else f"http://{plain}")


def ended_by_day(found: Nights) -> dict[date, Counter[str]]:
    """What came of the captures of each day, in words of ORDER."""
    days: dict[date, Counter[str]] = {}
    for one in found.ended:
        days.setdefault(one.day, Counter())[_came(one)] += one.many
    for day, mended in found.mended.items():
        came = days.get(day, Counter())
        moved = min(mended, came["kept"])
        came.update(tampered=moved, kept=-moved)
    return days


def _came(one: Ended) -> str:
    if one.kind in NOT_INSTITUTES:
        return "others"
    return without_content(one) or ("same" if one.status == NOT_MODIFIED else "kept")


def seen_on(
    archive: Archive, host: str, day: date, *, limit: int, offset: int = 0
) -> tuple[int, list[Seen]]:
    """How many captures of the host the day has, and so many of them, by address."""
    part = archive.store.holdings.night(host, day, limit=limit, offset=offset)
    rows = sorted([*part.before, *part.page], key=lambda row: row.captured_at)
    urls = {row.url for row in part.page}
    read = archive.store.holdings.read_from(urls, [row.record_id for row in rows])
    found = {one.row.record_id: one for one in told(rows, read)}
    return part.total, [found[row.record_id] for row in part.page]


def runs_of(archive: Archive, host: str, day: date) -> list[RunRow]:
    """The runs of the host's sites that went on during the day (UTC), the newest first."""
    sites = [
        site.name
        for site in map(archive.store.as_known, archive.store.sites())
        if host in (*site.official, *site.mirrors)
    ]
    first, last = (datetime.combine(day, moment, UTC) for moment in (time.min, time.max))
    return archive.store.runs_during(first, last, sites, limit=MAX_RUNS)
