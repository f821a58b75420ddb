"""The spider over one institute's site and its mirrors: every address comes from the frontier."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self, cast

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.errors import PalimpsestError
from archive.runs.stopping import stoppable
from crawler.job import attach_job
from crawler.keeper import attach_keeper
from crawler.outcomes import NotAsked
from crawler.plan import plan_of
from crawler.run import Run
from crawler.slots import slots_for
from crawler.unheard import HeardSignals
from crawler.visit import Visit, failed_visit, visit_of


class SiteSpider(Spider):
    """``scrapy crawl site -a url=http://www.example.ac.cn/ [-a mirror=URL[,URL]] [-a site=NAME]``.

    Walks branches, lists, articles and their files as ``palimpsest crawl`` does, into the
    directory of the setting PALIMPSEST_DATA.
    """

    name = "site"

    def __init__(self, run: Run, *, owned: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._run = run
        self._owned = owned
        self.failure: PalimpsestError | None = None
        """Why a run that Scrapy began did not end well: Scrapy hears of nothing that is raised at
        a spider's end."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way in: with a run that is open already, or with addresses to begin one."""
        run: Run | None = kwargs.pop("run", None)
        if run is not None:
            return cls._of(run, crawler, *args, owned=False, **kwargs)
        plan = plan_of(
            Path(crawler.settings["PALIMPSEST_DATA"]),
            _addresses(kwargs.pop("url", "")),
            _addresses(kwargs.pop("mirror", "")),
            kwargs.pop("site", None),
            crawler.settings.getint("PALIMPSEST_MAX_PAGES") or None,
        )
        with stoppable() as stop, ExitStack() as kept:
            # Until there is a spider whose end ends the run, what is raised does.
            run = kept.enter_context(Run(plan, crawler.settings, stop=stop))
            run.read_again(stop)
            stop.go_on()
            spider = cls._of(run, crawler, *args, owned=True, **kwargs)
            kept.pop_all()
        return spider

    @classmethod
    def _of(cls, run: Run, crawler: Crawler, *args: Any, owned: bool, **kwargs: Any) -> Self:
        # Scrapy lets its own loggers make a record of each request, only to throw it away.
        logging.getLogger("scrapy").setLevel(crawler.settings["LOG_LEVEL"])
        crawler.signals = HeardSignals(crawler)
        attach_job(crawler, run.job)
        attach_keeper(crawler, run.job.keeper)
        slots = slots_for(run.job.site) | crawler.settings.getdict("DOWNLOAD_SLOTS")
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        return super().from_crawler(crawler, run, owned=owned, **kwargs)

    async def start(self) -> AsyncIterator[Request]:
        """The addresses the operator named."""
        for lead in self._run.job.starts:
            yield Request(lead.url, dont_filter=True, meta={"lead": lead})

    def parse(self, response: Response) -> Iterator[Visit]:
        """Every answer becomes one visit."""
        yield visit_of(response, self._run.job)

    def failed(self, failure: Failure) -> Iterator[Visit]:
        """Every failure becomes one visit as well; a question that the end of the process cut
        off, or came before, becomes none, and is asked in the next run."""
        if isinstance(failure.value, asyncio.CancelledError | NotAsked):
            return
        # Scrapy puts the request on the failure; Twisted's class does not know of it.
        yield failed_visit(failure.value, cast(Any, failure).request, self._run.job)

    def closed(self, reason: str) -> None:
        """The end, told by Scrapy: ``finished``, ``shutdown`` (a signal) or another reason."""
        self._run.closed(reason)
        if self._owned:
            try:
                with self._run:
                    self.logger.info(self._run.finish())
            except PalimpsestError as failure:
                self.failure = failure


def _addresses(argument: str) -> list[str]:
    return [url for url in argument.replace(",http", " http").split() if url]
