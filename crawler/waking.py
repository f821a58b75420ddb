"""How a run begins: it goes on where a dead one stopped, or it is a new night.

It promises that what a killed process had on its way is asked for again, that a run killed after
its walk is finished and not walked again, and that addresses which killed their process three
times are left alone until somebody names them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archive.model import Site
from archive.store import Archive
from crawler.plan import Plan
from crawler.revisit import KINDS, Policy

SAME_NIGHT = timedelta(hours=12)
"""A run that died within this time is finished; an older one gives way to a new night."""


def wake(archive: Archive, plan: Plan, site: Site, policy: Policy) -> None:
    """Make the site's frontier ready. The caller holds the data directory's lock, so whoever held
    the leases that are left is dead."""
    frontier, now = archive.store.frontier, datetime.now(UTC)
    frontier.release_all(site.name)
    if frontier.is_empty(site.name) and not _is_unfinished(archive, site.name, now):
        frontier.restart(site.name, kinds=KINDS, resting=policy.rests(site, now))
    frontier.pardon(site.name, (*plan.urls, *plan.mirrors))


def _is_unfinished(archive: Archive, site: str, now: datetime) -> bool:
    """Did the last crawl die after its walk, before its report?"""
    crawls = [run for run in archive.store.runs(site) if run.kind != "backfill"]
    return bool(crawls) and crawls[0].ended is None and now - crawls[0].started < SAME_NIGHT
