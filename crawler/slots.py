"""Scrapy's download slots for a site's hosts: loopback addresses wait for nobody, and nobody waits
for what has not been asked for when a walk is stopped."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader import Downloader

from archive.model import Site
from crawler.guard import is_loopback
from crawler.outcomes import NotAsked

LOOPBACK_CONNECTIONS = 8


def slots_for(site: Site) -> dict[str, dict[str, Any]]:
    """The setting DOWNLOAD_SLOTS for the site's loopback hosts; all others have the defaults."""
    return {
        host: {"concurrency": LOOPBACK_CONNECTIONS, "delay": 0.0, "jitter": 0.0}
        for host in (*site.official, *site.mirrors)
        if is_loopback(host)
    }


def leave_unasked(downloader: Downloader) -> None:
    """Let go of pages that wait for their turn: a host that wants half a minute between two
    requests would keep a process that was told to stop for minutes."""
    for slot in downloader.slots.values():
        for waiting in [one for one in slot.queue if "lease" in one[0].meta]:
            slot.queue.remove(waiting)
            waiting[1].errback(NotAsked("the walk was stopped"))
