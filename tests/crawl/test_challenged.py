"""Firewalls that send a page of their own, with status 200: nothing is lost, the run says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import SiteUnreachableError
from archive.model import RunReport
from archive.store import open_archive
from crawler.run import crawl_site
from tests.crawl.ledger import outcomes
from tests.crawl.night import ARTICLES, institute
from tests.crawl.server import Answer, served

PROVE_IT = Answer(
    "<html><script>function setCookie(n,v){document.cookie=n+'='+v}setCookie('proof','1');"
    "document.location.reload();</script></html>"
)
TOO_OFTEN = Answer("<html><title>403</title><p>您的访问过于频繁，已被限制。</p></html>", 403)
SAYS_SO = Answer("", 403, {"cf-mitigated": "challenge"})


def crawl(data: Path, url: str) -> RunReport:
    return crawl_site(data, [url], name="s")


def statuses(data: Path) -> list[str]:
    with open_archive(data) as archive:
        return [article.status for article in archive.store.articles()]


def test_a_firewall_before_every_page_takes_nothing_away(tmp_path: Path) -> None:
    pages = institute()
    shut: list[Answer] = []
    with served(lambda path: shut[0] if shut else pages.get(path)) as site:
        crawl(tmp_path, site.url)
        for answer in (PROVE_IT, TOO_OFTEN, SAYS_SO):
            shut[:] = [answer]
            why = rf"gave no page: challenge \(status {answer.status}\); a firewall"
            with pytest.raises(SiteUnreachableError, match=why):
                crawl(tmp_path, site.url)
            assert statuses(tmp_path) == ["live"] * ARTICLES
        shut.clear()
        counts = crawl(tmp_path, site.url).counts
    changes = {name: n for name, n in counts.items() if name.startswith("change:") and n}
    assert changes == {"change:unchanged": ARTICLES}


def test_pages_that_a_firewall_keeps_are_failures_and_no_traps(tmp_path: Path) -> None:
    pages = institute(30)
    barred = [path for path in pages if path != "/"][:6]
    with served(pages) as site:
        crawl(tmp_path, site.url)
        # The same bytes under many addresses: no reason to leave those alone for good.
        pages.update(dict.fromkeys(barred, PROVE_IT))
        report = crawl(tmp_path, site.url)
    assert report.counts["tonight:challenge"] == len(barred)
    found = outcomes(tmp_path, "s")
    assert {found[site.url.rstrip("/") + path] for path in barred} == {("failed", "challenge")}
    assert statuses(tmp_path) == ["live"] * 30


def test_a_robots_file_that_a_firewall_keeps_forbids_everything(tmp_path: Path) -> None:
    with served(institute(), robots=PROVE_IT) as site:
        with pytest.raises(SiteUnreachableError, match="challenge"):
            crawl(tmp_path, site.url)
        assert set(site.asked) == {"/robots.txt"}
