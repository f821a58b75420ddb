"""Ctrl-C reaches every process of a terminal: workers leave it to the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.backfill.reading import Task
from archive.backfill.workers import Read, in_processes
from archive.orphans import deaf_to_interrupts
from archive.sitepass.workers import workers_of
from tests.unit import backfill_samples as samples


def interrupt_children() -> int:
    """Send SIGINT to every worker, most likely while it is being loaded; how many there are."""
    children = multiprocessing.active_children()
    for child in children:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGINT)
    return len(children)


def test_one_that_reads_files_goes_on_while_it_is_loaded(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = samples.warc(tmp_path, "a.warc.gz", range(3))

    def tasks() -> Iterator[Task]:
        yield Task(path, path.name, 1, path)
        # Asked for when there is a worker that has the first.
        assert interrupt_children() == 1
        yield Task(path, path.name, 1, path)

    answers = list(in_processes(1)(tasks()))
    assert [isinstance(one, Read) for one in answers] == [True, True]
    assert "Traceback" not in capfd.readouterr().err


def test_one_that_reads_pages_goes_on_while_it_is_loaded(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with workers_of(2) as workers:
        answers = [worker.learn(tmp_path, []) for worker in workers]
        assert interrupt_children() == 2
        assert [answer.result() for answer in answers] == [[], []]
    assert "Traceback" not in capfd.readouterr().err


def test_what_comes_meanwhile_is_not_lost() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    try:
        with deaf_to_interrupts():
            # To this thread: whether others are about is not known.
            signal.pthread_kill(threading.get_ident(), signal.SIGINT)
            assert heard == []
        assert heard == [signal.SIGINT]
    finally:
        signal.signal(signal.SIGINT, before)
