"""A whole host, night by night: when something happened to it, to what, and what was said then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive.model import CaptureRow, PageKind, RunReport, Site, WarcPointer
from archive.store import Archive, nights, open_archive
from archive.web import Settings
from tests.unit.store_sample import SITE, article, extraction, witness
from tests.web.holdings import OFFICIAL
from tests.web.serving import Served, serving

FIRST = datetime(2011, 3, 9, 1, tzinfo=UTC)
PAGES = 150
HACKED, MENDED = 120, 140
ALARM = "ALARM, www.a.cn: words put into 2 pages"


def _row(run: int, number: int, day: int, digest: str, status: int = 200) -> CaptureRow:
    url = f"http://{OFFICIAL}/n/t{number:03}.html"
    at = FIRST + timedelta(days=day, seconds=number)
    pointer = WarcPointer("w.warc.gz", 1, 2, f"sha256:{digest}", f"urn:uuid:{day}-{number}")
    kind = PageKind.ARTICLE if status == 200 else None
    return CaptureRow(url, OFFICIAL, at, status, "text/html", kind, pointer, run)


def _kept(data: Path) -> Archive:
    """Three nights: all pages, all pages again with two of them hacked, and an outage; beside them
    a host whose name begins with the same, and a page of the host over https."""
    archive = open_archive(data, create=True)
    archive.store.put_site(Site(SITE, (OFFICIAL,), ("m.com",)))
    run = archive.store.begin_run(SITE, "crawl")
    add = archive.store.intakes.add
    add(SITE, run, [_row(run, number, 0, f"{number}") for number in range(PAGES)])
    tampered = {HACKED: ("x", 200), MENDED: ("m", 200)}
    second = [_row(run, number, 1, *tampered.get(number, ("none", 304))) for number in range(PAGES)]
    second[HACKED] = replace(second[HACKED], kind=PageKind.STAND_IN)
    add(SITE, run, second)
    add(SITE, run, [_row(run, number, 2, "e", 500) for number in range(3)])
    other = _row(run, 500, 1, "o")
    add(SITE, run, [replace(other, url="http://www.a.cn.example/x", host="www.a.cn.example")])
    secure = replace(_row(run, 501, 1, "s"), url=f"https://{OFFICIAL}/secure")
    add(SITE, run, [secure])
    now = datetime.now(UTC)
    report = RunReport(run, SITE, "nightly", now, now, "finished", 3)
    archive.store.end_run(replace(report, alarms=(ALARM,)))
    text = extraction("原文。")
    mended = second[MENDED]
    seen = replace(
        witness(text, mended.url, "original", mended.captured_at, extraction("银河原文。")),
        pointer=mended.pointer,
    )
    archive.store.replace_articles(SITE, [article("a1", text, (seen,))])
    return archive


@pytest.fixture
def kept(tmp_path: Path, database: str) -> Iterator[Archive]:
    with _kept(tmp_path / "data") as archive:
        yield archive


@pytest.fixture
def served(kept: Archive) -> Iterator[Served]:
    with serving(kept, Settings(rate=0)) as served:
        # A run begins when it is told to; the nights of this archive are of another year.
        yield served


def test_every_night_is_counted_and_says_how_it_ended(served: Served) -> None:
    answer = json.loads(served.get("/api/v1/nights", host=OFFICIAL).text)
    assert answer["total"] == 2 * PAGES + 3 + 1
    assert [(one["day"], one["count"], one["came"]) for one in answer["days"]] == [
        ("2011-03-09", PAGES, {"kept": PAGES}),
        ("2011-03-10", PAGES + 1, {"tampered": 1, "others": 1, "kept": 1, "same": PAGES - 2}),
        ("2011-03-11", 3, {"failed": 3}),
    ]
    shown = served.get("/calendar/host", host=OFFICIAL)
    assert shown.words("//table[@class='month']//a/span") == ["●150", "!151", "△3"]
    labels = shown.page.xpath("//table[@class='month']//a/@aria-label")
    assert labels[1].startswith("10 March 2011: words put in or exchanged, and undone here: 1")
    assert shown.words("//h1") == ["All captures of a host, night by night"]


def test_a_night_lists_first_what_was_changed_and_then_the_other_addresses(served: Served) -> None:
    first = served.get("/calendar/host", host=OFFICIAL, day="2011-03-10")
    rows = [first.words(f"//section//tbody/tr[{n}]/td") for n in (1, 2, 3)]
    assert [(row[1], row[5]) for row in rows] == [
        (f"/n/t{HACKED}.html", "not believed to be the institute's page"),
        (f"/n/t{MENDED}.html", "words put in or exchanged, and undone here"),
        ("/n/t000.html", "the same bytes (or 304)"),
    ]
    (changed,) = first.page.xpath("//section//tbody/tr[1]/td[5]/a/@href")
    assert changed == f"/changes?from=urn%3Auuid%3A0-{HACKED}&to=urn%3Auuid%3A1-{HACKED}"
    second = served.get("/calendar/host", host=OFFICIAL, day="2011-03-10", page=2)
    listed = [one.words("//section//tbody/tr/td[2]") for one in (first, second)]
    assert [len(one) for one in listed] == [100, PAGES + 1 - 100]
    assert len({*listed[0], *listed[1]}) == PAGES + 1
    assert "/secure" in listed[1]


def test_a_night_tells_what_its_runs_said(kept: Archive, served: Served) -> None:
    (run,) = kept.store.runs()
    day = run.started.astimezone(UTC)
    row = replace(_row(run.id, 9, 0, "z"), captured_at=day, pointer=_row(run.id, 9, 7, "z").pointer)
    kept.store.intakes.add(SITE, run.id, [row])
    shown = served.get("/calendar/host", host=OFFICIAL, day=f"{day:%Y-%m-%d}")
    assert ALARM.removeprefix("ALARM, ") in shown.words("//ul[@aria-label='Runs of this day']")[0]
    quiet = served.get("/calendar/host", host=OFFICIAL, day="2011-03-09")
    assert not quiet.page.xpath("//ul[@aria-label='Runs of this day']")


def test_a_host_with_captures_without_number_is_only_counted_and_says_so(
    kept: Archive, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nights, "MOST_JUDGED", 10)
    assert not kept.store.holdings.nights(OFFICIAL).judged
    shown = served.get("/calendar/host", host=OFFICIAL)
    assert shown.words("//table[@class='month']//a/span") == ["●150", "●151", "●3"]
    assert "only counted here" in shown.text


@pytest.mark.parametrize(
    "host", [f" {OFFICIAL.upper()} ", f"http://{OFFICIAL}/n/t000.html", f"{OFFICIAL}:80"]
)
def test_a_host_is_found_however_it_is_typed(served: Served, host: str) -> None:
    assert served.get("/calendar/host", host=host).words("//p[@class='address']") == [OFFICIAL]


@pytest.mark.parametrize("host", ["", "a.cn", "%", "http://[", "\x00", "m.com", "x" * 999])
def test_of_a_host_that_was_never_captured_nothing_is_shown(served: Served, host: str) -> None:
    assert served.get("/calendar/host", host=host).status == 404
    assert served.get("/api/v1/nights", host=host[:200]).status == 404


@pytest.mark.parametrize("day", ["9999-12-31", "1000-01-01", "2011-03-12"])
def test_a_day_without_captures_is_an_empty_one(kept: Archive, served: Served, day: str) -> None:
    assert "Nothing was captured" in served.get("/calendar/host", host=OFFICIAL, day=day).text
    assert kept.store.holdings.night(OFFICIAL, date.fromisoformat(day), limit=9).page == []


def test_pages_about_hosts_and_addresses_lead_to_the_hosts_calendar(served: Served) -> None:
    link = f"/calendar/host?host={OFFICIAL}"
    for path in ("/sites", f"/calendar?url=http://{OFFICIAL}/n/t000.html"):
        assert link in served.get(path).page.xpath("//main//a/@href"), path
    assert link in served.get(f"/calendar?url=http://{OFFICIAL}/n/t000.html").text
