"""Readers with a memory: asked only for what is not remembered, and remembering what they say.

It promises the same answers as of those behind it, whatever is remembered; a page that could not be
read, or gave nothing, is asked for again each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.cleaning import HostModel
from archive.cleaning.hostmodel import Lesson
from archive.model import IN_ITS_PLACE, CaptureRow
from archive.sitepass.memory import Memory, Read, model_name
from archive.sitepass.reader import Candidates, ChunkRead, PageRead
from archive.sitepass.workers import Answer, Readers, Worker, workers_of

FEW = 20
"""Pages that are read at once rather than by a process that would have to be started for them."""


def recalling(memory: Memory, behind: Readers) -> Readers:
    """Those ``behind``, each asked for what ``memory`` does not know."""

    @contextmanager
    def readers(count: int) -> Iterator[Sequence[Worker]]:
        with behind(count) as workers, workers_of(1) as here:
            yield [_Recalling(memory, worker, here[0]) for worker in workers]

    return readers


class _Recalling:
    def __init__(self, memory: Memory, behind: Worker, here: Worker) -> None:
        self._memory, self._behind, self._here = memory, behind, here

    def learn(self, warc_dir: Path, rows: Sequence[CaptureRow]) -> Answer[list[Lesson | None]]:
        known = self._memory.lessons(rows)
        rest = [row for row in rows if row.pointer.record_id not in known]
        asked = self._of(len(rest)).learn(warc_dir, rest) if rest else None
        return _Lessons(self._memory, rows, known, rest, asked)

    def read(
        self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel
    ) -> Answer[ChunkRead]:
        name = model_name(model)
        known = self._memory.readings([one[0] for one in chunk], name)
        rest = [one for one in chunk if _is_to_be_read(one, known)]
        asked = self._of(len(rest)).read(warc_dir, rest, model) if rest else None
        return _Pages(self._memory, name, chunk, known, asked)

    def _of(self, count: int) -> Worker:
        return self._here if self._memory.is_warm and count < FEW else self._behind


def _is_to_be_read(candidates: Candidates, known: Mapping[str, Read]) -> bool:
    found = known.get(candidates[0].pointer.record_id)
    if found is None:
        return True
    # What only stands in a page's place does not speak for its address where others stand behind.
    return found[0].kind in IN_ITS_PLACE and len(candidates) > 1


@dataclass(frozen=True, slots=True)
class _Lessons:
    """What ``rows`` teach: what is ``known`` of them, and what was ``asked`` for the ``rest``."""

    memory: Memory
    rows: Sequence[CaptureRow]
    known: Mapping[str, Lesson]
    rest: Sequence[CaptureRow]
    asked: Answer[list[Lesson | None]] | None

    def is_there(self, seconds: float) -> bool:
        return self.asked is None or self.asked.is_there(seconds)

    def result(self) -> list[Lesson | None]:
        taught = {}
        if self.asked is not None:
            answers = zip(self.rest, self.asked.result(), strict=True)
            taught = {row.pointer.record_id: one for row, one in answers if one is not None}
            self.memory.keep_lessons(taught)
        records = [row.pointer.record_id for row in self.rows]
        return [self.known.get(record) or taught.get(record) for record in records]


@dataclass(frozen=True, slots=True)
class _Pages:
    """What a ``chunk`` says: what is ``known`` of it under the ``model`` of that name, and what
    was ``asked`` for the rest."""

    memory: Memory
    model: str
    chunk: Sequence[Candidates]
    known: Mapping[str, Read]
    asked: Answer[ChunkRead] | None

    def is_there(self, seconds: float) -> bool:
        return self.asked is None or self.asked.is_there(seconds)

    def result(self) -> ChunkRead:
        fresh = ChunkRead() if self.asked is None else self.asked.result()
        read = {
            one.row.pointer.record_id: (one.extraction, frame)
            for one, frame in zip(fresh.reads, fresh.frames, strict=True)
        }
        self.memory.keep_readings(self.model, read)
        found = ChunkRead(told=dict(fresh.told), unread=fresh.unread)
        for candidates in self.chunk:
            self._put(candidates, read, found)
        return found

    def _put(self, candidates: Candidates, read: Mapping[str, Read], found: ChunkRead) -> None:
        first = candidates[0]
        if not _is_to_be_read(candidates, self.known):
            row, said = first, self.known[first.pointer.record_id]
            if row.kind is None:
                found.told[row.id] = said[0].kind
        else:
            spoken = next((row for row in candidates if row.pointer.record_id in read), None)
            if spoken is None:
                return
            row, said = spoken, read[spoken.pointer.record_id]
        found.reads.append(PageRead(row, said[0]))
        found.frames.append(said[1])
