"""What changed on a page between two captures, whether or not an article is read from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from archive.model import PageKind, Site
from archive.store import CaptureRow, open_archive
from archive.warc import WarcWriter
from archive.web import Settings
from tests.unit.store_sample import NOON, SITE
from tests.web.holdings import OFFICIAL, PICTURE, PICTURE_URL, capture
from tests.web.serving import Served, serving

URL = "http://www.a.cn/list.html"
BEFORE = "<title>栏目</title><ul><li>第一条</li></ul><p>版权所有 某研究所</p>"
AFTER = (
    "<title>栏目</title><ul><li>第一条</li><li>第二条</li></ul><p>版权所有 某研究所</p>"
    "<p style='display:none'>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
)
NIGHTS = (
    (URL, "text/html; charset=utf-8", BEFORE.encode(), 200),
    (URL, "text/html; charset=utf-8", b"", 500),
    (URL, "text/html; charset=utf-8", BEFORE.encode(), 200),
    (URL, "text/html; charset=utf-8", AFTER.encode(), 200),
    (PICTURE_URL, "image/png", PICTURE, 200),
    (PICTURE_URL, "image/png", PICTURE + b"!", 200),
)
LISTED = "//tbody/tr/td[4]"


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with open_archive(tmp_path_factory.mktemp("nights") / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        with WarcWriter(archive.warc_dir, prefix="nights") as writer:
            for days, (url, kind, body, status) in enumerate(NIGHTS):
                at = NOON + timedelta(days=days)
                pointer = writer.write(capture(url, kind, body, at))
                media = kind.partition(";")[0]
                row = CaptureRow(url, OFFICIAL, at, status, media, PageKind.LIST, pointer, run)
                archive.store.commit_page(SITE, row)
        with serving(archive, Settings(rate=0)) as served:
            yield served


def test_each_capture_says_whether_it_is_as_the_one_before(nights: Served) -> None:
    listed = nights.get("/captures", url=URL)
    assert listed.words(LISTED) == ["what changed", "the same bytes", "", ""]


def test_every_word_that_came_is_shown_and_what_is_hidden_too(nights: Served) -> None:
    (link,) = nights.get("/captures", url=URL).page.xpath(f"{LISTED}/a/@href")
    shown = nights.ask("GET", str(link))
    assert shown.words("//ins") == ["第二条", "<script>alert(1)</script>"]
    assert shown.words("//del") == []
    assert "Characters added: 28" in shown.words("//p[@role='status']")[0]
    assert "某研究所" in shown.words("//div[@class='diff']")[0]
    assert shown.words("//dl//span[@class='address']") == [URL, URL]


def test_what_is_no_page_is_told_by_its_bytes_alone(nights: Served) -> None:
    listed = nights.get("/captures", url=PICTURE_URL)
    (link,) = listed.page.xpath(f"{LISTED}/a/@href")
    shown = nights.ask("GET", str(link))
    assert shown.status == 200
    assert "only the bytes tell" in shown.words("//p[@role='status']")[0]


@pytest.mark.parametrize("asked", ["", "?from=x&to=y", "?from=%00"])
def test_captures_that_are_not_there_are_not_compared(nights: Served, asked: str) -> None:
    assert nights.ask("GET", f"/changes{asked}").status == 404
