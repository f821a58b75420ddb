"""The CDXJ index beside the WARC files: one sorted file, always whole.

It promises that every finished WARC file of the directory is in it (lines are added before the
file takes its final name), that replay tools can read it at any moment (it is replaced, never
changed), and to find a record without reading more than a few of its lines.
"""

from __future__ import annotations

import fcntl
import heapq
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from archive.afresh import afresh
from archive.model import Revisit
from archive.warc.cdxj import REVISIT_TYPE, Entry, owner_of, read_line
from archive.warc.originals import Find, Place, path_of
from archive.warc.storage import sync_directory
from archive.warc.surt import surt_key
from archive.warc.timestamps import timestamp

INDEX_NAME = "index.cdxj"
ELSEWHERE_NAME = "elsewhere.index"
"""The same lines for files outside the directory, which are named by their whole path. Its name
keeps it from replay tools that read every ``.cdxj`` of a folder."""
MAX_CANDIDATES = 50
"""Captures of one address that are looked at for a revisit's original."""


class Index:
    """The index file ``name`` in ``directory``; it need not be there yet. Raises OSError."""

    def __init__(self, directory: Path, name: str = INDEX_NAME) -> None:
        self.path = directory / name
        self._directory = directory

    def add(self, entries: Iterable[Entry]) -> None:
        """Put entries in; those that are there already change nothing."""
        lines = sorted(entry.line() for entry in entries)
        if lines:
            with _alone(self._directory):
                self._replace(heapq.merge(self.lines(), lines))

    def put_files(self, files: Collection[str], entries: Iterable[Entry]) -> None:
        """Make ``entries`` all that these files have in the index."""
        self.put_lines(files, [entry.line() for entry in entries])

    def put_lines(self, files: Collection[str], lines: Iterable[bytes]) -> None:
        """The same with the entries' lines."""
        names, new = frozenset(files), sorted(lines)
        with _alone(self._directory):
            kept = (line for line in self.lines() if owner_of(line) not in names)
            self._replace(heapq.merge(kept, new))

    def lines(self) -> Iterator[bytes]:
        """Every line, in order."""
        if self.path.exists():
            with self.path.open("rb") as file:
                yield from file

    def files(self) -> set[str]:
        """The names of the files that lines were read from."""
        return {owner_of(line) for line in self.lines()}

    def of_address(self, url: str) -> Iterator[Entry]:
        """The entries of one address, the oldest first."""
        return map(read_line, self.starting_with(f"{surt_key(url)} ".encode()))

    def starting_with(self, prefix: bytes) -> Iterator[bytes]:
        """The lines that start with ``prefix``, in order, found without reading what is before."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            _seek_to(file, prefix)
            for line in file:
                if not line.startswith(prefix):
                    return
                yield line

    def tidy(self) -> None:
        """Remove what a writer that died before its index was whole left of it."""
        if not self._directory.is_dir():
            return
        with _alone(self._directory):
            for path in self._directory.glob(f".{self.path.name}.*"):
                path.unlink()

    def _replace(self, lines: Iterable[bytes]) -> None:
        # One name for all: nobody else writes here meanwhile.
        temporary = self.path.with_name(f".{self.path.name}.new")
        try:
            with afresh(temporary) as file:
                file.writelines(line for line, _ in groupby(lines))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_directory(self._directory)


def finder(directory: Path) -> Find:
    """Finds originals through the indexes of ``directory``."""

    def find(revisit: Revisit) -> Iterator[Place]:
        for name in (INDEX_NAME, ELSEWHERE_NAME):
            yield from _places(Index(directory, name), directory, revisit)

    return find


def _places(index: Index, directory: Path, revisit: Revisit) -> Iterator[Place]:
    if not revisit.url:
        return
    moment = timestamp(revisit.captured_at) if revisit.captured_at else None
    found = [
        entry
        for entry in index.of_address(revisit.url)
        if entry.mime != REVISIT_TYPE and (moment is None or entry.timestamp == moment)
    ]
    # What says the same comes last, and of all the newest: only so many are looked at.
    found.sort(key=lambda entry: entry.digest == revisit.payload_digest)
    for entry in reversed(found[-MAX_CANDIDATES:]):
        yield path_of(directory, entry.file), entry.offset


def _seek_to(file: BinaryIO, prefix: bytes) -> None:
    """Go to the first line that is not before ``prefix``."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        file.seek(max(middle - 1, 0))
        if middle:
            file.readline()
        start = file.tell()
        line = file.readline()
        if line and line < prefix:
            low = start + len(line)
        else:
            high = middle
    file.seek(low)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """No other process changes an index of ``directory`` meanwhile."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
