"""Bombs, endless reloads and lying validators, met by the whole program: each address ends."""

from __future__ import annotations

import gzip
import resource
from pathlib import Path

from archive.model import RunReport
from crawler.run import crawl_site
from tests.crawl.ledger import outcomes
from tests.crawl.server import Answer, Pages, links, served

MEMORY_BYTES = 300 << 20


def crawl(data: Path, url: str) -> RunReport:
    return crawl_site(data, [url], name="s")


def peak() -> int:
    """Most memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def packed(body: bytes, times: int = 1) -> Answer:
    for _ in range(times):
        body = gzip.compress(body, 1)
    return Answer(body, headers={"Content-Encoding": ", ".join(["gzip"] * times)})


def test_every_odd_content_ends_with_its_reason_and_in_little_memory(tmp_path: Path) -> None:
    page = "<html><title>t</title><p>words"
    wrong = bytearray(gzip.compress(page.encode()))
    wrong[-8] ^= 1
    pages: Pages = {
        "bomb": packed(bytes(200 << 20)),
        "bomb-in-a-bomb": packed(bytes(100 << 20), 2),
        "twice": packed(page.encode(), 2),
        "checksum": Answer(bytes(wrong), headers={"Content-Encoding": "gzip"}),
        "plain": Answer(page, headers={"Content-Encoding": "gzip"}),
        "empty": "",
        "nothing": Answer("", 204),
        "deep": "<div>" * 200_000 + "deep",
        "wide": "<p>x</p>" * 500_000,
        "attribute": f'<p title="{"x" * 10_000_000}">words',
        "comment": f"<p>words<!-- {'y' * 1_000_000}",
        "cookies": Answer(page, headers={f"Set-Cookie-{n}": "c" * 500 for n in range(80)}),
        "title": f"<title>{'长' * 1_000_000}</title><p>words",
    }
    before = peak()
    with served({**{f"/{name}": one for name, one in pages.items()}, "/": links(*pages)}) as site:
        crawl(tmp_path, site.url)
    found = outcomes(tmp_path, "s")
    odd = {name: found[site.url + name] for name in pages if found[site.url + name][1] != "ok"}
    assert odd == {
        "bomb": ("failed", "too-large"),
        "bomb-in-a-bomb": ("failed", "too-large"),
        "checksum": ("failed", "truncated"),
        "nothing": ("done", "http-204"),
    }
    assert not {state for state, _ in found.values()} & {"waiting", "leased"}
    assert peak() - before < MEMORY_BYTES


def test_pages_that_reload_for_ever_are_asked_once_and_bases_lead_nowhere(tmp_path: Path) -> None:
    def reload(to: str) -> str:
        return f'<meta http-equiv="refresh" content="0; url={to}"><p>{to}'

    routes: Pages = {
        "/": links("/self", "/a", "/header", "/base-off", "/base-file", "/s;jsessionid=1F?x=1"),
        "/self": reload("/self"),
        "/a": reload("/b"),
        "/b": reload("/a"),
        "/header": Answer("<p>h", headers={"Refresh": "1; url=/header-next"}),
        "/header-next": Answer("<p>n", headers={"Refresh": "0; url=http://127.0.0.1:1/secret"}),
        "/base-off": '<base href="http://other.example.cn/"><a href="x.html">x</a>',
        "/base-file": '<base href="file:///etc/"><a href="passwd">x</a>',
        "/s?x=1": links("/s;jsessionid=2F?x=1"),
    }
    with served(routes) as site:
        crawl(tmp_path, site.url)
    assert {path: site.times(path) for path in routes} == dict.fromkeys(routes, 1)
    found = outcomes(tmp_path, "s")
    assert found["http://other.example.cn/x.html"] == ("refused", "off-site")
    assert found["http://127.0.0.1:1/secret"][0] == "refused"
    assert not [url for url in found if url.startswith("file:")]


def test_validators_that_lie_cost_no_page(tmp_path: Path) -> None:
    future = "Fri, 01 Jan 2100 00:00:00 GMT"
    routes: Pages = {
        "/": links("/long", "/weak", "/bare", "/future", "/unreadable"),
        "/long": Answer("<p>long", headers={"ETag": f'"{"e" * 10_000}"'}),
        "/weak": Answer("<p>weak", headers={"ETag": 'W/"1"'}),
        "/bare": Answer("<p>bare", headers={"ETag": "1"}),
        "/future": Answer("<p>future", headers={"Last-Modified": future}),
        "/unreadable": Answer("<p>unreadable", headers={"Last-Modified": "yesterday"}),
    }
    with served(routes) as site:
        crawl(tmp_path, site.url)
        site.forget()
        crawl(tmp_path, site.url)
        asked = dict(zip(site.asked, site.headers, strict=True))
    found = outcomes(tmp_path, "s")
    done = {path: found[site.url.rstrip("/") + path] for path in routes}
    assert {state for state, _ in done.values()} == {"done"}
    assert {path for path, (_, why) in done.items() if why == "not-modified"} == {
        "/long",
        "/weak",
        "/bare",
    }
    assert "if-modified-since" not in asked["/future"]
    assert "if-modified-since" not in asked["/unreadable"]


def test_a_page_not_modified_under_another_name_is_still_the_page_it_was(tmp_path: Path) -> None:
    first: Pages = {"/": links("/p"), "/p": Answer("<p>as it was", headers={"ETag": '"1"'})}
    with served(lambda path: second.get(path) or first.get(path)) as site:
        second: Pages = {}
        crawl(tmp_path, site.url)
        # Not modified, but with another tag than the one that was asked with (RFC 9110, 15.4.5).
        head = b'HTTP/1.1 304 Not Modified\r\nETag: "2"\r\nConnection: close\r\n\r\n'
        second["/p"] = Answer(raw=head)
        site.forget()
        crawl(tmp_path, site.url)
    assert site.times("/p") == 1
    assert outcomes(tmp_path, "s")[f"{site.url}p"] == ("done", "not-modified")


def test_a_site_that_refuses_everyone_is_unreachable_and_takes_nothing_away(tmp_path: Path) -> None:
    shut: list[int] = []

    def answer(path: str) -> Answer | str | None:
        if shut:
            return Answer("who are you?", shut[0])
        return {"/": links("/t20101209_1.html"), "/t20101209_1.html": "<p>text"}.get(path)

    with served(answer) as site:
        crawl(tmp_path, site.url)
        for status in (401, 403):
            shut[:] = [status]
            try:
                code = crawl(tmp_path, site.url).exit_code
            except Exception as error:
                code = getattr(error, "exit_code", 1)
            assert code == 69
    found = outcomes(tmp_path, "s")
    assert found[site.url] == ("failed", "http-403")
