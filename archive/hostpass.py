"""One host's part of the site pass: learn from its pages, then extract with what was learnt.

Hosts do not need each other here, so that several are read side by side in processes of their own.
It promises that the result is the same whichever way: it depends on the host's captures alone.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from multiprocessing.process import BaseProcess
from pathlib import Path

from archive.cleaning import HostModel, Learner, Page, extract_page
from archive.cleaning.frame import FrameSurvey
from archive.errors import WarcError
from archive.ingest import page_of, read_message
from archive.loose import read_loose
from archive.model import Extraction, PageKind
from archive.store import CaptureRow
from archive.warc import read_at

MAY_BE_ARTICLES = frozenset({PageKind.ARTICLE, PageKind.OTHER})
"""Kinds of texts without their page: one whose title was lost is an article all the same."""
HELD_CHARACTERS = 20_000_000
"""Characters of a host's pages kept in memory, parsed, between learning and extracting (about
eleven bytes each); what comes behind them is read twice."""
WORTH_A_PROCESS = 200
"""Pages from which starting processes takes less time than it saves."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """A capture and what its page said."""

    row: CaptureRow
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class HostReading:
    """What one host's pages gave; ``unread`` names captures that no WARC gave back."""

    host: str
    model: HostModel
    survey: FrameSurvey
    reads: tuple[PageRead, ...]
    unread: tuple[str, ...]


def read_hosts(warc_dir: Path, rows: Iterable[CaptureRow]) -> list[HostReading]:
    """Read all hosts, in alphabetical order of their names."""
    hosts: dict[str, list[CaptureRow]] = defaultdict(list)
    for row in rows:
        hosts[row.host].append(row)
    parts = [hosts[host] for host in sorted(hosts)]
    workers = min(len(parts), os.cpu_count() or 1)
    if workers < 2 or sum(map(len, parts)) < WORTH_A_PROCESS:
        return [read_host(warc_dir, part) for part in parts]
    # "spawn": the caller may have threads, a fork of which is not safe.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=end_with_parent) as pool:
        return list(pool.map(read_host, repeat(warc_dir), parts))


def end_with_parent() -> None:
    """Make this worker process end when the one that started it is gone, however it died: nobody
    is left to take its answer, and it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def read_host(warc_dir: Path, rows: list[CaptureRow]) -> HostReading:
    """Read the pages of one host; ``rows`` are its captures, each address once."""
    learner, survey, unread = Learner(), FrameSurvey(), list[str]()
    held: deque[tuple[CaptureRow, Page]] = deque()
    left: list[CaptureRow] = []
    room = HELD_CHARACTERS
    for row, page in _pages(warc_dir, rows, unread):
        learner.add(page)
        survey.add(row.host, page)
        room -= len(page.html)
        if room >= 0:
            held.append((row, page))
        else:
            left.append(row)
    model = learner.model()
    pages = chain(_emptied(held), _pages(warc_dir, left, []))
    reads = [PageRead(row, extract_page(page, model)) for row, page in pages]
    for one in reads:
        if one.extraction.kind is PageKind.ARTICLE:
            survey.add_extraction(one.row.host, one.extraction)
    return HostReading(rows[0].host, model, survey, tuple(reads), tuple(unread))


def _emptied(held: deque[tuple[CaptureRow, Page]]) -> Iterator[tuple[CaptureRow, Page]]:
    """The pages one by one, each let go of when the next is asked for."""
    while held:
        yield held.popleft()


def read_texts(warc_dir: Path, rows: Iterable[CaptureRow]) -> list[PageRead]:
    """Texts and pages that came without their exchange, those that may be articles."""
    found = [(row, read_loose(read_at(warc_dir, row.pointer))) for row in rows]
    return [
        PageRead(row, extraction)
        for row, extraction in found
        if extraction is not None and extraction.kind in MAY_BE_ARTICLES
    ]


def _pages(
    warc_dir: Path, rows: list[CaptureRow], unread: list[str]
) -> Iterator[tuple[CaptureRow, Page]]:
    for row in rows:
        try:
            capture = read_at(warc_dir, row.pointer)
        except (WarcError, OSError) as error:
            unread.append(f"{row.url}: {error}")
            continue
        page = page_of(capture, read_message(capture))
        if page is not None:
            yield row, page
