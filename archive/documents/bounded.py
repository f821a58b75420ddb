"""Reading documents where they can do no harm: in processes with a clock and a memory limit.

A file made to hang its reader, or to fill the memory, costs its own text and nothing else. It
promises an answer for every job, in the order of the jobs: the text, or why there is none.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import RLock
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from archive.captured import read_message
from archive.errors import PalimpsestError
from archive.model import WarcPointer
from archive.orphans import deaf_to_interrupts, end_with_parent
from archive.warc import read_at

TIME_LIMIT_SECONDS = 30.0
MEMORY_LIMIT_BYTES = 1 << 30
MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_WORKERS = 4
READERS = "archive.documents.formats"
"""The module that brings the libraries of all formats: 30 MB, most of a second."""
Answer = tuple[str | None, str | None]
"""A text, or why there is none."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read: its payload digest, and the capture that holds it."""

    digest: str
    warc_dir: Path
    pointer: WarcPointer


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """``text`` is None where there is none; ``reason`` then says why, and ``final`` whether that
    lies with the file and not with those who were to read it."""

    job: Job
    text: str | None
    reason: str | None = None
    final: bool = True


def read_documents(
    jobs: Sequence[Job], *, seconds: float = TIME_LIMIT_SECONDS, memory: int = MEMORY_LIMIT_BYTES
) -> Iterator[DocumentRead]:
    """Read all of ``jobs``; each may take ``seconds`` and its process ``memory`` bytes."""
    if not jobs:
        return
    workers = min(len(jobs), os.cpu_count() or 1, MAX_WORKERS)
    context = _KeepingLocks()
    pool = ProcessPool(workers, context=context, initializer=_confine, initargs=[memory])
    try:
        with deaf_to_interrupts():
            futures = [_asked(pool, job, seconds) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            yield _answer(job, future, seconds)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


class _KeepingLocks(SpawnContext):
    """Processes whose locks are there for as long as the context is. pebble gives up those of its
    pool before it ends the workers: one that is still being loaded then would look for them by
    name, and tell the world that they are gone. ("spawn": the caller may have threads, a fork of
    which is not safe.)"""

    def __init__(self) -> None:
        super().__init__()
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802 (the name is multiprocessing's)
        self._locks.append(super().RLock())
        return self._locks[-1]


def _asked(pool: ProcessPool, job: Job, seconds: float) -> Future[Answer]:
    try:
        asked: Future[Answer] = pool.schedule(_read, args=[job], timeout=seconds)
    except RuntimeError as error:  # no reader ever started; pebble raises it for all that follow
        asked = Future()
        asked.set_exception(error)
    return asked


def _confine(memory: int) -> None:
    end_with_parent()
    # The libraries are for the readers alone, and no file's time is to be spent on loading them.
    import_module(READERS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read(job: Job) -> Answer:
    from archive.documents.formats import DocumentFormatError, text_of

    capture = read_at(job.warc_dir, job.pointer)
    message = read_message(capture)
    content = message.content() if message is not None else b""
    if len(content) > MAX_FILE_BYTES:
        return None, f"larger than {MAX_FILE_BYTES} bytes"
    try:
        return text_of(content), None
    except DocumentFormatError as error:
        return None, str(error)


def _answer(job: Job, future: Future[Answer], seconds: float) -> DocumentRead:
    try:
        text, reason = future.result()
    except LateError:
        text, reason = None, f"not read within {seconds:.0f} s"
    except MemoryError:
        text, reason = None, "more memory than it may take"
    except ProcessExpired:
        text, reason = None, "its reader died"
    except (PalimpsestError, OSError) as error:
        text, reason = None, str(error)
    except RuntimeError as error:
        return DocumentRead(job, None, f"no reader: {error}", final=False)
    return DocumentRead(job, text, reason)
