"""What came of each capture of an address: a new version, the same bytes, an error, and so on.

It promises one word for each, the one that matters most; that what repeats a page that was tampered
with is called so, too; and, wherever there is something to compare, the way to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from archive.model import NOT_BELIEVED, PageKind
from archive.statuses import NOT_MODIFIED, REDIRECTS, SUCCESS
from archive.store import Archive
from archive.store.courses import Glance, Read, Witnessed
from archive.store.nights import Ended
from archive.web.links import changes_page

Came = Literal[
    "tampered", "others", "version", "first", "bytes", "words", "gone", "failed", "moved", "same"
]

CAME: tuple[Came, ...] = (
    *("tampered", "others", "version", "first", "bytes", "words"),
    *("gone", "failed", "moved", "same"),
)
"""What most needs to be looked at first."""
ALARMING: tuple[Came, ...] = ("tampered", "others")
SIGNS: dict[str, str] = dict(zip((*CAME, "kept"), "!?◆◇○≈×△→·●", strict=True))
"""How each is drawn, so that nobody needs to tell colours apart."""
NOT_THERE = frozenset({404, 410})
SHOWN = 200
"""The status of answers that can be looked at as pages."""
NOT_INSTITUTES = frozenset(kind.value for kind in NOT_BELIEVED)
"""Kinds of pages that are not believed to be the institute's."""


class Seen(NamedTuple):
    """A capture and what ``came`` of it. ``before`` is the record of the last one with content
    (None: there is none, or this one has none itself), ``same`` whether it has the same bytes;
    ``shows`` is the moment of the page that stood there; ``witness`` what is read from it."""

    row: Glance
    came: Came
    before: str | None
    same: bool
    shows: datetime | None
    witness: Witnessed | None

    @property
    def changes(self) -> str | None:
        """Where it is told what changed since the one before: "" for the same bytes, None where
        there is nothing to compare."""
        if self.before is None:
            return None
        return "" if self.same else changes_page(self.before, self.row.record_id)


def seen(archive: Archive, urls: list[str]) -> list[Seen]:
    """Every capture of the addresses, the oldest first."""
    rows = archive.store.holdings.course(urls)
    return told(rows, archive.store.holdings.read_from(urls)) if rows else []


def some_seen(
    archive: Archive,
    url: str,
    span: tuple[datetime | None, datetime | None] = (None, None),
    *,
    limit: int,
    offset: int = 0,
    newest_first: bool = False,
) -> tuple[int, list[Seen]]:
    """How many captures the address has in a span of moments (the second one excluded), and so many
    of them; little more than these is read."""
    part = archive.store.holdings.part_of_course(
        url, span, limit=limit, offset=offset, newest_first=newest_first
    )
    rows = [*part.before, *part.page]
    read = archive.store.holdings.read_from([url], [row.record_id for row in rows])
    found = told(rows, read)[len(part.before) :]
    return part.total, found[::-1] if newest_first else found


def told(rows: Iterable[Glance], read: Read) -> list[Seen]:
    """What came of the rows, which are in the order of time."""
    stood: dict[str, _Standing] = {}
    return [stood.setdefault(row.url, _Standing()).next(row, read) for row in rows]


def not_believed_since(archive: Archive, site: str, url: str) -> datetime | None:
    """Since when an address of ``site`` gives pages that are not believed to be the institute's;
    None where the last one it gave is."""
    newest = archive.store.holdings.newest_whole(site, url)
    if newest is None or newest.kind not in NOT_INSTITUTES:
        return None
    since: datetime | None = None
    for row in archive.store.holdings.course([url], site):
        if row.kind in NOT_INSTITUTES:
            since = since or row.captured_at
        elif without_content(row) is None and row.status != NOT_MODIFIED:
            since = None
    return since


@dataclass(slots=True)
class _Standing:
    """What stands at one address: its last capture with content, whether that was ``tampered``
    with or not the institute's, and when a page of it that can be shown was captured."""

    last: Glance | None = None
    alarming: Came | None = None
    shows: datetime | None = None

    def next(self, row: Glance, read: Read) -> Seen:
        witness = read.witnesses.get(row.record_id)
        empty = without_content(row)
        if empty is not None:
            return Seen(row, empty, None, False, None, witness)
        before = self.last
        repeats = row.status == NOT_MODIFIED or (before is not None and before.digest == row.digest)
        is_mended = witness is not None and witness.is_mended
        known: Came | None = (
            "others" if row.kind in NOT_INSTITUTES else "tampered" if is_mended else None
        )
        self.alarming = known or (self.alarming if repeats else None)
        if not repeats or row.status == SHOWN:
            self.shows = row.captured_at if row.status == SHOWN else None
        if before is None or row.status != NOT_MODIFIED:
            self.last = row
        came: Came = self.alarming or ("same" if repeats else _with_content(row, before, read))
        return Seen(row, came, before and before.record_id, repeats, self.shows, witness)


def _with_content(row: Glance, before: Glance | None, read: Read) -> Came:
    if row.captured_at in read.began:
        return "version"
    if before is None:
        return "first"
    witness = read.witnesses.get(row.record_id)
    # No version began with it, of a page whose words were compared.
    return "words" if witness is not None and witness.is_read else "bytes"


def without_content(row: Glance | Ended) -> Came | None:
    """What came of a capture that has no content; None where it has some."""
    if row.error is not None or row.status is None:
        return "failed"
    if row.status in REDIRECTS:
        return "moved"
    if row.status in NOT_THERE or row.kind == PageKind.SOFT_404.value:
        return "gone"
    has_content = row.status == NOT_MODIFIED or row.status in SUCCESS
    refused = row.kind in (PageKind.CHALLENGE.value, PageKind.ERROR.value)
    return None if has_content and not refused else "failed"
