"""A site's own lists of its pages are read, whatever they are made of."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from crawler import sitemaps
from crawler.discovery import PRIORITIES
from crawler.sitemaps import MAX_BYTES, MAX_ENTRIES, PIECE_BYTES, discover_in_sitemap

ROOT = "http://www.example.ac.cn/"
URL = f"{ROOT}sitemap.xml"
X = {"x": "article"}
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def found(body: str | bytes, *, is_named: bool = False) -> dict[str, str]:
    content = body.encode() if isinstance(body, str) else body
    leads = discover_in_sitemap(content, URL, PRIORITIES, is_named=is_named).leads
    assert all(lead.priority == PRIORITIES[lead.kind] for lead in leads)
    return {lead.url.removeprefix(ROOT): lead.kind for lead in leads}


def entry(*addresses: str) -> str:
    return "".join(f"<url><loc>{one}</loc><lastmod>2010-12-09</lastmod></url>" for one in addresses)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            SITEMAP.format(entry("/a/t20101209_1.html", "/a/", "b.pdf")),
            {"a/t20101209_1.html": "article", "a/": "list", "b.pdf": "asset"},
        ),
        ("<sitemapindex><sitemap><loc>s.xml</loc></sitemap></sitemapindex>", {"s.xml": "sitemap"}),
        ("<rss><channel><link>/</link><item><link>\n/x </link></item></channel></rss>", X),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry>'
            '<link rel="self" href="/no"/><link href="/x"/></entry></feed>',
            X,
        ),
        (
            '<r:RDF xmlns:r="r" xmlns="http://purl.org/rss/1.0/"><item><link>/x</link></item></r:RDF>',
            X,
        ),
        ("<html><url><loc>/no</loc></url></html>", {}),
        ("<rates><item><link>/no</link></item></rates>", {}),
        ("", {}),
    ],
)
def test_each_kind_of_list_gives_its_addresses(body: str, expected: dict[str, str]) -> None:
    assert found(body) == expected


def test_a_list_in_gbk_with_a_mark_or_packed_is_read() -> None:
    gbk = f'<?xml version="1.0" encoding="gb2312"?>{SITEMAP.format(entry("/a/?k=所"))}'
    assert list(found(gbk.encode("gb18030"))) == ["a/?k=%E6%89%80"]
    plain = SITEMAP.format(entry("/a/1.html"))
    assert found(b"\xef\xbb\xbf\n" + plain.encode()) == found(plain)
    assert found(gzip.compress(plain.encode())) == found(plain)
    assert found(gzip.compress(plain.encode())[:-9]) == found(plain)
    noise = Random("noise").randbytes(300_000).hex()  # more than is looked at in one go
    long = SITEMAP.format(f"<!--{noise}-->{entry('/a/1.html')}")
    assert len(gzip.compress(long.encode())) > 4 * PIECE_BYTES
    assert found(gzip.compress(long.encode())) == found(plain)


def test_broken_markup_costs_no_other_entry() -> None:
    broken = entry("/a/1.html?x=1&y=2", "/a/\x01", "/b/2.html") + "<url><loc>/c/3.html"
    assert {"a/1.html?x=1&y=2", "b/2.html"} <= set(found(SITEMAP.format(broken)))


def test_lines_of_text_count_where_the_site_calls_the_file_a_sitemap() -> None:
    lines = f"{ROOT}a/\r\n# not this\n\n{ROOT}b/"
    assert found(lines, is_named=True) == {"a/": "list", "b/": "list"}
    assert found(lines) == {}


def test_no_entity_is_expanded_and_no_file_is_loaded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE r [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "{secret.as_uri()}">{laughs}]>'
    body = head + SITEMAP.format(entry("/a/&f;", "/b/&l9;", "/c/"))
    addresses = found(body)
    assert "c/" in addresses
    assert not [one for one in addresses if "secret" in one or "haha" in one]


def test_a_list_without_end_is_cut_where_the_protocol_ends() -> None:
    endless = SITEMAP.format(entry(*(f"/n/{n}" for n in range(MAX_ENTRIES + 500))))
    assert len(found(endless)) == MAX_ENTRIES


def test_a_packed_bomb_is_unpacked_as_far_as_the_protocol_goes() -> None:
    bomb = gzip.compress(SITEMAP.format(entry("/a/") + " " * (4 * MAX_BYTES)).encode(), 1)
    tracemalloc.start()
    try:
        assert found(bomb) == {"a/": "list"}
        assert tracemalloc.get_traced_memory()[1] < 2 * MAX_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("within", ["{}", "<url>{}</url>", "<x>{}</x>"])
def test_what_is_no_entry_is_not_held(within: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trees: list[etree._Element] = []
    read = sitemaps._READERS["urlset"]

    def reading(element: etree._Element) -> sitemaps.Entry | None:
        trees.append(element.getroottree().getroot())
        return read(element)

    monkeypatch.setitem(sitemaps._READERS, "urlset", reading)
    body = SITEMAP.format(within.format("<a b='c'>d</a>e" * 100_000) + entry("/x.html"))
    assert found(body) == {"x.html": "page"}
    # At most what one piece has, and the last one of each level.
    assert max(sum(1 for _ in tree.iter()) for tree in trees[-5:]) < 10


def test_a_list_that_names_itself_leads_nowhere_new() -> None:
    index = f"<sitemapindex><sitemap><loc>{URL}</loc></sitemap></sitemapindex>"
    assert found(index) == {}
