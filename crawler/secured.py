"""Start addresses at which nobody answers any more, while https under the same name does.

A site that goes over to https and closes port 80 leaves no redirect to follow, and no page that
names the new spelling. It promises to try no other host and no port that was written: what answers
is who was named, with a certificate that says so.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from archive.model import Lead
from archive.store import Lease
from crawler.discovery import lead_to
from crawler.outcomes import Verdict

SILENT = frozenset({"connection-refused", "timeout"})
"""Reasons of a server that is not there; any other one has answered."""


def secured(lease: Lease, verdict: Verdict) -> Lead | None:
    """The same start address under https, where that is worth a try; else None."""
    parts = urlsplit(lease.url)
    is_tried = lease.kind == "start" and verdict.reason in SILENT
    if not is_tried or parts.scheme != "http" or parts.port is not None:
        return None
    return lead_to(parts._replace(scheme="https").geturl(), "start", via=lease.url)
