"""A text that somebody brings along is found where it stands, and called genuine nowhere else."""

from __future__ import annotations

import http.client
import json
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.evidence import quotation
from archive.evidence.quotation import MAX_TEXT, where
from archive.model import Repair, Site
from archive.store import Archive, open_archive
from archive.web import Settings
from tests.unit.store_sample import NOON, SITE, article, extraction, witness
from tests.web.serving import Answer, Served, serving

FIRST = "离退休党总支在报告厅召开党员大会，会议由党总支书记主持。"
SECOND = "全体离退休党员学习了有关文件，并参观了新建成的光学实验楼。"
REMOVED = "会后，大家在老食堂共进午餐，并合影留念。"
SOWN = "全体离退休党员学习了银河娱乐有关文件，并参观了新建成的光学实验楼。"
OTHER = "青年科技工作者座谈会在图书馆举行，来自五个课题组的代表发言。"
GONE = "本所定于周五下午停水检修，请提前储水。"


def _archive(data: Path) -> Archive:
    """An article of which a paragraph was removed and into whose mirror a phrase was put; another;
    and one that says something else altogether today."""
    archive = open_archive(data, create=True)
    archive.store.put_site(Site(SITE, ("www.a.cn",), ("m.com",)))
    old, new = (
        extraction("\n".join(lines)) for lines in ((FIRST, SECOND, REMOVED), (FIRST, SECOND))
    )
    repair = Repair("text", 0, 4, "银河娱乐", "", "sown-phrase", "on 12 of 12 pages", 0.98)
    url = "http://www.a.cn/a1"
    seen = (
        witness(new, url, at=NOON + timedelta(days=9)),
        witness(old, url, at=NOON),
        witness(
            replace(new, repairs=(repair,)),
            "http://m.com/a1",
            "mirror",
            NOON + timedelta(days=10),
            extraction(f"{FIRST}\n{SOWN}"),
        ),
    )
    water, wall = extraction(GONE), extraction("围墙维修已经完成。")
    notices = (
        witness(wall, "http://www.a.cn/n", at=NOON + timedelta(days=1)),
        witness(water, "http://www.a.cn/n", at=NOON),
    )
    rest = article("b1", extraction(OTHER, title="座谈会"))
    archive.store.replace_articles(
        SITE, [article("a1", new, seen), rest, article("n1", wall, notices)]
    )
    return archive


@pytest.fixture
def archive(tmp_path: Path, database: str) -> Iterator[Archive]:
    with _archive(tmp_path / "data") as archive:
        yield archive


@pytest.fixture
def room(archive: Archive) -> Iterator[Served]:
    with serving(archive, Settings(rate=0)) as served:
        yield served


def _asked(room: Served, text: str, language: str = "en", **more: str) -> Answer:
    line = http.client.HTTPConnection(room.host, room.port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Language": language}
    try:
        line.request("POST", "/quotation", urlencode({"text": text, **more}), kind)
        answer = line.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        line.close()


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        (f"{FIRST}\n{SECOND}", (1, 2)),
        (SECOND[:20], (1, 2)),
        (SECOND.replace("，", " ,\n"), (1, 2)),
        (SECOND.replace("党员学习", "黨員學習"), (1, 2)),
        (REMOVED, (1,)),
        (f"{SECOND}{REMOVED}", (1,)),
    ],
)
def test_a_genuine_text_is_found_in_the_versions_that_have_it(
    archive: Archive, text: str, versions: tuple[int, ...]
) -> None:
    (one,) = where(archive, text)
    assert one.article.id == "a1"
    assert tuple(version.number for version in one.genuine) == versions
    assert (one.copies, one.shown, one.nearest) == ((), (), "")


def test_what_a_mirror_put_in_is_not_called_genuine_and_the_institutes_words_are_shown(
    archive: Archive, room: Served
) -> None:
    (one,) = where(archive, SOWN)
    assert (one.genuine, one.copies, one.shown, one.nearest) == ((), (), (2,), SECOND)
    page = _asked(room, SOWN)
    assert page.words("//ins") == ["银河娱乐"]
    assert page.words("//del") == []
    assert "Not the institute's words" in page.text
    assert page.page.xpath("//section//li/a/@href")[-1] == "/article/a1/witness/2"


def test_a_text_that_was_altered_is_shown_beside_the_nearest_passage(room: Served) -> None:
    altered = OTHER.replace("图书馆", "游乐园").replace("五个", "九个")
    page = _asked(room, f"在此引用：{altered[:-5]}")
    assert page.words("//main//h3") == ["座谈会"]
    assert page.words("//ins")[-2:] == ["游乐园", "九"]
    assert page.words("//del") == ["图书馆", "五"]
    assert "do not stand so" in page.text


def test_a_version_that_shares_no_word_with_the_present_one_is_found(archive: Archive) -> None:
    (one,) = where(archive, GONE)
    assert (one.article.id, [version.number for version in one.genuine]) == ("n1", [1])


def test_of_articles_with_the_same_sentences_the_one_that_has_the_text_is_found(
    archive: Archive,
) -> None:
    same = "会议由党总支书记主持，全体党员参加了会议。"
    alike = [
        article(f"k{n}", extraction(f"第{n}次会议在报告厅召开。{same}", title="会议"))
        for n in range(1, 40)
    ]
    archive.store.put_site(Site("others", ("www.b.cn",)))
    archive.store.replace_articles("others", alike)
    (one,) = where(archive, f"第17次会议，在报告厅召开。{same}")
    assert one.article.id == "k17"


def test_where_more_articles_have_the_text_than_are_looked_into_a_reader_may_ask_for_them(
    archive: Archive, room: Served
) -> None:
    same = "今年的职工运动会在体育场举行，各个课题组都派了代表。"
    alike = [article(f"k{n}", extraction(same, title=f"会议之{n}")) for n in range(9)]
    archive.store.put_site(Site("others", ("www.b.cn",)))
    archive.store.replace_articles("others", alike)
    first = _asked(room, same)
    assert len(first.page.xpath("//main//h3")) == 4
    assert "The 4 articles that are most like the text were looked into." in first.text
    (button,) = first.page.xpath("//section//button")
    assert (button.text, button.get("name")) == ("Look into 5 more", "more")
    (field,) = button.getparent().xpath("input[@name='text']/@value")
    more = _asked(room, field, more="1")
    assert {one.text[:3] for one in more.page.xpath("//main//h3/a")} == {"会议之"}
    assert len(more.page.xpath("//main//h3")) == 9
    assert not more.page.xpath("//section//button")
    request = urllib.request.Request(
        f"{room.base}/api/v1/quotation",
        json.dumps({"text": same, "most": 7}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert len(json.load(answer)) == 7


def test_of_a_page_that_was_pasted_whole_it_is_told_how_many_lines_are_the_articles(
    room: Served,
) -> None:
    page = _asked(room, f"首页 机构概况 党建工作\n当前位置：首页 > 通知公告\n{FIRST}\n{SECOND}")
    assert "Of 4 lines of the text 2 stand in it word for word." in page.text
    assert "lines of the text" not in _asked(room, OTHER.replace("图书馆", "游乐园")).text


def test_former_versions_are_looked_through_within_bounds(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quotation, "MOST_FORMER", 0)
    assert where(archive, GONE) == []


def test_a_form_of_many_fields_is_answered(room: Served) -> None:
    line = http.client.HTTPConnection(room.host, room.port, timeout=60)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", "/quotation", "text=%ff%00&" + "a=b&" * 5_000, kind)
    assert line.getresponse().status == 200
    line.close()


@pytest.mark.parametrize("text", ["", " \n", "党员", '"(OR', "完全没有这样的话在归档里面存在过"])
def test_a_text_that_stands_nowhere_or_anywhere_is_found_nowhere(
    archive: Archive, room: Served, text: str
) -> None:
    assert where(archive, text) == []
    page = _asked(room, text)
    assert page.status == 200
    assert not page.page.xpath("//main//h3")


def test_no_text_costs_more_than_a_bounded_number_of_searches(
    archive: Archive, room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    search = Archive.search

    def counted(self: Archive, query: str = "", **rest: object) -> object:
        asked.append(query)
        return search(self, query, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "search", counted)
    long = "".join(chr(0x4E00 + number % 5_000) for number in range(6_000))
    assert _asked(room, long).status == 200
    assert 0 < len(asked) <= quotation.MOST_PIECES + quotation.MOST_LINES
    assert f"Only the first {MAX_TEXT:,} characters" in _asked(room, long).text


def test_programs_and_chinese_readers_are_told_the_same(room: Served) -> None:
    request = urllib.request.Request(
        f"{room.base}/api/v1/quotation",
        json.dumps({"text": REMOVED}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer) == [
            {
                "article": "a1",
                "title": "关于召开党员大会的通知",
                "versions": [1],
                "copies": [],
                "shown": [],
                "nearest": None,
            }
        ]
    told = _asked(room, REMOVED, "zh")
    assert "与本文的文字完全一致：" in told.text
    assert "/article/a1?version=1" in told.page.xpath("//section//li/a/@href")


def test_the_first_page_leads_to_the_form_and_the_form_names_its_field(room: Served) -> None:
    assert "/quotation" in room.get("/").page.xpath("//main//a/@href")
    form = room.get("/quotation").page
    assert form.xpath("//label[@for='text']")
    assert form.xpath("//form[@method='post']//textarea[@id='text']")
