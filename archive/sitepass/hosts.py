"""The hosts' part of the site pass: learn from a host's pages, then read them with what was learnt.

The pages of a host are shared out among processes; who read which does not show. It promises the
same result however many read and whoever of them dies: lessons and pages are put together in the
order of addresses, and a worker that dies costs its chunk, which another one reads again.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle
from pathlib import Path
from typing import TypeVar

from archive import fatal
from archive.addresses import LOOSE_URN
from archive.cleaning import HostModel
from archive.cleaning.frame import FrameSurvey
from archive.cleaning.hostmodel import Learner, Lesson
from archive.cleaning.selectors import NO_SELECTORS, Selectors
from archive.errors import WarcError
from archive.loose import read_loose
from archive.model import CaptureRow, Extraction, PageKind
from archive.sitepass.framing import Frames, Framing
from archive.sitepass.pulse import BEAT_SECONDS, OnSteps
from archive.sitepass.reader import Candidates, ChunkRead, PageRead, chunks_of, why
from archive.sitepass.workers import Answer, Readers, Worker, workers_of
from archive.warc import read_at

LEARN_PAGES = 2_000
"""Pages of a host that are learnt from: a line that a fifth of all pages have is among so many. A
larger host's are those whose addresses have the smallest digests."""
CHUNK_PAGES = 200
"""Pages that one process of several reads at a time."""
CHUNK_PAGES_ALONE = 50
"""The same where this process reads them itself: nothing else is seen to meanwhile."""
WORTH_A_PROCESS = 200
"""Pages from which starting processes takes less time than it saves."""


AHEAD = 2
"""Chunks that each process is asked for before the first of them is taken."""

Keep = Callable[[Extraction], Extraction]
T = TypeVar("T")


def _as_it_is(extraction: Extraction) -> Extraction:
    return extraction


@dataclass(frozen=True, slots=True)
class HostReading:
    """What one host's pages gave; ``told`` are the kinds of captures that nobody had read before,
    by row number; ``unread`` names captures that gave no page, and why; ``framing`` what its frames
    and hidden links say of single pages."""

    host: str
    model: HostModel
    survey: FrameSurvey
    reads: tuple[PageRead, ...]
    told: dict[int, PageKind]
    unread: tuple[str, ...]
    framing: Framing = field(default_factory=Framing)


@dataclass(slots=True)
class _Steps:
    """The steps of all hosts, and who is told of them."""

    total: int
    told: OnSteps
    done: int = 0

    def took(self, count: int) -> None:
        self.done += count
        self.again()

    def again(self) -> None:
        self.told(self.done, self.total)


@dataclass(slots=True)
class _Share:
    """A chunk of a host's pages and the worker that has learnt from it."""

    worker: Worker
    chunk: Sequence[Candidates]
    teachers: int
    lessons: Answer[list[Lesson | None]]


@dataclass(slots=True)
class _Host:
    """A host on its way: its pages have gone to those who learn from them; what they say is given
    to ``keep``."""

    name: str
    shares: list[_Share]
    keep: Keep


def read_hosts(
    warc_dir: Path,
    pages: Iterable[Candidates],
    processes: int | None = None,
    selectors: Selectors = NO_SELECTORS,
    keep: Keep = _as_it_is,
    on_steps: OnSteps = lambda done, total: None,
    readers: Readers = workers_of,
) -> list[HostReading]:
    """Read all hosts, in alphabetical order of their names, in so many ``processes`` (unless
    named, as many as this machine has processors); ``selectors`` are those of the site's
    profile; ``keep`` is given what each page says, and gives back what is kept of it; ``on_steps``
    hears how far the reading has come; ``readers`` gives those who read."""
    hosts: dict[str, list[Candidates]] = defaultdict(list)
    for one in pages:
        hosts[one[0].host].append(one)
    count = sum(map(len, hosts.values()))
    wanted = min(processes or os.cpu_count() or 1, -(-count // CHUNK_PAGES))
    with readers(1 if count < WORTH_A_PROCESS else wanted) as workers:
        named = [(name, hosts[name]) for name in sorted(hosts)]
        teachers = sum(min(len(of_host), LEARN_PAGES) for of_host in hosts.values())
        steps = _Steps(teachers + count, on_steps)
        return list(_read(warc_dir, named, workers, selectors, keep, steps))


def read_again(
    warc_dir: Path,
    rows: Sequence[CaptureRow],
    models: Mapping[str, HostModel],
    processes: int | None = None,
    readers: Readers = workers_of,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[PageRead]:
    """Read captures besides those that speak for their addresses, each with its host's model;
    ``meanwhile`` is called again and again."""
    hosts: dict[str, list[Candidates]] = defaultdict(list)
    for row in rows:
        hosts[row.host].append((row,))
    wanted = min(processes or os.cpu_count() or 1, -(-len(rows) // CHUNK_PAGES))
    with readers(1 if len(rows) < WORTH_A_PROCESS else wanted) as workers:
        turn = cycle(workers)
        answers = [
            next(turn).read(warc_dir, chunk, models[name])
            for name in sorted(hosts)
            for chunk in chunks_of(hosts[name], _chunk_size(workers))
        ]
        return [read for answer in answers for read in _waited(answer, meanwhile).reads]


def _waited(answer: Answer[T], meanwhile: Callable[[], None]) -> T:
    """The answer; while it is waited for, ``meanwhile`` is called, which may raise."""
    meanwhile()
    while not answer.is_there(BEAT_SECONDS):
        meanwhile()
    return answer.result()


def _chunk_size(workers: Sequence[Worker]) -> int:
    return CHUNK_PAGES if len(workers) > 1 else CHUNK_PAGES_ALONE


def _read(
    warc_dir: Path,
    hosts: list[tuple[str, list[Candidates]]],
    workers: Sequence[Worker],
    selectors: Selectors,
    keep: Keep,
    steps: _Steps,
) -> Iterator[HostReading]:
    """The hosts in order; as many as there are workers are learnt from ahead of the one that is
    read, so that none waits."""
    turn = cycle(workers)
    waiting: deque[_Host] = deque()
    for name, pages in hosts:
        chunks = chunks_of(pages, _chunk_size(workers))
        waiting.append(_Host(name, _shares(warc_dir, chunks, _teachers(pages), turn), keep))
        if len(waiting) >= len(workers):
            yield _ended(warc_dir, waiting.popleft(), selectors, steps)
    while waiting:
        yield _ended(warc_dir, waiting.popleft(), selectors, steps)


def _shares(
    warc_dir: Path,
    chunks: Iterable[Sequence[Candidates]],
    teachers: frozenset[str],
    turn: Iterator[Worker],
) -> list[_Share]:
    shares = []
    for chunk in chunks:
        worker = next(turn)
        rows = [one[0] for one in chunk if one[0].url in teachers]
        shares.append(_Share(worker, chunk, len(rows), worker.learn(warc_dir, rows)))
    return shares


def _teachers(pages: list[Candidates]) -> frozenset[str]:
    """The addresses whose pages are learnt from, whatever their order."""
    urls = [one[0].url for one in pages]
    if len(urls) > LEARN_PAGES:
        urls = sorted(urls, key=_digest)[:LEARN_PAGES]
    return frozenset(urls)


def _digest(url: str) -> bytes:
    return hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=8).digest()


def _ended(warc_dir: Path, host: _Host, selectors: Selectors, steps: _Steps) -> HostReading:
    learner, survey = Learner(), FrameSurvey()
    for share in host.shares:
        for lesson in _waited(share.lessons, steps.again):
            if lesson is not None:
                learner.take(lesson)
        steps.took(share.teachers)
    model = replace(learner.model(), selectors=selectors)
    reads: list[PageRead] = []
    told: dict[int, PageKind] = {}
    unread: list[str] = []
    frames = Frames()
    for share, chunk in zip(
        host.shares, _answers(warc_dir, host.shares, model, steps.again), strict=True
    ):
        steps.took(len(share.chunk))
        told |= chunk.told
        unread += chunk.unread
        for frame in chunk.frames:
            survey.take(host.name, frame)
        for one, frame in zip(chunk.reads, chunk.frames, strict=True):
            frames.take(one, frame)
            if one.extraction.kind is PageKind.ARTICLE:
                survey.add_extraction(host.name, one.extraction)
            reads.append(PageRead(one.row, host.keep(one.extraction)))
    return HostReading(
        host.name, model, survey, tuple(reads), told, tuple(unread), frames.framing()
    )


def _answers(
    warc_dir: Path, shares: Sequence[_Share], model: HostModel, meanwhile: Callable[[], None]
) -> Iterator[ChunkRead]:
    """What the chunks say, in their order; only as many are read ahead as keep everyone busy."""
    ahead = AHEAD * len({id(share.worker) for share in shares})
    asked: deque[Answer[ChunkRead]] = deque()
    for share in shares:
        asked.append(share.worker.read(warc_dir, share.chunk, model))
        if len(asked) >= ahead:
            yield _waited(asked.popleft(), meanwhile)
    while asked:
        yield _waited(asked.popleft(), meanwhile)


def read_texts(
    warc_dir: Path, rows: Iterable[CaptureRow]
) -> tuple[list[PageRead], tuple[str, ...]]:
    """Texts and pages that came without their exchange; and those that could not be read, with
    why."""
    reads, unread = [], []
    fatal.watch(warc_dir.parent)
    for row in rows:
        if not row.url.startswith(LOOSE_URN):
            continue
        try:
            extraction = read_loose(read_at(warc_dir, row.pointer))
        except (WarcError, OSError) as error:
            unread.append(f"{row.url}: {error}")
        except Exception as error:  # one text nobody thought of must not cost the others
            unread.append(f"{row.url}: not cleaned: {why(error)}")
        else:
            if extraction is not None:
                reads.append(PageRead(row, extraction))
    fatal.end()
    return reads, tuple(unread)
