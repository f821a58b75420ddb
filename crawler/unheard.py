"""What Scrapy would tell of each exchange though nobody listens: signals without a receiver, lines
below the log's level.

Both cost as much for nobody as for somebody, five signals and two lines for each address. It
promises that whoever is connected through ``crawler.signals``, before or after, hears all of it,
and that at the level DEBUG every line is there.
"""

from __future__ import annotations

import logging
from typing import Any

from scrapy.crawler import Crawler
from scrapy.logformatter import LogFormatter
from scrapy.signalmanager import SignalManager

_logger = logging.getLogger("scrapy.core")


class HeardSignals(SignalManager):
    """A crawler's signals. One that nobody heard is not sent again until somebody is connected."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unheard: set[Any] = set()

    def connect(self, receiver: Any, signal: Any, **kwargs: Any) -> None:
        """From now on the signal is sent."""
        self._unheard.discard(signal)
        super().connect(receiver, signal, **kwargs)

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """Send it, if anybody may hear it."""
        if signal in self._unheard:
            return []
        return self._noting(signal, super().send_catch_log(signal, **kwargs))

    async def send_catch_log_async(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        """The same, waiting for those who hear it."""
        if signal in self._unheard:
            return []
        return self._noting(signal, await super().send_catch_log_async(signal, **kwargs))

    def _noting(self, signal: Any, answers: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        if not answers:
            self._unheard.add(signal)
        return answers


class HeardLines(LogFormatter):
    """Scrapy's setting LOG_FORMATTER: no line of each answer and each visit for a log that takes
    none."""

    def crawled(self, *args: Any, **kwargs: Any) -> Any:
        """The line of an answer, or None."""
        return super().crawled(*args, **kwargs) if _logger.isEnabledFor(logging.DEBUG) else None

    def scraped(self, *args: Any, **kwargs: Any) -> Any:
        """The line of a visit, or None."""
        return super().scraped(*args, **kwargs) if _logger.isEnabledFor(logging.DEBUG) else None
