"""Memento (RFC 7089): what an address gave at a moment, by TimeGate, TimeMap and Memento.

    /timegate/http://…                 with Accept-Datetime: to the capture nearest to it
    /timemap/link/http://…             every capture, as link-format (RFC 6690)
    /timemap/link/1001/http://…        those from the 1,001st on
    /memento/20101209080000/http://…   the capture: a page as a static view, a file as it is

A capture stands for the moment it was made; only answers with content (status 200) are mementos. It
promises to read no more of an address than it answers with, however often that was captured.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import unquote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from archive.cleaning.markup.decode import decode
from archive.errors import NotFoundError
from archive.exchange import media_type, read_response
from archive.store import CaptureRow
from archive.store.moments import Shown
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.warc.timestamps import DIGITS, moment_of, timestamp
from archive.web.evidence import body_of
from archive.web.kept import file_answer
from archive.web.links import as_path, memento
from archive.web.render import page
from archive.web.room import room
from archive.web.static_view import POLICY, static_view

router = APIRouter(include_in_schema=False)

HTML = ("text/html", "application/xhtml+xml")
LISTED = 1_000
"""Captures of a TimeMap, which leads to the next one where there are more (RFC 7089, section 5)."""
_PLACE = re.compile(r"([1-9]\d{0,8})/", re.ASCII)


@router.get("/timegate/{rest:path}")
def timegate(request: Request, rest: str) -> Response:
    """To the capture nearest to Accept-Datetime, or the newest where there is none."""
    wanted = request.headers.get("accept-datetime")
    try:
        moment = None if wanted is None else _http_date(wanted)
    except ValueError:
        captures(request, "/timegate/")
        return PlainTextResponse("Accept-Datetime is no date of HTTP (RFC 9110).\n", 400)
    url, shown = captures(request, "/timegate/", moment)
    answer = RedirectResponse(base_of(request) + memento(url, shown.row.captured_at), 302)
    answer.headers["Vary"] = "accept-datetime"
    answer.headers["Link"] = ", ".join(_relations(request, url, shown))
    return answer


@router.get("/timemap/link/{rest:path}")
def timemap(request: Request, rest: str) -> Response:
    """Every capture of the address, LISTED at a time."""
    place = _PLACE.match(rest)
    asked = place.group() if place else ""
    start = int(place[1]) if place else 1
    url, shown = captures(request, f"/timemap/link/{asked}")
    holdings = room(request).archive.store.holdings
    moments = holdings.shown_moments(url, limit=LISTED + 1, offset=start - 1)
    if not moments:
        raise NotFoundError(f"there is no capture number {start} of {url[:200]!r}")
    listed, further = moments[:LISTED], moments[LISTED:]
    here = _maps(request, url, asked, listed[0], listed[-1], "self")
    before = max(start - LISTED, 1)
    others = [(f"{before}/" if before > 1 else "", shown.first.captured_at, listed[0])] * (
        start > 1
    )
    others += [(f"{start + LISTED}/", one, shown.last.captured_at) for one in further]
    links = [
        f'<{as_path(url)}>; rel="original"',
        here,
        f'<{base_of(request)}/timegate/{as_path(url)}>; rel="timegate"',
        *(_maps(request, url, *one, "timemap") for one in others),
        *(_memento(request, url, one, shown) for one in listed),
    ]
    return Response(",\n".join(links) + "\n", media_type="application/link-format")


def _maps(
    request: Request, url: str, place: str, first: datetime, last: datetime, relation: str
) -> str:
    return (
        f'<{base_of(request)}/timemap/link/{place}{as_path(url)}>; rel="{relation}"; '
        f'type="application/link-format"; from="{_http(first)}"; until="{_http(last)}"'
    )


@router.get("/memento/{rest:path}")
def show(request: Request, rest: str) -> Response:
    """One capture; an inexact moment leads to the nearest."""
    stamp = rest.partition("/")[0]
    moment = read_stamp(stamp)
    url, shown = captures(request, f"/memento/{stamp}/", moment)
    row = shown.row
    if timestamp(row.captured_at) != stamp:
        return RedirectResponse(base_of(request) + memento(url, row.captured_at), 302)
    return described(request, _read(request, url, row), url, shown)


def described(request: Request, answer: Response, url: str, shown: Shown) -> Response:
    """The answer with what makes it a memento: its moment, and the way to the others."""
    answer.headers["Memento-Datetime"] = _http(shown.row.captured_at)
    answer.headers["Link"] = ", ".join(_relations(request, url, shown))
    return answer


def _read(request: Request, url: str, row: CaptureRow) -> Response:
    capture = read_at(room(request).archive.warc_dir, row.pointer)
    message = read_response(capture.response, method_of(capture.request))
    kind, body = media_type(message), body_of(message)
    if kind not in HTML and kind != "text/plain":
        return file_answer(body, kind, url)
    text, _ = decode(body, message.header("content-type"))
    answer = page(
        request,
        "memento.html",
        url=url,
        moment=row.captured_at,
        view=static_view(text, url, row.captured_at) if kind in HTML else None,
        text=text[:1_000_000],
    )
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def read_stamp(text: str) -> datetime:
    """The moment of 4 to 14 digits; NotFoundError when they are none."""
    whole = text + "00000101000000"[len(text) :] if text.isascii() and text.isdecimal() else ""
    try:
        return moment_of(whole)
    except ValueError:
        raise NotFoundError(f"{text[:20]!r} is no moment of {DIGITS} digits") from None


def captures(request: Request, prefix: str, moment: datetime | None = None) -> tuple[str, Shown]:
    """The address behind ``prefix``, as it is known here, and its capture with content that is
    nearest to the moment (None: the last one)."""
    raw = request.scope["raw_path"].decode("ascii", "replace")[len(prefix) :]
    query = request.scope["query_string"].decode("ascii", "replace")
    url = f"{raw}?{query}" if query else raw
    # Proxies fold the double slash of an address within an address.
    for scheme in ("http:/", "https:/"):
        if url.startswith(scheme) and not url.startswith(f"{scheme}/"):
            url = f"{scheme}/{url.removeprefix(scheme)}"
    for spelling in (url, unquote(url)):
        shown = room(request).archive.store.holdings.shown(spelling, moment)
        if shown is not None:
            return spelling, shown
    raise NotFoundError(f"no capture of {url[:200]!r} is kept")


def _relations(request: Request, url: str, shown: Shown) -> list[str]:
    base, path = base_of(request), as_path(url)
    every = (shown.first, shown.row, shown.last)
    marked = dict.fromkeys(one.captured_at for one in every)
    return [
        f'<{path}>; rel="original"',
        f'<{base}/timegate/{path}>; rel="timegate"',
        f'<{base}/timemap/link/{path}>; rel="timemap"; type="application/link-format"',
        *(_memento(request, url, one, shown) for one in marked),
    ]


def _memento(request: Request, url: str, moment: datetime, shown: Shown) -> str:
    ends = (("first", shown.first), ("last", shown.last))
    names = [name for name, one in ends if one.captured_at == moment]
    relation = " ".join([*names, "memento"])
    address = base_of(request) + memento(url, moment)
    return f'<{address}>; rel="{relation}"; datetime="{_http(moment)}"'


def base_of(request: Request) -> str:
    """The reading room's own address, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def _http(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _http_date(text: str) -> datetime:
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(f"{text[:40]!r} is no moment of UTC") from error
