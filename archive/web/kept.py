"""Files of the archive (images, attachments) as the reading room gives them out.

Images of kinds that cannot carry a script are shown; everything else is a download. The bytes come
from the WARC and from nowhere else.
"""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from archive.errors import NotFoundError
from archive.exchange import media_type, read_response
from archive.warc import read_at
from archive.warc.payload import method_of
from archive.web.evidence import body_of
from archive.web.guard import KEPT_POLICY
from archive.web.room import room

router = APIRouter(include_in_schema=False)

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
"""Media types that a browser only draws."""
_MAGIC = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
}


@router.get("/kept")
def kept(request: Request) -> Response:
    """The newest capture of the file at ``url`` on ``site``."""
    site, url = request.query_params.get("site", ""), request.query_params.get("url", "")
    archive = room(request).archive
    row = archive.store.last_capture(site, url)
    if row is None or row.status != 200:
        raise NotFoundError(f"no file from {url[:200]!r} is kept")
    capture = read_at(archive.warc_dir, row.pointer)
    message = read_response(capture.response, method_of(capture.request))
    return file_answer(body_of(message), media_type(message), url)


def file_answer(body: bytes, kind: str | None, url: str) -> Response:
    """The bytes: drawn where they are a plain image, else a download under a safe name."""
    kind = next((known for magic, known in _MAGIC.items() if body.startswith(magic)), kind)
    shown = kind in SHOWN
    headers = {"Content-Security-Policy": KEPT_POLICY}
    if not shown:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(url))}"
    return Response(body, media_type=kind if shown else "application/octet-stream", headers=headers)


def file_name(url: str) -> str:
    """A name for a file from this address: no path, no control character, not too long.

    >>> file_name("http://a/b/..%2f..%2fetc%2fpasswd%00.doc")
    'passwd.doc'
    """
    try:
        path = unquote(urlsplit(url).path, errors="replace")
    except ValueError:
        path = ""
    last = path.replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*').strip(". ")
    stem = name.partition(".")[0].upper()
    if not name or stem in {"CON", "PRN", "AUX", "NUL"} or stem[:-1] in {"COM", "LPT"}:
        name = f"file-{name}" if name else "file"
    return name[-100:]
