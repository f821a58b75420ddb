"""The article that an address of the reading room names, whatever it is called today.

A citation names an id. It promises that a page asked for by an id which an article had before is
answered by the way to it, for good (308 keeps the method), and one whose article is no more by the
way to its captures.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.errors import NoLongerReadError
from archive.model import Article
from archive.web.links import article_page, captures_page
from archive.web.render import page
from archive.web.room import room

GONE = 410
PERMANENT = 308
BEFORE_ID = "/article/"


class ElsewhereError(Exception):
    """The page is at ``address``."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def article_of(request: Request, asked: str) -> Article:
    """The article that a page below ``/article/`` was ``asked`` for; ElsewhereError where it has
    another id, NotFoundError where there is none."""
    article = room(request).archive.get(asked)
    if article.id != asked:
        rest = request.url.path.removeprefix(BEFORE_ID).partition("/")[2]
        path = article_page(article.id) + (f"/{rest}" if rest else "")
        raise ElsewhereError(f"{path}?{request.url.query}" if request.url.query else path)
    return article


def elsewhere(request: Request, error: Exception) -> Response:
    """The answer to ``ElsewhereError``."""
    return (
        RedirectResponse(error.address, PERMANENT)
        if isinstance(error, ElsewhereError)
        else Response()
    )


def no_longer_read(request: Request, error: Exception) -> Response:
    """The page that says what an id stood for, and leads to what is kept of it."""
    url = error.url if isinstance(error, NoLongerReadError) else ""
    captures = captures_page(url) if url else None
    return page(request, "no_longer.html", GONE, url=url, captures=captures)
