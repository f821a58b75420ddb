"""``scrapy crawl``: one line for what went wrong, and an exit code that tells it.

Scrapy's own prints a traceback where a spider cannot be begun, and ends with 0 however the walk
went.
"""

from __future__ import annotations

import asyncio
import logging
from argparse import Namespace

from scrapy.commands import crawl
from scrapy.exceptions import UsageError as ScrapyUsageError

from archive.errors import PalimpsestError
from archive.messages.language import explained

_logger = logging.getLogger(__name__)


class Command(crawl.Command):
    """Ends with the codes of ``palimpsest crawl``."""

    def run(self, args: list[str], opts: Namespace) -> None:
        """Walk; raises Scrapy's UsageError for a spider that there is not."""
        if len(args) != 1:
            super().run(args, opts)
            return
        try:
            crawler = self._create_crawler(args[0])
        except KeyError as error:
            raise ScrapyUsageError(f"{error.args[0]}; `scrapy list` names them") from None
        assert self.crawler_process
        crawled = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        failure = getattr(crawler.spider, "failure", None)
        if isinstance(crawled, asyncio.Future) and crawled.done() and not crawled.cancelled():
            failure = crawled.exception() or failure
        if isinstance(failure, PalimpsestError):
            _logger.error("%s", explained(str(failure)))
            self.exitcode = failure.exit_code
        elif failure is not None:
            raise failure
