"""A site's captures as the site pass needs them: its different pages, and what the others tell.

Nearly every capture of a nightly crawl says that nothing has changed. It promises that such
captures cost no memory and hardly any time, and lose nothing: when a page was seen, since when it
is missing, how often a host was asked; and one name for all that the articles depend on, which
stays the same for as long as nothing came that could change them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from archive.addresses import LOOSE_URN
from archive.model import CaptureRow, PageKind
from archive.sitepass.gone import GONE, NOT_FOUND, Absences
from archive.sitepass.sightings import Span
from archive.sitepass.twins import gone_with, left_behind
from archive.statuses import NOT_MODIFIED, REDIRECTS, SUCCESS
from archive.store import Confirmed


@dataclass(slots=True)
class Attendance:
    """How many captures there are of a host, and the first and last moment of one."""

    captures: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def took(self, first: datetime, last: datetime, times: int = 1) -> None:
        """Count so many more, between these moments."""
        self.captures += times
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)


@dataclass(frozen=True, slots=True)
class History:
    """``rows``: the captures that gave something, the oldest first, but for those that gave what
    the one before them of the same address gave; ``spans``: between which moments each address gave
    its page, or said that it had not changed; ``left``: addresses that give it no more, each with
    the one that does (``archive.sitepass.twins``); ``gone``: which are gone, and since when;
    ``hosts``: how often each was asked; ``name`` names ``rows``, ``left`` and ``gone``; ``aside``:
    addresses that give another text in their article's place (``archive.sitepass.stand_ins``);
    ``doorways``: addresses that give pages made for search engines (``archive.sitepass.doorways``);
    ``redirects``: where addresses lead now that gave pages before; it is in the ``name``, too."""

    rows: list[CaptureRow]
    spans: dict[str, Span]
    left: dict[str, str]
    gone: dict[str, datetime]
    hosts: dict[str, Attendance]
    name: str
    aside: dict[str, StandIn] = field(default_factory=dict)
    doorways: dict[str, Doorway] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)

    @property
    def had_doorways(self) -> frozenset[str]:
        """Addresses that have ever given such a page."""
        return frozenset(row.url for row in self.rows if row.kind is PageKind.DOORWAY)


LEAVING = REDIRECTS | {NOT_FOUND, GONE}
"""Statuses that say that an address gives its page no more."""
PATIENCE = timedelta(days=7)
"""For so long one page under all addresses is taken for a notice: whose domain is sold or parked
shows one page, too, and for good."""


@dataclass(slots=True)
class StandIn:
    """What gives another text in its article's place: since the capture ``first``, and when it did
    so ``last``; ``rows`` are the captures that gave another one than those before."""

    first: CaptureRow
    last: datetime
    rows: list[CaptureRow]

    @property
    def lasts(self) -> bool:
        """Has it stood there for too long to be a notice?"""
        return self.last - self.first.captured_at >= PATIENCE


@dataclass(slots=True)
class Doorway:
    """A page made for search engines, since its capture ``first``; ``rows`` are its different
    captures. ``has_left``: the address has given no page since."""

    first: CaptureRow
    rows: list[CaptureRow]
    has_left: bool = False


@dataclass(slots=True)
class _Reading:
    rows: list[CaptureRow] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    hosts: dict[str, Attendance] = field(default_factory=dict)
    redirecting: dict[str, str | None] = field(default_factory=dict)
    aside: dict[str, StandIn] = field(default_factory=dict)
    doorways: dict[str, Doorway] = field(default_factory=dict)
    _newest: dict[str, tuple[object, ...]] = field(default_factory=dict)

    def confirm(self, one: Confirmed) -> None:
        attendance = self.hosts.setdefault(one.host, Attendance())
        attendance.took(one.first, one.last, one.times)
        first, last = self.spans.get(one.url, (one.first, one.last))
        self.spans[one.url] = min(first, one.first), max(last, one.last)

    def take(self, row: CaptureRow) -> None:
        self.hosts.setdefault(row.host, Attendance()).took(row.captured_at, row.captured_at)
        is_answer = row.error is None and row.status in SUCCESS
        if row.error is None and row.status in REDIRECTS:
            self.redirecting[row.url] = row.location
        if is_answer or (row.error is None and row.status == NOT_MODIFIED):
            # An old address that fails in the end has not moved back.
            self.redirecting.pop(row.url, None)
            self._answered(row, confirms=not is_answer)
        elif row.error is None and row.url in self.doorways:
            self.doorways[row.url].has_left |= row.status in LEAVING
        if row.url.startswith(LOOSE_URN):
            self.rows.append(row)
        elif is_answer and self._is_news(row):
            self.rows.append(row)
            for one in (self.aside.get(row.url), self.doorways.get(row.url)):
                if one is not None:
                    one.rows.append(row)

    def _is_news(self, row: CaptureRow) -> bool:
        said = row.pointer.payload_digest, row.status, row.media_type, row.kind
        is_news = self._newest.get(row.url) != said
        self._newest[row.url] = said
        return is_news

    def _answered(self, row: CaptureRow, *, confirms: bool) -> None:
        """An address gave its page, or (``confirms``) said that it is what it was."""
        moment = row.captured_at
        if row.kind is PageKind.DOORWAY or (confirms and row.url in self.doorways):
            self.doorways.setdefault(row.url, Doorway(row, [])).has_left = False
            return
        self.doorways.pop(row.url, None)
        if row.kind is PageKind.STAND_IN or (confirms and row.url in self.aside):
            self.aside.setdefault(row.url, StandIn(row, moment, [])).last = moment
            return
        self.aside.pop(row.url, None)
        first, last = self.spans.get(row.url, (moment, moment))
        self.spans[row.url] = min(first, moment), max(last, moment)


def history_of(
    captures: Iterable[CaptureRow],
    distrusted: Collection[int],
    confirmed: Iterable[Confirmed] = (),
    official: Collection[str] = (),
) -> History:
    """Read ``captures``, the oldest first, and what was ``confirmed`` besides; what ``distrusted``
    runs did not find does not count. ``official``: the site's hosts that are not mirrors."""
    found, absences = _Reading(), Absences(distrusted)
    for one in confirmed:
        found.confirm(one)
    for row in captures:
        found.take(row)
        absences.take(row)
    left = left_behind(found.spans, found.redirecting, official)
    gone = gone_with(absences.gone(), found.spans, left, found.redirecting)
    named = hashlib.blake2b(digest_size=16)
    for row in found.rows:
        moment = row.captured_at.isoformat()
        told = row.url, row.pointer, moment, row.status, row.media_type, row.kind, row.via
        named.update(repr(told).encode("utf-8", "backslashreplace"))
    redirects = {url: to for url, to in found.redirecting.items() if to and url in found.spans}
    missing = sorted(left.items()), sorted(gone.items()), sorted(redirects.items())
    named.update(repr(missing).encode("utf-8", "backslashreplace"))
    return History(
        rows=found.rows,
        spans=found.spans,
        left=left,
        gone=gone,
        hosts=found.hosts,
        name=named.hexdigest(),
        aside=found.aside,
        doorways=found.doorways,
        redirects=redirects,
    )
