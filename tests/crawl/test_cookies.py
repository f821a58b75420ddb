"""A host that gives no page without its cookie gets it back; nobody else is sent any."""

from __future__ import annotations

from pathlib import Path

from crawler.run import crawl_site
from tests.crawl.ledger import outcomes
from tests.crawl.server import Answer, Pages, Routes, Site, links, served


def wanting(pages: Pages, sites: list[Site], *, fresh: bool = False) -> Routes:
    """Routes that send every visitor without the cookie to the same address, with it; ``fresh``:
    another one each time, which is never the right one."""

    def answer(path: str) -> Answer | str | None:
        sent = sites[0].headers[-1].get("cookie", "") if sites else ""
        if "visited=1" in sent:
            return pages.get(path)
        value = f"0-{len(sites[0].asked)}" if fresh and sites else "1"
        return Answer(
            "", 302, {"Location": path, "Set-Cookie": f"visited={value}; path=/; HttpOnly"}
        )

    return answer


def test_a_host_that_redirects_to_itself_with_a_cookie_is_crawled(tmp_path: Path) -> None:
    pages: Pages = {
        "/": links("/a.html", "/b.html"),
        "/a.html": "<p>a",
        "/b.html": "<p>b",
    }
    sites: list[Site] = []
    with served(wanting(pages, sites)) as site, served({"/": "<p>x"}) as other:
        sites.append(site)
        crawl_site(tmp_path, [site.url, other.url], name="s")
        assert not [head for head in other.headers if "cookie" in head]
    found = outcomes(tmp_path, "s")
    assert {found[f"{site.url}{name}"] for name in ("", "a.html", "b.html")} == {("done", "ok")}


def test_a_host_that_is_never_content_ends_as_the_circle_it_is(tmp_path: Path) -> None:
    sites: list[Site] = []
    with served(wanting({}, sites, fresh=True)) as site, served({"/": "<p>x"}) as other:
        sites.append(site)
        crawl_site(tmp_path, [other.url, site.url], name="s")
        assert site.times("/") <= 4
    assert outcomes(tmp_path, "s")[site.url] == ("failed", "redirect-loop")


def test_cookies_of_pages_that_come_without_are_not_sent(tmp_path: Path) -> None:
    set_one = {"Set-Cookie": "session=1; path=/"}
    pages: Pages = {
        "/": Answer(links("/old.html"), headers=set_one),
        "/old.html": Answer("", 302, {"Location": "/new.html", **set_one}),
        "/new.html": "<p>new",
    }
    with served(pages) as site:
        crawl_site(tmp_path, [site.url], name="s")
        assert not [head for head in site.headers if "cookie" in head]
        assert site.times("/new.html") == 1


def test_thousands_of_cookies_are_not_listened_to(tmp_path: Path) -> None:
    bomb = "".join(f"Set-Cookie: c{n}=1\r\n" for n in range(900))
    raw = f"HTTP/1.1 302 Found\r\nLocation: /\r\n{bomb}Content-Length: 0\r\n\r\n".encode()
    with served({"/": Answer(raw=raw)}) as site, served({"/": "<p>x"}) as other:
        crawl_site(tmp_path, [other.url, site.url], name="s")
        assert not [head for head in site.headers if "cookie" in head]
    assert outcomes(tmp_path, "s")[site.url] == ("failed", "redirect-loop")
