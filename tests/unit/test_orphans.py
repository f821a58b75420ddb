"""A worker whose answers nobody wants ends, but never in the middle of an answer."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable

import pytest

from archive import orphans
from archive.orphans import Wanted

PATIENCE_SECONDS = 240.0


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set where the process would have ended."""
    event = threading.Event()
    monkeypatch.setattr(orphans, "_AT_ONCE", event.set)
    return event


def worker() -> tuple[Wanted, Callable[[], None]]:
    """A worker's end of the pipe, and how its owner says that no answer is wanted any more; that
    returns when it was heard."""
    theirs, ours = multiprocessing.Pipe(duplex=False)
    before = set(threading.enumerate())
    wanted = Wanted(theirs)
    (listening,) = set(threading.enumerate()) - before

    def close() -> None:
        ours.close()
        listening.join(PATIENCE_SECONDS)
        theirs.close()

    return wanted, close


def test_a_worker_at_work_ends_at_once(ended: threading.Event) -> None:
    wanted, close = worker()
    with wanted.at_work():
        assert not ended.is_set()
        close()
        assert ended.is_set()


def test_a_worker_that_sends_its_answer_ends_where_it_would_work_again(
    ended: threading.Event,
) -> None:
    wanted, close = worker()
    with wanted.at_work():
        pass
    close()
    assert not ended.is_set()
    with wanted.at_work():
        assert ended.is_set()
