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
from datetime import datetime

from archive.addresses import LOOSE_URN
from archive.model import CaptureRow
from archive.sitepass.gone import Absences
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
    ``hosts``: how often each was asked; ``name`` names ``rows``, ``left`` and ``gone``."""

    rows: list[CaptureRow]
    spans: dict[str, Span]
    left: dict[str, str]
    gone: dict[str, datetime]
    hosts: dict[str, Attendance]
    name: str


@dataclass(slots=True)
class _Reading:
    rows: list[CaptureRow] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    hosts: dict[str, Attendance] = field(default_factory=dict)
    redirecting: dict[str, str | None] = field(default_factory=dict)
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
            moment = row.captured_at
            first, last = self.spans.get(row.url, (moment, moment))
            self.spans[row.url] = min(first, moment), max(last, moment)
        if row.url.startswith(LOOSE_URN):
            self.rows.append(row)
        elif is_answer:
            said = row.pointer.payload_digest, row.status, row.media_type, row.kind
            if self._newest.get(row.url) != said:
                self._newest[row.url] = said
                self.rows.append(row)


def history_of(
    captures: Iterable[CaptureRow],
    distrusted: Collection[int],
    confirmed: Iterable[Confirmed] = (),
) -> History:
    """Read ``captures``, the oldest first, and what was ``confirmed`` besides; what ``distrusted``
    runs did not find does not count."""
    found, absences = _Reading(), Absences(distrusted)
    for one in confirmed:
        found.confirm(one)
    for row in captures:
        found.take(row)
        absences.take(row)
    left = left_behind(found.spans, found.redirecting)
    gone = gone_with(absences.gone(), found.spans, left, found.redirecting)
    named = hashlib.blake2b(digest_size=16)
    for row in found.rows:
        moment = row.captured_at.isoformat()
        told = row.url, row.pointer, moment, row.status, row.media_type, row.kind, row.via
        named.update(repr(told).encode("utf-8", "backslashreplace"))
    missing = sorted(left.items()), sorted(gone.items())
    named.update(repr(missing).encode("utf-8", "backslashreplace"))
    return History(found.rows, found.spans, left, gone, found.hosts, named.hexdigest())
