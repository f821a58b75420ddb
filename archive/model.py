"""The words of the project as data: what crosses the border between two rooms is one of these.

Frozen, so that a value can be handed on without fear; plain, so that any room can build one in a
test. It promises to import nothing but the standard library.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

Role = Literal["original", "mirror", "backfill"]
State = Literal["waiting", "leased", "done", "failed", "refused", "quarantined"]
Status = Literal["live", "gone", "mirror-only"]
RunKind = Literal["crawl", "nightly", "backfill", "clean"]
RevisitProfile = Literal["identical-payload-digest", "server-not-modified"]


class PageKind(StrEnum):
    """What a fetched page is; only ``ARTICLE`` becomes an article. ``SOFT_404`` says that nothing
    is there, ``CHALLENGE`` is what a firewall sent instead, ``STAND_IN`` another text in an
    article's place, on a night on which too many gave one (``archive.sitepass.stand_ins``)."""

    ARTICLE = "article"
    LIST = "list"
    HOME = "home"
    SOFT_404 = "soft-404"
    ERROR = "error"
    CHALLENGE = "challenge"
    STAND_IN = "stand-in"
    EMPTY = "empty"
    OTHER = "other"
    ASSET = "asset"


IN_ITS_PLACE = frozenset({PageKind.SOFT_404, PageKind.CHALLENGE, PageKind.STAND_IN})
"""What stands in the place of a page, and takes nothing away from what it said before."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """That a capture found what an earlier one has (WARC 1.1, section 6.7): which of the two
    ``profile`` says so, and the earlier record's address, moment and id as far as they are told."""

    profile: RevisitProfile
    url: str | None
    captured_at: datetime | None
    record_id: str | None


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


@dataclass(frozen=True, slots=True)
class Decoding:
    """How bytes became text: the ``encoding`` used, the ``rule`` that chose it, what was
    ``declared``, and how many characters had to be replaced by U+FFFD."""

    encoding: str
    rule: str
    declared: str | None
    replaced: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Something of the page left out of the article: the ``text``, the ``rule`` that took it, its
    ``evidence`` (why this rule applied here) and the ``place`` (a path in the tree)."""

    text: str
    rule: str
    evidence: str
    place: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One recorded change to a witness's text (``start`` and ``end`` count characters in the
    changed field *before* the change; applying it backwards gives the witness's text)."""

    field: str
    start: int
    end: int
    before: str
    after: str
    rule: str
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Image:
    """An image of an article; ``digest`` is ``sha256:<hex>`` of its payload once it is kept."""

    url: str
    alt: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file an article offers; ``digest`` as for images, ``text`` what stands in it where it is
    kept and could be read."""

    url: str
    name: str | None = None
    digest: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PagePart:
    """One of the pages that an article stands on; without moment and place where it is not kept."""

    url: str
    captured_at: datetime | None = None
    pointer: WarcPointer | None = None


LISTED_FLAG = "dated-by-list"  # on a text whose own page tells no day of publication


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one page said, as ``archive.cleaning.extract`` reads it. Unknown values are None.

    ``text``: one paragraph a line, table cells by tab, rows by newline. ``html`` is sanitised.
    ``conserved`` is False when a character of the chosen container is neither in the text nor in
    a removal. ``earlier_pages`` and ``next_pages`` are addresses of further pages of the same
    article, in order; ``pages`` all that it was put together from, and those that it lacks.
    ``frames`` are addresses that a page which is no article shows in frames, ``listed`` those that
    a list leads to, each with the day it shows beside (ISO 8601).
    ``flags`` name anything an archivist should look at.
    """

    kind: PageKind
    url: str | None
    decoding: Decoding
    title: str | None = None
    branch: str | None = None
    author: str | None = None
    editor: str | None = None
    source: str | None = None
    published: date | None = None
    published_evidence: str | None = None
    hits: int | None = None
    language: str | None = None
    text: str = ""
    markdown: str = ""
    html: str = ""
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    removals: tuple[Removal, ...] = ()
    repairs: tuple[Repair, ...] = ()
    earlier_pages: tuple[str, ...] = ()
    next_pages: tuple[str, ...] = ()
    pages: tuple[PagePart, ...] = ()
    frames: tuple[str, ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    conserved: bool = True

    @property
    def said(self) -> tuple[object, ...]:
        """What a reader reads, in which alone an article changes: no evidence, no counters, and no
        day that only lists tell."""
        published = None if LISTED_FLAG in self.flags else self.published
        return self.title, self.author, self.source, published, self.text


@dataclass(frozen=True, slots=True)
class Witness:
    """The text of an article as one host gave it. ``kinds`` are the letters of mirror tampering
    seen, ``brand`` the term the mirror put in the institute's place, ``raw`` the extraction
    before anything was undone, ``clean`` the one after, ``moved_to`` the address that gives this
    page now, where its own does no more."""

    url: str
    role: Role
    captured_at: datetime
    pointer: WarcPointer
    raw: Extraction
    clean: Extraction
    brand: str | None = None
    kinds: tuple[str, ...] = ()
    moved_to: str | None = None


GONE_FLAG = "gone-since:"
"""Begins the flag of an article that is gone; the day follows."""


@dataclass(frozen=True, slots=True)
class Article:
    """The work itself over all its witnesses: the reading text and where it came from.

    ``reading`` is the extraction chosen or collated as the text to read; its ``repairs`` lead
    back to the witness it was made from (``reading_of`` is that witness's place in the tuple).
    ``former_ids`` were given to it, or to what is part of it now, and lead to it for ever;
    ``address_ids`` are those that its further addresses would have given, and lead to it, too.
    """

    id: str
    url: str
    site: str
    status: Status
    reading: Extraction
    reading_of: int
    witnesses: tuple[Witness, ...]
    first_seen: datetime
    last_seen: datetime
    versions: int = 1
    former_ids: tuple[str, ...] = ()
    address_ids: tuple[str, ...] = ()

    @property
    def gone_since(self) -> date | None:
        """The day since which it is gone from its site; None while it is there."""
        days = (f.removeprefix(GONE_FLAG) for f in self.reading.flags if f.startswith(GONE_FLAG))
        return next(map(date.fromisoformat, days), None)


@dataclass(frozen=True, slots=True)
class GivenId:
    """That an article was called ``id`` from ``given_at`` on: it was then read from the witness at
    ``url`` that was captured at ``captured_at``."""

    id: str
    url: str
    captured_at: datetime
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Site:
    """An institution's web site: ``official`` hosts and known ``mirrors``. A host is the address's
    authority in lower case, without a default port ("www.example.ac.cn", "127.0.0.1:8101")."""

    name: str
    official: tuple[str, ...]
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MirrorHost:
    """What is known of one mirror: the hosts it copies (``of``), the ``brands`` it puts in, the
    letters of its tampering (``kinds``), the ``evidence``, and whether the operator had named it
    (``hinted``). ``articles`` it carries, of which ``only_here`` stand on no other host;
    ``phrases`` it sows into sentences and lines of keywords."""

    host: str
    of: tuple[str, ...]
    brands: tuple[str, ...]
    kinds: tuple[str, ...]
    evidence: tuple[str, ...]
    hinted: bool
    captures: int
    articles: int
    only_here: int
    first_seen: datetime | None
    last_seen: datetime | None
    phrases: tuple[str, ...] = ()


LeadKind = Literal[
    "start", "home", "branch", "list", "article", "page", "asset", "robots", "sitemap"
]


@dataclass(frozen=True, slots=True)
class Lead:
    """An address found on a page: what it probably is (``kind``), its priority (higher goes
    first), the page it was found on (``via``) and the words of the link (``anchor``)."""

    url: str
    kind: LeadKind
    priority: int
    via: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one discovered address ended: exactly one ``state`` with a ``reason``."""

    url: str
    state: State
    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did, as counts and lists (plain values only, so that JSON can hold it). ``alarms``
    are lines about what somebody must look at, ``mirrors`` about copies that were met or what they
    put in the institute's place, ``notes`` about anything else."""

    run: int
    site: str
    kind: RunKind
    started: datetime
    ended: datetime
    outcome: str
    exit_code: int
    counts: dict[str, int] = field(default_factory=dict)
    articles_by_branch: dict[str, int] = field(default_factory=dict)
    warc_files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    mirrors: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """Every line, the weightiest first."""
        return (*self.alarms, *self.mirrors, *self.notes)
