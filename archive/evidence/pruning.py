"""What could leave this disk without loss: a list, and nothing else.

Nothing in this program deletes what was kept. It promises to name only files whose absence would
take no article's text away: those with nothing in them but confirmations, failures and pages that
another file has whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.store import Archive, CaptureRow

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Candidate:
    """A WARC file that policy would let go to other storage: its ``name``, ``size`` in bytes, how
    many captures it has that were ``confirmed`` (304), ``refused`` (answers that are no page, 404
    among them), ``failed`` (no whole answer), and ``repeated`` (pages that another file has)."""

    name: str
    size: int
    confirmed: int = 0
    refused: int = 0
    failed: int = 0
    repeated: int = 0

    @property
    def captures(self) -> int:
        """How many captures lie in it."""
        return self.confirmed + self.refused + self.failed + self.repeated


def candidates(archive: Archive) -> list[Candidate]:
    """The files of the archive's own WARC directory that only confirm what other files hold."""
    rows = [row for site in archive.store.sites() for row in archive.store.captures(site.name)]
    needed = set(_needed(archive, rows))
    by_file: dict[str, list[CaptureRow]] = defaultdict(list)
    for row in rows:
        by_file[row.pointer.file].append(row)
    return [
        _candidate(archive.warc_dir / name, name, found)
        for name, found in sorted(by_file.items())
        if name not in needed
        and not Path(name).is_absolute()
        and (archive.warc_dir / name).is_file()
    ]


def _needed(archive: Archive, rows: Iterable[CaptureRow]) -> Iterator[str]:
    """Files that a witness, or the first copy of any payload, lies in."""
    for article in archive.store.articles():
        yield from (witness.pointer.file for witness in article.witnesses)
    first: dict[str, CaptureRow] = {}
    for row in rows:
        if row.status == NOT_MODIFIED or row.error or not row.status or row.status >= 400:
            continue
        known = first.get(row.pointer.payload_digest)
        if known is None or _order(row) < _order(known):
            first[row.pointer.payload_digest] = row
    yield from (row.pointer.file for row in first.values())


def _order(row: CaptureRow) -> tuple[str, str]:
    return row.captured_at.isoformat(), row.pointer.record_id


def _candidate(path: Path, name: str, rows: list[CaptureRow]) -> Candidate:
    counts = Counter(map(_gave, rows))
    return Candidate(name, path.stat().st_size, **counts)


def _gave(row: CaptureRow) -> str:
    """What a capture gave, as ``Candidate`` counts it."""
    if row.error or not row.status:
        return "failed"
    if row.status == NOT_MODIFIED:
        return "confirmed"
    return "refused" if row.status >= 400 else "repeated"
