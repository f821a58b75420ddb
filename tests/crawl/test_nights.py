"""A second night asks only for what may have changed, and finds what has."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import crawler.visit
from archive.backfill.run import backfill
from archive.cleaning.page import Page
from archive.model import Lead
from archive.runs.facts import SLOWEST_HOSTS, facts_of
from archive.store import Archive, Lease, open_archive
from archive.warc import read_at
from crawler.discovery import EDITION, discover
from crawler.plan import plan_of
from crawler.report import Tally
from crawler.revisit import Policy
from crawler.run import crawl_site
from crawler.waking import wake
from tests.crawl.server import Answer, Pages, Site, links, served

OLD = "Thu, 09 Dec 2010 08:00:00 GMT"
WORDS = "离退休党总支于近日召开全体党员大会，学习有关文件，总结一年来的工作，并对明年作了安排。" * 6


def page(title: str, text: str = WORDS) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>发布时间：2010-12-09</p><div><p>{text}</p><p>{text}</p></div></body></html>"
    )


def tagged(body: str, tag: str = '"one"', **more: str) -> Answer:
    return Answer(body, headers={"ETag": tag, **more})


def crawl(data: Path, site: Site) -> dict[str, int]:
    return crawl_site(data, [site.url], name="s").counts


def reasons(data: Path) -> dict[str, str]:
    with open_archive(data) as archive:
        return {one.url: one.reason for one in archive.store.frontier.outcomes("s", "done")}


def sent(site: Site, path: str, name: str) -> str | None:
    return site.headers[site.asked.index(path)].get(name)


def test_validators_are_sent_back_as_they_came(tmp_path: Path) -> None:
    tag = 'W/"a,b c:2"'
    routes: Pages = {"/": tagged(links("/x.html"), tag, **{"Last-Modified": OLD}), "/x.html": "x"}
    with served(routes) as site:
        crawl(tmp_path, site)
        assert sent(site, "/", "if-none-match") is None
        site.forget()
        crawl(tmp_path, site)
        assert sent(site, "/", "if-none-match") == tag
        assert sent(site, "/", "if-modified-since") == OLD
        assert sent(site, "/x.html", "if-none-match") is None


def test_an_unchanged_page_costs_no_body_and_is_seen_again(tmp_path: Path) -> None:
    article = "/t20101209_1.html"
    with served({"/": tagged(links(article)), article: tagged(page("召开党员大会"))}) as site:
        crawl(tmp_path, site)
        with open_archive(tmp_path) as archive:
            (before,) = archive.store.articles("s")
        counts = crawl(tmp_path, site)
        with open_archive(tmp_path) as archive:
            (after,) = archive.store.articles("s")
            night = archive.store.runs("s")[0]
    assert counts["unchanged"] == 2
    assert counts["bytes"] < 1000
    assert reasons(tmp_path)[site.url + article[1:]] == "not-modified"
    assert after.last_seen >= night.started > before.last_seen
    assert (after.first_seen, after.reading.text) == (before.first_seen, before.reading.text)
    assert (after.versions, len(after.witnesses)) == (1, 1)


def test_an_edit_is_found_the_same_night(tmp_path: Path) -> None:
    article = "/t20101209_1.html"
    routes: Pages = {"/": tagged(links(article)), article: tagged(page("大会"))}
    with served(routes) as site:
        crawl(tmp_path, site)
        routes[article] = tagged(page("大会", f"更正：{WORDS}"), '"two"')
        counts = crawl(tmp_path, site)
    assert counts["unchanged"] == 1
    with open_archive(tmp_path) as archive:
        (found,) = archive.store.articles("s")
    assert "更正" in found.reading.text


def test_the_same_bytes_without_validators_are_no_news(tmp_path: Path) -> None:
    with served({"/": links("/x.html"), "/x.html": page("x")}) as site:
        crawl(tmp_path, site)
        counts = crawl(tmp_path, site)
    assert counts["unchanged"] == 2


def test_links_of_an_unchanged_page_come_from_the_archives_copy(tmp_path: Path) -> None:
    """A new frontier over WARCs taken in: only the copy can tell where the page led."""
    with served({"/": tagged(links("/x.html", "/y.html")), "/x.html": "x", "/y.html": "y"}) as site:
        crawl(tmp_path / "a", site)
        with open_archive(tmp_path / "b", create=True) as archive:
            backfill(archive, [tmp_path / "a" / "warc"], "s")
        site.forget()
        crawl(tmp_path / "b", site)
        assert sent(site, "/", "if-none-match") == '"one"'
    assert {"/x.html", "/y.html"} <= set(site.asked)


def read_again(data: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages whose links a new night looks for."""
    found: list[str] = []

    def listening(page: Page, url: str, *, is_home: bool = False) -> list[Lead]:
        found.append(url.removeprefix(site.url))
        return discover(page, url, is_home=is_home)

    with monkeypatch.context() as patch:
        patch.setattr(crawler.visit, "discover", listening)
        crawl(data, site)
    return sorted(found)


def test_pages_are_read_again_only_where_their_links_may_not_be_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    routes: Pages = {"/": tagged(links("/x.html")), "/x.html": links("/?page=2")}
    routes["/?page=2"] = tagged("<p>x")
    with served(routes) as site:
        assert read_again(tmp_path, site, monkeypatch) == ["", "?page=2", "x.html"]
        # An address with parameters may be a trap's: what it gives is looked at every night.
        assert read_again(tmp_path, site, monkeypatch) == ["?page=2"]
        routes["/"] = tagged(links("/x.html", "/new.html"), '"two"')
        assert read_again(tmp_path, site, monkeypatch) == ["", "?page=2"]
        assert site.times("/new.html") == 1
        monkeypatch.setattr(crawler.visit, "EDITION", EDITION + 1)
        assert read_again(tmp_path, site, monkeypatch) == ["", "?page=2", "x.html"]


def test_when_the_site_gets_another_host_all_pages_are_read_again(tmp_path: Path) -> None:
    other = "http://192.0.2.1/"
    with served({"/": tagged(links("/x.html")), "/x.html": tagged(links(other))}) as site:
        crawl(tmp_path, site)
        with open_archive(tmp_path) as archive:
            assert {lease.links for lease in night(archive)} == {EDITION, None}
            plan = plan_of(tmp_path, [site.url], [other], "s")
            wake(archive, plan, Policy({}, 90))
            assert {lease.links for lease in night(archive)} == {None}


def night(archive: Archive) -> list[Lease]:
    """All that a new night would ask for."""
    archive.store.frontier.restart("s")
    return archive.store.frontier.lease("s", 99, seconds=60)


def test_a_page_whose_copy_is_lost_is_asked_for_whole(tmp_path: Path) -> None:
    with served({"/": tagged(links("/x.html")), "/x.html": "x"}) as site:
        crawl(tmp_path, site)
        for path in (tmp_path / "warc").iterdir():
            path.unlink()
        site.forget()
        crawl(tmp_path, site)
        assert site.times("/") == 2
    assert reasons(tmp_path)[site.url] == "ok"


def test_a_date_too_near_to_the_capture_is_not_trusted(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    fresh, old = (
        Answer("x", headers={"Last-Modified": f"{moment:%a, %d %b %Y %H:%M:%S} GMT"})
        for moment in (now, now - timedelta(hours=1))
    )
    with served({"/": links("/a.html", "/b.html"), "/a.html": fresh, "/b.html": old}) as site:
        crawl(tmp_path, site)
        site.forget()
        crawl(tmp_path, site)
        assert sent(site, "/a.html", "if-modified-since") is None
        assert sent(site, "/b.html", "if-modified-since") == old.headers["Last-Modified"]


def test_the_report_says_how_much_was_as_it_was_and_what_that_saved(tmp_path: Path) -> None:
    routes: Pages = {"/": tagged(links("/a.html", "/b.html")), "/a.html": tagged(WORDS)}
    routes["/b.html"] = WORDS
    with served(routes) as site:
        first = crawl(tmp_path, site)
        crawl(tmp_path, site)
        host = site.url.removeprefix("http://").rstrip("/")
    with open_archive(tmp_path) as archive:
        report: Any = archive.store.runs("s")[0].report
        sent_first = {
            row.url.removeprefix(site.url): len(read_at(archive.warc_dir, row.pointer).response)
            for row in archive.store.captures("s")
            if row.status == 200 and row.run == 1
        }
        heads = sum(
            len(read_at(archive.warc_dir, row.pointer).response)
            for row in archive.store.captures("s")
            if row.status == 304
        )
    facts = facts_of(report)
    assert (report.counts["unchanged"], first["bytes:saved"]) == (3, 0)
    # What came again without validators had to be sent again.
    assert facts["bytes"]["saved"] == sent_first[""] + sent_first["a.html"] - heads
    assert facts["bytes"]["received"] < sum(sent_first.values())
    assert list(facts["slowest_hosts_ms"]) == [host]
    assert json.dumps(report.counts)


def test_the_slowest_hosts_are_told_slowest_first() -> None:
    tally = Tally()
    for number in range(SLOWEST_HOSTS + 5):
        tally.waited(f"h{number:02d}", 0.010 * number)
        tally.waited(f"h{number:02d}", 0.030 * number)
    tally.waited("never", None)
    told = {k: v for k, v in tally.counts().items() if k.startswith("host-ms:")}
    slowest = range(SLOWEST_HOSTS + 4, 4, -1)
    assert list(told.items()) == [(f"host-ms:h{n:02d}", 20 * n) for n in slowest]
