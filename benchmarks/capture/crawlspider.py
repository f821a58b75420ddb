"""A plain Scrapy CrawlSpider over the site: follows every link, stores nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

SETTINGS = {
    "LOG_LEVEL": "ERROR",
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "TELNETCONSOLE_ENABLED": False,
}


class PlainSpider(CrawlSpider):
    """Every link and image of every page."""

    name = "plain"
    rules = (
        Rule(
            LinkExtractor(tags=("a", "img"), attrs=("href", "src"), deny_extensions=[]),
            callback="seen",
            follow=True,
        ),
    )
    count = 0

    def seen(self, response: Response) -> Iterator[Any]:
        """Count the answer."""
        self.count += 1
        yield from ()

    def closed(self, reason: str) -> None:
        """Tell how many there were, the start page and robots.txt included."""
        sys.stdout.write(f"{self.count + 2}\n")


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    host = urlsplit(sys.argv[1]).hostname
    process.crawl(PlainSpider, start_urls=[sys.argv[1]], allowed_domains=[host])
    process.start()
