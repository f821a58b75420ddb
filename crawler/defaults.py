"""The last look at a request before it waits for its turn: it gets the headers of the settings,
where it has none of its own, and is let go of where the walk was stopped meanwhile.

In place of three of Scrapy's middlewares (default headers, user agent, timeout), each of which
costs a call for every exchange; the timeout is the download handler's by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers

from crawler.job import Job, job_of
from crawler.outcomes import NotAsked


class DefaultsMiddleware:
    """Scrapy's downloader middleware that adds DEFAULT_REQUEST_HEADERS and USER_AGENT."""

    def __init__(self, headers: Mapping[str, str], agent: str, job: Job) -> None:
        self._job = job
        named = {name: value for name, value in headers.items() if value is not None}
        self._headers = Headers(named)
        self._headers.setdefault("User-Agent", agent)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built by Scrapy."""
        settings = crawler.settings
        headers = settings.getdict("DEFAULT_REQUEST_HEADERS")
        return cls(headers, settings["USER_AGENT"], job_of(crawler))

    def process_request(self, request: Request) -> None:
        """Add what is missing. Raises NotAsked where a signal has ended the walk."""
        if self._job.is_stopped and "lease" in request.meta:
            raise NotAsked("the walk was stopped")
        for name, values in self._headers.items():
            # The names are as Scrapy has them: to have each looked at again takes longer than all
            # else here.
            dict.setdefault(request.headers, name, list(values))
