"""Revisits that go back to a record of another file, and the index entries of what was read.

A worker knows its own file alone. It promises that a revisit finds its original in whatever file of
the input, or of the archive, it is; that one which finds none is named; and that a file is listed
as taken in only when all its revisits are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.backfill.inputs import Input
from archive.backfill.reading import Part, Task, add_capture
from archive.errors import RecordError
from archive.model import WarcPointer
from archive.store import Archive, Intake
from archive.warc import read_at
from archive.warc.index import ELSEWHERE_NAME, INDEX_NAME, Index
from archive.warc.listing import entries_of
from archive.warc.payload import payload_of
from archive.warc.record import digest
from archive.warc.storage import storage_errors

HELD_LINES = 100_000
"""Lines kept in memory until the index is written; each time it is written as a whole."""


@dataclass(slots=True)
class _Waiting:
    """An input with revisits that wait: its parts, and how it will be listed."""

    parts: list[tuple[Task, Part]] = field(default_factory=list)
    whole: Intake | None = None


class Revisits:
    """What one backfill still has to do about revisits and the index."""

    def __init__(self, archive: Archive, site: str) -> None:
        self._directory = archive.warc_dir
        self._listed: dict[str, list[bytes]] = {}
        self._open: dict[str, Path] = self._unlisted(archive.store.warc_files(site))
        self._waiting: dict[Path, _Waiting] = {}

    def _unlisted(self, files: Iterable[str]) -> dict[str, Path]:
        """Files elsewhere that a backfill took in, and died before it wrote the index."""
        known = Index(self._directory, ELSEWHERE_NAME).files()
        fresh = (name for name in files if Path(name).is_absolute() and name not in known)
        return {name: Path(name) for name in fresh if Path(name).exists()}

    def noted(self, task: Task, file: Input, parts: Iterable[Part]) -> Iterator[Part]:
        """The same parts; what they say for later is kept."""
        for part in parts:
            self._listed.setdefault(task.name, []).extend(part.lines)
            if part.is_open:
                self._open[task.name] = task.path
            if part.waiting:
                self._waiting.setdefault(file.path, _Waiting()).parts.append((task, part))
            yield part
        if sum(map(len, self._listed.values())) > HELD_LINES:
            self._write()

    def is_waiting(self, file: Input, whole: Intake) -> bool:
        """Has the file revisits that wait? Then it is to be listed as ``whole`` after them."""
        waiting = self._waiting.get(file.path)
        if waiting is not None:
            waiting.whole = whole
        return waiting is not None

    def index(self) -> None:
        """Put everything that was read into the indexes. Raises DataDirectoryError."""
        self._write()
        for name, path in self._open.items():
            # What was wrong with the file was said when it was read first.
            found = entries_of(self._directory, path, lambda error: None)
            self._listed[name] = [entry.line() for entry in found]
        self._write()

    def settled(self, run: int) -> Iterator[tuple[Part, Intake | None]]:
        """The revisits that waited, and with the last ones of a file how it is to be listed: not
        at all where one found no original, so that the next backfill looks again."""
        for waiting in self._waiting.values():
            part = Part()
            for _, some in waiting.parts:
                for pointer in some.waiting:
                    self._settle(part, run, pointer)
            yield part, None if part.problems else waiting.whole

    def _settle(self, part: Part, run: int, pointer: WarcPointer) -> None:
        try:
            capture = read_at(self._directory, pointer)
        except RecordError as error:
            part.problems.append(str(error))
            return
        found = digest(payload_of(capture.response, capture.request))
        add_capture(part, run, capture, replace(pointer, payload_digest=found))

    def _write(self) -> None:
        listed, self._listed = self._listed, {}
        with storage_errors(self._directory):
            self._directory.mkdir(parents=True, exist_ok=True)
            for name, is_elsewhere in ((INDEX_NAME, False), (ELSEWHERE_NAME, True)):
                files = {file for file in listed if Path(file).is_absolute() == is_elsewhere}
                if files:
                    lines = [line for file in files for line in listed[file]]
                    Index(self._directory, name).put_lines(files, lines)
