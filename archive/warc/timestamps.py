"""Moments as web archives write them in indexes, names of files and addresses: 14 digits, in UTC.

It promises that ``moment_of(timestamp(one))`` is ``one`` to the second, in whatever zone.
"""

from __future__ import annotations

from datetime import UTC, datetime

DIGITS = 14
_NO_SIGNS = str.maketrans("", "", "-:T")


def timestamp(moment: datetime) -> str:
    """The 14 digits of an aware time."""
    at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    # Several times as fast as strftime: an index has one a record.
    return at.isoformat()[:19].translate(_NO_SIGNS)


def moment_of(timestamp: str) -> datetime:
    """The aware time of 14 digits; ValueError for anything that is no moment."""
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
