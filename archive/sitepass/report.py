"""What a site pass saw and did, for whoever reports of it, and as text to be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive.model import MirrorHost

ALARM = "ALARM, the institute's own host may be broken into: {line}"
"""How a run's report gives an alarm."""


@dataclass(frozen=True, slots=True)
class DeriveReport:
    """What the pass saw and did. ``changes`` counts articles new, changed, unchanged, removed;
    ``kinds`` pages by kind; ``brands`` the terms found on each of the ``mirrors``; ``alarms``
    what official hosts serve that looks like a break-in, ``notes`` what has come to many of their
    pages and is likely their own; ``missing`` articles known from earlier captures alone, whose
    pages show none any more; ``set_aside`` addresses of articles that give other texts, which are
    not believed."""

    pages: int
    articles: int
    changes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    brands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    mirrors: tuple[MirrorHost, ...] = ()
    alarms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    not_conserved: int = 0
    missing: int = 0
    set_aside: int = 0


def to_plain(report: DeriveReport) -> dict[str, Any]:
    """What holds of the pages as long as they are the same."""
    return {
        "pages": report.pages,
        "articles": report.articles,
        "kinds": report.kinds,
        "brands": report.brands,
        "alarms": report.alarms,
        "notes": report.notes,
        "not_conserved": report.not_conserved,
        "missing": report.missing,
        "set_aside": report.set_aside,
    }


def of_unchanged(plain: Mapping[str, Any], mirrors: Sequence[MirrorHost]) -> DeriveReport:
    """The report of a pass that found everything as the one before it, whose report was ``plain``
    (see ``to_plain``). Raises KeyError, TypeError or ValueError when it is none."""
    articles = int(plain["articles"])
    return DeriveReport(
        pages=int(plain["pages"]),
        articles=articles,
        changes={"new": 0, "changed": 0, "unchanged": articles, "removed": 0},
        kinds=dict(plain["kinds"]),
        brands={host: tuple(terms) for host, terms in plain["brands"].items()},
        mirrors=tuple(mirrors),
        alarms=tuple(plain["alarms"]),
        notes=tuple(plain["notes"]),
        not_conserved=int(plain["not_conserved"]),
        missing=int(plain["missing"]),
        set_aside=int(plain["set_aside"]),
    )
