"""Who reads a host's pages: this process, or several of this machine
(archive.backfill.cluster_pages adds those of a cluster).

Each worker answers its own questions in their order and keeps what it parsed for one for the next.
It promises that no worker outlives the process that wanted its answers, that one whose answers are
not wanted any more ends at once, in the middle of a page, and that one that dies is
replaced and its question asked again, until it is plain that a page kills whoever reads it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from archive.cleaning import HostModel
from archive.cleaning.hostmodel import Lesson
from archive.errors import PalimpsestError
from archive.frugal import give_back_memory
from archive.garbage import collect_rarely
from archive.model import CaptureRow
from archive.orphans import Wanted, deaf_to_interrupts, end_with_parent
from archive.sitepass.reader import HELD_CHARACTERS, Candidates, ChunkRead, Reader

MAX_TRIES = 3
"""Workers that one chunk of pages may cost."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class WorkerLostError(PalimpsestError):
    """Whoever reads a chunk of pages dies of it."""


class Answer(Protocol[T_co]):
    """What a worker will have found."""

    def is_there(self, seconds: float) -> bool:
        """Wait for it so long at most; would ``result`` begin to give it now?"""

    def result(self) -> T_co:
        """Wait for it. Raises WorkerLostError when every worker that was asked died."""


class Worker(Protocol):
    """One that reads pages (archive.sitepass.reader.Reader), here or elsewhere."""

    def learn(self, warc_dir: Path, rows: Sequence[CaptureRow]) -> Answer[list[Lesson | None]]: ...

    def read(
        self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel
    ) -> Answer[ChunkRead]: ...


Readers = Callable[[int], AbstractContextManager[Sequence[Worker]]]
"""Gives those who read, as many as are wanted or as it has; they work while the context lasts."""


@contextmanager
def workers_of(count: int) -> Iterator[Sequence[Worker]]:
    """So many workers; this process itself where one is wanted."""
    if count < 2:
        yield [_Here()]
        return
    with ExitStack() as stack:
        workers = [_Elsewhere(HELD_CHARACTERS // count) for _ in range(count)]
        for worker in workers:
            stack.callback(worker.close)
        yield workers


@dataclass(frozen=True, slots=True)
class _Later(Generic[T]):
    """An answer that is found when it is asked for."""

    result: Callable[[], T]

    def is_there(self, seconds: float) -> bool:
        return True


class _Here:
    """This process, which looks for an answer when it is to give it."""

    def __init__(self) -> None:
        self._reader = Reader(HELD_CHARACTERS)

    def learn(self, warc_dir: Path, rows: Sequence[CaptureRow]) -> Answer[list[Lesson | None]]:
        return _Later(partial(self._reader.learn, warc_dir, rows))

    def read(
        self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel
    ) -> Answer[ChunkRead]:
        return _Later(partial(self._reader.read, warc_dir, chunk, model))


class _Elsewhere:
    """A process of its own, and the one after it where it dies."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._start()

    def learn(self, warc_dir: Path, rows: Sequence[CaptureRow]) -> Answer[list[Lesson | None]]:
        return _Asked(self, lambda pool: pool.submit(_learn, warc_dir, rows))

    def read(
        self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel
    ) -> Answer[ChunkRead]:
        return _Asked(self, lambda pool: pool.submit(_read, warc_dir, chunk, model))

    def ask(self, question: Callable[[ProcessPoolExecutor], Future[T]]) -> Future[T]:
        # The first question starts the process.
        with deaf_to_interrupts():
            try:
                return question(self._pool)
            except BrokenProcessPool:
                self.close()
                self._start()
                return question(self._pool)

    def close(self) -> None:
        # It writes nothing, so nothing is lost by it.
        self._wanted.close()
        self._pool.shutdown(cancel_futures=True)
        self._theirs.close()

    def _start(self) -> None:
        # "spawn": the caller may have threads, a fork of which is not safe.
        context = multiprocessing.get_context("spawn")
        self._theirs, self._wanted = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            1, context, initializer=_begin, initargs=(self._room, self._theirs)
        )


class _Asked(Generic[T]):
    """A question put to a process, and put again where the process died of it or before it."""

    def __init__(
        self, worker: _Elsewhere, question: Callable[[ProcessPoolExecutor], Future[T]]
    ) -> None:
        self._worker, self._question = worker, question
        self._future = worker.ask(question)

    def is_there(self, seconds: float) -> bool:
        return bool(wait([self._future], seconds).done)

    def result(self) -> T:
        for _ in range(MAX_TRIES - 1):
            try:
                return self._future.result()
            except BrokenProcessPool:
                self._future = self._worker.ask(self._question)
        try:
            return self._future.result()
        except BrokenProcessPool as error:
            raise WorkerLostError(
                f"{MAX_TRIES} processes died reading the same pages; is there too little memory? "
                "run the command again, with --jobs 1"
            ) from error


_own: list[tuple[Reader, Wanted]] = []
"""The reader of a worker's process, and whether its answers are wanted."""


def _begin(room: int, wanted: Connection) -> None:
    end_with_parent()
    collect_rarely()
    give_back_memory()
    _own[:] = [(Reader(room), Wanted(wanted))]


def _learn(warc_dir: Path, rows: Sequence[CaptureRow]) -> list[Lesson | None]:
    reader, wanted = _own[0]
    with wanted.at_work():
        return reader.learn(warc_dir, rows)


def _read(warc_dir: Path, chunk: Sequence[Candidates], model: HostModel) -> ChunkRead:
    reader, wanted = _own[0]
    with wanted.at_work():
        return reader.read(warc_dir, chunk, model)
