"""The captures of an article over several pages, as one after the other they showed it.

Each page has captures of its own, and changes by itself. It promises one moment for what was
captured together, so that an edit of several pages is one version, and an edit of any page is one,
too; and that the moments depend on the captures alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from archive.model import CaptureRow
from archive.sitepass.sightings import in_time

Together = tuple[CaptureRow, ...]
"""Captures of the pages of one article at one moment, the first page's in front. Where another
page changed and the first did not, the first one's is as if captured then."""

TOGETHER = timedelta(hours=12)
"""Pages of one article that were captured within this time show it as it was at one moment."""


def moments(captures: Mapping[str, Sequence[CaptureRow]], first: str) -> list[Together]:
    """What the pages, by address each with its ``captures`` that differ, the oldest first, showed
    one moment after the other. A page that nobody had captured yet is as it was then."""
    if not captures.get(first):
        return []
    found: list[Together] = []
    at = {url: rows[0] for url, rows in captures.items() if rows}
    for changed in _changes(captures):
        at |= changed
        head = at[first]
        if first not in changed:
            head = replace(head, captured_at=min(row.captured_at for row in changed.values()))
        shown = (head, *(row for url, row in at.items() if url != first))
        if not found or _records(shown) != _records(found[-1]):
            found.append(shown)
    return found


def _changes(captures: Mapping[str, Sequence[CaptureRow]]) -> list[dict[str, CaptureRow]]:
    """The captures that belong together, at most one of each page."""
    changes: list[dict[str, CaptureRow]] = []
    every = ((url, row) for url, rows in captures.items() for row in rows)
    for url, row in sorted(every, key=lambda one: in_time(one[1])):
        last = changes[-1] if changes else {}
        begun = next(iter(last.values())).captured_at if last else row.captured_at
        if last and url not in last and row.captured_at - begun <= TOGETHER:
            last[url] = row
        else:
            changes.append({url: row})
    return changes


def _records(shown: Together) -> list[str]:
    return [row.pointer.record_id for row in shown]
