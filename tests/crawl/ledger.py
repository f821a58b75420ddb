"""How each address of a crawl ended."""

from __future__ import annotations

from pathlib import Path

from archive.store import open_archive

Outcomes = dict[str, tuple[str, str]]


def outcomes(data: Path, site: str) -> Outcomes:
    """State and reason of every address the run knows, by path and query."""
    found: Outcomes = {}
    with open_archive(data) as archive:
        for state in ("done", "failed", "refused", "quarantined", "waiting", "leased"):
            for one in archive.store.frontier.outcomes(site, state):
                assert one.url not in found
                found[one.url] = (one.state, one.reason)
    return found
