"""What the JSON API answers, as models: they are its description, too."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel

from archive.web.came import Came


class ProblemModel(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class SnippetModel(BaseModel):
    """A piece of plain text; ``marks`` are [start, end] of what was searched for."""

    text: str
    marks: list[tuple[int, int]]


class HitModel(BaseModel):
    """An article that was found."""

    id: str
    url: str
    site: str
    branch: str | None
    published: date | None
    status: str
    score: float
    title: SnippetModel
    snippet: SnippetModel


class CountModel(BaseModel):
    """How many have this value; null: unknown."""

    value: str | None
    count: int


class SearchModel(BaseModel):
    """One page of hits; ``total`` and ``facets`` are over everything found."""

    query: str
    total: int
    hits: list[HitModel]
    facets: dict[str, list[CountModel]]


class ImageModel(BaseModel):
    """An image of the article."""

    url: str
    alt: str | None
    digest: str | None


class AttachmentModel(BaseModel):
    """A file the article offers."""

    url: str
    name: str | None
    digest: str | None


class PlaceModel(BaseModel):
    """Where a capture lies; ``offset`` and ``length`` in bytes of the file."""

    file: str
    offset: int
    length: int
    payload_digest: str


class PageModel(BaseModel):
    """One of several pages that a witness stands on; without time and place where it is missing."""

    url: str
    captured_at: str | None
    warc: PlaceModel | None


class WitnessModel(BaseModel):
    """The article as one host gave it."""

    url: str
    role: str
    captured_at: str
    brand: str | None
    kinds: list[str]
    warc: PlaceModel
    pages: list[PageModel]


class RepairModel(BaseModel):
    """One recorded change to the text."""

    field: str
    start: int
    end: int
    before: str
    after: str
    rule: str
    evidence: str
    confidence: float


class ArticleModel(BaseModel):
    """One article, whole."""

    id: str
    url: str
    site: str
    branch: str | None
    title: str | None
    author: str | None
    source: str | None
    published: date | None
    published_evidence: str | None
    hits: int | None
    text: str
    markdown: str
    language: str | None
    images: list[ImageModel]
    attachments: list[AttachmentModel]
    status: str
    first_seen: str
    last_seen: str
    versions: int
    witnesses: list[WitnessModel]
    repairs: list[RepairModel]
    former_ids: list[str]
    gone_since: date | None


class VersionModel(BaseModel):
    """The text over the time in which it did not change."""

    number: int
    first_seen: str
    last_seen: str
    is_current: bool
    title: str | None
    text: str


class ChangeModel(BaseModel):
    """A stretch of a paragraph; ``moved`` when the paragraph only stands elsewhere."""

    kind: Literal["same", "removed", "added"]
    text: str
    moved: bool


class DiffModel(BaseModel):
    """Two versions compared; ``same_words`` when only punctuation, spaces, line breaks or the form
    of characters set them apart."""

    old: int
    new: int
    same_words: bool
    paragraphs: list[list[ChangeModel]]


class CheckModel(BaseModel):
    """A record looked at now; ``problem`` is null where all agrees."""

    at: str
    kept_digest: str
    found_digest: str | None
    problem: Literal["unreadable", "digest"] | None


class NewRowModel(BaseModel):
    """An article that is new or changed."""

    id: str
    site: str
    branch: str | None
    title: str | None
    status: str
    versions: int
    first_seen: str
    changed: str


class NewModel(BaseModel):
    """One page of what is new."""

    total: int
    articles: list[NewRowModel]


class HeldRowModel(BaseModel):
    """An article that had been captured by a day, in the ``version`` that was its newest then;
    title, branch and status are those of today."""

    id: str
    site: str
    branch: str | None
    title: str | None
    status: str
    versions: int
    version: int
    since: str


class HeldModel(BaseModel):
    """One page of what had been captured by a day."""

    total: int
    articles: list[HeldRowModel]


class CaptureModel(BaseModel):
    """A capture of an address: what ``came`` of it, and (as addresses of the reading room) its own
    page, the page it shows, and what changed since the one before; null where there is none."""

    at: str
    record: str
    url: str
    status: int | None
    media_type: str | None
    error: str | None
    came: Came
    digest: str
    article: str | None
    witness: int | None
    capture: str
    memento: str | None
    changes: str | None


class CapturesModel(BaseModel):
    """One page of the captures of an address, the oldest first."""

    url: str
    total: int
    captures: list[CaptureModel]


class DayModel(BaseModel):
    """The captures of a day (UTC): how many, and how many of them each thing came of."""

    day: date
    count: int
    came: dict[str, int]


class NightsModel(BaseModel):
    """The days on which something of a host was captured, the oldest first; ``judged`` is false
    where there are so many captures that they are only counted."""

    host: str
    total: int
    judged: bool
    days: list[DayModel]


class NightModel(BaseModel):
    """One page of what was captured of a host on a day: first what somebody else changed."""

    host: str
    day: date
    total: int
    captures: list[CaptureModel]


class StandsModel(BaseModel):
    """An article that has a text or something like it. It stands word for word in these
    ``versions``; where in none, in ``copies``; ``shown`` are witnesses that had it before it was
    undone (both by their place); ``nearest`` is the passage that is most like it."""

    article: str
    title: str | None
    versions: list[int]
    copies: list[int]
    shown: list[int]
    nearest: str | None


class SiteModel(BaseModel):
    """A site with its hosts and branches."""

    name: str
    official: list[str]
    mirrors: list[str]
    branches: list[CountModel]


class RunModel(BaseModel):
    """A run and its report."""

    id: int
    site: str
    kind: str
    state: Literal["running", "ended"]
    started: str
    ended: str | None
    outcome: str | None
    exit_code: int | None
    counts: dict[str, int]
    articles_by_branch: dict[str, int]
    warc_files: list[str]
    notes: list[str]
