"""Who reads the files: this process, several of this machine, or a Dask cluster.

It promises the same answer whoever reads, in whatever order files are done; a worker that dies
costs its file only, which is tried again, and a file that kills its workers is named and left.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from archive.backfill.reading import Part, Task, read_parts, read_whole
from archive.orphans import end_with_parent

MAX_TRIES = 3
"""Workers that one file may cost."""
AHEAD = 2
"""Files handed out for each worker, so that none waits while an answer is being kept."""


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


Workers = Callable[[Iterable[Task]], Iterator[Read | Lost]]


def one_after_another(tasks: Iterable[Task]) -> Iterator[Read | Lost]:
    """Read in this process; parts are made as they are asked for."""
    for task in tasks:
        yield Read(task, read_parts(task))


def in_processes(jobs: int) -> Workers:
    """Read in ``jobs`` processes of this machine."""

    def read(tasks: Iterable[Task]) -> Iterator[Read | Lost]:
        # "spawn": the caller may have threads, a fork of which is not safe.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPool(max_workers=jobs, context=context, initializer=end_with_parent)
        try:
            yield from _through(pool, tasks, jobs * AHEAD)
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    return read


def _through(pool: ProcessPool, tasks: Iterable[Task], ahead: int) -> Iterator[Read | Lost]:
    waiting = deque((task, 1) for task in tasks)
    running: dict[Future[list[Part]], tuple[Task, int]] = {}
    while waiting or running:
        while waiting and len(running) < ahead:
            task, tries = waiting.popleft()
            running[pool.schedule(read_whole, args=[task])] = task, tries
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            task, tries = running.pop(future)
            error = future.exception()
            if error is None:
                yield Read(task, future.result())
            elif isinstance(error, ProcessExpired) and tries < MAX_TRIES:
                waiting.append((task, tries + 1))
            else:
                yield Lost(task, why_lost(error, tries))


def why_lost(error: BaseException, tries: int) -> str:
    """In a line: what became of the workers that read a file."""
    if isinstance(error, ProcessExpired):
        return f"{tries} workers died reading it (the last one by {error.exitcode})"
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
