"""A calendar of captures: of an address, or of all addresses of an article.

Years lead to months, months to days, a day to each of its captures. It promises that every capture
stands on its day (UTC) and is counted; that a page stays small however many there are; and that
whoever sees no colours, or nothing at all, is told the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.addresses import host_of
from archive.model import Article
from archive.store.characters import storable
from archive.web.calendar_table import Calendar, asked_of
from archive.web.came import Seen, seen
from archive.web.finding import page_of
from archive.web.links import article_page, as_path, calendar_page, memento, safe_address
from archive.web.named import article_of
from archive.web.paging import paged
from archive.web.render import page
from archive.web.replay.assets import are_installed
from archive.web.room import room

router = APIRouter(include_in_schema=False)

MAX_ADDRESS = 4_000
MAX_ADDRESSES = 100
"""Of an article, whose captures are on its calendar; the page says where it has more."""
MAX_CAPTURES = 20_000
"""Of an article: with those of which address there are so many, no further one is looked at."""
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
    found = seen(room(request).archive, [url])
    if not found:
        return page(request, "not_kept.html", 404, url=url)
    return _shown(request, found, calendar_page(url), [url], None)


@router.get("/article/{id}/calendar", response_class=HTMLResponse)
def of_article(request: Request, id: str) -> Response:
    """The calendar of every address that the article has been read at."""
    article = article_of(request, id)
    urls = list(dict.fromkeys([article.url, *(one.url for one in article.witnesses)]))
    found: list[Seen] = []
    taken = 0
    while taken < min(len(urls), MAX_ADDRESSES) and len(found) < MAX_CAPTURES:
        found += seen(room(request).archive, urls[taken : taken + AT_A_TIME])
        taken += AT_A_TIME
    found.sort(key=lambda one: one.row.captured_at)
    address = article_page(article.id, "calendar")
    return _shown(request, found, address, urls[:taken], article, len(urls[taken:]))


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
