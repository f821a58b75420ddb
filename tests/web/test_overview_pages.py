"""The overviews: every number is one of the archive's, and everything is a few clicks away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from archive.model import RunReport, Site
from archive.store import Archive, Store, open_archive
from archive.web import Settings, overview_pages, paging
from archive.web.alarms_page import noted
from archive.web.language import Language, Speech
from archive.web.overview_pages import spread
from tests.unit.store_sample import NOON, SITE, article, extraction
from tests.web.holdings import EDITED, MIRRORED
from tests.web.serving import Served, serving

NAV = ("/", "/sites", "/mirrors", "/new", "/runs", "/alarms", "/storage")


def test_every_article_is_at_most_three_clicks_from_the_start(
    room: Served, archive: Archive
) -> None:
    reached: set[str] = set()
    seen, here = {"/"}, ["/"]
    for _ in range(3):
        found: list[str] = []
        for path in here:
            answer = room.ask("GET", path)
            if answer.status == 200 and answer.headers["content-type"].startswith("text/html"):
                found += [h for h in answer.page.xpath("//a/@href") if h.startswith("/")]
        here = [h for h in dict.fromkeys(found) if h not in seen and "lang=" not in h]
        seen.update(here)
        reached |= {h.split("/")[2] for h in here if h.startswith("/article/")}
        here = [h for h in here if not h.startswith(("/article/", "/export", "/cdx"))]
    assert {one.id for one in archive.iterate()} <= {h.partition("?")[0] for h in reached}


@pytest.mark.parametrize("path", NAV)
def test_the_menu_names_every_overview_and_marks_where_one_is(room: Served, path: str) -> None:
    answer = room.get(path)
    assert answer.status == 200
    menu = answer.page.xpath("//header/nav[1]//a")
    assert [link.get("href") for link in menu if link.get("aria-current")] == [path]
    assert set(NAV) <= {link.get("href") for link in menu}


def test_a_branchs_count_is_what_its_link_finds(room: Served) -> None:
    page = room.get("/sites").page
    rows = page.xpath("//table[@class='bars']//tr[th/a]")
    assert len(rows) > 3
    for row in rows:
        count = row.xpath("td[@class='count']")[0].text
        (sentence,) = room.ask("GET", row.xpath("th/a/@href")[0]).words("//p[@class='sentence']")
        assert sentence.split()[0] == count


def test_a_mirror_is_told_with_brand_tampering_and_evidence(room: Served) -> None:
    answer = room.get("/mirrors")
    (row,) = answer.page.xpath("//tbody/tr")
    words = " ".join(row.text_content().split())
    for expected in ("m.com ← www.a.cn", "银河", "a brand in the frame", "<b>footer</b>", "12"):
        assert expected in words
    (link,) = answer.page.xpath("//h2/a/@href")
    (sentence,) = room.ask("GET", link).words("//p[@class='sentence']")
    assert sentence.startswith("1 article where")
    (link,) = row.xpath("td[@class='count']/a")
    (sentence,) = room.ask("GET", link.get("href")).words("//p[@class='sentence']")
    assert sentence.split()[0] == link.text
    assert sentence.endswith("one host is m.com")


@pytest.mark.parametrize(("lang", "sign"), [("en", "; "), ("zh", "；")])
def test_kinds_of_tampering_are_parted_as_the_language_parts_them(
    room: Served, lang: Language, sign: str
) -> None:
    speech = Speech(lang)
    for path, cells, kinds in (
        ("/mirrors", "//tbody/tr/td", ("B", "D")),
        (f"/article/{MIRRORED}/witness/1", "//dd", ("A", "B")),
    ):
        told = sign.join(speech.choice("kind", kind) for kind in kinds)
        assert told in room.get(path, lang=lang).words(cells)


def test_what_is_new_is_counted_from_the_day_asked_for(room: Served) -> None:
    after = room.get("/new", since="2010-12-10").words("//p[@class='sentence']")
    assert after == ["New or changed since 10 December 2010: 1"]
    assert room.get("/new", since="2010-12-10").page.xpath("//a[@class='title']/@href") == [
        f"/article/{EDITED}"
    ]
    assert room.get("/new", since="2010-12-09").words("//p[@class='sentence']")[0].endswith(": 35")


def test_of_what_is_new_only_what_changed_can_be_asked_for(room: Served) -> None:
    only = room.get("/new", since="2010-12-09", changed=1)
    assert only.page.xpath("//a[@class='title']/@href") == [f"/article/{EDITED}"]
    assert only.words("//nav[@class='ways']//a[@aria-current]") == ["changed only"]
    assert only.words("//nav[@class='ways']//span") == ["35", "1"]
    assert only.page.xpath("//form//input[@name='changed']")


def test_a_day_that_is_none_is_told_of_where_what_is_new_is_asked_for(room: Served) -> None:
    (told,) = room.get("/new", since="<b>").words("//p[@role='alert']")
    assert told.startswith("“<b>” is no day, month or year: this is what is new since ")
    for read in ("", "2010", "2010-12-09"):
        assert room.get("/new", since=read).words("//p[@role='alert']") == []


def test_a_runs_report_is_shown_with_its_numbers(room: Served, archive: Archive) -> None:
    number = archive.store.begin_run(SITE, "nightly")
    archive.store.end_run(
        RunReport(
            run=number,
            site=SITE,
            kind="nightly",
            started=NOON,
            ended=datetime(2010, 12, 9, 13, tzinfo=UTC),
            outcome="<b>stopped</b>",
            exit_code=69,
            counts={
                "requests": 1234,
                "bytes": 9,
                "failed": 5,
                "failed:http-404": 3,
                "tonight:http-404": 2,
                "odd": 1,
                "asked": 8,
                "articles": 7,
                "change:new": 7,
            },
            articles_by_branch={"新闻": 7},
            warc_files=("w.warc.gz",),
            notes=("look <here>",),
        )
    )
    answer = room.get(f"/runs/{number}")
    words = " ".join(answer.words("//main"))
    for expected in ("nightly", "<b>stopped</b>", "1,234", "(404)", "look <here>", "w.warc.gz"):
        assert expected in words
    # What failed stands under what was asked for, and what the run was for at the top.
    told = [line for line in answer.words("//main//dd") if line in {"7", "8", "5", "1,234", "1"}]
    assert told == ["7", "8", "5", "1,234", "1"]
    assert words.index("(404)") > words.index("new")
    # Two counts of failures differ, and it is said why.
    assert "how it ended last, robots.txt files among them" in words
    chinese = " ".join(room.get(f"/runs/{number}", lang="zh").words("//main"))
    assert "总账收录历来发现的每个网址" in chinese
    assert f"/runs/{number}" in room.get("/alarms").page.xpath("//a/@href")
    assert f"/runs/{number}" in room.get("/runs").page.xpath("//a/@href")
    assert room.get("/runs/999").status == 404


def test_every_run_is_found_page_by_page(
    room: Served, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        archive.store.begin_run(SITE, "nightly")
    monkeypatch.setattr(paging, "LISTED", 2)
    for path in ("/runs", "/alarms"):
        seen: list[str] = []
        here = [path]
        while here:
            answer = room.ask("GET", here[0])
            seen += answer.page.xpath("//tbody//a/@href")
            here = answer.page.xpath("//a[@rel='next']/@href")
        assert len(seen) == len(set(seen))
        expected = [
            run
            for run in archive.store.runs()
            if path == "/runs" or (noted(run).alarms or run.exit_code != 0)
        ]
        assert seen == [f"/runs/{run.id}" for run in expected]
        assert room.get(path, page=10**9).page.xpath("//a[@rel='prev']")


def test_every_site_is_found_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview_pages, "SITES_LISTED", 1)
    with open_archive(tmp_path / "data", create=True) as archive:
        for name, branches in (("first", ("党建", "党建", None)), ("second", ("新闻",))):
            archive.store.put_site(Site(name, (f"www.{name}.cn",)))
            archive.store.replace_articles(
                name,
                [
                    article(f"{name}{n}", extraction(f"第{n}篇。", branch=branch), site=name)
                    for n, branch in enumerate(branches)
                ],
            )
        with serving(archive, Settings(rate=0)) as room:
            first = room.get("/sites")
            (following,) = first.page.xpath("//a[@rel='next']/@href")
            second = room.ask("GET", following)
    assert (first.words("//h2"), second.words("//h2")) == (["first"], ["second"])
    assert first.words("//section//tr")[:2] == ["党建2", "unknown1"]
    assert {"20103", "live3"} <= set(first.words("//section//tr"))


ALARM = "ALARM, the institute's own host may be broken into: www.a.cn: hidden links on 6 pages"
MET = "m.example is a mirror of www.a.cn: 银河"


def ended(store: Store, code: int, mirrors: Sequence[str] = (), alarms: Sequence[str] = ()) -> str:
    number = store.begin_run(SITE, "nightly")
    report = RunReport(number, SITE, "nightly", NOON, NOON, "done", code)
    store.end_run(replace(report, alarms=tuple(alarms), mirrors=tuple(mirrors)))
    return f"/runs/{number}"


def test_an_address_in_an_alarm_leads_to_its_captures(room: Served, archive: Archive) -> None:
    line = f"{ALARM} that had none; look at http://www.a.cn/a1?b={'c' * 300}; and no more"
    run = ended(archive.store, 0, alarms=[line])
    for path in ("/alarms", run):
        for lang, told in (
            ("en", line),
            ("zh", "出现了原先没有的隐藏链接；请看 http://www.a.cn/a1?b=c"),
        ):
            answer = room.get(path, lang=lang)
            (shown,) = [
                li for li in answer.page.xpath("//main//li") if "?b=ccc" in li.text_content()
            ]
            assert told in shown.text_content()
            (address,) = shown.xpath("a/@href")
            assert room.ask("GET", address).status in (200, 404)
            assert address.startswith("/captures?url=http%3A%2F%2Fwww.a.cn%2Fa1%3Fb%3Dccc")
            assert address.endswith("c")


def test_alarms_are_apart_from_what_runs_note_by_the_way(room: Served, archive: Archive) -> None:
    store = archive.store
    met, failed = ended(store, 0, [MET]), ended(store, 69, [MET])
    broken_into, quiet = ended(store, 0, [MET], [ALARM]), ended(store, 0)
    alarms = room.get("/alarms").page
    assert {failed, broken_into} <= set(alarms.xpath("//tbody//a/@href"))
    assert not {met, quiet} & set(alarms.xpath("//a/@href"))
    assert alarms.xpath(f"//h2[a/@href='{broken_into}']/following-sibling::ul[1]/li/text()") == [
        ALARM
    ]
    assert MET not in alarms.text_content()
    notes = room.get(alarms.xpath("//main//p/a/@href")[-1]).page
    linked = notes.xpath("//h2/a/@href")
    assert {met, failed, broken_into} <= set(linked)
    assert quiet not in linked
    assert notes.text_content().count(MET) == 3
    assert ALARM not in notes.text_content()
    assert "研究所自己的主机可能已被入侵" in room.get("/alarms", lang="zh").page.text_content()


@pytest.mark.parametrize("path", NAV)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_archive_says_so_on_every_page(tmp_path: Path, path: str, language: str) -> None:
    with open_archive(tmp_path, create=True) as empty, serving(empty) as room:
        answer = room.get(path, {"Accept-Language": language})
        assert answer.status == 200
        assert not answer.page.xpath("//table")
        assert answer.words("//main//p")


def test_storage_counts_what_there_is_and_verifies_a_file(room: Served, archive: Archive) -> None:
    answer = room.get("/storage")
    facts = dict(zip(answer.words("//dt"), answer.words("//dd"), strict=True))
    assert facts["Articles"] == "35"
    assert facts["Captures"] == "5"
    (target,) = answer.page.xpath("//form/@action[starts-with(., '/storage')]")
    (said,) = room.ask("POST", target).words("//p[@role='status']")
    (file,) = archive.store.holdings.files()
    assert said == f"{file.name}: records read again: 5 of 5; not as they were kept: 0."
    assert room.ask("POST", "/storage?file=../x").status == 404


def test_records_looked_at_are_spread_over_the_file(archive: Archive) -> None:
    (file,) = archive.store.holdings.files()
    rows = archive.store.holdings.captures_in(file.name)
    assert spread(rows, 2) == [rows[0], rows[-1]]
    assert spread(rows, 50) == rows


def test_articles_are_listed_page_by_page_each_once(archive: Archive) -> None:
    holdings = archive.store.holdings
    ids: list[str] = []
    while rows := holdings.by_id(after=ids[-1] if ids else "", limit=7):
        ids += [row.id for row in rows]
    assert ids == sorted(one.id for one in archive.iterate())
    late = holdings.by_id(datetime(2010, 12, 10, tzinfo=UTC))
    assert [row.id for row in late] == [EDITED]
    assert holdings.by_id(last=datetime(2010, 1, 1, tzinfo=UTC)) == []
    assert holdings.earliest() == NOON


def test_what_is_new_can_be_subscribed_to(room: Served) -> None:
    feed = etree.fromstring(room.get("/new.atom").body)
    atom = "{http://www.w3.org/2005/Atom}"
    page = room.get("/new", since="2001-01-01").page.xpath("//a[@class='title']/@href")
    assert page
    assert [one.get("href") for one in feed.findall(f"{atom}entry/{atom}link")] == [
        f"{room.base}{path}" for path in page
    ]
    moments = [one.text or "" for one in feed.findall(f"{atom}entry/{atom}updated")]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{atom}updated") == moments[0]


def test_a_browser_is_told_where_to_search(room: Served) -> None:
    answer = room.get(room.get("/sites").page.xpath("//link[@rel='search']/@href")[0])
    told = etree.fromstring(answer.body)
    (html, _) = told.findall("{http://a9.com/-/spec/opensearch/1.1/}Url")
    target = (html.get("template") or "").replace("{searchTerms}", "%E5%85%9A%E5%91%98")
    found = room.ask("GET", target.removeprefix(room.base))
    assert found.page.xpath("//input[@id='q']/@value") == ["党员"]
