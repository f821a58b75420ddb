"""Which captures speak for their addresses: the latest that gave a page."""

from __future__ import annotations

from collections.abc import Iterable

from archive.captured import HTML_TYPES
from archive.model import IN_ITS_PLACE, NOT_BELIEVED, CaptureRow, PageKind
from archive.sitepass.reader import Candidates
from archive.sitepass.sightings import in_time
from archive.statuses import SUCCESS

NO_PAGE = NOT_BELIEVED | {PageKind.ASSET}


def latest_pages(rows: Iterable[CaptureRow]) -> list[Candidates]:
    """The latest successful HTML capture of each address, in the order of addresses: an error
    tonight does not take away what an earlier night gave, and of the same page kept again the
    first capture stands. Behind one that nobody has read stand those before it: should it say that
    the page is not there, or be a firewall's, it takes nothing away either. What stood in an
    article's place (PageKind.STAND_IN) or was made for search engines (PageKind.DOORWAY) speaks for
    no address, nor does what calls itself a page and could not be decoded (PageKind.ASSET)."""
    found: dict[str, list[CaptureRow]] = {}
    for row in sorted(rows, key=in_time):
        if row.status not in SUCCESS or row.error or row.media_type not in HTML_TYPES:
            continue
        if row.kind in NO_PAGE:
            continue
        stack = found.setdefault(row.url, [])
        if not stack or row.kind is None:
            if not stack or not _is_same_page(row, stack[-1]):
                stack.append(row)
        elif row.kind not in IN_ITS_PLACE and not _is_same_page(row, stack[-1]):
            stack[:] = [row]
    return [tuple(reversed(found[url])) for url in sorted(found)]


def _is_same_page(row: CaptureRow, earlier: CaptureRow) -> bool:
    return row.pointer.payload_digest == earlier.pointer.payload_digest
