"""The reading room as an ASGI application, put together from its pages.

It promises that whatever goes wrong is answered in the reader's language with a true status, and
that no answer tells of the machine it runs on.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from archive.errors import LockedError, NoLongerReadError, NotFoundError, PalimpsestError
from archive.store import Archive
from archive.web import (
    alarms_page,
    article_page,
    calendar_page,
    capture_page,
    changes_page,
    coverage_page,
    export_links,
    held_page,
    host_page,
    kept,
    overview_pages,
    quotation_page,
    replay_page,
    search_page,
    selection_page,
    witness_page,
)
from archive.web.access import Access
from archive.web.guard import Guard
from archive.web.interfaces import (
    api,
    captures_api,
    cdx,
    description,
    memento,
    oai,
    opensearch,
    quotation_api,
    wayback,
    wayback_cdx,
)
from archive.web.named import GONE, ElsewhereError, elsewhere, no_longer_read
from archive.web.render import HERE, page
from archive.web.room import Room
from archive.web.settings import Settings
from archive.web.texts import TEXTS
from archive.web.turns import FewAtOnce

GZIP_FROM_BYTES = 1_000
GZIP_LEVEL = 4
"""A page is 2 % larger than at 9, and takes half the time."""
PAGES = (
    search_page,
    export_links,
    selection_page,
    article_page,
    witness_page,
    calendar_page,
    host_page,
    capture_page,
    changes_page,
    kept,
    overview_pages,
    held_page,
    quotation_page,
    coverage_page,
    alarms_page,
    replay_page,
)
NO_ROBOTS = APIRouter(include_in_schema=False)
INTERFACES = (
    api,
    captures_api,
    quotation_api,
    cdx,
    description,
    memento,
    oai,
    opensearch,
    wayback,
    wayback_cdx,
)


def create_app(archive: Archive, settings: Settings | None = None) -> ASGIApp:
    """The application over an open archive, which the caller closes."""
    chosen = settings or Settings()
    # The interactive pages that FastAPI offers would load scripts from elsewhere.
    app = FastAPI(
        title="Palimpsest",
        version=version("palimpsest-archive"),
        description="Articles of research institutes' sites, with the evidence.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.room = Room(archive, chosen)
    for module in (*PAGES, *INTERFACES):
        app.include_router(module.router)
    app.include_router(NO_ROBOTS)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    app.add_exception_handler(NotFoundError, _said("not-found", 404))
    app.add_exception_handler(NoLongerReadError, _no_longer_read)
    app.add_exception_handler(ElsewhereError, elsewhere)
    app.add_exception_handler(LockedError, _said("busy", 503))
    app.add_exception_handler(PalimpsestError, _said("failed", 503))
    app.add_exception_handler(RequestValidationError, _said("bad-request", 400))
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _unheard)
    app.add_exception_handler(Exception, _said("unexpected", 500))
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM_BYTES, compresslevel=GZIP_LEVEL)
    # Around everything, so that an answer to an unforeseen error bears the headers too.
    guarded: ASGIApp = FewAtOnce(app)
    if chosen.access is not None:
        guarded = Access(guarded, chosen.access, chosen.counters)
    return Guard(guarded, chosen)


def _said(key: str, status: int) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        # What a PalimpsestError says may name paths of this machine; only "not found" is ours.
        detail = str(error) if isinstance(error, NotFoundError) else ""
        if isinstance(error, RequestValidationError):
            detail = "; ".join(
                f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
            )
        return _answer(request, key, status, detail)

    return answer


def _unheard(request: Request, error: Exception) -> Response:
    """Whoever left in the middle of his request gets no answer, and it is nobody's fault."""
    return Response(status_code=400)


def _no_longer_read(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        return _answer(request, "no-longer", GONE, str(error))
    return no_longer_read(request, error)


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    key = {404: "not-found", 405: "bad-method"}.get(status, "bad-request")
    answer = _answer(request, key, status, "")
    if isinstance(error, HTTPException):
        # What may be done instead (Allow: RFC 9110, section 15.5.6).
        answer.headers.update(error.headers or {})
    return answer


def _answer(request: Request, key: str, status: int, detail: str) -> Response:
    if not request.url.path.startswith("/api/"):
        # The detail is English, and for whoever wrote the address.
        return page(request, "error.html", status, problem=key)
    title = TEXTS[f"error.{key}"][0]
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse(problem, status, media_type="application/problem+json")


@NO_ROBOTS.get("/robots.txt")
def robots() -> Response:
    """An archive is no second site: search engines are asked to stay away."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
