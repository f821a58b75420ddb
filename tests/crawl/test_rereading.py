"""The first night of another edition of the program tells of the institute, not of itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from scrapy.crawler import Crawler

from archive.backfill.run import backfill
from archive.edition import edition
from archive.errors import StoppedError
from archive.model import RunReport
from archive.runs.stopping import Stop
from archive.steady import elapsed
from archive.store import open_archive
from crawler.plan import plan_of
from crawler.process import walk
from crawler.run import Run, crawl_settings, crawl_site
from spiders.site import SiteSpider
from tests.crawl.night import ARTICLES, institute
from tests.crawl.server import Pages, Site, served
from tests.unit.backfill_samples import html, warc

SITE = "s"
NOTE = "another edition of the program had made the articles"
FOOTER = "</body>"


@pytest.fixture
def pages() -> Pages:
    return institute()


@pytest.fixture
def site(pages: Pages) -> Iterator[Site]:
    """Pages without validators that say each time how often they were asked for."""
    visits = count(1)

    def answer(path: str) -> str | None:
        page = pages.get(path)
        return str(page).replace(FOOTER, f"<p>{next(visits)}</p>{FOOTER}") if page else None

    with served(answer) as found:
        yield found


def as_an_older_program_read_them(data: Path, articles: int = ARTICLES) -> None:
    """All articles of the archive with other titles, and one that is none."""
    with open_archive(data) as archive:
        store = archive.store
        found = [
            replace(one, reading=replace(one.reading, title=f"{one.reading.title} - 首页"))
            for one in store.articles(SITE)
        ]
        assert len(found) == articles
        store.replace_articles(SITE, [*found, replace(found[0], id="0" * 16)])
        store.put_edition(SITE, "an older one")


def told(report: RunReport) -> dict[str, int]:
    """What a report says became of articles."""
    changed = {key.partition(":")[2]: n for key, n in report.counts.items() if "change:" in key}
    return {key: n for key, n in changed.items() if n}


def test_what_only_another_edition_reads_otherwise_is_no_change(
    pages: Pages, site: Site, tmp_path: Path
) -> None:
    crawl_site(tmp_path, [site.url], name=SITE)
    as_an_older_program_read_them(tmp_path)
    pages[min(path for path in pages if path != "/")] = html(ARTICLES + 1)
    report = crawl_site(tmp_path, [site.url], name=SITE)
    assert told(report) == {"changed": 1, "unchanged": ARTICLES - 1}
    [note] = [line for line in report.notes if line.startswith(NOTE)]
    assert f"({ARTICLES} otherwise, 0 more, 1 no more)" in note
    with open_archive(tmp_path) as archive:
        assert archive.store.edition(SITE) == edition()
    again = crawl_site(tmp_path, [site.url], name=SITE)
    assert told(again) == {"unchanged": ARTICLES}
    assert not [line for line in again.notes if line.startswith(NOTE)]


def test_a_signal_while_they_are_read_again_leaves_it_to_the_next_night(
    site: Site, tmp_path: Path
) -> None:
    crawl_site(tmp_path, [site.url], name=SITE)
    as_an_older_program_read_them(tmp_path)
    stop, settings = Stop(signal.SIGTERM), crawl_settings()
    asked = len(site.asked)
    with Run(plan_of(tmp_path, [site.url], (), SITE), settings) as run:
        run.read_again(stop)
        walk(run, settings, stop)
        assert run.finish(stop).exit_code == 128 + signal.SIGTERM
    assert len(site.asked) == asked
    assert told(crawl_site(tmp_path, [site.url], name=SITE)) == {"unchanged": ARTICLES}


def test_what_ends_the_reading_again_is_told_as_the_end_of_the_night(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl_site(tmp_path, [site.url], name=SITE)
    as_an_older_program_read_them(tmp_path)

    def ended(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    with monkeypatch.context() as patched, ExitStack() as stack:
        patched.setattr("archive.sitepass.derive.derive", ended)
        stack.enter_context(pytest.raises(ZeroDivisionError))
        crawl_site(tmp_path, [site.url], name=SITE)
    with open_archive(tmp_path) as archive:
        assert [row.exit_code for row in archive.store.runs(SITE)] == [1, 0]
    assert told(crawl_site(tmp_path, [site.url], name=SITE)) == {"unchanged": ARTICLES}


def test_what_ends_it_in_scrapy_crawl_ends_the_run_with_its_reason(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl_site(tmp_path, [site.url], name=SITE)

    def crawled(ended: Callable[[], None]) -> None:
        """As Scrapy begins a spider, while what is read again ends so."""
        settings = crawl_settings()
        settings.set("PALIMPSEST_DATA", str(tmp_path))
        with monkeypatch.context() as patched:
            patched.setattr("archive.sitepass.derive.derive", lambda *_, **__: ended())
            SiteSpider.from_crawler(Crawler(SiteSpider, settings), url=site.url, site=SITE)

    def fails() -> None:
        raise ZeroDivisionError("by zero")

    def is_told_to_stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        raise StoppedError(128 + signal.SIGTERM)

    as_an_older_program_read_them(tmp_path)
    asked = len(site.asked)
    with pytest.raises(ZeroDivisionError):
        crawled(fails)
    with pytest.raises(StoppedError):
        crawled(is_told_to_stop)
    with open_archive(tmp_path) as archive:
        stopped, failed, _ = archive.store.runs(SITE)
    assert (failed.exit_code, failed.outcome) == (1, "ZeroDivisionError: by zero")
    assert stopped.exit_code == 128 + signal.SIGTERM
    assert (stopped.outcome or "").startswith("stopped by a signal")
    assert len(site.asked) == asked
    assert told(crawl_site(tmp_path, [site.url], name=SITE)) == {"unchanged": ARTICLES}


def test_it_takes_nothing_of_the_time_in_which_the_site_is_walked(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl_site(tmp_path, [site.url], name=SITE)
    as_an_older_program_read_them(tmp_path)
    now = elapsed()
    monkeypatch.setattr("crawler.run.elapsed", lambda: now)
    monkeypatch.setattr("crawler.job.elapsed", lambda: now)

    def for_an_hour(*_: object, **__: object) -> None:
        nonlocal now
        now += 3600

    plan = replace(plan_of(tmp_path, [site.url], (), SITE), max_seconds=60)
    monkeypatch.setattr("crawler.run.read_again", for_an_hour)
    with Run(plan, crawl_settings()) as run:
        run.read_again()
        assert run.job.limit is None
        now += 59
        assert run.job.limit is None
        now += 1
        assert run.job.limit == "max_minutes"


def test_a_backfill_tells_no_reading_of_another_edition_either(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    crawl_site(data, [site.url], name=SITE)
    as_an_older_program_read_them(data)
    inputs = warc(tmp_path, "old.warc.gz", range(100, 103), host=site.host)
    with open_archive(data) as archive:
        backfill(archive, [inputs], SITE)
        report = next(iter(archive.store.runs(SITE))).report
    assert report is not None
    assert told(report) == {"new": 3, "unchanged": ARTICLES}
    [note] = [line for line in report.notes if line.startswith(NOTE)]
    assert f"({ARTICLES} otherwise, 0 more, 1 no more)" in note
    assert told(crawl_site(data, [site.url], name=SITE))["unchanged"] >= ARTICLES
