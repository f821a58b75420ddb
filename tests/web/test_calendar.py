"""Years lead to months, months to days, days to each capture, and each says what came of it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.model import CaptureRow, PageKind, Site, WarcPointer
from archive.store import Archive, open_archive
from archive.web import Settings, calendar_page
from tests.unit.store_sample import SITE, article, extraction, witness
from tests.web.holdings import OFFICIAL
from tests.web.serving import Served, serving

URL = "http://www.a.cn/a1"
_PRINTED = re.compile(r'<p class="on-paper">.*?</p>')
"""The line that says when a page was printed: each answer's own."""
OTHER = "http://m.com/a1"
FIRST = datetime(2011, 3, 9, 1, tzinfo=UTC)
# What was answered, of what kind, with which bytes; on which day; and what is to be said of it.
SAME = "the same bytes (or 304)"
OTHERS = "not believed to be the institute's page"
TAMPERED = "words put in or exchanged, and undone here"
NIGHTS = (
    (200, PageKind.ARTICLE, "a", 0, "a new version of the article"),
    (304, None, "none", 1, SAME),
    (200, PageKind.ARTICLE, "a", 2, SAME),
    (200, PageKind.ARTICLE, "b", 3, "other bytes, words not compared"),
    (200, PageKind.ARTICLE, "c", 40, "a new version of the article"),
    (500, None, "d", 41, "an error"),
    (200, PageKind.STAND_IN, "e", 400, OTHERS),
    (304, None, "none", 401, OTHERS),
    (301, None, "f", 402, "led elsewhere"),
    (404, None, "g", 403, "not there"),
    (200, PageKind.ARTICLE, "c", 404, "other bytes, the article's words the same"),
)


def _row(
    run: int, url: str, at: datetime, status: int, kind: PageKind | None, digest: str
) -> CaptureRow:
    record = f"urn:uuid:{url}:{at.isoformat()}"
    pointer = WarcPointer("w.warc.gz", 1, 2, f"sha256:{digest}", record)
    return CaptureRow(url, url.split("/")[2], at, status, "text/html", kind, pointer, run)


def _kept(data: Path) -> Archive:
    archive = open_archive(data, create=True)
    archive.store.put_site(Site(SITE, (OFFICIAL,), ("m.com",)))
    run = archive.store.begin_run(SITE, "crawl")
    for status, kind, digest, day, _ in NIGHTS:
        at = FIRST + timedelta(days=day)
        archive.store.commit_page(SITE, _row(run, URL, at, status, kind, digest))
    at = FIRST + timedelta(days=40, hours=1)
    archive.store.commit_page(SITE, _row(run, OTHER, at, 200, PageKind.ARTICLE, "m"))
    old, new = extraction("原文。"), extraction("改后的文。")
    seen = [
        witness(new, URL, at=FIRST + timedelta(days=40)),
        witness(old, URL, at=FIRST),
        witness(new, URL, at=FIRST + timedelta(days=404)),
        witness(new, OTHER, "mirror", at, extraction("银河改后的文。")),
    ]
    seen = [
        replace(
            one,
            pointer=replace(
                one.pointer, record_id=f"urn:uuid:{one.url}:{one.captured_at.isoformat()}"
            ),
        )
        for one in seen
    ]
    archive.store.replace_articles(SITE, [article("a1", new, tuple(seen))])
    return archive


@pytest.fixture
def kept(tmp_path: Path, database: str) -> Iterator[Served]:
    with (
        _kept(tmp_path / "data") as archive,
        serving(archive, Settings(rate=0)) as served,
    ):
        yield served


def test_each_capture_says_what_came_of_it(kept: Served) -> None:
    told = kept.get("/captures", url=URL).words("//td/span[contains(@class, 'came')]")
    assert told == [words for *_, words in NIGHTS][::-1]
    answer = json.loads(kept.get("/api/v1/captures", url=URL).text)
    assert answer["total"] == len(NIGHTS)
    assert [one["came"] for one in answer["captures"]][:5] == [
        *("version", "same", "same", "bytes", "version")
    ]
    assert answer["captures"][0]["article"] == "a1"
    assert answer["captures"][4]["changes"].startswith("/changes?from=")
    some = json.loads(kept.get("/api/v1/captures", url=URL, captured_from="2012-01-01").text)
    assert (some["total"], len(answer["captures"])) == (5, len(NIGHTS))
    assert kept.get("/api/v1/captures", url="http://www.a.cn/no").status == 404


def test_years_lead_to_months_to_days_to_captures(kept: Served) -> None:
    shown = kept.get("/calendar", url=URL)
    assert shown.words("//table[contains(@class, 'years')]//tbody//th") == ["2012", "2011"]
    assert shown.words("//table[contains(@class, 'years')]//tbody/tr[2]/td")[2:4] == ["4", "2"]
    spring = shown.page.xpath("//table[contains(@class, 'years')]//tbody/tr[1]/td[4]/a")[0]
    assert f"{OTHERS}: 2" in spring.get("aria-label")
    (march,) = shown.page.xpath("//table[contains(@class, 'years')]//tbody/tr[2]/td[3]/a/@href")
    month = kept.ask("GET", march.partition("#")[0])
    assert month.page.xpath(f"//caption[@id='{march.partition('#')[2]}']")
    links = month.page.xpath("//table[@class='month']//a")
    assert links[0].get("aria-label") == ("9 March 2011: a new version of the article: 1")
    day = kept.ask("GET", links[4].get("href").partition("#")[0])
    assert day.words("//h2") == ["18 April 2011"]
    (row,) = day.page.xpath("//section//tbody/tr")
    addresses = row.xpath(".//a/@href")
    assert addresses[0].startswith("/capture/")
    assert any(one.startswith("/changes?") for one in addresses)
    assert any(one.startswith("/memento/2011") for one in addresses)
    assert "/article/a1/witness/0" in addresses
    (back,) = day.page.xpath("//a[@rel='prev']/@href")
    assert "day=2011-03-12" in back


def test_a_day_of_the_calendar_is_told_by_sign_and_words_not_by_colour(kept: Served) -> None:
    shown = kept.ask("GET", "/calendar?year=2012&url=" + URL, {"Accept-Language": "zh"})
    signs = shown.words("//table[@class='month']//a/span")
    assert signs == ["?", "?", "→", "×", "≈"]
    labels = shown.page.xpath("//table[@class='month']//a/@aria-label")
    assert labels[0] == "2012年4月12日：不认作研究所自己的页面：1"
    assert "不认作研究所自己的页面 2" in shown.words("//ul[@class='signs']/li")[0]


def test_an_articles_calendar_has_all_its_addresses(kept: Served) -> None:
    shown = kept.get("/article/a1/calendar")
    assert shown.words("//details//li") == [f"{URL} {len(NIGHTS)}", f"{OTHER} 1"]
    day = kept.get("/article/a1/calendar", day="2011-04-18")
    assert day.words("//section//tbody/tr/td[2]") == ["www.a.cn", "m.com"]
    assert day.words("//section//tbody/tr[2]/td[6]") == [TAMPERED]


def test_an_article_with_captures_without_number_is_answered_and_says_what_is_left_out(
    kept: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_page, "MAX_CAPTURES", len(NIGHTS))
    monkeypatch.setattr(calendar_page, "AT_A_TIME", 1)
    shown = kept.get("/article/a1/calendar")
    assert shown.words("//details//li") == [f"{URL} {len(NIGHTS)}"]
    assert "Further addresses of this article: 1." in shown.text


@pytest.mark.parametrize(
    ("nights", "day"),
    [
        ([(200, PageKind.ARTICLE), (200, PageKind.STAND_IN), (304, None)], "10 March 2011"),
        ([(200, PageKind.STAND_IN), (404, None), (200, PageKind.STAND_IN)], "9 March 2011"),
        ([(200, PageKind.STAND_IN), (200, PageKind.ARTICLE)], None),
        ([(200, PageKind.ARTICLE), (304, None)], None),
    ],
)
@pytest.mark.parametrize("at", [URL, "http://www.a.cn/"])
def test_an_article_says_since_when_its_host_is_not_believed(
    tmp_path: Path, nights: list[tuple[int, PageKind | None]], day: str | None, at: str
) -> None:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        for number, (status, kind) in enumerate(nights):
            row = _row(run, at, FIRST + timedelta(days=number), status, kind, str(number))
            archive.store.commit_page(SITE, row)
        # What another site has of the address is not this one's to say.
        archive.store.put_site(Site("another", ("www.b.cn",)))
        beside = archive.store.begin_run("another", "crawl")
        for number, kind in ((-1, PageKind.STAND_IN), (9, PageKind.ARTICLE)):
            row = _row(beside, at, FIRST + timedelta(days=number), 200, kind, "z")
            archive.store.commit_page("another", row)
        archive.store.replace_articles(SITE, [article("a1")])
        with serving(archive, Settings(rate=0)) as served:
            told = served.get("/article/a1").words("//p[@class='notice bad']")
    assert [text.split(",")[0] for text in told] == ([f"Since {day}"] if day else [])


@pytest.mark.parametrize(
    "asked", ["day=x", "day=99999-1-1", "year=0", "year=x", "day=2011-01-01", "x=%00"]
)
def test_whatever_is_asked_for_is_answered(kept: Served, asked: str) -> None:
    assert kept.ask("GET", f"/calendar?url={URL}&{asked}").status == 200


@pytest.mark.parametrize("page", ["/captures", "/calendar", "/api/v1/captures"])
def test_characters_that_no_address_has_take_nothing_from_what_is_told(
    kept: Served, page: str
) -> None:
    plain, typed = (kept.get(page, url=url) for url in (URL, f"{URL}\x00"))
    assert typed.status == 200
    told = [_PRINTED.sub("", one.text) for one in (plain, typed)]
    assert told[1].replace("\\u0000", "").replace("%00", "") == told[0]


def test_every_page_about_a_capture_leads_to_the_calendar(kept: Served) -> None:
    calendar = "/calendar?url=http%3A%2F%2Fwww.a.cn%2Fa1"
    record = f"urn:uuid:{URL}:{FIRST.isoformat()}"
    for path in (f"/captures?url={URL}", f"/capture/{record}", "/article/a1/witness/0"):
        assert calendar in kept.get(path).page.xpath("//main//a/@href"), path
    assert "/article/a1/calendar" in kept.get("/article/a1").page.xpath("//main//a/@href")
    for nothing in ("http://www.a.cn/no", "\x00", ""):
        assert kept.get("/calendar", url=nothing).status == 404


def test_ten_thousand_captures_of_one_address_are_a_small_page_soon(tmp_path: Path) -> None:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        rows = [
            _row(run, URL, FIRST + timedelta(hours=6 * n), 200, PageKind.LIST, str(n // 3))
            for n in range(10_000)
        ]
        archive.store.intakes.add(SITE, run, rows)
        with serving(archive, Settings(rate=0)) as served:
            began = time.monotonic()
            shown = served.get("/calendar", url=URL, year=2014)
            assert time.monotonic() - began < 5
            assert len(shown.body) < 200_000
            assert len(shown.page.xpath("//table[@class='month']//a")) == 365
            listed = served.get("/captures", url=URL)
            assert len(listed.page.xpath("//tbody/tr")) == 100
