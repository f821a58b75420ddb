"""Which articles are gone from the official host: never on one bad night's word.

A server that is down, a robots.txt that cannot be read, a night in which much failed say nothing
about an article. It promises that an article counts as gone only after its page was answered with
404 (or a page that says so) in three trusted runs at least a day apart, or once with 410, or has
given another text for as long; that a page which comes again is live again; and that the answer
depends on captures and reports alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.errors import EXIT_DIED, SiteUnreachableError
from archive.model import GONE_FLAG, IN_ITS_PLACE, Article, PageKind, WarcPointer
from archive.profiles.profile import DEFAULT_FAILURE_SHARE
from archive.statuses import NOT_MODIFIED, SUCCESS
from archive.store import CaptureRow, RunRow
from archive.store.runs import WALKS

if TYPE_CHECKING:
    # Not at run time: a crawl judges its nights by this and reads no articles.
    from archive.sitepass.earlier import Turn
    from archive.sitepass.sightings import Span

NOT_FOUND, GONE = 404, 410
RUNS_NEEDED = 3
APART = timedelta(days=1)
TOLERANCE = timedelta(hours=2)
"""Nightly timers do not fire to the second."""
SETTLED = (RUNS_NEEDED - 1) * (APART - TOLERANCE)
"""For so long walks must have found another text at an article's address."""


@dataclass(slots=True)
class _Absence:
    """What the answers about one address say so far: the trusted runs in a row that missed it."""

    runs: set[int] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None
    since: datetime | None = None

    def seen(self) -> None:
        self.runs.clear()
        self.first = self.last = self.since = None

    def missed(self, row: CaptureRow) -> None:
        if row.run in self.runs:
            return
        if self.last is not None and row.captured_at - self.last < APART - TOLERANCE:
            return
        self.runs.add(row.run)
        self.first = self.first or row.captured_at
        self.last = row.captured_at
        if row.status == GONE or len(self.runs) >= RUNS_NEEDED:
            self.since = self.since or self.first


def distrusted_runs(runs: Iterable[RunRow], trusted: int | None = None) -> frozenset[int]:
    """Runs whose "not found" is not believed: that were killed, unreachable sites, more than 5 %
    failures. ``trusted`` is the run at hand, which has no report yet."""
    return frozenset(row.id for row in runs if row.id != trusted and not _is_trusted(row))


def is_trusted(asked: int, failed: int) -> bool:
    """May a run with so many failures of so many requests say that a page is gone?"""
    return failed <= DEFAULT_FAILURE_SHARE * asked


def _is_trusted(row: RunRow) -> bool:
    if row.kind not in WALKS:
        return True
    if row.report is None or row.exit_code == EXIT_DIED:
        return False
    counts = row.report.counts
    if counts.get("tonight:robots-unreachable") or row.exit_code == SiteUnreachableError.exit_code:
        return False
    return is_trusted(counts.get("asked", 0), counts.get("failed", 0))


class Absences:
    """What captures, the oldest first, tell of addresses that are missing; what ``distrusted`` runs
    did not find does not count."""

    def __init__(self, distrusted: Collection[int]) -> None:
        self._distrusted = distrusted
        self._found: dict[str, _Absence] = {}

    def take(self, row: CaptureRow) -> None:
        """The next capture."""
        if _is_there(row):
            if row.url in self._found:
                self._found[row.url].seen()
        elif _is_missing(row) and row.run not in self._distrusted:
            self._found.setdefault(row.url, _Absence()).missed(row)

    def gone(self) -> dict[str, datetime]:
        """Addresses that are gone, and since when."""
        return {url: one.since for url, one in self._found.items() if one.since is not None}


def settled(
    turns: Mapping[str, Turn], spans: Mapping[str, Span], walks: Collection[int]
) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """Addresses at which another text than before has settled, each with the moment since which it
    stands there, and those at which it has not yet. One bad night's page is no article's end; what
    files from elsewhere show (no ``walks``) was not seen in one night. ``spans`` as in
    ``archive.sitepass.history``."""
    stays: dict[str, datetime] = {}
    waits: dict[str, datetime] = {}
    for url, turn in turns.items():
        since = turn.first.captured_at
        is_over = turn.first.run not in walks or is_settled(since, spans[url][1])
        (stays if is_over else waits)[url] = since
    return stays, waits


def is_settled(since: datetime, last: datetime) -> bool:
    """Has a text that was seen ``since`` then and ``last`` now stood for as many nights as it takes
    for one that is missing?"""
    return last - since >= SETTLED


def with_absences(
    articles: Iterable[Article],
    gone: Mapping[str, datetime],
    replaced: Mapping[WarcPointer, datetime],
) -> Iterator[Article]:
    """The articles; those are gone of which every official address is, or now has another article
    (``replaced``: the captures of which that is so, and since when)."""
    for article in articles:
        moments = [
            replaced.get(w.pointer) or gone.get(w.url)
            for w in article.witnesses
            if w.role == "original"
        ]
        known = [moment for moment in moments if moment is not None]
        if not moments or len(known) < len(moments):
            yield article
            continue
        flag = f"{GONE_FLAG}{max(known):%Y-%m-%d}"
        reading = replace(article.reading, flags=(*article.reading.flags, flag))
        yield replace(article, status="gone", reading=reading)


def _is_there(row: CaptureRow) -> bool:
    if row.error is not None or row.kind in IN_ITS_PLACE:
        return False
    return row.status in SUCCESS or row.status == NOT_MODIFIED


def _is_missing(row: CaptureRow) -> bool:
    if row.error is not None:
        return False
    is_soft = row.status in SUCCESS and row.kind is PageKind.SOFT_404
    return is_soft or row.status in (NOT_FOUND, GONE)
