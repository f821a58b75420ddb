"""Scrapy's download slots for a site's hosts: loopback addresses wait for nobody."""

from __future__ import annotations

from typing import Any

from archive.model import Site
from crawler.guard import is_loopback

LOOPBACK_CONNECTIONS = 8


def slots_for(site: Site) -> dict[str, dict[str, Any]]:
    """The setting DOWNLOAD_SLOTS for the site's loopback hosts; all others have the defaults."""
    return {
        host: {"concurrency": LOOPBACK_CONNECTIONS, "delay": 0.0, "jitter": 0.0}
        for host in (*site.official, *site.mirrors)
        if is_loopback(host)
    }
