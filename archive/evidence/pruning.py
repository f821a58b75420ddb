"""What could leave this disk without loss: a list, and nothing else.

Nothing in this program deletes what was kept. It promises to name only files whose absence would
take no article's text away: those with nothing in them but confirmations, failures and pages that
another file has whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.store import Archive


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
    return [
        Candidate(
            one.name,
            (archive.warc_dir / one.name).stat().st_size,
            one.confirmed,
            one.refused,
            one.failed,
            one.repeated,
        )
        for one in archive.store.holdings.unneeded_files()
        if not Path(one.name).is_absolute() and (archive.warc_dir / one.name).is_file()
    ]
