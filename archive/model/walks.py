"""What a run asks for, how each address ended, and what the run did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["waiting", "leased", "done", "failed", "refused", "quarantined"]
RunKind = Literal["crawl", "nightly", "backfill", "clean"]
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
