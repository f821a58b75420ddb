"""A run's report as one plain record, the same for JSON, HTML, text and metrics.

It promises that every number of the report is in one place of the record, under a name that says
what it counts, and that nothing in it is a guess: what was not counted is 0 or absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.errors import DataDirectoryError, PalimpsestError
from archive.export.record import moment
from archive.model import RunReport
from archive.runs.advice import advice_of
from archive.runs.disk import free_bytes

Facts = dict[str, Any]
CHANGES = ("new", "changed", "respammed", "unchanged", "gone", "returned", "removed")
STATUSES = ("live", "gone", "mirror-only")
ROBOTS = ("robots", "robots-unreachable")
TRAPS = (
    "calendar", "barren", "same-page", "too-deep", "deep-path", "repeated-path", "many-parameters",
    "host-budget",
)  # fmt: skip
"""Reasons for which an address looks like a trap's."""
SLOWEST_HOSTS = 10


def facts_of(report: RunReport) -> Facts:
    """The report as plain values that JSON can hold."""
    counts = report.counts
    refused = _with_prefix(counts, "refused:")
    facts: Facts = {
        "run": report.run,
        "site": report.site,
        "kind": report.kind,
        "started": moment(report.started),
        "ended": moment(report.ended),
        "seconds": round((report.ended - report.started).total_seconds(), 3),
        "outcome": report.outcome,
        "exit_code": report.exit_code,
        "to_do": [],
        "alarms": list(report.alarms),
        "articles": {
            "total": counts.get("articles", 0),
            **{status: counts.get(f"articles:{status}", 0) for status in STATUSES},
        },
        "changes": {name: counts.get(f"change:{name}", 0) for name in CHANGES},
        "branches": dict(sorted(report.articles_by_branch.items())),
        "requests": {
            name: counts.get(name, 0)
            for name in ("requests", "asked", "retries", "unchanged", "pages", "failed")
        },
        "failed": _with_prefix(counts, "tonight:"),
        "not_asked": refused,
        "robots": sum(refused.get(reason, 0) for reason in ROBOTS),
        "traps": sum(refused.get(reason, 0) for reason in TRAPS),
        "quarantined": sum(_with_prefix(counts, "quarantined:").values()),
        "bytes": {"received": counts.get("bytes", 0), "saved": counts.get("bytes:saved", 0)},
        "slowest_hosts_ms": _slowest(_with_prefix(counts, "host-ms:")),
        "quality": _with_prefix(counts, "quality:"),
        "disk_free": counts.get("disk:free", 0),
        "mirrors": list(report.mirrors),
        "warc_files": list(report.warc_files),
        "notes": list(report.notes),
    }
    return facts | {"to_do": advice_of(facts)}


def facts_without_run(data: Path, site: str, began: datetime, error: PalimpsestError) -> Facts:
    """The record of a night that ``error`` kept from beginning: what there is to say of it."""
    ended = datetime.now(UTC)
    found: Facts = {
        "run": None,
        "site": site,
        "kind": "nightly",
        "started": moment(began),
        "ended": moment(ended),
        "seconds": round((ended - began).total_seconds(), 3),
        "outcome": " ".join(str(error).split()),
        "exit_code": error.exit_code,
    }
    with suppress(DataDirectoryError):
        found["disk_free"] = free_bytes(data)
    return found


def _with_prefix(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    found = {key[len(prefix) :]: n for key, n in counts.items() if key.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _slowest(hosts: dict[str, int]) -> dict[str, int]:
    return dict(list(hosts.items())[:SLOWEST_HOSTS])
