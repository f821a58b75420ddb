"""Runs that never said how they ended: the next one says so.

Whoever calls this holds the data directory's lock, so that a run without an end has no process.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from archive.errors import EXIT_DIED
from archive.model import RunKind, RunReport
from archive.store import RunRow, Store

DIED = "died: killed, or the machine, its database or its disk failed"


def bury_dead(store: Store, site: str) -> list[str]:
    """End every run of ``site`` that has no end and whose process is not alive; a line for each,
    for the next one's report."""
    return [
        _buried(store, row)
        for row in store.runs(site)
        if row.ended is None and not store.frontier.is_attended(row.id)
    ]


def _buried(store: Store, row: RunRow) -> str:
    report = RunReport(
        run=row.id,
        site=row.site,
        kind=cast(RunKind, row.kind),
        started=row.started,
        ended=datetime.now(UTC),
        outcome=DIED,
        exit_code=EXIT_DIED,
    )
    store.end_run(report)
    return f"run {row.id} ({row.kind}, began {row.started:%Y-%m-%d %H:%M} UTC) {DIED}"
