"""The listings of Wayback-compatible services, whichever of their forms a service answers in.

CDXJ lines and JSON lines (pywb), a JSON table (the Wayback Machine's CDX server), and plain CDX of
eleven columns (OutbackCDX). It promises to read a listing line by line, however long it is, and to
pass over lines that are none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

PLAIN_COLUMNS = ("urlkey", "timestamp", "url", "mime", "status", "digest")
_OTHER_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
TIMESTAMP_DIGITS = 14


@dataclass(frozen=True, slots=True)
class Listed:
    """One capture that a service holds: ``timestamp`` as it writes it (14 digits)."""

    url: str
    timestamp: str
    mime: str
    status: str

    @property
    def moment(self) -> datetime:
        """The timestamp as an aware time."""
        return datetime.strptime(self.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def read_listing(lines: Iterable[str]) -> Iterator[Listed]:
    """The captures in the lines of a listing."""
    header: list[str] | None = None
    for line in lines:
        row = _json(line.strip().removeprefix("[[").removesuffix("]]").strip(",") or "")
        table = _table_row(line)
        if table is not None:
            if header is None:
                header = [_OTHER_NAMES.get(name, name) for name in table]
                continue
            row = dict(zip(header, table, strict=False))
        found = _listed(row or _plain(line))
        if found is not None:
            yield found


def _table_row(line: str) -> list[str] | None:
    """A row of a JSON table written a row a line, as the Wayback Machine does."""
    text = line.strip().rstrip(",")
    if text.startswith("[["):
        text = text[1:]
    if text.endswith("]]"):
        text = text[:-1]
    if not text.startswith("["):
        return None
    try:
        values = json.loads(text)
    except ValueError:
        return None
    return [str(value) for value in values] if isinstance(values, list) else None


def _json(text: str) -> dict[str, str] | None:
    """The object of a JSON line, or at the end of a CDXJ line (whose timestamp stands before)."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        values = json.loads(text[start:])
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    found = {_OTHER_NAMES.get(str(name), str(name)): str(v) for name, v in values.items()}
    before = text[:start].split()
    if len(before) == 2:
        found.setdefault("timestamp", before[1])
    return found


def _plain(line: str) -> dict[str, str]:
    return dict(zip(PLAIN_COLUMNS, line.split(), strict=False))


def _listed(row: dict[str, str]) -> Listed | None:
    url, timestamp = row.get("url", ""), row.get("timestamp", "")
    is_whole = len(timestamp) == TIMESTAMP_DIGITS and timestamp.isascii() and timestamp.isdigit()
    if not url.startswith(("http://", "https://")) or not is_whole:
        return None
    found = Listed(url, timestamp, row.get("mime", ""), row.get("status", ""))
    try:
        _ = found.moment
    except ValueError:
        return None
    return found
