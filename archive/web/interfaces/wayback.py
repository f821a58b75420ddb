"""What clients of the Wayback Machine ask for: a page at a moment, its own bytes, if there is any.

    /web/20101209080000/http://…        to the memento nearest to the moment
    /web/20101209080000id_/http://…     the captured body, byte for byte
    /web/*/http://…                     to all captures of the address
    /wayback/available?url=…            the nearest capture, as JSON

It promises that the bytes are those that were sent, under the type that the server named, and that
no browser runs them as its own: they are in a sandbox, and never a script or a style sheet.
"""

from __future__ import annotations

import re

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from archive.exchange import HttpMessage, read_response
from archive.exchange.coding import codings_of, is_plain_despite
from archive.store import CaptureRow
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.warc.timestamps import timestamp
from archive.web.guard import KEPT_POLICY
from archive.web.interfaces.memento import base_of, captures, described, read_stamp
from archive.web.links import as_path, captures_page, memento
from archive.web.room import room

router = APIRouter(include_in_schema=False)

RAW = "id_"
UNTYPED = "application/octet-stream"
CODINGS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd"})
_MOMENT = re.compile(r"(\d{0,14}\*|\d{4,14})([a-z]{2}_)?", re.ASCII)
_RUN_BY_BROWSERS = re.compile(r"(?:java|ecma|j|live)script|css|multipart", re.IGNORECASE)
"""Types that a page of the reading room could load as its own script or style, and those whose
parts bring headers of their own."""


@router.get("/web/{rest:path}")
def web(request: Request, rest: str) -> Response:
    """The capture nearest to the moment (the newest without one), in the form that is asked for."""
    first = rest.partition("/")[0]
    asked = _MOMENT.fullmatch(first)
    is_list = asked is not None and asked[1].endswith("*")
    moment = None if asked is None or is_list else read_stamp(asked[1])
    url, shown = captures(request, f"/web/{first}/" if asked else "/web/", moment)
    if is_list:
        return RedirectResponse(base_of(request) + captures_page(url), 302)
    row = shown.row
    if not asked or asked[2] != RAW:
        return RedirectResponse(base_of(request) + memento(url, row.captured_at), 302)
    if timestamp(row.captured_at) != asked[1]:
        return RedirectResponse(base_of(request) + raw_memento(url, row), 302)
    return described(request, _raw(request, row), url, shown)


@router.get("/wayback/available")
def available(request: Request) -> Response:
    """The capture nearest to ``timestamp``, or the newest; nothing where there is none."""
    url = request.query_params.get("url", "")
    stamp = request.query_params.get("timestamp", "")
    found: dict[str, object] = {}
    moment = read_stamp(stamp) if stamp else None
    spellings = (url,) if "://" in url else (f"http://{url}", f"https://{url}")
    for spelling in spellings:
        if shown := room(request).archive.store.holdings.shown(spelling, moment):
            row = shown.row
            found["closest"] = {
                "status": str(row.status),
                "available": True,
                "url": base_of(request) + memento(spelling, row.captured_at),
                "timestamp": timestamp(row.captured_at),
            }
            break
    told = {"url": url, "archived_snapshots": found}
    return JSONResponse(told | {"timestamp": stamp} if stamp else told)


def raw_memento(url: str, row: CaptureRow) -> str:
    """The address of the captured body itself."""
    return f"/web/{timestamp(row.captured_at)}{RAW}/{as_path(url)}"


def _raw(request: Request, row: CaptureRow) -> Response:
    capture = read_at(room(request).archive.warc_dir, row.pointer)
    message = read_response(capture.response, method_of(capture.request))
    headers = {"Content-Type": _type(message), "Content-Security-Policy": KEPT_POLICY}
    codings = codings_of(message.all_headers("content-encoding"))
    if codings and CODINGS.issuperset(codings) and not is_plain_despite(codings, message.body):
        headers["Content-Encoding"] = ", ".join(codings)
    return Response(message.body, headers=headers)


def _type(message: HttpMessage) -> str:
    kind = ", ".join(message.all_headers("content-type"))
    plain = kind.isascii() and kind.isprintable() and kind
    return UNTYPED if not plain or _RUN_BY_BROWSERS.search(kind) else kind
