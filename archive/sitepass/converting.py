"""The file of conversions, written while articles are: those that say what they said are copied.

Making an article's records costs as much as comparing it with the store, and on most nights nearly
all of them are in the file already. It promises the same records as making all of them
(archive.export.conversions), but for their WARC-Date, which stays that of the night on which they
were made; that what is copied is what was written; and that the file is whole, or the one of
before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4
from zlib import crc32

from archive.export.conversions import conversion, conversions_file, conversions_path
from archive.model import Article
from archive.sitepass.memory import Converted, Memory
from archive.store import Archive

FILE = "conversions"
"""What the memory knows of the file under: its name there, and how the file system had it."""
TOGETHER = 500
"""Places that are remembered at a time."""


@contextmanager
def converting(archive: Archive, memory: Memory) -> Iterator[Callable[[Article, str], None]]:
    """Write the conversions of the memory's site: each article that is told within, with a name for
    what it says. The file takes its place at the end. Raises DataDirectoryError when the folder
    cannot be written."""
    path = conversions_path(archive, memory.site)
    file = uuid4().hex
    with ExitStack() as opened:
        before, known = None, _known(memory, path)
        if known is not None:
            with suppress(OSError):
                before = opened.enter_context(path.open("rb"))
        with conversions_file(archive, memory.site) as target:
            writer = _Writer(memory, target, file, before, known or "")
            yield writer.put
            writer.flush()
        # Of the file as it lies there now the next pass may take what it needs.
        memory.forget_converted(file)
        memory.keep_told(FILE, f"{file} {_stamp(path)}")


def _known(memory: Memory, path: Path) -> str | None:
    """The memory's name for the file at ``path``, where it is the one that was written last."""
    file, _, stamp = (memory.told(FILE) or "").partition(" ")
    with suppress(OSError):
        return file if stamp and stamp == _stamp(path) else None
    return None


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


class _Writer:
    """Puts articles into ``target``, from the file ``before`` where it has them."""

    def __init__(
        self, memory: Memory, target: BinaryIO, file: str, before: BinaryIO | None, known: str
    ) -> None:
        self._memory, self._target, self._file = memory, target, file
        self._before, self._known = before, known
        self._end = target.tell()
        self._written: list[Converted] = []

    def put(self, article: Article, said: str) -> None:
        """Write the records of ``article``; ``said`` names what it says but when it was seen."""
        name = f"{said} {article.first_seen.isoformat()} {article.versions}"
        packed = self._copy(article.id, name) or b"".join(conversion(article))
        self._target.write(packed)
        self._written.append(
            Converted(article.id, name, self._file, self._end, len(packed), crc32(packed))
        )
        self._end += len(packed)
        if len(self._written) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Remember what was written."""
        written, self._written = self._written, []
        self._memory.keep_converted(written)

    def _copy(self, article: str, name: str) -> bytes | None:
        if self._before is None:
            return None
        at = self._memory.converted(article, name, self._known)
        if at is None:
            return None
        packed = os.pread(self._before.fileno(), at.size, at.start)
        return packed if crc32(packed) == at.crc else None
