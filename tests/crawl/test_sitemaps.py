"""A crawl finds what no page leads to and the site itself lists."""

from __future__ import annotations

import gzip
from pathlib import Path

from archive.store import open_archive
from crawler.run import crawl_site
from tests.crawl.server import Answer, Pages, served

PAGE = "<title>t</title><p>text"


def listed(*paths: str) -> Answer:
    entries = "".join(f"<url><loc>{path}</loc></url>" for path in paths)
    return Answer(f"<urlset>{entries}</urlset>", content_type="text/xml")


def reasons(data: Path) -> dict[str, str]:
    with open_archive(data) as archive:
        ends = archive.store.frontier.entries("s")
        return {one.url: f"{one.state} {one.reason}" for one in ends}


def test_the_sitemaps_of_robots_and_the_feeds_of_pages_are_read_each_night(tmp_path: Path) -> None:
    feed = "<rss><channel><item><link>/feed-1.html</link></item></channel></rss>"
    index = "<sitemapindex><sitemap><loc>/s.xml.gz</loc></sitemap><sitemap><loc>/i.xml</loc>"
    pages: Pages = {
        "/": '<link rel="alternate" type="application/rss+xml" href="/feed"><p>text',
        "/feed": Answer(feed, content_type="application/rss+xml"),
        "/i.xml": Answer(index, content_type="application/xml"),
        "/s.xml.gz": Answer(
            gzip.compress(b"<urlset><url><loc>/hidden-1.html</loc></url>"
                          b"<url><loc>http://elsewhere.example/</loc></url></urlset>"),
            content_type="application/x-gzip",
        ),
        "/hidden-1.html": PAGE,
        "/feed-1.html": PAGE,
    }  # fmt: skip
    robots = Answer(
        "Sitemap: /i.xml\nSitemap: http://elsewhere.example/s.xml\nUser-agent: *\nDisallow:\n",
        content_type="text/plain",
    )
    with served(pages, robots=robots) as site:
        crawl_site(tmp_path, [site.url], name="s")
        first = reasons(tmp_path)
        assert [site.times(path) for path in ("/i.xml", "/s.xml.gz", "/feed")] == [1, 1, 1]
        pages["/feed"] = Answer(feed.replace("-1", "-2"), content_type="application/rss+xml")
        pages["/feed-2.html"] = PAGE
        site.forget()
        crawl_site(tmp_path, [site.url], name="s")
        assert site.times("/feed-2.html") == 1
    assert {first[f"{site.url}{name}.html"] for name in ("hidden-1", "feed-1")} == {"done ok"}
    assert first["http://elsewhere.example/"] == "refused off-site"
    assert first["http://elsewhere.example/s.xml"] == "refused off-site"


def test_the_sitemap_of_a_mirror_is_left_alone(tmp_path: Path) -> None:
    robots = Answer("Sitemap: /s.xml\n", content_type="text/plain")
    junk: Pages = {"/": PAGE, "/s.xml": listed("/junk.html"), "/junk.html": PAGE}
    with served({"/": PAGE}) as site, served(junk, robots=robots) as mirror:
        crawl_site(tmp_path, [site.url], [mirror.url], name="s")
        assert sorted(set(mirror.asked)) == ["/", "/robots.txt"]
