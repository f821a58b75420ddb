"""Scrapy's process around one walk: it can be told to stop, and gives the signals back.

It promises that the first SIGTERM or SIGINT drains (what is on its way is waited for and kept, what
only waits for its turn is left to the next run), the second one stops at once, and that it is known
afterwards which it was.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess

from archive.frugal import give_back_memory
from archive.runs.stopping import SIGNALS, Stop
from crawler.job import Job, detach_job
from crawler.slots import leave_unasked

if TYPE_CHECKING:
    from crawler.run import Run


class StoppableProcess(AsyncCrawlerProcess):
    """Notes in ``stop`` which signal came."""

    def __init__(self, settings: Any, stop: Stop, job: Job) -> None:
        super().__init__(settings)
        self._stop, self._job = stop, job

    def _signal_shutdown_reactorless(self, signum: int, frame: Any) -> None:
        self._stop.signal = signal.Signals(signum)
        if (loop := self._reactorless_loop) is not None:
            loop.call_soon_threadsafe(self._leave_unasked)
        super()._signal_shutdown_reactorless(signum, frame)

    def _leave_unasked(self) -> None:
        self._job.is_stopped = True
        for crawler in self.crawlers:
            if crawler.engine is not None:
                leave_unasked(crawler.engine.downloader)


def walk(run: Run, settings: Any, stop: Stop) -> None:
    """Let Scrapy walk until the site ends, a limit is reached or a signal comes. Raises what ended
    the crawl, if anything did."""
    if stop.is_asked:
        run.closed("shutdown")
        return
    give_back_memory()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    process = StoppableProcess(settings, stop, run.job)
    # By name, through Scrapy's own loader: this room does not know the spiders.
    task = process.crawl("site", run=run)
    try:
        with _loaded_for_good():
            process.start()
    finally:
        detach_job(run.job)
        for number, handler in before.items():
            signal.signal(number, handler)
    if not task.cancelled() and (error := task.exception()) is not None:
        raise error


@contextmanager
def _loaded_for_good() -> Iterator[None]:
    """What is loaded by now stays for as long as the process: the garbage collector need not walk
    over it again and again."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
