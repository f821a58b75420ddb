"""What was exchanged, and where it lies: captures, their rows, their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

RevisitProfile = Literal["identical-payload-digest", "server-not-modified"]


class PageKind(StrEnum):
    """What a fetched page is; only ``ARTICLE`` becomes an article. ``SOFT_404`` says that nothing
    is there, ``CHALLENGE`` is what a firewall sent instead, ``STAND_IN`` another text in an
    article's place, on a night on which too many gave one (``archive.sitepass.stand_ins``),
    ``DOORWAY`` one of many pages made for search engines (``archive.sitepass.doorways``)."""

    ARTICLE = "article"
    LIST = "list"
    HOME = "home"
    SOFT_404 = "soft-404"
    ERROR = "error"
    CHALLENGE = "challenge"
    STAND_IN = "stand-in"
    DOORWAY = "doorway"
    EMPTY = "empty"
    OTHER = "other"
    ASSET = "asset"


IN_ITS_PLACE = frozenset(
    {PageKind.SOFT_404, PageKind.CHALLENGE, PageKind.STAND_IN, PageKind.DOORWAY}
)
"""What stands in the place of a page, and takes nothing away from what it said before."""
NOT_BELIEVED = frozenset({PageKind.STAND_IN, PageKind.DOORWAY})
"""What a site pass has judged to be no page of the institute."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """That a capture found what an earlier one has (WARC 1.1, section 6.7): which of the two
    ``profile`` says so, the earlier record's address, moment and id as far as they are told, and
    the ``payload_digest`` of both."""

    profile: RevisitProfile
    url: str | None
    captured_at: datetime | None
    record_id: str | None
    payload_digest: str | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who a server said it was, over TLS: ``digest`` is ``sha256:<hex>`` of its certificate,
    ``chain`` the DER certificates it showed, its own first (empty where a record only names the
    one that an earlier record of its file holds), ``trusted`` whether it was checked and found
    good for the host; it was not where the operator had said so."""

    digest: str
    chain: tuple[bytes, ...] = ()
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as it crossed the wire.

    ``request`` and ``response`` are the raw bytes, heads and bodies with their transfer coding,
    interim 1xx responses included. ``captured_at`` is aware, in UTC: the moment the request was
    sent. ``ip`` is the server's address, ``protocols`` as ``WARC-Protocol`` spells them
    ("http/1.1", "tls/1.3"), ``cipher`` the IANA suite name, ``certificate`` the server's.
    ``truncated`` is a WARC-Truncated reason (WARC 1.1, section 5.13) or None. ``error`` names why
    there is no (whole) response.
    ``revisit`` stands where the record has no payload of its own: with the profile
    identical-payload-digest ``response`` is whole all the same, the earlier record's body put
    behind the new head; with server-not-modified it is the 304 answer.
    """

    url: str
    captured_at: datetime
    request: bytes
    response: bytes
    ip: str | None = None
    protocols: tuple[str, ...] = ("http/1.1",)
    cipher: str | None = None
    truncated: Literal["length", "time", "disconnect", "unspecified"] | None = None
    error: str | None = None
    via: str | None = None
    revisit: Revisit | None = None
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class WarcPointer:
    """Where a record lies: file name relative to the WARC directory, ``offset`` and ``length`` in
    bytes of the compressed member, ``payload_digest`` as ``sha256:<hex>`` of the transfer-decoded
    body (WARC 1.1, section 5.9); a revisit's is that of the payload it goes back to."""

    file: str
    offset: int
    length: int
    payload_digest: str
    record_id: str


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A capture as the store knows it, without its bytes. ``status`` is the HTTP status or None
    where there was no response; ``kind`` is None also for a page that nobody has read yet (the site
    pass does); ``etag`` and ``last_modified`` are the header values as sent; ``location`` is the
    address that a redirect leads to; ``id`` is the row's number (0: not stored yet)."""

    url: str
    host: str
    captured_at: datetime
    status: int | None
    media_type: str | None
    kind: PageKind | None
    pointer: WarcPointer
    run: int
    etag: str | None = None
    last_modified: str | None = None
    via: str | None = None
    error: str | None = None
    location: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Original:
    """An earlier capture that a new one may go back to: its address, moment and place."""

    url: str
    captured_at: datetime
    pointer: WarcPointer
