"""One WARC file read and its pages cleaned: what a worker does, in this process or another one.

It knows no store and writes nothing, so that a worker that dies takes nothing with it. It promises
that what it says of a file depends on the file alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.cleaning import extract_page
from archive.errors import RecordError, WarcError
from archive.exchange import HttpMessage
from archive.ingest import kind_without_page, page_of, read_message, row_of
from archive.loose import LOOSE_URN, read_loose
from archive.model import Capture, PageKind, WarcPointer
from archive.store import CaptureRow
from archive.warc.cdxj import Entry
from archive.warc.exchanges import ORIGINAL_MISSING
from archive.warc.listing import entry_of
from archive.warc.reader import Found, read_exchanges

PART_CAPTURES = 500
"""Captures that are handed on, and kept, together."""
MAX_WHY = 300
"""Characters of what an error said."""
TAKEN = ("http:", "https:", LOOSE_URN)
"""Beginnings of the addresses whose captures are taken in."""


@dataclass(frozen=True, slots=True)
class Task:
    """A WARC file to read: ``path``, and the ``name`` by which pointers call it; ``run`` is the
    number that its captures bear."""

    path: Path
    name: str
    run: int


@dataclass(slots=True)
class Part:
    """Some of a file's captures, in file order, and what was wrong around them. ``quality`` counts
    pages by kind, articles without a date and pages whose text is not conserved. ``entries`` are
    for the index; ``waiting`` are revisits that go back to a record of another file, and
    ``is_open`` where an entry waits for one, too."""

    rows: list[CaptureRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    quality: Counter[str] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)
    waiting: list[WarcPointer] = field(default_factory=list)
    is_open: bool = False


def read_parts(task: Task) -> Iterator[Part]:
    """The file in parts; damage of any kind is a problem in the part where it was met."""
    part = Part()

    def note(error: RecordError) -> None:
        part.problems.append(str(error))

    try:
        for found in read_exchanges(task.path, note, with_confirmed=True):
            capture, pointer = found.capture, replace(found.pointer, file=task.name)
            _list(part, task, found)
            if not capture.url.startswith(TAKEN):
                continue
            if capture.error == ORIGINAL_MISSING:
                part.waiting.append(pointer)
                continue
            add_capture(part, task.run, capture, pointer)
            if len(part.rows) >= PART_CAPTURES:
                yield part
                part = Part()
    except (WarcError, OSError) as error:
        part.problems.append(_line(task.path, error))
    yield part


def read_whole(task: Task) -> list[Part]:
    """The same at once, for a worker that can only answer once."""
    return list(read_parts(task))


def _list(part: Part, task: Task, found: Found) -> None:
    """Note what the index will say of the exchange."""
    # Names of other files are not known here; what confirms a record of one waits.
    entry = entry_of(found, task.name, lambda path: task.name if path == task.path else None)
    if entry is not None:
        part.entries.append(entry)
    is_revisit = found.capture.revisit is not None
    part.is_open |= is_revisit and (entry is None or found.capture.error == ORIGINAL_MISSING)


def add_capture(part: Part, run: int, capture: Capture, pointer: WarcPointer) -> None:
    """Clean the capture and put its row into ``part``."""
    message = read_message(capture)
    kind = kind_without_page(message)
    try:
        kind = _read(part, capture, message) or kind
    except Exception as error:  # one page nobody thought of must not cost the others
        place = f"{pointer.file} at byte {pointer.offset}"
        why = f"{type(error).__name__}: {' '.join(str(error).split())}"
        part.problems.append(f"{place}: not cleaned: {why[:MAX_WHY]}")
    part.rows.append(row_of(capture, pointer, run, message, kind))


def _read(part: Part, capture: Capture, message: HttpMessage | None) -> PageKind | None:
    """The kind of the page, cleaned without what is known of its host; counted."""
    page = page_of(capture, message)
    found = extract_page(page, None) if page is not None else read_loose(capture)
    if found is None:
        return None
    part.quality[f"kind:{found.kind}"] += 1
    if found.kind is PageKind.ARTICLE:
        part.quality["undated"] += found.published is None
        part.quality["not-conserved"] += not found.conserved
    return found.kind


def _line(path: Path, error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if str(path) in text else f"{path}: {text}"
