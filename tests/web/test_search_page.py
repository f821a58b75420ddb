"""The search page: one address says what is asked, and everything on the page answers it."""

from __future__ import annotations

import fcntl
import io
import json
import re
import shutil
import socket
import zipfile
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from lxml import etree

from archive.store import Archive, open_archive
from archive.store.index.files import LOCK_NAME
from archive.store.store import INDEX_NAME
from archive.web import Settings
from archive.web.question import Question
from tests.web.holdings import KEPT, PICTURE_URL, holdings
from tests.web.serving import Answer, Served, serving

TITLES = "//ol[@class='hits']//a[@class='title']"


def _follow(room: Served, answer: Answer, words: str) -> Answer:
    (link,) = [a for a in answer.page.xpath("//a") if a.text_content().strip() == words][:1]
    return room.ask("GET", link.get("href"))


def test_a_word_of_two_characters_is_found_and_marked(room: Served) -> None:
    answer = room.get("/", q="镜像")
    assert answer.words(TITLES) == ["只在镜像上"]
    assert set(answer.words("//mark")) == {"镜像"}


def test_the_sentence_says_what_was_asked_and_how_many_there_are(room: Served) -> None:
    answer = room.get("/", q="党员", branch="离退休党总支", year="2010", status="live")
    (sentence,) = answer.words("//p[@class='sentence']")
    assert sentence == (
        "3 articles where title or text matches “党员”, the branch is “离退休党总支”, "
        "the status is “live”, the year is 2010"
    )
    (chinese,) = room.get("/", q="党员", lang="zh").words("//p[@class='sentence']")
    assert chinese.startswith("3 篇文章，条件：标题或正文符合“党员”")


def test_a_facets_count_is_what_its_link_finds(room: Served) -> None:
    start = room.get("/")
    links = start.page.xpath("//ul[@class='facet']/li[a]")
    assert len(links) > 8
    for entry in links:
        count = entry.xpath("span[@class='count']")[0].text_content()
        (sentence,) = room.ask("GET", entry.xpath("a/@href")[0]).words("//p[@class='sentence']")
        assert sentence.split()[0] == count


def test_what_narrows_a_search_is_named_and_can_be_taken_away(room: Served) -> None:
    narrowed = room.get("/", q="党员", branch="离退休党总支", year="2010")
    chosen = narrowed.page.xpath("//ul[@class='chosen']//a")
    assert [one.get("aria-label") for one in chosen] == [
        "Take away Branch: 离退休党总支",
        "Take away Year: 2010",
    ]
    (sentence,) = room.ask("GET", chosen[0].get("href")).words("//p[@class='sentence']")
    assert "the year is 2010" in sentence
    assert "branch" not in sentence


def test_where_nothing_is_found_the_ways_out_lead_to_articles(room: Served) -> None:
    answer = room.get("/", q="党员月亮", year="2009", status="gone")
    ways = answer.page.xpath("//section[@aria-labelledby='none']//li/a")
    assert [way.text_content() for way in ways] == ["3 articles"]
    for way in ways:
        found = room.ask("GET", way.get("href")).words("//p[@class='sentence']")[0]
        assert found.startswith(way.text_content())
    (way,) = room.get("/", q="titel:党员").page.xpath("//section[@aria-labelledby='none']//li/a")
    assert "title%3A" in way.get("href")
    slip = room.get("/", q="离退体").page.xpath("//section[@aria-labelledby='none']//li")
    assert slip[0].text_content().split()[:2] == ["Perhaps", "离退休"]
    assert not room.get("/", q="title:月亮").page.xpath("//section[@aria-labelledby='none']//li")


def test_behind_the_last_page_the_way_back_is_all_that_is_looked_for(
    room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.web.hints.near", lambda *_: pytest.fail("nothing was mistyped"))
    answer = room.get("/", q="党员", page="7")
    assert answer.words("//h2[@id='none']") == ["Nothing is on this page"]
    (way,) = answer.page.xpath("//section[@aria-labelledby='none']//li/a")
    assert way.text_content() == "3 articles"
    assert way.get("href") == f"/?q={quote('党员')}"


def test_a_span_without_a_day_is_told_of_and_turned_round(room: Served) -> None:
    items = "//section[@aria-labelledby='none']//li"
    answer = room.get("/?from=2012&to=2010&q=党员")
    assert answer.words(items)[0] == "No day is as late as 2012-01-01 and as early as 2010-12-31"
    way = next(one for one in answer.page.xpath(items) if "From 2010 to 2012" in one.text_content())
    found = room.ask("GET", way.xpath("a/@href")[0]).words("//p[@class='sentence']")[0]
    assert found.startswith(way.xpath("a")[0].text_content())
    chinese = room.get("/", q="党员", lang="zh", year="2012", to="2010").words(items)
    assert chinese[0].startswith("没有不早于 2012-01-01 又不晚于 2010-12-31")


@pytest.mark.parametrize(("name", "typed"), [("from", "2010-13"), ("to", "春天 <b>"), ("to", "99")])
def test_a_day_that_cannot_be_read_is_told_of_and_stays_in_its_field(
    room: Served, name: str, typed: str
) -> None:
    answer = room.get(f"/?q=党员&{name}={typed}")
    (told,) = answer.words("//*[@role='alert']")
    assert told.startswith(f"“{typed}” is no day, month or year: it was left out.")
    (field,) = answer.page.xpath(f"//input[@name='{name}']")
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    assert answer.page.get_element_by_id(field.get("aria-describedby")) is not None
    assert field.getparent().get("open") is not None
    assert typed in room.get(f"/?lang=zh&{name}={typed}").words("//*[@role='alert']")[0]
    assert not room.get(f"/?q=党员&{name}= 2010-12 ").words("//*[@role='alert']")


def test_the_help_of_the_search_stands_once_on_a_page_that_shows_it(room: Served) -> None:
    for asked in ("", "&from=2010", "&to=nonsense"):
        answer = room.get(f"/?q=没有这样的词{asked}")
        help_texts = answer.page.xpath("//p[@class='hint'][contains(., 'sedim*')]")
        seen = [one for one in help_texts if not one.xpath("ancestor::details[not(@open)]")]
        assert len(seen) == 1, asked


@pytest.mark.parametrize(
    "typed", ["http://www.a.cn/a1", "https://www.a.cn/a1", "www.a.cn/a1", KEPT]
)
def test_an_address_in_the_search_field_leads_to_its_article(room: Served, typed: str) -> None:
    way, *_ = room.get("/", q=typed).page.xpath("//section[@aria-labelledby='none']//li/a")
    assert way.get("href") == f"/article/{KEPT}"


def test_an_address_without_an_article_leads_to_its_newest_capture(room: Served) -> None:
    answer = room.get("/find", url=PICTURE_URL)
    assert answer.status == 303
    assert answer.headers["location"] == f"/memento/20101209120000/{PICTURE_URL}"
    nothing = room.get("/find", url="http://elsewhere.example/")
    assert nothing.status == 404
    assert nothing.page.xpath("//form[@action='/']//input[@name='q']")


def test_while_another_process_makes_the_index_a_reader_is_told_so(tmp_path: Path) -> None:
    holdings(tmp_path / "data").close()
    index = tmp_path / "data" / INDEX_NAME
    shutil.rmtree(index)
    index.mkdir()
    with (index / LOCK_NAME).open("w") as held, open_archive(tmp_path / "data") as archive:
        fcntl.flock(held, fcntl.LOCK_EX)
        with serving(archive, Settings(rate=0)) as served:
            answer = served.get("/", lang="zh")
            assert answer.status == 503
            assert answer.words("//h1") == ["正在建立检索索引"]
            assert served.get(f"/article/{KEPT}").status == 200


def test_the_timeline_leads_into_each_year(room: Served) -> None:
    start = room.get("/")
    bars = start.page.xpath("//ol[@class='timeline']//a")
    assert [bar.get("aria-label") for bar in bars] == [
        "2009: 30 articles",
        "2010: 3 articles",
        "2011: 1 article",
    ]
    (sentence,) = room.ask("GET", bars[1].get("href")).words("//p[@class='sentence']")
    assert sentence == "3 articles where the year is 2010"
    assert "1 without a date" in start.text


def test_all_pages_together_show_every_article_once(room: Served, archive: Archive) -> None:
    answer = room.get("/")
    seen = answer.page.xpath(f"{TITLES}/@href")
    while following := answer.page.xpath("//a[@rel='next']/@href"):
        answer = room.ask("GET", following[0])
        seen += answer.page.xpath(f"{TITLES}/@href")
    assert sorted(seen) == sorted(f"/article/{one.id}" for one in archive.iterate())


def test_an_export_holds_exactly_what_is_shown(room: Served) -> None:
    answer = room.get("/", q="党员")
    shown = {href.rpartition("/")[2] for href in answer.page.xpath(f"{TITLES}/@href")}
    exported = room.ask("GET", _address(answer, "/export.jsonl"))
    assert {json.loads(line)["id"] for line in exported.text.splitlines()} == shown
    assert exported.headers["content-disposition"] == 'attachment; filename="palimpsest.jsonl"'
    cited = json.loads(room.ask("GET", _address(answer, "/export.csl.json")).text)
    assert {item["id"] for item in cited} == shown
    assert room.ask("GET", _address(answer, "/export.bib")).text.count("@online{") == len(shown)
    corpus = room.ask("GET", _address(answer, "/export.texts.zip"))
    names = zipfile.ZipFile(io.BytesIO(corpus.body)).namelist()
    assert {name.removesuffix(".txt").partition("_")[2] for name in names} == shown
    records = room.ask("GET", _address(answer, "/export.ris")).text
    assert set(re.findall(r"AV  - http.*/article/(\w+)", records)) == shown
    assert room.get("/export.exe").status == 404


def _address(answer: Answer, path: str) -> str:
    found = [str(h) for h in answer.page.xpath("//a/@href") if urlsplit(h).path == path]
    return found[0]


def test_an_empty_answer_exports_well_formed_files(room: Served) -> None:
    assert json.loads(room.get("/export.csl.json", q="没有这样的词").text) == []
    assert room.get("/export.jsonl", q="没有这样的词").text == ""


def test_a_feed_is_well_formed_and_has_the_newest_first(room: Served) -> None:
    answer = room.get("/feed.atom", q="学习")
    root = etree.fromstring(answer.body)
    name = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{name}title") for entry in root.iter(f"{name}entry")]
    assert titles == [f"学习之{n}" for n in reversed(range(30))]
    assert root.findtext(f"{name}updated") == "2009-01-30T00:00:00Z"
    assert len(etree.fromstring(room.get("/feed.atom").body)) > 30


def test_order_and_dates_are_kept_from_page_to_page(room: Served) -> None:
    answer = room.get("/", q="学习", order="oldest")
    answer.page.xpath("//a[@rel='next']")
    first, second = answer, _follow(room, answer, "next →")
    titles = first.words(TITLES) + second.words(TITLES)
    assert titles == [f"学习之{n}" for n in range(30)]
    narrow = room.get("/?from=2009-01-05&to=2009-01-06&q=学习")
    assert sorted(narrow.words(TITLES)) == ["学习之4", "学习之5"]


@pytest.mark.parametrize(
    "question",
    [
        Question(),
        Question("a b", branch="x&y=z", year="2010", order="newest", page=3),
        Question(status="gone", witness="mirror", from_="2010-12", to="2011", site="s"),
    ],
)
def test_an_address_asks_the_question_it_was_made_from(question: Question) -> None:
    asked = dict(parse_qsl(urlsplit(question.address()).query))
    assert Question.parse(asked) == question


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
@pytest.mark.parametrize("is_escaped", [True, False])
def test_an_address_may_be_written_as_old_browsers_write_it(
    room: Served, encoding: str, is_escaped: bool
) -> None:
    word = "党员".encode(encoding)
    asked = quote(word).encode() if is_escaped else word
    with socket.create_connection((room.host, room.port), timeout=10) as line:
        line.sendall(
            b"GET /?q=" + asked + b" HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n"
            b"Connection: close\r\n\r\n"
        )
        with line.makefile("rb") as answer:
            said = answer.read().decode()
    assert said.startswith("HTTP/1.1 200 ")
    assert 'name="q" type="search" value="党员"' in said
    # The switch to the other language asks the same.
    assert f"?q={quote('党员')}&amp;lang=zh" in said
