"""What a page says: its text and facts, and each change that was made to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from archive.model.captures import PageKind, WarcPointer


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
