"""Pages of one host read by one process: first what some of them teach of the host, then what each
of them says.

It promises that what it answers depends on the captures and the model alone, never on what it still
holds of earlier questions; that a capture which cannot be read, or a page nobody thought of, costs
itself only; and that what it holds is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive import fatal
from archive.captured import page_to_tell_of, read_message
from archive.cleaning import HostModel, Page, extract_page
from archive.cleaning.hostmodel import Lesson, lesson_of
from archive.cleaning.unmasking.host import FrameSeen, seen_on
from archive.errors import WarcError
from archive.model import IN_ITS_PLACE, CaptureRow, Extraction, PageKind
from archive.warc import read_at

HELD_CHARACTERS = 12_000_000
"""Characters of pages that all readers together keep in memory, parsed, between learning and
reading (about eleven bytes each); what comes behind them is parsed twice."""
HELD_EACH = 400_000
"""Characters of the longest page kept so: one made to cost memory takes fifty bytes for each."""
TAG_CHARACTERS = 30
"""A page counts as at least so many for each of its tags: more memory goes into elements than into
words, and most pages have fewer of them."""
MAX_WHY = 300
"""Characters of what an error said."""

Candidates = tuple[CaptureRow, ...]
"""Captures of one address, the one that speaks for it first; the others only where those before
them say that the page is not there."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """A capture and what its page said."""

    row: CaptureRow
    extraction: Extraction


@dataclass(slots=True)
class ChunkRead:
    """What a chunk of pages gave: ``reads`` and, for each, its frame; ``told`` the kinds of
    captures nobody had read before, by row number; ``unread`` what could not be read, and why."""

    reads: list[PageRead] = field(default_factory=list)
    frames: list[FrameSeen] = field(default_factory=list)
    told: dict[int, PageKind] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


class Reader:
    """Reads chunks; pages parsed for ``learn`` are kept for ``read`` up to ``room`` characters."""

    def __init__(self, room: int = HELD_CHARACTERS) -> None:
        self._room = room
        self._held: dict[int, Page] = {}

    def learn(self, warc_dir: Path, rows: Iterable[CaptureRow]) -> list[Lesson | None]:
        """What each of these pages teaches of its host; None: nothing."""
        lessons: list[Lesson | None] = []
        fatal.watch(warc_dir.parent)
        for row in rows:
            try:
                page = _page(warc_dir, row)
                lesson = lesson_of(page) if page is not None else None
            except Exception:  # said when the page is read, which every page is
                lessons.append(None)
                continue
            lessons.append(lesson)
            if page is not None and _weight(page) <= min(self._room, HELD_EACH):
                self._room -= _weight(page)
                self._held[row.id] = page
        fatal.end()
        return lessons

    def read(self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel) -> ChunkRead:
        """What the pages say, each address once."""
        found = ChunkRead()
        fatal.watch(warc_dir.parent)
        for candidates in chunk:
            self._read_one(warc_dir, candidates, model, found)
        fatal.end()
        return found

    def _read_one(
        self, warc_dir: Path, candidates: Candidates, model: HostModel, found: ChunkRead
    ) -> None:
        standing: tuple[PageRead, FrameSeen] | None = None
        for row in candidates:
            try:
                page = self._taken(row) or _page(warc_dir, row)
                if page is None:
                    continue
                standing = PageRead(row, extract_page(page, model)), seen_on(page)
            except (WarcError, OSError) as error:
                found.unread.append(f"{row.url}: {error}")
                continue
            except Exception as error:  # one page nobody thought of must not cost the others
                found.unread.append(f"{row.url}: not cleaned: {why(error)}")
                continue
            kind = standing[0].extraction.kind
            if row.kind is None:
                found.told[row.id] = kind
            if kind not in IN_ITS_PLACE:
                break
        if standing is not None:
            found.reads.append(standing[0])
            found.frames.append(standing[1])

    def _taken(self, row: CaptureRow) -> Page | None:
        page = self._held.pop(row.id, None) if row.id else None
        if page is not None:
            self._room += _weight(page)
        return page


def _weight(page: Page) -> int:
    """What the page takes of the room, in characters."""
    return max(len(page.html), TAG_CHARACTERS * page.html.count("<"))


def why(error: Exception) -> str:
    """The error as one line of a report, not too long."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:MAX_WHY]


def _page(warc_dir: Path, row: CaptureRow) -> Page | None:
    capture = read_at(warc_dir, row.pointer)
    message = read_message(capture)
    # What has been read need not be held beside what is made of it.
    capture = replace(capture, request=b"", response=b"")
    return page_to_tell_of(capture, message)


def chunks_of(pages: Sequence[Candidates], size: int) -> Iterator[Sequence[Candidates]]:
    """``pages`` in their order, so many at a time."""
    for start in range(0, len(pages), size):
        yield pages[start : start + size]
