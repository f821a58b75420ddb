"""The listings of Wayback-compatible services, whichever of their forms a service answers in.

CDXJ lines and JSON lines (pywb), a JSON table (the Wayback Machine's CDX server), and plain CDX of
eleven columns (OutbackCDX). It promises to read a listing line by line, however long it is, and to
pass over lines that are none, and say which.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.warc.timestamps import DIGITS, moment_of

PLAIN_COLUMNS = ("urlkey", "timestamp", "url", "mime", "status", "digest")
_OTHER_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
PLAIN_HEADER = "CDX "


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
        return moment_of(self.timestamp)


def read_listing(
    lines: Iterable[str], on_garbage: Callable[[str], object] = lambda line: None
) -> Iterator[Listed]:
    """The captures in the lines of a listing; ``on_garbage`` is told lines that are neither of a
    capture, of the web or not, nor of the listing's form."""
    header: list[str] | None = None
    for line in lines:
        row = _json(line.strip().removeprefix("[[").removesuffix("]]").strip(",") or "")
        table = _table_row(line)
        if table is not None:
            if header is None:
                header = [_OTHER_NAMES.get(name, name) for name in table]
                continue
            row = dict(zip(header, table, strict=False))
        row = row or _plain(line)
        found = _listed(row)
        if found is not None:
            yield found
        elif not _is_of_a_form(line) and not (_has_moment(row) and ":" in row.get("url", "")):
            on_garbage(line)


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
    url = row.get("url", "")
    if not url.startswith(("http://", "https://")) or not _has_moment(row):
        return None
    return Listed(url, row["timestamp"], row.get("mime", ""), row.get("status", ""))


def _has_moment(row: dict[str, str]) -> bool:
    timestamp = row.get("timestamp", "")
    if not (len(timestamp) == DIGITS and timestamp.isascii() and timestamp.isdigit()):
        return False
    try:
        _ = Listed("", timestamp, "", "").moment
    except ValueError:
        return False
    return True


def _is_of_a_form(line: str) -> bool:
    """Empty lines, the brackets around a table, the header of plain CDX."""
    return not line.strip().strip("[],") or line.lstrip().startswith(PLAIN_HEADER)
