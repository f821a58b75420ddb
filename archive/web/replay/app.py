"""The player's own origin: its files, the page that holds it, and one small WACZ file a capture."""

from __future__ import annotations

import io
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp

from archive.errors import NotFoundError, PalimpsestError
from archive.store import Archive, CaptureRow
from archive.warc.timestamps import timestamp
from archive.web.access import Access
from archive.web.evidence import witness_of
from archive.web.guard import Guard
from archive.web.render import HERE, page
from archive.web.replay.assets import folder
from archive.web.replay.package import page_package
from archive.web.room import Room, room
from archive.web.settings import Settings

router = APIRouter(include_in_schema=False)

MAX_KEPT_BYTES = 128 * 1024 * 1024
"""Of packages kept in memory."""
WORKER_QUERY = "serveIndex=1"
"""What the player asks its worker for, and all that it may ask: others widen its policy."""
_JAVASCRIPT = "text/javascript"
_SERVICE_WORKER = "service-worker"
"""The header by which browsers say that a script is to be a service worker (Service Workers,
section 6.2)."""
_WACZ = "application/wacz"
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' blob: data:; "
    "worker-src 'self' blob:; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors {room}"
)
"""For the page around the player. What the player shows is given a policy by ``confined.js``:
nothing but its own origin, which has nothing but the archive."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
    "Connection-Allowlist": "(response-origin);redirects=allow",
    "X-DNS-Prefetch-Control": "off",
}


def create_replay_app(archive: Archive, settings: Settings) -> ASGIApp:
    """The application of the second port."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.room = Room(archive, settings)
    app.state.packages = Packages()
    app.include_router(router)
    app.add_exception_handler(NotFoundError, _missing)
    app.add_exception_handler(PalimpsestError, _missing)
    inner = app if settings.access is None else Access(app, settings.access, settings.counters)
    return Guard(inner, settings, HEADERS, counted_as="player")


def _missing(request: Request, error: Exception) -> Response:
    return PlainTextResponse("There is nothing here to replay.\n", 404)


@router.get("/show/{id}/{place}")
def show(request: Request, id: str, place: int) -> Response:
    """The page with the player in it, for a frame of the reading room."""
    row = capture_row(room(request).archive, id, place)
    answer = page(
        request,
        "replay_frame.html",
        source=f"/wacz/{id}-{place}.wacz",
        url=row.url,
        ready="ready" in request.query_params,
        stamp=timestamp(row.captured_at),
    )
    answer.headers["Content-Security-Policy"] = POLICY.format(room=_room_of(request))
    if "ready" not in request.query_params:
        # All captured pages have one origin: what another left there could change this one.
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@router.head("/wacz/{id}-{place}.wacz")
@router.get("/wacz/{id}-{place}.wacz")
def wacz(request: Request, id: str, place: int) -> Response:
    """The capture and its requisites as a WACZ file."""
    archive = room(request).archive
    row = capture_row(archive, id, place)
    packages: Packages = request.app.state.packages

    def make() -> bytes:
        target = io.BytesIO()
        page_package(archive, archive.get(id), row, target)
        return target.getvalue()

    return ranged(request, packages.get(row.pointer.record_id, make))


class Packages:
    """The packages made last: a player asks for one piece by piece, and all must be of one."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The package of ``key``, made now if it is not there."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            self._made.move_to_end(key)
            found = self._made[key]
            while sum(map(len, self._made.values())) > MAX_KEPT_BYTES and len(self._made) > 1:
                self._made.popitem(last=False)
        return found


def ranged(request: Request, content: bytes) -> Response:
    """The bytes, or the one range of them that is asked for (RFC 9110, section 14)."""
    headers = {"Accept-Ranges": "bytes"}
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or asked[1] == asked[2] == "":
        return Response(content, media_type=_WACZ, headers=headers)
    last = len(content) - 1
    if asked[1]:
        start, end = int(asked[1]), min(int(asked[2] or last), last)
    else:
        start, end = max(len(content) - int(asked[2]), 0), last
    if start > end:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Response(b"", 416, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
    return Response(content[start : end + 1], 206, media_type=_WACZ, headers=headers)


@router.get("/ui.js")
@router.get("/replay/ui.js")
def ui(request: Request) -> Response:
    """The player."""
    return _installed(request, "ui.js")


@router.get("/frame.css")
def style() -> Response:
    """The style of the page around the player."""
    return FileResponse(HERE / "static" / "frame.css", media_type="text/css")


@router.get("/frame.js")
def start(request: Request) -> Response:
    """What opens the player's page once its worker is there."""
    return _script(request, HERE / "static" / "frame.js")


@router.get("/replay/sw.js")
def worker(request: Request) -> Response:
    """The service worker that answers for everything below /replay/: the player's, confined. To
    that one, and as a page's own worker, the player's."""
    if _SERVICE_WORKER not in request.headers:
        return _installed(request, "sw.js")
    if request.url.query != WORKER_QUERY:
        raise NotFoundError("a worker with other wishes could let a page ask others")
    return FileResponse(HERE / "static" / "confined.js", media_type=_JAVASCRIPT)


def _installed(request: Request, name: str) -> Response:
    path = folder(room(request).archive.data) / name
    if not path.is_file():
        raise NotFoundError("the player is not installed")
    return _script(request, path)


def _script(request: Request, path: Path) -> Response:
    # A captured page has this origin, and could make any script of it the one that answers.
    if _SERVICE_WORKER in request.headers:
        raise NotFoundError("this is no service worker")
    return FileResponse(path, media_type=_JAVASCRIPT)


def capture_row(archive: Archive, id: str, place: int) -> CaptureRow:
    """The capture of an article's witness, as the store has it."""
    witness = witness_of(archive.get(id), place)
    row = archive.store.holdings.capture(witness.pointer.record_id)
    if row is None:
        raise NotFoundError(f"the capture of witness {place} is not in the store")
    return row


def _room_of(request: Request) -> str:
    """The origin of the reading room, which alone may frame the player."""
    settings = room(request).settings
    return settings.room_origin or f"{request.url.scheme}://{request.url.hostname}:*"
