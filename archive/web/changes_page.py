"""What changed on a page from one capture of it to another, in the page's own words.

An article's versions tell what the institute changed in a text. What a mirror put into its pages
overnight, or how a list grew, only the captures tell, whether or not an article is read from them.
It promises that every word of both pages is there, what they hide and their menus, too: nothing is
cleaned before it is compared.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from archive.cleaning.markup.flow import read_flow
from archive.cleaning.page import read_page
from archive.errors import HttpError, PalimpsestError
from archive.exchange import media_type, read_response
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.web.capture_page import row_of
from archive.web.difference import characters, compare, moved_paragraphs
from archive.web.evidence import body_of
from archive.web.render import page
from archive.web.room import room
from archive.web.stops import stops
from archive.web.tongue import tongue

router = APIRouter(include_in_schema=False)

PAGES = ("text/html", "application/xhtml+xml")
MAX_COMPARED = 200_000
"""Characters of a page that are compared."""


@router.get("/changes", response_class=HTMLResponse)
def changes(request: Request) -> Response:
    """The capture of the record ``from`` beside that of the record ``to``."""
    archive = room(request).archive
    old, new = (row_of(request, request.query_params.get(name, "")) for name in ("from", "to"))
    before, after = words_of(archive, old), words_of(archive, new)
    found = compare(before, after) if before is not None and after is not None else []
    return page(
        request,
        "changes.html",
        old=old,
        new=new,
        is_read=before is not None and after is not None,
        changes=found,
        language=tongue(after),
        stops=stops(found),
        moved=moved_paragraphs(found),
        added=characters(found, "added"),
        removed=characters(found, "removed"),
    )


def words_of(archive: Archive, row: CaptureRow) -> str | None:
    """Title and lines of the captured page; None where it is no page, or its record cannot be
    read."""
    try:
        capture = read_at(archive.warc_dir, row.pointer)
        message = read_response(capture.response, method_of(capture.request))
    except (PalimpsestError, HttpError, OSError):
        return None
    if (media_type(message) or PAGES[0]) not in PAGES:
        return None
    read = read_page(body_of(message), row.url, message.header("content-type"))
    title = " ".join((read.tree.findtext(".//title") or "").split())
    lines = [block.text for block in read_flow(read.tree).blocks]
    return "\n".join(line for line in (title, *lines) if line.strip())[:MAX_COMPARED]
