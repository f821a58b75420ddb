"""Pages of the site pass read by a Dask cluster, as far as its workers see them.

They see the files that a backfill refers to where they are; what lies in the archive itself, or
goes back to a record in it, is read on this machine, and so is whatever the cluster does not give:
it dies, or a page kills whoever reads it. So it promises that a site pass gives with a cluster what
it gives without one, and asks of the workers no more than the reading of files does.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import uuid4

from archive.backfill.cluster import ANSWER_SECONDS, Attendance, connected
from archive.backfill.workers import LOOK_SECONDS
from archive.cleaning import HostModel
from archive.cleaning.hostmodel import Lesson
from archive.model import CaptureRow
from archive.sitepass.reader import Candidates, ChunkRead, Reader
from archive.sitepass.workers import Answer, Readers, Worker, workers_of

T = TypeVar("T")


def pages_on_cluster(address: str) -> Readers:
    """Those who read on the cluster whose scheduler is at ``address``, each with one of this
    machine behind him. The context raises ClusterError where no scheduler answers."""

    @contextmanager
    def readers(count: int) -> Iterator[Sequence[Worker]]:
        if count < 2:
            with workers_of(count) as here:
                yield here
            return
        # A process of this machine is only started when it is asked for something.
        with connected(address) as client, workers_of(count) as here:
            session, attendance = uuid4().hex, Attendance(client)
            threads = [name for name, count in client.nthreads().items() for _ in range(count)]
            yield [
                _Far(client, attendance, name, session, near)
                for name, near in zip(threads, cycle(here), strict=False)
            ]

    return readers


class _Far:
    """A thread of the cluster's worker ``name``, or whoever takes over when it has died."""

    def __init__(
        self, client: Any, attendance: Attendance, name: str, session: str, near: Worker
    ) -> None:
        self._client, self._attendance = client, attendance
        self._name, self._session, self._near = name, session, near

    def learn(self, warc_dir: Path, rows: Sequence[CaptureRow]) -> Answer[list[Lesson | None]]:
        return self._asked(
            rows,
            (_learn, self._session, warc_dir, rows),
            lambda: self._near.learn(warc_dir, rows),
            # Where a page taught nothing it may be that it was not seen.
            lambda lessons: None not in lessons,
        )

    def read(
        self, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel
    ) -> Answer[ChunkRead]:
        return self._asked(
            [row for candidates in chunk for row in candidates],
            (_read, self._session, warc_dir, chunk, model),
            lambda: self._near.read(warc_dir, chunk, model),
            lambda found: not found.unread,
        )

    def _asked(
        self,
        rows: Iterable[CaptureRow],
        question: tuple[Any, ...],
        near: Callable[[], Answer[T]],
        is_whole: Callable[[T], bool],
    ) -> Answer[T]:
        if not all(Path(row.pointer.file).is_absolute() for row in rows):
            return near()
        try:
            future = self._client.submit(
                *question, workers=[self._name], allow_other_workers=True, pure=False
            )
        except Exception:  # the client's own errors, of many kinds: the cluster is not there
            return near()
        return _Asked(future, self._attendance, near, is_whole)


class _Asked(Generic[T]):
    """What the cluster will say, or this machine where it says nothing or not all."""

    def __init__(
        self,
        future: Any,
        attendance: Attendance,
        near: Callable[[], Answer[T]],
        is_whole: Callable[[T], bool],
    ) -> None:
        self._future, self._attendance = future, attendance
        self._near, self._is_whole = near, is_whole

    def is_there(self, seconds: float) -> bool:
        if not self._future.done():
            time.sleep(seconds)
        return bool(self._future.done()) or self._is_lost()

    def _is_lost(self) -> bool:
        try:
            return self._attendance.is_deserted
        except Exception:  # the scheduler does not answer: its futures say so themselves
            return False

    def result(self) -> T:
        while not self._is_lost():
            try:
                is_done = self._future.done()
                found: T = self._future.result(ANSWER_SECONDS if is_done else LOOK_SECONDS)
            except TimeoutError:
                # It takes longer, or whoever had it died, and somebody else begins it again.
                if self._future.status == "pending":
                    continue
                break
            except Exception:  # KilledWorker, a lost connection, a worker without our program, …
                break
            if self._is_whole(found):
                return found
            break
        return self._near().result()


_own = threading.local()
"""A worker's thread's reader, and whose: what it holds is named by the numbers of one store."""


def _reader(session: str) -> Reader:
    if getattr(_own, "session", None) != session:
        _own.session, _own.reader = session, Reader()
    reader: Reader = _own.reader
    return reader


def _learn(session: str, warc_dir: Path, rows: Sequence[CaptureRow]) -> list[Lesson | None]:
    return _reader(session).learn(warc_dir, rows)


def _read(session: str, warc_dir: Path, chunk: Sequence[Candidates], model: HostModel) -> ChunkRead:
    return _reader(session).read(warc_dir, chunk, model)
