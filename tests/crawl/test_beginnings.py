"""A sitemap or a robots.txt too long to be taken whole is read as far as it goes."""

from __future__ import annotations

import gzip
from pathlib import Path
from random import Random

import pytest

from archive.store import open_archive
from archive.warc import read_at
from crawler import scheduler
from crawler.beginnings import Enough
from crawler.robots import MAX_ROBOTS_BYTES
from crawler.run import crawl_site
from tests.crawl.ledger import outcomes
from tests.crawl.server import Answer, Pages, served

PAGE = "<title>t</title><p>text"
ENOUGH_BYTES = 20_000
LAST = 20_000
"""The last entry's number: it lies far behind what is taken."""


def long_list() -> bytes:
    # Noise, so that it is long packed as well: one look at a socket may take 256 KiB.
    noise = Random("noise")
    entries = (
        f"<url><loc>/a/t2020_{n}.html</loc><x>{noise.randbytes(40).hex()}</x></url>\n"
        for n in range(LAST + 1)
    )
    return b"<urlset>" + "".join(entries).encode() + b"</urlset>"


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/xml\r\n"
LONG = long_list()
ANSWERS = {
    "announced": HEAD + b"Content-Length: %d\r\n\r\n" % len(LONG) + LONG,
    "in-chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(LONG),
    "until-the-end": HEAD + b"\r\n" + LONG,
    "coded": HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(LONG, 1),
    "packed": HEAD + b"\r\n" + gzip.compress(LONG, 1),
}


@pytest.mark.parametrize("raw", ANSWERS.values(), ids=ANSWERS.keys())
def test_a_sitemap_that_is_too_long_is_kept_and_read_as_far_as_it_goes(
    raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(raw) > 50 * ENOUGH_BYTES
    monkeypatch.setattr(scheduler, "ENOUGH_OF_A_LIST", Enough(ENOUGH_BYTES, is_list=True))
    pages: Pages = {"/": PAGE, "/s.xml": Answer(raw=raw), "/a/t2020_0.html": PAGE}
    robots = Answer("Sitemap: /s.xml\n", content_type="text/plain")
    with served(pages, robots=robots) as site:
        report = crawl_site(tmp_path, [site.url], name="s", max_pages=12)
    found = outcomes(tmp_path, "s")
    address = f"{site.url}s.xml"
    assert found[address] == ("done", "beginning")
    assert found[f"{site.url}a/t2020_0.html"] == ("done", "ok")
    listed = [url for url in found if "/a/" in url]
    assert 100 < len(listed) < LAST
    said = f"{address} lists more than is read of a sitemap or feed: {len(listed)} addresses"
    assert [note for note in report.notes if note.startswith(said)]
    begun, error = _record_of(tmp_path, address)
    assert raw.startswith(begun)
    assert len(begun) >= ENOUGH_BYTES
    assert error.startswith("body-too-large")


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_sitemap_that_was_cut_is_not_sent_again_until_it_changes(
    packed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "ENOUGH_OF_A_LIST", Enough(ENOUGH_BYTES, is_list=True))
    coding = {"Content-Encoding": "gzip"} if packed else {}
    # So few entries that a night asks for all that it takes.
    noise = Random("noise")
    entries = "".join(
        f"<url><loc>/a/t2020_{n}.html</loc><x>{noise.randbytes(3_000).hex()}</x></url>\n"
        for n in range(300)
    )
    whole = f"<urlset>{entries}</urlset>".encode()
    body = gzip.compress(whole, 1) if packed else whole

    def sitemap(tag: str) -> Answer:
        return Answer(body, content_type="application/xml", headers={"ETag": tag, **coding})

    pages: Pages = {"/": PAGE, "/s.xml": sitemap('"1"'), "/a/t2020_0.html": PAGE}
    robots = Answer("Sitemap: /s.xml\n", content_type="text/plain")
    nights = []
    with served(pages, robots=robots) as site:
        for tag in ('"1"', '"1"', '"1"', '"2"'):
            pages["/s.xml"] = sitemap(tag)
            nights.append(crawl_site(tmp_path, [site.url], name="s"))
        address = f"{site.url}s.xml"
    with open_archive(tmp_path) as archive:
        rows = [row for row in archive.store.captures("s") if row.url == address]
    assert [row.status for row in rows] == [200, 304, 304, 200]
    said = [[note for note in report.notes if note.startswith(address)] for report in nights]
    assert said[0]
    assert said[:3] == [said[0]] * 3
    assert said[3]


def _record_of(data: Path, url: str) -> tuple[bytes, str]:
    """What was kept of the answer, cut as the record says, and what the store says of it."""
    with open_archive(data) as archive:
        row = archive.store.last_capture("s", url)
        assert row is not None
        capture = read_at(archive.warc_dir, row.pointer)
    assert capture.truncated == "length"
    return capture.response, row.error or ""


def test_rules_of_any_length_are_read_as_far_as_they_have_to_be(tmp_path: Path) -> None:
    lines = b"# much ado\n" * (MAX_ROBOTS_BYTES // 5)
    rules = b"User-agent: *\nDisallow: /private/\n" + lines
    # The limit of the wire was one of the whole crawl: nothing was asked of such a host.
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99000000\r\n\r\n"
    pages: Pages = {"/": f'{PAGE}<a href="/private/a.html">a</a>', "/private/a.html": PAGE}
    with served(pages, robots=Answer(raw=head + rules)) as site:
        crawl_site(tmp_path, [site.url], name="s")
    found = outcomes(tmp_path, "s")
    assert found[site.url] == ("done", "ok")
    assert found[f"{site.url}private/a.html"] == ("refused", "robots")
    assert found[f"{site.url}robots.txt"] == ("done", "beginning")
