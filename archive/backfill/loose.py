"""Pages and texts that lie in no WARC file: kept in one, each once, before they are read.

The moment of such a capture is when its page was saved, as the file itself says, else when the file
was last changed: the same file gives the same article whenever it is taken in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from archive.backfill.inputs import Input, Kind, readable
from archive.backfill.reading import Part, add_capture
from archive.cleaning.json_line import line_values
from archive.errors import DataDirectoryError
from archive.loose import FILE_VIA, claimed_moment, is_cut
from archive.model import Capture
from archive.store import Store
from archive.warc import WarcWriter

MAX_BYTES = 64 * 1024 * 1024
"""Of one file, or of one line of JSON."""
TOGETHER = 100
TOGETHER_BYTES = 32 * 1024 * 1024
"""Files, and bytes of them, that wait for the disk once: a folder of 100,000 small ones waited
100,000 times, most of the backfill."""
NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where loose files go: the store that knows which are kept, the writer, the site, the run;
    ``waiting``: addresses that are written and that the store does not know yet."""

    store: Store
    writer: WarcWriter
    site: str
    run: int
    waiting: set[str] = field(default_factory=set)

    def has(self, url: str) -> bool:
        """Is what this address stands for kept?"""
        return url in self.waiting or self.store.last_capture(self.site, url) is not None

    def sync(self) -> None:
        """Force what was written to the disk; then it may be told to the store. Raises
        DataDirectoryError."""
        self.writer.sync()
        self.waiting.clear()


def together(files: Iterable[Input]) -> Iterator[list[Input]]:
    """``files`` in their order, so many at a time as are forced to the disk together."""
    some: list[Input] = []
    for file in files:
        some.append(file)
        if len(some) == TOGETHER or sum(one.size for one in some) >= TOGETHER_BYTES:
            yield some
            some = []
    if some:
        yield some


def keep_loose(shelf: Shelf, file: Input) -> Part:
    """Keep what ``file`` holds and is not kept yet; its captures, and what was wrong with it.

    Raises DataDirectoryError (DiskFullError) when it cannot be written.
    """
    part = Part()
    try:
        for name, content in _contents(file, part):
            capture = _capture(file, name, content)
            if not shelf.has(capture.url):
                pointer = shelf.writer.write(capture)
                shelf.waiting.add(capture.url)
                add_capture(part, shelf.run, capture, pointer)
                if is_cut(name, content):
                    part.problems.append(f"{file.name}: cut off before its end; taken in as it is")
    except DataDirectoryError:
        raise
    except OSError as error:
        part.problems.append(f"{file.name}: {error.strerror or error}")
    return part


def _contents(file: Input, part: Part) -> Iterator[tuple[str, bytes]]:
    """The pieces of ``file``, each with its name."""
    if file.kind is Kind.LINES:
        with file.path.open("rb") as lines:
            for number, line in enumerate(_lines(lines), 1):
                name = f"{_last(file)}#{number}"
                where = f"{file.name} line {number}"
                if len(line) > MAX_BYTES:
                    part.problems.append(f"{where}: larger than {MAX_BYTES} bytes, not taken in")
                elif not (content := line.strip()):
                    continue
                elif line_values(content.decode("utf-8", "replace")) is None:
                    part.problems.append(f"{where}: no JSON object with a text, not taken in")
                else:
                    yield name, content
    elif file.size > MAX_BYTES:
        part.problems.append(f"{file.name}: larger than {MAX_BYTES} bytes, not taken in")
    elif content := file.path.read_bytes():
        yield _last(file), content
    else:
        part.problems.append(f"{file.name}: empty, not taken in")


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long, so much that this shows."""
    while line := source.readline(MAX_BYTES + 1):
        yield line
        while len(line) > MAX_BYTES and not line.endswith(b"\n"):
            line = source.readline(MAX_BYTES + 1)


def _last(file: Input) -> str:
    """The name without the folders."""
    return readable(Path(file.path.name))


def _capture(file: Input, name: str, content: bytes) -> Capture:
    changed = datetime.fromtimestamp(file.modified / NANOSECONDS, UTC)
    return Capture(
        url=f"urn:sha256:{hashlib.sha256(content).hexdigest()}",
        captured_at=claimed_moment(name, content) or changed,
        request=b"",
        response=content,
        protocols=(),
        via=f"{FILE_VIA}{name}",
    )
