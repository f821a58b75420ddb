"""A clock that went wrong: what was kept "tomorrow" hides what is kept today.

A machine whose clock ran ahead, or has lost its time, keeps pages under moments that are not true;
of two pages of one address the later one speaks for it. What can be put right is put right by
``wrong_clock``; it promises that whoever runs a crawl by such a clock is told of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from archive.store import RunRow

TOLERANCE = timedelta(minutes=10)
"""Clocks of machines that share an archive differ, and are set right by a little."""
AHEAD = (
    "run {run} began at {began} UTC, and this machine's clock says {now}: one of the two is wrong, "
    "and pages kept then count as newer than those of tonight; set the clock"
)


def run_ahead(runs: Iterable[RunRow], now: datetime) -> dict[str, object] | None:
    """What ``AHEAD`` says of the run that began the latest, where that is later than ``now``."""
    latest = max(runs, key=lambda row: row.started, default=None)
    if latest is None or latest.started - now < TOLERANCE:
        return None
    moment = "%Y-%m-%d %H:%M"
    return {"run": latest.id, "began": f"{latest.started:{moment}}", "now": f"{now:{moment}}"}
