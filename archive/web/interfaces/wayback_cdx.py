"""The captures of an address, asked for and answered as the Wayback Machine's CDX server does.

    /cdx/search/cdx?url=http://www.example.ac.cn/&output=json&limit=10
    /cdx/search/cdx?url=example.ac.cn/news/*&filter=statuscode:200&collapse=timestamp:8

Many clients know this form alone (https://github.com/internetarchive/wayback, wayback-cdx-server):
columns of other names than pywb's, regular expressions without a sign, and a key to go on with
instead of pages. It costs what ``archive.web.interfaces.cdx`` lets a question cost.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from archive.web.interfaces.cdx import answers, pages
from archive.web.interfaces.cdx_question import CdxError
from archive.web.interfaces.wayback_question import TableQuestion
from archive.web.room import room

router = APIRouter(include_in_schema=False)


@router.get("/cdx/search/cdx")
def table(request: Request) -> Response:
    """The captures that are asked for, a line each."""
    directory = room(request).archive.warc_dir
    try:
        asked = TableQuestion.parse(request.query_params.multi_items())
        if asked.question.counts_pages:
            return PlainTextResponse(f"{pages(directory, asked.question)['pages']}\n")
        text = asked.written(*asked.taken(answers(directory, asked.question)))
    except CdxError as error:
        return PlainTextResponse(f"{error}\n", 400)
    kind = "application/json" if asked.as_json else "text/plain; charset=utf-8"
    return Response(text, media_type=kind)
