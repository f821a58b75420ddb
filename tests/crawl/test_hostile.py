"""A crawl among servers that fail, trap and lie: it ends, and every address has one state."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archive.errors import SiteUnreachableError
from archive.model import RunReport
from archive.store import Filters, open_archive
from crawler.run import crawl_site
from tests.crawl.ledger import outcomes
from tests.crawl.server import Answer, Pages, links, served


def crawl(data: Path, url: str, max_pages: int | None = None) -> RunReport:
    return crawl_site(data, [url], name="s", max_pages=max_pages)


def test_every_way_to_fail_is_kept_with_its_reason(tmp_path: Path) -> None:
    pages = {
        "gone": Answer("gone", 410),
        "secret": Answer("no", 403),
        "odd": Answer(raw=b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
        "garbage": Answer(raw=b"what?\r\n\r\n"),
        "cut": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf"),
        "zip": Answer(b"\x1f\x8b\x08\x00broken", headers={"Content-Encoding": "gzip"}),
        "unasked": Answer("", 304),
        "loop": Answer("", 302, {"Location": "/loop"}),
        "nowhere": Answer("", 302),
    }
    routes: Pages = {f"/{name}": page for name, page in pages.items()}
    with served({**routes, "/": links(*pages)}) as site:
        crawl(tmp_path, site.url)
    found = outcomes(tmp_path, "s")
    reasons = {name: found[site.url + name] for name in pages}
    assert reasons == {
        "gone": ("failed", "http-410"),
        "secret": ("failed", "http-403"),
        "odd": ("failed", "bad-status"),
        "garbage": ("failed", "connection-failed"),
        "cut": ("failed", "truncated"),
        "zip": ("failed", "truncated"),
        "unasked": ("failed", "unasked-304"),
        "loop": ("failed", "redirect-loop"),
        "nowhere": ("failed", "redirect-nowhere"),
    }
    assert site.times("/gone") == 1
    assert site.times("/cut") == 3
    assert not {state for state, _ in found.values()} & {"waiting", "leased"}


def test_each_hop_of_a_redirect_is_kept_and_long_chains_end(tmp_path: Path) -> None:
    routes = {f"/hop{n}": Answer("", 301, {"Location": f"/hop{n + 1}"}) for n in range(9)}
    with served({**routes, "/": links("/hop0")}) as site:
        crawl(tmp_path, site.url)
    found = outcomes(tmp_path, "s")
    assert found[f"{site.url}hop0"] == ("done", "redirect")
    assert found[f"{site.url}hop5"] == ("failed", "redirect-chain")
    assert site.times("/hop5") == 1
    assert site.times("/hop6") == 0


def test_no_redirect_and_no_link_leads_out_of_what_was_named(tmp_path: Path) -> None:
    with served({"/": "secret"}) as private:
        targets = {
            "/a": private.url,
            "/b": "http://other.example.ac.cn/",
            "/c": "file:///etc/passwd",
            "/d": private.url.replace("127.0.0.1", "2130706433"),
        }
        routes = {path: Answer("", 302, {"Location": to}) for path, to in targets.items()}
        start = links(*targets, private.url, "ftp://x.cn/", "javascript:go()", "data:text/html,x")
        with served({**routes, "/": start}) as site:
            crawl(tmp_path, site.url)
        assert private.asked == []
    found = outcomes(tmp_path, "s")
    assert found[private.url] == ("refused", "private-address")
    assert found["http://other.example.ac.cn/"] == ("refused", "off-site")


def test_a_busy_server_is_asked_again_when_it_says_so(tmp_path: Path) -> None:
    busy = iter([Answer("", 429, {"Retry-After": "1"}), Answer("", 503)])
    with served(lambda path: links("/x") if path == "/" else next(busy, "<p>here")) as site:
        began = time.monotonic()
        crawl(tmp_path, site.url)
        seconds = time.monotonic() - began
    assert site.times("/x") == 3
    assert seconds >= 1
    assert outcomes(tmp_path, "s")[f"{site.url}x"] == ("done", "ok")


def test_a_host_that_answers_only_errors_ends_the_run_with_its_own_code(tmp_path: Path) -> None:
    with (
        served(lambda path: Answer("", 503)) as site,
        pytest.raises(SiteUnreachableError, match="http-503") as caught,
    ):
        crawl(tmp_path, site.url)
    assert caught.value.exit_code == 69
    with open_archive(tmp_path) as archive:
        (run,) = archive.store.runs()
    assert run.exit_code == 69


def test_robots_rules_are_obeyed_and_archived(tmp_path: Path) -> None:
    rules = Answer("User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    with served(
        {"/": links("/private/a.html", "/b.html"), "/b.html": "<p>b"}, robots=rules
    ) as site:
        crawl(tmp_path, site.url)
    assert site.asked.count("/robots.txt") == 1
    assert site.times("/private/a.html") == 0
    found = outcomes(tmp_path, "s")
    assert found[f"{site.url}private/a.html"] == ("refused", "robots")
    assert found[f"{site.url}robots.txt"] == ("done", "ok")


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        (Answer("", 500), "robots"),
        (Answer("", 503), "robots"),
        (Answer("", 429), "robots"),
        (Answer(raw=b""), "closed"),
        (Answer(raw=b"no HTTP"), "not-http"),
    ],
    ids=["500", "503", "429", "closed", "garbage"],
)
def test_nothing_is_asked_while_robots_cannot_be_read(
    tmp_path: Path, robots: Answer, said: str
) -> None:
    with (
        served({"/": "<p>open"}, robots=robots) as site,
        pytest.raises(SiteUnreachableError, match=said),
    ):
        crawl(tmp_path, site.url)
    assert set(site.asked) == {"/robots.txt"}


def test_a_missing_robots_file_allows_everything(tmp_path: Path) -> None:
    with served({"/": links("/b.html"), "/b.html": "<p>b"}, robots=Answer("", 404)) as site:
        crawl(tmp_path, site.url)
    assert site.times("/b.html") == 1


def test_rules_that_lead_off_the_site_are_no_rules(tmp_path: Path) -> None:
    off = Answer("", 302, {"Location": "http://other.example.cn/robots.txt"})
    with served({"/": "<p>x"}, robots=off) as site:
        report = crawl(tmp_path, site.url)
    assert site.times("/") == 1
    assert any("off site" in note for note in report.notes)


def test_a_calendar_without_end_is_left(tmp_path: Path) -> None:
    def month(path: str) -> str | None:
        if path == "/":
            return links("/cal?month=2010-01")
        year, _, number = path.removeprefix("/cal?month=").partition("-")
        if not number:
            return None
        at = int(year) * 12 + int(number)
        near = [f"/cal?month={n // 12}-{n % 12:02d}" for n in (at - 1, at + 1)]
        words = "".join(f"<p>day {day} of {path}, {chr(97 + at % 26) * 9}" for day in range(at % 5))
        return links(*near) + words

    with served(month) as site:
        crawl(tmp_path, site.url)
    assert 5 <= sum(path.startswith("/cal") for path in site.asked) <= 30


def test_a_maze_that_grows_by_repeating_itself_is_left(tmp_path: Path) -> None:
    with served(lambda path: links("a/", "b/") if path.endswith("/") else None) as site:
        crawl(tmp_path, site.url)
    assert len(site.asked) < 400


def test_one_page_under_many_names_is_found_out(tmp_path: Path) -> None:
    with served(lambda path: links(*(f"/p?x={n}" for n in range(300)))) as site:
        crawl(tmp_path, site.url)
    assert len(site.asked) < 60


def test_a_run_that_was_cut_short_is_gone_on_with(tmp_path: Path) -> None:
    routes = {f"/{n}.html": f"<p>page {n}" for n in range(40)}
    with served({**routes, "/": links(*routes)}) as site:
        crawl(tmp_path, site.url, max_pages=10)
        first = len(set(site.asked))
        crawl(tmp_path, site.url)
    assert first <= 12
    assert {path for path in routes if site.times(path) == 1} == set(routes)
    assert {state for state, _ in outcomes(tmp_path, "s").values()} == {"done"}


def test_a_second_night_asks_for_pages_again_but_not_for_files(tmp_path: Path) -> None:
    routes: Pages = {
        "/": links("/list.html", "/a.pdf"),
        "/list.html": links("/t20101209_1.html"),
        "/t20101209_1.html": "<p>text",
        "/a.pdf": Answer(b"%PDF-1.4", content_type="application/pdf"),
    }
    with served(routes) as site:
        crawl(tmp_path, site.url)
        crawl(tmp_path, site.url)
    assert {path: site.times(path) for path in routes} == {
        "/": 2,
        "/list.html": 2,
        "/t20101209_1.html": 2,
        "/a.pdf": 1,
    }


def test_a_site_without_articles_says_so_and_is_no_error(tmp_path: Path) -> None:
    with served({"/": "<html><body></body></html>"}) as site:
        report = crawl(tmp_path, site.url)
    assert report.exit_code == 0
    assert any("no article" in note for note in report.notes)


def test_what_the_official_host_forbids_is_not_fetched_from_its_mirrors(tmp_path: Path) -> None:
    routes: Pages = {
        "/": links("/private/a.html", "/open.html"),
        "/open.html": "<p>open",
        "/private/a.html": "<p>private",
    }
    rules = Answer("User-agent: *\nDisallow: /private/\n", content_type="text/plain")
    with served(routes, robots=rules) as official, served(routes, robots=None) as mirror:
        crawl_site(tmp_path, [official.url], mirrors=[mirror.url], name="s")
    assert mirror.times("/open.html") == 1
    assert mirror.times("/private/a.html") == official.times("/private/a.html") == 0
    assert outcomes(tmp_path, "s")[f"{mirror.url}private/a.html"] == ("refused", "robots")


def test_an_official_host_that_is_gone_takes_nothing_from_its_mirrors(tmp_path: Path) -> None:
    text = "<p>9月27日，支部召开了学习会，与会党员进行了讨论，大家一致认为会议开得很好。</p>" * 3
    article = f"<title>学习会召开</title><h1>学习会召开</h1><p>发布时间：2010-12-09</p>{text}"
    routes: Pages = {"/": links("/private/t20101209_1.html"), "/private/t20101209_1.html": article}
    with served({}) as official:
        pass
    with served(routes, robots=None) as mirror, pytest.raises(SiteUnreachableError):
        crawl_site(tmp_path, [official.url], mirrors=[mirror.url], name="s")
    assert mirror.times("/private/t20101209_1.html") == 1
    with open_archive(tmp_path) as archive:
        assert archive.store.count_articles(Filters(site="s", status="mirror-only")) == 1
