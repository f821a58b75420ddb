"""``scrapy crawl``, ``shell``, ``fetch`` and ``view``, as a Scrapy user expects them in a project.

The settings of the crawl need a run, which keeps what is asked and says what to ask. ``crawl``
begins one, and its exit code tells how it ended. The others look at a page by hand: that is asked
with Scrapy's own parts, under our User-Agent, and kept nowhere.
"""

from __future__ import annotations

from scrapy.settings import BaseSettings, default_settings

_OF_SCRAPY = (
    "COMPRESSION_ENABLED",
    "COOKIES_ENABLED",
    "DOWNLOADER_MIDDLEWARES",
    "DOWNLOADER_MIDDLEWARES_BASE",
    "DOWNLOAD_HANDLERS",
    "EXTENSIONS_BASE",
    "HTTPPROXY_ENABLED",
    "ITEM_PIPELINES",
    "LOG_FORMATTER",
    "METAREFRESH_ENABLED",
    "REDIRECT_ENABLED",
    "REFERER_ENABLED",
    "RETRY_ENABLED",
    "SCHEDULER",
    "SPIDER_MIDDLEWARES_BASE",
    "STATS_CLASS",
    "TWISTED_REACTOR_ENABLED",
)


def without_run(settings: BaseSettings | None) -> None:
    """Take Scrapy's own parts for those of ours that need a run; robots.txt is obeyed."""
    assert settings is not None
    for name in _OF_SCRAPY:
        settings.set(name, getattr(default_settings, name), priority="project")
    settings.set("ROBOTSTXT_OBEY", True, priority="project")
