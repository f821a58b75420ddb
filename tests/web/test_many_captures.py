"""An address that was captured on many nights costs no more than what is told of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.model import CaptureRow, PageKind, Site, WarcPointer
from archive.store import Archive, captures, courses, open_archive
from archive.web import Settings, calendar_page, came
from archive.web.interfaces import memento
from tests.unit.store_sample import SITE, article, extraction, witness
from tests.web.holdings import OFFICIAL
from tests.web.serving import Served, serving

URL = "http://www.a.cn/often"
FIRST = datetime(2011, 3, 9, tzinfo=UTC)
NIGHTS = 900
FEW = 10
"""Rows that one question may read where one capture answers it."""


def _row(run: int, number: int) -> CaptureRow:
    """Each third night has other bytes; of the others each second one is a 304."""
    status = 304 if number % 3 == 2 else 200
    at = FIRST + timedelta(days=number)
    record = f"urn:uuid:{number:012}"
    digest = "none" if status == 304 else f"{number // 3}"
    pointer = WarcPointer("w.warc.gz", 1, 2, f"sha256:{digest}", record)
    kind = None if status == 304 else PageKind.LIST
    return CaptureRow(URL, OFFICIAL, at, status, "text/html", kind, pointer, run)


@pytest.fixture
def kept(tmp_path: Path, database: str) -> Iterator[Archive]:
    with open_archive(tmp_path / "data", create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        archive.store.intakes.add(SITE, run, [_row(run, number) for number in range(NIGHTS)])
        yield archive


@pytest.fixture
def served(kept: Archive) -> Iterator[Served]:
    with serving(kept, Settings(rate=0)) as served:
        yield served


@pytest.mark.parametrize(
    ("hours", "night"),
    [(-999, 0), (0, 0), (24 * 4 - 13, 3), (24 * 4 - 11, 4), (24 * 3.5, 3), (24 * 5, 4), (1e5, 898)],
)
def test_the_capture_nearest_to_a_moment_is_found_and_of_two_the_earlier(
    kept: Archive, hours: float, night: int
) -> None:
    shown = kept.store.holdings.shown(URL, FIRST + timedelta(hours=hours))
    assert shown is not None
    found = [one.captured_at - FIRST for one in (shown.first, shown.row, shown.last)]
    assert [one.days for one in found] == [0, night, 898]


def test_a_capture_of_the_moments_own_second_comes_before_a_nearer_one(kept: Archive) -> None:
    run = kept.store.begin_run(SITE, "crawl")
    second = FIRST + timedelta(days=2_000)
    for number, seconds in ((9_000, -0.2), (9_003, 0.7)):
        row = replace(_row(run, number), captured_at=second + timedelta(seconds=seconds))
        kept.store.intakes.add(SITE, run, [row])
    shown = kept.store.holdings.shown(URL, second)
    assert shown is not None
    assert shown.row.captured_at == second + timedelta(seconds=0.7)


@pytest.mark.parametrize(
    "path",
    [
        f"/timegate/{URL}",
        f"/memento/2012/{URL}",
        f"/web/2012id_/{URL}",
        f"/wayback/available?url={URL}&timestamp=2012",
        f"/find?url={URL}",
        f"/timemap/link/{URL}",
    ],
)
def test_one_capture_is_answered_without_reading_the_others(
    served: Served, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    read: list[CaptureRow] = []
    row_of = captures.row_of

    def counted(row: Any) -> CaptureRow:
        read.append(row_of(row))
        return read[-1]

    monkeypatch.setattr(captures, "row_of", counted)
    assert served.ask("GET", path).status in {200, 302, 303}
    assert 0 < len(read) <= FEW


def test_a_page_of_captures_reads_the_page_and_what_stood_before_it(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    told = came.told

    def counted(rows: list[courses.Glance], known: courses.Read) -> list[came.Seen]:
        read.append(len(rows))
        return told(rows, known)

    monkeypatch.setattr(came, "told", counted)
    listed = served.get("/captures", url=URL, page=2)
    answer = json.loads(served.get("/api/v1/captures", url=URL, limit=100, offset=700).text)
    assert max(read) <= 100 + courses.LOOKED_BACK + 1
    assert len(read) == 2
    assert answer["total"] == NIGHTS
    assert len(answer["captures"]) == 100
    words = listed.words("//td/span[contains(@class, 'came')]")
    assert len(words) == 100
    # Night 799, the newest of the page, has the bytes of 798; so has 797, a 304, those of 796.
    assert [word[:5] for word in words[:5]] == ["the s", "other", "the s", "the s", "other"]


@pytest.mark.parametrize("offset", [0, 1, 250, 899])
def test_a_part_of_the_captures_says_of_each_what_the_whole_says(
    kept: Archive, offset: int
) -> None:
    every = came.seen(kept, [URL])
    total, oldest = came.some_seen(kept, URL, limit=50, offset=offset)
    assert (total, oldest) == (NIGHTS, every[offset : offset + 50])
    _, newest = came.some_seen(kept, URL, limit=50, offset=offset, newest_first=True)
    assert newest == every[::-1][offset : offset + 50]
    span = (FIRST + timedelta(days=offset), FIRST + timedelta(days=offset + 3))
    assert came.some_seen(kept, URL, span, limit=50) == (
        len(every[offset : offset + 3]),
        every[offset : offset + 3],
    )


def test_maps_lead_to_each_other_and_have_every_capture_once(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memento, "LISTED", 250)
    waiting, seen, moments = [f"/timemap/link/{URL}"], set(), []
    while waiting:
        seen.add(path := waiting.pop())
        answer = served.ask("GET", path)
        assert answer.status == 200
        moments += re.findall(r'memento"; datetime="([^"]+)"', answer.text)
        others = re.findall(r'<([^>]+)>; rel="timemap"', answer.text)
        waiting += [one for o in others if (one := o.removeprefix(served.base)) not in seen]
    assert len(seen) == 3
    assert (len(moments), len(set(moments))) == (600, 600)
    assert served.ask("GET", f"/timemap/link/601/{URL}").status == 404
    first = served.ask("GET", f"/timemap/link/{URL}").text
    assert first.count("first memento") == 1
    assert "last memento" not in first


def test_an_archive_of_hundreds_of_sites_is_asked_for_one_address(
    kept: Archive, served: Served
) -> None:
    for number in range(600):
        kept.store.put_site(Site(f"site-{number}", (f"www.s{number}.cn",)))
    listed = served.ask("GET", f"/timemap/link/{URL}")
    assert (listed.status, listed.text.count('memento"; datetime')) == (200, 600)
    night = served.get("/calendar/host", host=OFFICIAL, day="2011-03-10")
    assert len(night.page.xpath("//section//tbody/tr")) == 1
    assert served.get("/captures", url=URL).status == 200


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_page, "MAX_CAPTURES", NIGHTS - 1)


@pytest.mark.usefixtures("few_at_once")
def test_captures_of_an_address_without_number_are_counted_and_a_day_says_what_came_of_each(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    told = came.told

    def watched(rows: list[courses.Glance], known: courses.Read) -> list[came.Seen]:
        read.append(len(rows))
        return told(rows, known)

    monkeypatch.setattr(came, "told", watched)
    shown = served.get("/calendar", url=URL)
    assert "each is counted by what it is known for by itself" in shown.text
    assert shown.words("//table[contains(@class, 'years')]//tr/td[last()]")[-1] == "298"
    assert shown.words("//ul[@class='signs']/li") == [
        "· the same bytes (or 304) 300",
        "● pages and files with content 600",
    ]
    day = served.get("/calendar", url=URL, day="2011-03-13")
    assert day.words("//td/span[contains(@class, 'came')]") == ["the same bytes (or 304)"]
    assert max(read) <= courses.LOOKED_BACK + 2
    assert served.get("/calendar", url=URL, day="1999-01-01").status == 200
    assert served.get("/calendar", url=URL, day="9999-12-31").status == 200
    assert served.get("/calendar", url=f"{URL}/not").status == 404


def test_the_calendar_of_an_article_leaves_an_address_without_number_to_its_own(
    kept: Archive, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = extraction("原文。")
    other = f"http://{OFFICIAL}/seldom"
    run = kept.store.begin_run(SITE, "crawl")
    row = replace(_row(run, 9_999), url=other)
    kept.store.intakes.add(SITE, run, [row])
    both = (witness(text, URL, at=FIRST), witness(text, other, at=FIRST))
    kept.store.replace_articles(SITE, [article("a1", text, both)])
    whole = served.get("/article/a1/calendar")
    assert whole.words("//details//span[@class='count']") == ["900", "1"]
    monkeypatch.setattr(calendar_page, "MAX_CAPTURES", NIGHTS - 1)
    few = served.get("/article/a1/calendar")
    assert few.words("//details//span[@class='count']") == ["1"]
    assert "Further addresses of this article: 1" in few.text
