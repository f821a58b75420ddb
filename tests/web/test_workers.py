"""Several processes answer for one reading room, and end as one."""

from __future__ import annotations

import http.client
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.store import Archive
from archive.web.counting import Counters, SharedStorage
from archive.web.running import server
from tests.processes import children, have_ended

PROGRAM = Path(sys.executable).with_name("palimpsest")
WORKERS = 2
SECONDS = 120


def status(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        line.request("GET", "/")
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


@contextmanager
def room(data: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """``palimpsest serve`` with its port; ended by the test or at the end."""
    command = [str(PROGRAM), "serve", "--data", str(data), *options]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    process = subprocess.Popen(
        [*command, "--port", "0", "--replay-port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert process.stderr is not None
        address = process.stderr.readline().split()[-1]
        yield process, int(address.rstrip("/").rpartition(":")[2])
    finally:
        process.kill()
        process.communicate()


def until(condition: object, *given: object) -> None:
    end = time.monotonic() + SECONDS
    while not condition(*given):  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_the_room_ends_all_its_processes(archive: Archive, end: int) -> None:
    with room(archive.data, "--workers", str(WORKERS)) as (process, port):
        assert status(port) == 200
        # The first one may have answered before the last one was begun.
        until(lambda: len(children(process.pid)) == WORKERS)
        workers = children(process.pid)
        process.send_signal(end)
        process.wait(SECONDS)
        until(have_ended, workers)
        with pytest.raises(ConnectionRefusedError):
            status(port)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_process_that_dies_is_replaced_and_a_limit_holds_for_the_sum(archive: Archive) -> None:
    limit = 20
    options = ("--workers", str(WORKERS), "--rate", str(limit))
    with room(archive.data, *options) as (process, port):
        assert status(port) == 200
        until(lambda: len(children(process.pid)) == WORKERS)
        first = children(process.pid)
        os.kill(first[0], signal.SIGKILL)
        until(lambda: len(set(children(process.pid)) - set(first)) == 1)
        # The minute may turn over meanwhile, once.
        answers = [status(port) for _ in range(3 * limit)]
        assert answers.count(200) <= 2 * limit
        assert answers.count(429) >= limit


def test_counters_of_one_process_are_seen_by_the_others() -> None:
    here = Counters(processes=2, clock=lambda: 0.0)
    storage = SharedStorage(here)
    assert storage.incr("a", 60) == 1
    if os.fork() == 0:
        here.process = 1
        storage.incr("a", 60, 2)
        os._exit(0)
    os.wait()
    assert storage.get("a") == 3
    assert storage.get("b") == 0
    storage.reset()
    assert storage.get("a") == 0


def test_a_second_server_of_a_process_does_not_let_the_first_one_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def app(*_: object) -> None:
        pass

    set_up: list[object] = []
    monkeypatch.setattr("logging.config.dictConfig", set_up.append)
    for _ in range(2):
        server(app)
    assert set_up == []
    assert not logging.getLogger("uvicorn.error").isEnabledFor(logging.INFO)
