"""How a run begins: it goes on where a dead one stopped, or it is a new night.

It promises that what a killed process had on its way is asked for again, that a run is finished and
not walked again of which the end came, whatever ended it, between its walk and its articles, and
that addresses which killed their process three times are left alone for a night or more, or until
somebody names them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.errors import (
    DataDirectoryError,
    DiskFullError,
    NotFoundError,
    PalimpsestError,
    StoreError,
    WarcMissingError,
)
from archive.model import Site
from archive.runs.stopping import SIGNALS
from archive.store import Archive, Night
from archive.store.runs import CHANGE
from crawler.discovery import PRIORITIES
from crawler.guard import FINAL
from crawler.plan import Plan
from crawler.revisit import KINDS, Policy

SAME_NIGHT = timedelta(hours=12)
"""A run that died within this time is finished; an older one gives way to a new night."""

STOPPED = frozenset(128 + number for number in SIGNALS)
"""Exit codes of a run that a signal ended."""

UNMADE = frozenset(
    kind.exit_code
    for kind in (DataDirectoryError, DiskFullError, PalimpsestError, StoreError, WarcMissingError)
)
"""Exit codes of what keeps a run from making articles, and may be mended when it is begun again."""

STEADY_DAYS = 30.0
"""What has not changed for so long is asked for after all others of its kind."""


def wake(archive: Archive, plan: Plan, policy: Policy) -> Site:
    """Make the site and its frontier ready. The caller holds the data directory's lock, so whoever
    held the leases that are left is dead."""
    frontier, now = archive.store.frontier, datetime.now(UTC)
    known = _known(archive, plan.name)
    site = plan.site(known)
    if site != known:
        # What was off the site may be on it now, and not all of that was listed: read it again.
        frontier.forget_links(site.name)
    archive.store.put_site(site)
    frontier.release_all(site.name)
    if frontier.is_empty(site.name) and not _is_unfinished(archive, site.name, now):
        frontier.restart(
            site.name,
            Night(
                kinds=KINDS,
                resting=policy.rests(site, now),
                final=FINAL if site == known else (),
                priorities={kind: PRIORITIES[kind] for kind in KINDS},
                steady_since=now - timedelta(days=STEADY_DAYS),
                named=(*plan.urls, *plan.mirrors),
            ),
        )
    frontier.pardon(site.name, (*plan.urls, *plan.mirrors))
    return site


def _known(archive: Archive, name: str) -> Site | None:
    try:
        return archive.store.site(name)
    except NotFoundError:
        return None


def _is_unfinished(archive: Archive, site: str, now: datetime) -> bool:
    """Did the last crawl die, was it stopped, or was it ended by a disk, a store, files that were
    not there or a fault of the program, after its walk, before its articles were made?"""
    crawls = [run for run in archive.store.runs(site) if run.kind != "backfill"]
    if not crawls or now - crawls[0].started >= SAME_NIGHT:
        return False
    last = crawls[0]
    if last.ended is None or last.exit_code in STOPPED:
        return True
    has_told = last.report and any(key.startswith(CHANGE) for key in last.report.counts)
    return last.exit_code in UNMADE and not has_told
