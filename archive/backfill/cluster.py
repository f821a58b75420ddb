"""Files read by a Dask cluster: the same function as anywhere else, on other machines.

Needs the extra ``cluster``, and workers that see the files under the same paths. A worker that dies
costs the files it had, which the scheduler gives to another one; a file that kills its workers is
named and left. It promises that a scheduler which goes away is told of in a line with a remedy, and
costs what was on its way.
"""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import Any

from archive.backfill.reading import Task, read_whole
from archive.backfill.workers import AHEAD, LOOK_SECONDS, MAX_WHY, Lost, Read, Workers
from archive.errors import PalimpsestError, UsageError

CONNECT_SECONDS = 20
LEAST_AHEAD = 4
DESERTED_SECONDS = 60.0
"""So long a cluster may have no worker before nothing more is expected of it: one that died, or was
killed by a page, is started anew by its nanny within seconds, and by nobody where it has none."""
_ASKED_EVERY_SECONDS = 2.0
ANSWER_SECONDS = 20.0
"""So long an answer that is there may take to come, before it is looked whether whoever has it is
still there: each time it is asked for anew."""


class ClusterError(PalimpsestError):
    """There is no cluster at the address, or it has no worker."""

    exit_code = 69


class Attendance:
    """Whether a cluster still has workers, asked now and then: a scheduler without any keeps what
    it was given for ever, and says nothing."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._asked = self._seen = time.monotonic()

    @property
    def is_deserted(self) -> bool:
        """Has it had no worker for DESERTED_SECONDS? A scheduler that is gone is told elsewhere."""
        now = time.monotonic()
        if now - self._asked >= _ASKED_EVERY_SECONDS:
            self._asked = now
            if self._client.nthreads():
                self._seen = now
        return self._asked - self._seen >= DESERTED_SECONDS


def on_cluster(address: str) -> Workers:
    """Read on the Dask cluster whose scheduler is at ``address`` (tcp://host:port).

    Raises UsageError where the extra is not installed; what it gives raises ClusterError where no
    scheduler answers.
    """
    distributed = loaded()

    def read(
        tasks: Iterable[Task], meanwhile: Callable[[], None] = lambda: None, /
    ) -> Iterator[Read | Lost]:
        with connected(address) as client:
            try:
                yield from _through(distributed, client, iter(tasks), meanwhile, address)
            except (OSError, CancelledError) as error:
                why = " ".join(str(error).split())[:MAX_WHY]
                raise ClusterError(
                    f"the scheduler at {address} went away: {why}; "
                    "the files that were read are kept: start it and run the same command again, "
                    "or run it without --scheduler"
                ) from error

    return read


def loaded() -> Any:
    """The module ``distributed``. Raises UsageError where the extra is not installed."""
    try:
        module = importlib.import_module("distributed")
    except ImportError:
        raise UsageError(
            "--scheduler needs the extra `cluster`: pip install 'palimpsest-archive[cluster]'"
        ) from None
    # What goes wrong is told in our words; it would print where in its code it noticed.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return module


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster, which has workers. Raises ClusterError, UsageError for an address
    that is none, or as ``loaded``."""
    try:
        client = loaded().Client(address, timeout=CONNECT_SECONDS)
    except (ValueError, TypeError) as error:  # of tls:// without certificates
        raise UsageError(
            f"{address} is not the address of a Dask scheduler; write tcp://host:port"
        ) from error
    except OSError as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address}: {' '.join(str(error).split())[:MAX_WHY]}"
        ) from error
    with client:
        if not client.nthreads():
            raise ClusterError(f"the scheduler at {address} has no worker; start `dask worker`")
        yield client


def _through(
    distributed: Any,
    client: Any,
    tasks: Iterator[Task],
    meanwhile: Callable[[], None],
    address: str,
) -> Iterator[Read | Lost]:
    ahead = max(LEAST_AHEAD, AHEAD * sum(client.nthreads().values()))
    running: dict[Any, Task] = {}

    def submit(task: Task) -> Any:
        # pure=False: a file is read again even where its path was read before.
        future = client.submit(read_whole, task, pure=False)
        running[future] = task
        return future

    attendance = Attendance(client)

    def look() -> None:
        meanwhile()
        if attendance.is_deserted:
            raise ClusterError(
                f"the scheduler at {address} has had no worker for {DESERTED_SECONDS:.0f} s; "
                "the files that were read are kept: start `dask worker`, which starts anew one "
                "that dies, and run the same command again, or run it without --scheduler"
            )

    done = distributed.as_completed([submit(task) for task in islice(tasks, ahead)])
    while not done.is_empty():
        while not done.has_ready():
            look()
            time.sleep(LOOK_SECONDS)
        future = next(done)
        yield _told(running.pop(future), future, look)
        future.release()
        for following in islice(tasks, 1):
            done.add(submit(following))


def _told(task: Task, future: Any, look: Callable[[], None]) -> Read | Lost:
    """What became of a task that was done; where its worker has died since, with what it had read,
    another one begins it again. ``look`` is called meanwhile, and may raise."""
    while True:
        try:
            return Read(task, future.result(timeout=ANSWER_SECONDS))
        except CancelledError:
            raise
        except Exception as error:  # whatever the task raised, or KilledWorker
            if future.status == "error":
                return Lost(
                    task, f"{type(error).__name__}: {' '.join(str(error).split())[:MAX_WHY]}"
                )
            if not isinstance(error, TimeoutError):
                raise
        look()
