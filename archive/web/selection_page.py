"""A selection: articles that somebody picked, in his order, to be cited, exported or handed on.

It lies in its address, as a search does: nothing is kept here of who picked what. It promises each
article once, under the id it has today, and to tell of what it cannot find.
"""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.export.citation import gb7714_2025
from archive.web.export_links import FORMATS
from archive.web.links import article_page
from archive.web.picked import MOST, PICKED, chosen, picked
from archive.web.render import page
from archive.web.room import room

router = APIRouter(include_in_schema=False)


@router.get("/selection", response_class=HTMLResponse)
def selection(request: Request) -> Response:
    """The articles that the address names, their citations, and the ways to export them."""
    asked = picked(request)
    archive = room(request).archive
    articles = list(chosen(archive, asked))
    known = {one.id for one in articles} | {old for one in articles for old in one.former_ids}
    base = str(request.base_url).rstrip("/")
    query = urlencode([(PICKED, one.id) for one in articles])
    return page(
        request,
        "selection.html",
        articles=articles,
        missing=[one for one in asked if one not in known],
        citations=[(one, gb7714_2025(one, base + article_page(one.id))) for one in articles],
        exports=[(name, f"/export.{name}?{query}") for name in FORMATS],
        article_page=article_page,
        most=MOST,
    )
