"""The articles as they were last reported, kept while a run changes them.

A run that dies between its site pass and its report has changed articles, and told nobody: beside
those that it left, the next one would find nothing new. It promises that the next run on this data
directory tells what both have changed. The file is a help and no evidence: lost, damaged or
unwritable, only what is new is told of a dead run.
"""

from __future__ import annotations

import json
from contextlib import suppress

from archive.export.files import whole_file
from archive.runs.changes import Seen, Snapshot, last_reported, snapshot
from archive.runs.ending import FOLDER
from archive.store import Archive
from archive.warc.naming import safe_prefix

SUFFIX = ".unreported"


class Unreported:
    """The articles of one ``site`` as the last report left them (``before``), whatever runs have
    died since."""

    def __init__(self, archive: Archive, site: str) -> None:
        self._path = archive.data / FOLDER / f"{safe_prefix(site)}{SUFFIX}"
        since = last_reported(archive.store, site)
        self._key = [site, since.isoformat()]
        kept = self._kept()
        self.before = snapshot(archive.store, site, since) if kept is None else kept

    def keep(self) -> None:
        """Write them down, before anything changes them."""
        said = {
            key: [one.said.hex(), one.status, sorted(one.mirrors)]
            for key, one in self.before.items()
        }
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path) as file:
                file.write(json.dumps([self._key, said]).encode())

    def forget(self) -> None:
        """There is a report of what became of them."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _kept(self) -> Snapshot | None:
        """What was written down since the last report; None where that is nothing."""
        try:
            key, said = json.loads(self._path.read_text(encoding="utf-8"))
            if key != self._key:
                return None
            return {
                one: Seen(
                    bytes.fromhex(digest), status, frozenset((url, what) for url, what in had)
                )
                for one, (digest, status, had) in said.items()
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return None
