"""Memento (RFC 7089): what an address gave at a moment, by TimeGate, TimeMap and Memento.

    /timegate/http://…                 with Accept-Datetime: to the capture nearest to it
    /timemap/link/http://…             every capture, as link-format (RFC 6690)
    /memento/20101209080000/http://…   the capture: a page as a static view, a file as it is

A capture stands for the moment it was made; only answers with content (status 200) are mementos.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.warc.timestamps import DIGITS, moment_of, timestamp
from archive.web.evidence import body_of, mementos
from archive.web.kept import file_answer
from archive.web.links import as_path, memento
from archive.web.render import page
from archive.web.room import room
from archive.web.static_view import POLICY, static_view

router = APIRouter(include_in_schema=False)

HTML = ("text/html", "application/xhtml+xml")


@router.get("/timegate/{rest:path}")
def timegate(request: Request, rest: str) -> Response:
    """To the capture nearest to Accept-Datetime, or the newest where there is none."""
    url, rows = captures(request, "/timegate/")
    wanted = request.headers.get("accept-datetime")
    try:
        moment = rows[-1].captured_at if wanted is None else _http_date(wanted)
    except ValueError:
        return PlainTextResponse("Accept-Datetime is no date of HTTP (RFC 9110).\n", 400)
    row = nearest(rows, moment)
    answer = RedirectResponse(base_of(request) + memento(url, row.captured_at), 302)
    answer.headers["Vary"] = "accept-datetime"
    answer.headers["Link"] = ", ".join(_relations(request, url, rows, row))
    return answer


@router.get("/timemap/link/{rest:path}")
def timemap(request: Request, rest: str) -> Response:
    """Every capture of the address."""
    url, rows = captures(request, "/timemap/link/")
    first, last = _http(rows[0].captured_at), _http(rows[-1].captured_at)
    here = f"{base_of(request)}/timemap/link/{as_path(url)}"
    links = [
        f'<{as_path(url)}>; rel="original"',
        f'<{here}>; rel="self"; type="application/link-format"; from="{first}"; until="{last}"',
        f'<{base_of(request)}/timegate/{as_path(url)}>; rel="timegate"',
    ]
    links += [_memento(request, url, row, rows) for row in rows]
    return Response(",\n".join(links) + "\n", media_type="application/link-format")


@router.get("/memento/{rest:path}")
def show(request: Request, rest: str) -> Response:
    """One capture; an inexact moment leads to the nearest."""
    stamp = rest.partition("/")[0]
    moment = read_stamp(stamp)
    url, rows = captures(request, f"/memento/{stamp}/")
    row = nearest(rows, moment)
    if timestamp(row.captured_at) != stamp:
        return RedirectResponse(base_of(request) + memento(url, row.captured_at), 302)
    return described(request, _shown(request, url, row), url, rows, row)


def described(
    request: Request, answer: Response, url: str, rows: Sequence[CaptureRow], row: CaptureRow
) -> Response:
    """The answer with what makes it a memento: its moment, and the way to the others."""
    answer.headers["Memento-Datetime"] = _http(row.captured_at)
    answer.headers["Link"] = ", ".join(_relations(request, url, rows, row))
    return answer


def _shown(request: Request, url: str, row: CaptureRow) -> Response:
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


def nearest(rows: Sequence[CaptureRow], moment: datetime) -> CaptureRow:
    """The capture nearest to the moment; of two as near, the earlier."""
    return min(rows, key=lambda row: abs(row.captured_at - moment))


def read_stamp(text: str) -> datetime:
    """The moment of 4 to 14 digits; NotFoundError when they are none."""
    whole = text + "00000101000000"[len(text) :] if text.isascii() and text.isdecimal() else ""
    try:
        return moment_of(whole)
    except ValueError:
        raise NotFoundError(f"{text[:20]!r} is no moment of {DIGITS} digits") from None


def captures(request: Request, prefix: str) -> tuple[str, list[CaptureRow]]:
    """The address behind ``prefix``, as it is known here, and its captures with content."""
    raw = request.scope["raw_path"].decode("ascii", "replace")[len(prefix) :]
    query = request.scope["query_string"].decode("ascii", "replace")
    url = f"{raw}?{query}" if query else raw
    # Proxies fold the double slash of an address within an address.
    for scheme in ("http:/", "https:/"):
        if url.startswith(scheme) and not url.startswith(f"{scheme}/"):
            url = f"{scheme}/{url.removeprefix(scheme)}"
    for spelling in (url, unquote(url)):
        rows = mementos(room(request).archive, spelling)
        if rows:
            return spelling, rows
    raise NotFoundError(f"no capture of {url[:200]!r} is kept")


def _relations(
    request: Request, url: str, rows: Sequence[CaptureRow], row: CaptureRow
) -> list[str]:
    base, path = base_of(request), as_path(url)
    shown = list(dict.fromkeys((rows[0].captured_at, row.captured_at, rows[-1].captured_at)))
    marked = [one for one in rows if one.captured_at in shown]
    return [
        f'<{path}>; rel="original"',
        f'<{base}/timegate/{path}>; rel="timegate"',
        f'<{base}/timemap/link/{path}>; rel="timemap"; type="application/link-format"',
        *(_memento(request, url, one, rows) for one in marked),
    ]


def _memento(request: Request, url: str, row: CaptureRow, rows: Sequence[CaptureRow]) -> str:
    names = [name for name, one in (("first", rows[0]), ("last", rows[-1])) if one is row]
    relation = " ".join([*names, "memento"])
    address = base_of(request) + memento(url, row.captured_at)
    return f'<{address}>; rel="{relation}"; datetime="{_http(row.captured_at)}"'


def base_of(request: Request) -> str:
    """The reading room's own address, without a slash at its end."""
    return str(request.base_url).rstrip("/")


def _http(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _http_date(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
