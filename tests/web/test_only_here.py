"""Articles that stand on one mirror and nowhere else: each number leads to them, in any store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.model import Article
from archive.store import Archive, Filters, open_archive
from archive.web import Settings, paging
from tests.unit.store_sample import INSTITUTE, NOON, SITE, article, extraction, witness
from tests.web.holdings import MIRROR
from tests.web.serving import Served, serving

LONE, TWICE, BOTH, HOME = "lone", "twice", "both", "home"
HOUR = timedelta(hours=1)
ALONE: dict[str, set[str]] = {"m.com": {LONE, TWICE}, "www.a.cn": {HOME}, "n.com": set(), "": set()}


def kept(archive: Archive) -> None:
    articles: list[Article] = []

    def at(key: str, *urls: str) -> None:
        text = extraction(f"党员大会的消息之{key}。", title=key)
        seen = (
            witness(text, url, "original" if "www.a.cn" in url else "mirror", NOON + n * HOUR)
            for n, url in enumerate(urls)
        )
        articles.append(article(key, text, tuple(seen)))

    at(LONE, "http://m.com/1")
    at(TWICE, "http://m.com/2", "http://M.com:80/2", "https://m.com/2?x")
    at(BOTH, "http://m.com/3", "http://n.com/3")
    at(HOME, "http://www.a.cn/4")
    archive.store.put_site(INSTITUTE)
    archive.store.replace_articles(SITE, articles)
    archive.store.put_mirrors(SITE, [replace(MIRROR, articles=3, only_here=2)])


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path, create=True) as made:
        kept(made)
        yield made


@pytest.fixture
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as served:
        yield served


@pytest.mark.parametrize("host", ALONE)
def test_only_what_no_other_host_has_is_found(archive: Archive, host: str) -> None:
    here = Filters(only_host=host)
    assert {hit.id for hit in archive.search("党员", here)} == ALONE[host]
    assert {one.id for one in archive.iterate("", here)} == ALONE[host]
    assert archive.count("", here) == archive.count("党员", here) == len(ALONE[host])
    assert archive.count("党员", replace(here, host="n.com")) == 0


def test_the_number_of_articles_that_only_a_mirror_has_leads_to_them(room: Served) -> None:
    (row,) = room.get("/mirrors").page.xpath("//tbody/tr")
    _, link = row.xpath("td[@class='count']/a")
    answer = room.ask("GET", link.get("href"))
    (sentence,) = answer.words("//p[@class='sentence']")
    assert sentence.split()[0] == link.text == "2"
    assert sentence.endswith("no host but m.com has it")
    assert {h.get("href") for h in answer.page.xpath("//a[@class='title']")} == {
        f"/article/{LONE}",
        f"/article/{TWICE}",
    }
    (export,) = (h for h in answer.page.xpath("//a/@href") if h.startswith("/export.jsonl"))
    assert len(room.ask("GET", export).text.splitlines()) == 2
    api = room.get("/api/v1/articles", only_host="m.com")
    assert api.text.count('"id"') == 2


def test_many_mirrors_are_listed_on_pages(
    room: Served, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "LISTED", 2)
    many = [replace(MIRROR, host=f"m{n}.com") for n in range(5)]
    archive.store.put_mirrors(SITE, many)
    path, seen = "/mirrors", []
    while path:
        answer = room.ask("GET", path)
        seen.append(answer.words("//tbody/tr/td[1]"))
        path = next(iter(answer.page.xpath("//a[@rel='next']/@href")), "")
    assert [len(one) for one in seen] == [2, 2, 1]
    assert [words.split()[0] for one in seen for words in one] == [one.host for one in many]
