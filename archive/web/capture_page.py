"""Captures by themselves: all those of an address, and each under an address that never changes.

What a host showed on a day is proved by the capture of that day, whether or not an article is read
from it now. It promises that the page of a capture is named by its record, so that it can be cited;
and that it shows what the store and the WARC file have of it, verified when that is asked for.
"""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.errors import NotFoundError
from archive.evidence.fixity import check
from archive.store import CaptureRow
from archive.store.characters import storable
from archive.warc import read_at
from archive.web.came import SHOWN, Seen, some_seen
from archive.web.evidence import exchange
from archive.web.finding import page_of
from archive.web.guard import KEPT_POLICY
from archive.web.links import article_page, memento, safe_address
from archive.web.paging import page_asked
from archive.web.render import page
from archive.web.replay.assets import are_installed
from archive.web.room import room

router = APIRouter(include_in_schema=False)


@router.get("/captures", response_class=HTMLResponse)
def captures(request: Request) -> Response:
    """Every capture of an address, the newest first, whatever came of it."""
    url = storable(request.query_params.get("url", "").strip()[:4000])
    archive = room(request).archive

    def read(limit: int, offset: int) -> tuple[int, list[Seen]]:
        return some_seen(archive, url, limit=limit, offset=offset, newest_first=True)

    shown = page_asked(request, read, "rows")
    if not shown["rows"]:
        return page(request, "not_kept.html", 404, url=url)
    return page(
        request,
        "captures.html",
        url=url,
        shown_at=page_of(archive, url) if safe_address(url) else None,
        replays=are_installed(archive.data),
        article_page=article_page,
        memento=memento,
        safe_address=safe_address,
        **shown,
    )


@router.get("/capture/{record:path}", response_class=HTMLResponse)
@router.post("/capture/{record:path}", response_class=HTMLResponse)
def capture(request: Request, record: str) -> Response:
    """One capture: where it lies, its raw exchange, and (posted) whether it is still whole."""
    archive = room(request).archive
    row = row_of(request, record)
    is_asked = request.method == "POST"
    checked = check(archive, row.pointer, payload=row.error is None) if is_asked else None
    return page(
        request,
        "capture.html",
        row=row,
        is_shown=row.status == SHOWN and row.error is None,
        witnessed=archive.store.holdings.witnessed(row),
        checked=checked,
        exchange=exchange(archive, row.pointer),
        article_page=article_page,
        memento=memento,
        safe_address=safe_address,
    )


@router.get("/exchange/{record:path}")
def raw(request: Request, record: str) -> Response:
    """Request and response, byte for byte, as they crossed the wire."""
    row = row_of(request, record)
    found = read_at(room(request).archive.warc_dir, row.pointer)
    name = quote(f"{record.rpartition(':')[2]}.http", safe="")
    return Response(
        found.request + found.response,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": KEPT_POLICY,
        },
    )


def row_of(request: Request, record: str) -> CaptureRow:
    """The capture whose record is called so; NotFoundError when there is none."""
    row = room(request).archive.store.holdings.capture(record)
    if row is None:
        raise NotFoundError(f"no capture has the record {record[:200]!r}")
    return row
