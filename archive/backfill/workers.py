"""Who reads the files: this process, several of this machine, or a Dask cluster.

It promises the same answer whoever reads, in whatever order files are done; a worker that dies
costs its file only, which is tried again, and a file that kills its workers is named and left. Each
worker has a pipe of its own and shares no lock with another one, so that none waits for a dead one.
Whoever waits for them is asked several times a second whether he still wants to.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import Protocol

from archive.backfill.reading import Part, Task, read_parts, read_whole
from archive.orphans import deaf_to_interrupts, end_with_parent

MAX_TRIES = 3
"""Workers that one file may cost."""
AHEAD = 2
"""Files handed out for each worker, so that none waits while an answer is being kept."""
MAX_WHY = 300
"""Characters of what an error said."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read: its parts, perhaps still being made."""

    task: Task
    parts: Iterable[Part]


@dataclass(frozen=True, slots=True)
class Lost:
    """A file that could not be read, and why."""

    task: Task
    why: str


LOOK_SECONDS = 0.2
"""Between two calls of ``meanwhile``, at the most, while no answer comes."""


def _wait() -> None:
    pass


class Workers(Protocol):
    """Reads files; ``meanwhile`` is called again and again while it waits, and may raise."""

    def __call__(
        self, tasks: Iterable[Task], meanwhile: Callable[[], None] = _wait, /
    ) -> Iterator[Read | Lost]: ...


def one_after_another(
    tasks: Iterable[Task], _meanwhile: Callable[[], None] = _wait, /
) -> Iterator[Read | Lost]:
    """Read in this process; parts are made as they are asked for."""
    for task in tasks:
        yield Read(task, read_parts(task))


def in_processes(jobs: int) -> Workers:
    """Read in ``jobs`` processes of this machine, fewer where there are fewer files."""

    def read(
        tasks: Iterable[Task], meanwhile: Callable[[], None] = _wait, /
    ) -> Iterator[Read | Lost]:
        files = iter(tasks)
        first = list(islice(files, jobs))
        workers = [_Worker() for _ in first]
        try:
            yield from _through(workers, chain(first, files), meanwhile)
        finally:
            for worker in workers:
                worker.end()

    return read


def _through(
    workers: list[_Worker], tasks: Iterator[Task], meanwhile: Callable[[], None]
) -> Iterator[Read | Lost]:
    while True:
        for depth in range(AHEAD):
            for worker in workers:
                if len(worker.asked) == depth and (task := next(tasks, None)) is not None:
                    worker.ask(task)
        busy = {worker.pipe: worker for worker in workers if worker.asked}
        if not busy:
            return
        while not (ready := wait(list(busy), LOOK_SECONDS)):
            meanwhile()
        for pipe in ready:
            assert isinstance(pipe, Connection)
            answer = busy[pipe].answered()
            if answer is not None:
                yield answer


class _Worker:
    """A process that reads, and the one after it where it dies; ``asked`` are the files it has, the
    one it reads first, each with how many workers it was given to."""

    def __init__(self) -> None:
        self.asked: deque[tuple[Task, int]] = deque()
        self._start()

    def _start(self) -> None:
        # "spawn": the caller may have threads, a fork of which is not safe.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with deaf_to_interrupts():
            self._process.start()
        theirs.close()

    def ask(self, task: Task, tries: int = 1) -> None:
        """Hand out a file."""
        self.asked.append((task, tries))
        # One that has died since is noticed when its answer is asked for.
        with suppress(OSError):
            self.pipe.send(task)

    def answered(self) -> Read | Lost | None:
        """What there is for the first of ``asked``; None where it is to be read once more."""
        task, tries = self.asked.popleft()
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            return self._died(task, tries)
        return Lost(task, answer) if isinstance(answer, str) else Read(task, answer)

    def _died(self, task: Task, tries: int) -> Lost | None:
        """Start again: it died of ``task``, what it had besides was not begun."""
        self.end()
        code = self._process.exitcode
        others = list(self.asked)
        self.asked.clear()
        self._start()
        if tries < MAX_TRIES:
            others.insert(0, (task, tries + 1))
        for other, number in others:
            self.ask(other, number)
        if tries < MAX_TRIES:
            return None
        return Lost(task, f"{tries} workers died reading it (the last one by {code})")

    def end(self) -> None:
        """Nothing is lost by it: a worker writes nothing."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(pipe: Connection) -> None:
    """A worker's life: read what comes, until the other end is closed."""
    end_with_parent()
    with suppress(EOFError):
        while True:
            pipe.send(_answer(pipe.recv()))


def _answer(task: Task) -> list[Part] | str:
    try:
        return read_whole(task)
    except Exception as error:
        return f"{type(error).__name__}: {' '.join(str(error).split())[:MAX_WHY]}"
