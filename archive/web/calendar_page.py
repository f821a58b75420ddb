"""A calendar of captures: of an address, or of all addresses of an article.

Years lead to months, months to days, a day to each of its captures. It promises that every capture
stands on its day (UTC) and is counted; that a page stays small however many there are; and that
whoever sees no colours, or nothing at all, is told the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.addresses import host_of
from archive.model import Article
from archive.store.characters import storable
from archive.web.calendar_table import Calendar, asked_of
from archive.web.came import Seen, seen, some_seen
from archive.web.finding import page_of
from archive.web.host_page import ORDER, ended_by_day
from archive.web.links import article_page, as_path, calendar_page, memento, safe_address
from archive.web.named import article_of
from archive.web.paging import page_asked, paged
from archive.web.render import page
from archive.web.replay.assets import are_installed
from archive.web.room import room

router = APIRouter(include_in_schema=False)

MAX_ADDRESS = 4_000
MAX_ADDRESSES = 100
"""Of an article, whose captures are on its calendar; the page says where it has more."""
MAX_CAPTURES = 20_000
"""Captures that are looked at one by one: of an address with more, days count what each was by
itself; of an article, with those of which address there are so many, no further one is read."""
LAST = datetime.max.replace(tzinfo=UTC)
AT_A_TIME = 10
"""Addresses whose captures are read together."""


def day_of(one: Seen) -> date:
    """The day of a capture, in UTC."""
    return one.row.captured_at.astimezone(UTC).date()


def by_day(found: Sequence[Seen]) -> dict[date, list[Seen]]:
    """The captures of each day that has any."""
    days: dict[date, list[Seen]] = {}
    for one in found:
        days.setdefault(day_of(one), []).append(one)
    return days


@router.get("/calendar", response_class=HTMLResponse)
def of_address(request: Request) -> Response:
    """The calendar of the address ``url``."""
    url = storable(request.query_params.get("url", "").strip()[:MAX_ADDRESS])
    many = room(request).archive.store.holdings.counted([url])[url]
    if not many:
        return page(request, "not_kept.html", 404, url=url)
    if many > MAX_CAPTURES:
        return _counted(request, url)
    found = seen(room(request).archive, [url])
    return _shown(request, found, calendar_page(url), [url], None)


@router.get("/article/{id}/calendar", response_class=HTMLResponse)
def of_article(request: Request, id: str) -> Response:
    """The calendar of every address that the article has been read at."""
    article = article_of(request, id)
    urls = list(dict.fromkeys([article.url, *(one.url for one in article.witnesses)]))
    archive = room(request).archive
    counts = archive.store.holdings.counted(urls[:MAX_ADDRESSES])
    few = [url for url in urls[:MAX_ADDRESSES] if counts[url] <= MAX_CAPTURES]
    found: list[Seen] = []
    taken = 0
    while taken < len(few) and len(found) < MAX_CAPTURES:
        found += seen(archive, few[taken : taken + AT_A_TIME])
        taken += AT_A_TIME
    found.sort(key=lambda one: one.row.captured_at)
    address = article_page(article.id, "calendar")
    shown = few[:taken]
    return _shown(request, found, address, shown, article, len(urls) - len(shown))


def _counted(request: Request, url: str) -> Response:
    """The calendar of an address with more captures than are looked at one by one."""
    archive = room(request).archive
    found = archive.store.holdings.nights_of_address(url)
    asked = asked_of(request, Calendar(ended_by_day(found), calendar_page(url), ORDER))
    day: date | None = asked["day"]

    def read(limit: int, offset: int) -> tuple[int, list[Seen]]:
        span = span_of(day) if day else (None, None)
        return some_seen(archive, url, span, limit=limit, offset=offset) if day else (0, [])

    return page(
        request,
        "calendar.html",
        urls=[url],
        host=host_of(url),
        article=None,
        counted=True,
        has_pages=True,
        shown_at=page_of(archive, url) if safe_address(url) else None,
        replays=are_installed(archive.data),
        article_page=article_page,
        as_path=as_path,
        safe_address=safe_address,
        memento=memento,
        **asked,
        **page_asked(request, read, "rows"),
    )


def span_of(day: date) -> tuple[datetime, datetime]:
    """The moments at which the day (UTC) begins and is over."""
    morning = datetime.combine(day, time(), UTC)
    return morning, morning + timedelta(days=1) if day < date.max else LAST


def _shown(
    request: Request,
    found: Sequence[Seen],
    address: str,
    urls: list[str],
    article: Article | None,
    more: int = 0,
) -> Response:
    """The page; so many ``more`` addresses of the article are not on it."""
    archive = room(request).archive
    days = by_day(found)
    came = {day: Counter[str](one.came for one in rows) for day, rows in days.items()}
    asked = asked_of(request, Calendar(came, address))
    return page(
        request,
        "calendar.html",
        urls=urls,
        host=None if article else host_of(urls[0]),
        counted=False,
        counts=Counter(one.row.url for one in found),
        more=more,
        has_pages=any(one.shows for one in found),
        article=article,
        shown_at=page_of(archive, urls[0]) if not article and safe_address(urls[0]) else None,
        replays=are_installed(archive.data),
        article_page=article_page,
        as_path=as_path,
        safe_address=safe_address,
        memento=memento,
        **asked,
        **paged(request, days.get(asked["day"], []), "rows"),
    )
