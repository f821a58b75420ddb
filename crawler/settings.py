"""The crawl's defaults: polite, quiet, closed to the outside, and with nothing between the wire
and the archive.

Everything of Scrapy that changes, repeats, hides or caches an exchange is off: a redirect, a retry
and a robots.txt are exchanges of their own in the frontier, and the capture handler undoes content
codings itself. Any of these can be overridden as in every Scrapy project (``-s NAME=value``).
"""

from __future__ import annotations

import os

from archive.exchange.agent import user_agent

BOT_NAME = "palimpsest"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "crawler.scrapy_commands"

PALIMPSEST_DATA = os.environ.get("PALIMPSEST_DATA", "data")
"""Directory of WARCs and store."""

PALIMPSEST_OPERATOR = os.environ.get("PALIMPSEST_OPERATOR", "")
"""Who runs the crawl, a name and an address: the operator in each WARC file's warcinfo record, and
whom the User-Agent tells servers to turn to."""

USER_AGENT = user_agent(PALIMPSEST_OPERATOR)

PALIMPSEST_DERIVE = os.environ.get("PALIMPSEST_DERIVE") or "1"
"""Make articles of the pages. Without it pages are kept and walked only, which takes a fraction of
the time; `palimpsest clean` makes the articles later."""

PALIMPSEST_WARC_BYTES = 1_000_000_000
"""Size of a WARC file, compressed, after which the next one begins."""

PALIMPSEST_MAX_PAGES = 0
"""Answers after which the run ends in good order; 0: no such limit."""

PALIMPSEST_HOST_PAGES = 200_000
"""Addresses asked of one host in one run."""

PALIMPSEST_MAX_TRIES = 3
"""Requests for one address before its failure is final."""

PALIMPSEST_MAX_DELAY = 30.0
"""Seconds between two requests to one host, at most, whatever robots.txt asks (reported)."""

PALIMPSEST_UNVERIFIED_HOSTS: list[str] = []
"""Hosts whose TLS certificates are not looked at (expired, self-signed), named one by one."""

PALIMPSEST_REVISIT = {
    # Pages of the institute are in no list here, so they are asked for every night: a correction
    # or a removal shows nowhere but on the page itself, and one that has not changed costs the
    # server a head without a body.
    #
    # Images and attachments are given a new name when they change, nearly always; once a week, and
    # once a month when they are old, finds those that were not.
    "asset": [[0, 7], [90, 30]],
    # A mirror copies a page once. Where one has changed within a month it is still worked on.
    "mirror": [[30, 7]],
}
"""What a new night leaves in peace: for a kind of address (start, home, branch, list, article,
page, asset, sitemap; mirror: all pages on the site's mirrors; unvalidated: articles that came
without ETag and Last-Modified), steps of [days without a change,
days until it is asked for again]. A kind that is not named is asked for every night."""

PALIMPSEST_WHOLE_DAYS = 90
"""Days after which a page is asked for without If-None-Match and If-Modified-Since: some servers
answer 304 for ever. A copy that turns out to be the same takes no room."""

# Politeness: one slot a host (with its port), two connections, a second between requests, more
# where the host is slow or asks for it (crawler.politeness). Loopback addresses wait for nobody.
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 2
DOWNLOAD_DELAY = 1.0
DOWNLOAD_TIMEOUT = 50
DOWNLOAD_MAXSIZE = 256 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True

# Memory: few responses at a time. A visit is one item, and Scrapy starts as many tasks for each
# answer as this says.
CONCURRENT_ITEMS = 1
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 5_000_000

# The process is an asyncio program; without a reactor several crawls can follow each other in it.
TWISTED_REACTOR_ENABLED = False

# Only http and https, and only through the handler that keeps the bytes.
DOWNLOAD_HANDLERS = {
    "http": "crawler.handler.CaptureHandler",
    "https": "crawler.handler.CaptureHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

SCHEDULER = "crawler.scheduler.FrontierScheduler"
ITEM_PIPELINES = {"crawler.pipeline.IngestPipeline": 100}

# Two middlewares of ours and none of Scrapy's: each costs a call per exchange, and what the others
# do (redirects, retries, codings, cookies) is done elsewhere or not at all.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.robots.RobotsMiddleware": 100,
    "crawler.defaults.DefaultsMiddleware": 400,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}

# robots.txt is obeyed as RFC 9309 has it, by crawler.robots; Scrapy's own reading asks on when
# the server fails.
ROBOTSTXT_OBEY = False
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
RETRY_ENABLED = False
COMPRESSION_ENABLED = False
HTTPCACHE_ENABLED = False
COOKIES_ENABLED = False
REFERER_ENABLED = False
HTTPPROXY_ENABLED = False
HTTPERROR_ALLOW_ALL = True
AUTOTHROTTLE_ENABLED = False

# What is not used is not even loaded (a component that is only switched off is); the counts are in
# the run's report.
EXTENSIONS_BASE = {
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"

# Nothing listens.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

LOG_LEVEL = "WARNING"
LOG_FORMATTER = "crawler.unheard.HeardLines"
STATS_DUMP = False
WARN_ON_GENERATOR_RETURN_VALUE = False
