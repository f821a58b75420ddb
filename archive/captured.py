"""What a capture says before anything is made of it: its message, its page, its row.

Both who takes captures in and who looks at them again later read them here. It promises that bytes
which are no HTTP answer, no whole answer or no HTML are told from a page, without an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.addresses import LOOSE_URN, host_of
from archive.errors import FatalPageError, HttpError
from archive.exchange import HttpMessage, media_type, read_response
from archive.model import (
    Article,
    Capture,
    CaptureRow,
    Extraction,
    PageKind,
    Role,
    Site,
    WarcPointer,
)
from archive.statuses import NOT_MODIFIED, REDIRECTS, SUCCESS
from archive.warc.record import resource_type

if TYPE_CHECKING:
    # Not at run time: whoever only makes rows of captures needs no cleaning, which takes long to
    # load.
    from archive.cleaning import Page

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MAX_LOCATION = 2_000
"""Characters; no longer address is walked."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one capture turned out to be."""

    kind: PageKind | None
    extraction: Extraction | None
    article: Article | None


def role_of(site: Site, host: str) -> Role:
    """``mirror`` for the site's known mirrors, ``backfill`` for a text without a host,
    ``original`` for every other host of the site."""
    if not host:
        return "backfill"
    return "mirror" if host in site.mirrors else "original"


def read_message(capture: Capture) -> HttpMessage | None:
    """The response as a message; None where there was none, or bytes that are none."""
    if not capture.response or capture.url.startswith(LOOSE_URN):
        return None
    method = capture.request.split(b" ", 1)[0].decode("latin-1") or "GET"
    try:
        return read_response(capture.response, method)
    except HttpError:
        return None


def is_html(message: HttpMessage | None) -> bool:
    """Does the answer call itself an HTML page?"""
    return message is not None and media_type(message) in HTML_TYPES


def page_of(capture: Capture, message: HttpMessage | None) -> Page | None:
    """The capture as a decoded page; None for anything but a whole, successful HTML answer, and for
    a page that nobody could read and live."""
    try:
        return page_to_tell_of(capture, message)
    except FatalPageError:
        return None


def page_to_tell_of(capture: Capture, message: HttpMessage | None) -> Page | None:
    """The same for whoever tells of pages that nobody could read and live: raises
    FatalPageError."""
    if message is None or message.status not in SUCCESS or capture.error:
        return None
    if not is_html(message):
        return None
    from archive.cleaning import read_page

    try:
        content = message.content()
    except HttpError:
        return None
    return read_page(content, capture.url, message.header("content-type"))


def row_of(
    capture: Capture,
    pointer: WarcPointer,
    run: int,
    message: HttpMessage | None,
    kind: PageKind | None,
) -> CaptureRow:
    """The capture's row in the store."""
    return CaptureRow(
        url=capture.url,
        host=host_of(capture.url),
        captured_at=capture.captured_at,
        status=_status(capture, message),
        media_type=_media_type(capture, message),
        kind=kind,
        pointer=pointer,
        run=run,
        etag=message.header("etag") if message else None,
        last_modified=message.header("last-modified") if message else None,
        via=capture.via,
        error=capture.error,
        location=_location(capture, message),
    )


def _location(capture: Capture, message: HttpMessage | None) -> str | None:
    """Where a redirect leads (RFC 9110, section 10.2.2), without a fragment; None for any other
    answer, and where that is no address of the web."""
    if message is None or message.status not in REDIRECTS:
        return None
    try:
        target = urljoin(capture.url, message.header("location") or "").partition("#")[0]
    except ValueError:
        return None
    is_address = target.startswith(("http://", "https://")) and len(target) <= MAX_LOCATION
    return target if is_address else None


def _status(capture: Capture, message: HttpMessage | None) -> int | None:
    if message is not None:
        return message.status
    # Some programs keep no block for an answer that only says so.
    confirms = capture.revisit is not None and capture.revisit.profile == "server-not-modified"
    return NOT_MODIFIED if confirms else None


def _media_type(capture: Capture, message: HttpMessage | None) -> str | None:
    if message is not None:
        return media_type(message)
    return resource_type(capture.via) if capture.url.startswith(LOOSE_URN) else None


def kind_without_page(message: HttpMessage | None) -> PageKind | None:
    """What an answer is that is no HTML page; None where there was none."""
    if message is None:
        return None
    if message.status not in SUCCESS:
        return PageKind.ERROR if message.status >= 400 else PageKind.OTHER
    if not message.body:
        return PageKind.EMPTY
    return PageKind.ASSET


def kind_unread(message: HttpMessage | None) -> PageKind | None:
    """What can be said of a page that nobody has read."""
    kind = kind_without_page(message)
    return PageKind.OTHER if kind is PageKind.ASSET and is_html(message) else kind
