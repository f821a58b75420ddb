"""Files of reports that could leave the disk: the store tells the same of those runs.

A night leaves three files, ten years of nights 10,950. It promises to name only reports that
``palimpsest runs show`` prints from this store (not those that another one's run of the same number
left), and none that somebody may still come to read where the night left it; and to delete nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.export.record import moment
from archive.runs.ending import FOLDER
from archive.runs.publishing import report_names
from archive.store import Archive, RunRow

KEPT = timedelta(days=366)
"""A year of reports stays: last year's night is what tonight's is compared with."""


@dataclass(frozen=True, slots=True)
class OldReport:
    """A report's file: its ``name`` below the data directory, ``size`` in bytes, its ``run``."""

    name: str
    size: int
    run: int


def old_reports(archive: Archive, now: datetime | None = None) -> list[OldReport]:
    """The files of reports of runs that ended more than KEPT ago, by run and name. Raises
    StoreError."""
    latest = (now or datetime.now(UTC)) - KEPT
    folder = archive.data / FOLDER
    return [
        OldReport(f"{FOLDER}/{path.name}", path.stat().st_size, row.id)
        for row in reversed(archive.store.runs())
        if row.report is not None and row.report.ended < latest
        for path in _files(folder, row)
    ]


def _files(folder: Path, row: RunRow) -> list[Path]:
    """The files that this very run left, by name."""
    paths = [folder / name for name in report_names(row.id, row.site)]
    try:
        left = json.loads(paths[0].read_bytes())["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [path for path in sorted(paths) if left == moment(row.started) and path.is_file()]
