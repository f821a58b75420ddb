"""The reading room's page around a replay, or what to do where there can be none."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.web.evidence import witness_of
from archive.web.guard import PAGE_POLICY
from archive.web.links import article_page, memento
from archive.web.named import article_of
from archive.web.render import page
from archive.web.replay.assets import are_installed
from archive.web.room import room
from archive.web.running import is_loopback

router = APIRouter(include_in_schema=False)


@router.get("/article/{id}/witness/{place}/replay", response_class=HTMLResponse)
def replay(request: Request, id: str, place: int) -> Response:
    """The captured page as it ran, in a frame of another origin."""
    archive = room(request).archive
    article = article_of(request, id)
    origin = replay_origin(request) if are_installed(archive.data) else None
    answer = page(
        request,
        "replay.html",
        article=article,
        witness=witness_of(article, place),
        place=place,
        frame=f"{origin}/show/{article.id}/{place}" if origin else None,
        secure=request.url.scheme == "https" or is_loopback(request.url.hostname or ""),
        article_page=article_page,
        memento=memento,
    )
    if origin:
        answer.headers["Content-Security-Policy"] = PAGE_POLICY.replace(
            "frame-src 'self'", f"frame-src {origin}"
        )
    return answer


def replay_origin(request: Request) -> str | None:
    """Where the player answers; None where it does not."""
    settings = room(request).settings
    if settings.replay_origin is not None:
        return settings.replay_origin
    if settings.replay_port is None:
        return None
    host = request.url.hostname or "127.0.0.1"
    shown = f"[{host}]" if ":" in host else host
    return f"{request.url.scheme}://{shown}:{settings.replay_port}"
