"""Whose pages these are, and the works on them: sites, mirrors, witnesses, articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from archive.model.captures import WarcPointer
from archive.model.texts import Extraction

Role = Literal["original", "mirror", "backfill"]
Status = Literal["live", "gone", "mirror-only"]


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
