"""The query language: what can be typed means what it says, and anything else is plain text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Article, Attachment
from archive.search import search
from archive.search.corrections import corrected
from archive.search.daterange import read_span
from archive.search.language import MAX_PHRASES, parse
from archive.search.query import (
    EVERYTHING,
    NOTHING,
    All,
    Any,
    Beginning,
    Exactly,
    Node,
    Phrase,
    Published,
    Sounds,
    Without,
    wanted,
)
from archive.store import Filters, Store, open_archive
from tests.unit.search_oracle import as_typed, holds
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction, mirrored, witness

DANG, TUAN, HUI = Phrase(("党",)), Phrase(("团",)), Phrase(("会",))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("党 团", All((DANG, TUAN))),
        ("党 AND 团", All((DANG, TUAN))),
        ("党 OR 团", Any((DANG, TUAN))),
        ("党 -团", All((DANG, Without(TUAN)))),
        ("党 NOT 团", All((DANG, Without(TUAN)))),
        ("-党", Without(DANG)),
        ("(党 OR 团) 会", All((Any((DANG, TUAN)), HUI))),
        ("党 党", DANG),
        ('"党 团"', Phrase(("党", "团"))),
        ("“党 团”", Phrase(("党", "团"))),
        ("「党团」", Phrase(("党", "团"))),
        ("〈党〉", DANG),
        ("title:党", Phrase(("党",), "title")),
        ("Title：党", Phrase(("党",), "title")),
        ("author:(张 OR 李)", Any((Phrase(("张",), "author"), Phrase(("李",), "author")))),
        ("date:2010-12", Published(date(2010, 12, 1), date(2010, 12, 31))),
        ("date:[2009 TO 2010-02]", Published(date(2009, 1, 1), date(2010, 2, 28))),
        ("-date:<2010", Without(Published(None, date(2009, 12, 31)))),
        ("标题:党", Phrase(("党",), "title")),
        ("標題：黨", Phrase(("党",), "title")),
        ("正文:(党 OR 团)", Any((Phrase(("党",), "text"), Phrase(("团",), "text")))),
        ("-栏目：党", Without(Phrase(("党",), "branch"))),
        ("日期:2010年12月", Published(date(2010, 12, 1), date(2010, 12, 31))),
        ("状态:已消失 见证：镜像", All((Exactly("status", "gone"), Exactly("witness", "mirror")))),
        ("status:GONE", Exactly("status", "gone")),
        ("網站:A", Exactly("site", "A")),
        ("host:WWW.a.cn:8080", Exactly("host", "www.a.cn:8080")),
        ("主机：[::1]:80", Exactly("host", "[::1]:80")),
        ("學(xué)院 title:院(yuàn)長", All((Phrase(("学", "院")), Phrase(("院", "长"), "title")))),
        ("党 OR", DANG),
        ("Sédim*", Beginning("sedim")),
        ("党 -title:sedim*", All((DANG, Without(Beginning("sedim", "title"))))),
        ("(sedim* OR 党)", Any((Beginning("sedim"), DANG))),
        ('"sedim*"', Phrase(("sedim",))),
        ("s*", Phrase(("s",))),
        ("党sedim*", Phrase(("党", "sedim"))),
        ("se*dim", Phrase(("se", "dim"))),
        ("title:党 AND", Phrase(("党",), "title")),
        ("党 NOT", DANG),
        ("OR 党 AND 团 -", All((DANG, TUAN))),
    ],
)
def test_what_is_typed_means_what_it_says(typed: str, meant: Node) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("AND", ["and"]),
        ("OR NOT", ["not"]),
        ("“党 OR”", ["党 or"]),
        ("党标题:团", ["党 标 题 团"]),
        ("(党", ["党"]),
        ("党)", ["党"]),
        ('"党', ["党"]),
        ("- 党", ["党"]),
        ("党* 团?", ["党", "团"]),
        ("~党^ {团} [会]", ["党", "团", "会"]),
        ("unknown:党", ["unknown 党"]),
        ("会(title:党", ["会 title 党"]),
        ("http://a.cn/会", ["http a cn 会"]),
        ("date:党", ["党"]),
        ("+党 && !团", ["党", "团"]),
        ("党\\ 团", ["党", "团"]),
        ("and or not", ["and", "or", "not"]),
    ],
)
def test_anything_else_is_plain_text(typed: str, words: list[str]) -> None:
    expected = tuple(Phrase(tuple(word.split())) for word in words)
    assert as_typed(parse(typed)) == (expected[0] if len(expected) == 1 else All(expected))


def test_a_blank_query_asks_for_everything_and_punctuation_for_nothing() -> None:
    assert parse("  ") == EVERYTHING
    assert parse("！？ * title:*") == NOTHING


@given(st.text(alphabet='党a10:-"() \\/[]{}*?~^<>+|&!，。“” titledatORNDTO..', max_size=60))
@settings(max_examples=400)
def test_no_query_is_an_error(typed: str) -> None:
    assert isinstance(parse(typed), Node)


def test_a_query_has_an_end() -> None:
    found = parse(" ".join(f"w{n}" for n in range(500)))
    assert isinstance(found, All)
    assert len(found.parts) == MAX_PHRASES
    assert parse("(" * 400 + "党" + ")" * 400) == DANG


@pytest.mark.parametrize(
    ("typed", "span"),
    [
        ("2010", (date(2010, 1, 1), date(2010, 12, 31))),
        ("2012-02", (date(2012, 2, 1), date(2012, 2, 29))),
        ("2010年12月9日", (date(2010, 12, 9), date(2010, 12, 9))),
        ("2009..2011-03", (date(2009, 1, 1), date(2011, 3, 31))),
        ("..2011", (None, date(2011, 12, 31))),
        ("[* TO 2011]", (None, date(2011, 12, 31))),
        (">2010", (date(2011, 1, 1), None)),
        (">=2010-12-09", (date(2010, 12, 9), None)),
        ("<2010-03", (None, date(2010, 2, 28))),
        ("<=2010", (None, date(2010, 12, 31))),
        ("20101209", (date(2010, 12, 9), date(2010, 12, 9))),
        ("201012", (date(2010, 12, 1), date(2010, 12, 31))),
        ("2009-2011", (date(2009, 1, 1), date(2011, 12, 31))),
        ("2009年至2011年3月", (date(2009, 1, 1), date(2011, 3, 31))),
        ("2010-12-09～2011", (date(2010, 12, 9), date(2011, 12, 31))),
        ("2009—2011", (date(2009, 1, 1), date(2011, 12, 31))),
        ("20101332", None),
        ("2010-13", None),
        ("99999", None),
        (">9999", None),
        ("2010-12-09-01", None),
        ("", None),
    ],
)
def test_a_month_or_a_year_means_all_its_days(typed: str, span: object) -> None:
    assert read_span(typed) == span


EVERY = (
    article("a"),
    article(
        "b",
        extraction(
            "黨建工作总结。",
            title="工作总结",
            branch="党建工作处",
            author="李四",
            source="本所",
            published=date(2012, 1, 1),
            attachments=(Attachment("http://www.a.cn/总结.doc"),),
        ),
    ),
    article("c", extraction("无。", title=None, branch=None, author=None, published=None)),
    article("d", extraction("离退休党总支活动。"), status="gone"),
    mirrored("e"),
)


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, EVERY)
        yield archive.store


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("党员", "ade"),
        ("text:党员", "ae"),
        ("-党员", "bc"),
        ("总结 OR 活动", "bd"),
        ("党 -活动 -date:2012", "ae"),
        ("branch:党建", "b"),
        ("branch:黨建工作處", "b"),
        ("author:李四 OR author:王五", "b"),
        ("-author:李四", "acde"),
        ("source:本所", "b"),
        ("attachment:总结", "b"),
        ("attachment:通知.doc -branch:党建", "acde"),
        ("site:institute status:gone", "d"),
        ("site:other", ""),
        ("witness:mirror", "e"),
        ("-witness:mirror 党员", "ad"),
        ("date:2012", "b"),
        ("-date:2012", "acde"),
        ("NOT (党员 OR 总结)", "c"),
        ("title:总结 text:党建", "b"),
        ("title:党建", ""),
    ],
)
def test_fields_and_operators_find_what_they_name(store: Store, typed: str, expected: str) -> None:
    assert "".join(sorted(hit.id for hit in search(store, typed))) == expected
    node = parse(typed)
    assert [one.id for one in EVERY if holds(node, one)] == list(expected)
    streamed: Iterator[Article] = store.articles(query=node)
    assert [one.id for one in streamed] == list(expected)
    assert store.count_articles(query=node) == len(expected)


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_results_come_in_the_order_asked_for(store: Store, order: str) -> None:
    found = search(store, "党 OR 无", order=order)  # type: ignore[arg-type]
    if order == "relevance":
        scores = [hit.score for hit in found]
        assert scores == sorted(scores, reverse=True)
        return
    days = [hit.published for hit in found]
    assert days[-1] is None
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=order == "newest")


def test_facets_count_everything_that_was_found(store: Store) -> None:
    found = search(store, "党", limit=1, facets=True)
    assert (len(found), found.total) == (1, 4)
    counted = {
        name: [(one.value, one.count) for one in counts] for name, counts in found.facets.items()
    }
    assert counted == {
        "branch": [("离退休党总支", 3), ("党建工作处", 1)],
        "year": [("2012", 1), ("2010", 3)],
        "site": [(SITE, 4)],
        "status": [("live", 3), ("gone", 1)],
        "witness": [("original", 4), ("mirror", 1)],
        "host": [("www.a.cn", 4), ("m.com", 1)],
    }
    assert search(store, "党").facets == {}


def test_a_filter_by_kind_of_witness_narrows(store: Store) -> None:
    assert [hit.id for hit in search(store, "党员", Filters(witness="mirror"))] == ["e"]
    assert store.count_articles(Filters(witness="backfill")) == 0


@pytest.mark.parametrize(
    ("host", "found"),
    [("m.com", "e"), ("www.a.cn", "abde"), ("a.cn", ""), ("m.co", ""), ("%", ""), ("", "")],
)
def test_a_filter_by_host_finds_what_stands_on_it(store: Store, host: str, found: str) -> None:
    assert sorted(hit.id for hit in search(store, "党", Filters(host=host))) == sorted(found)
    by_tables = {one.id for one in store.articles(filters=Filters(host=host))}
    assert by_tables & set("abde") == set(found)
    assert {hit.id for hit in search(store, f"党 host:{host or '-'}")} == set(found)


def test_a_host_is_one_with_and_without_its_default_port(store: Store) -> None:
    clean = extraction("党课")
    seen = (witness(clean, "http://M.com:80/x"), witness(clean, "https://m.com?y"))
    store.replace_articles(SITE, [article("h", clean, seen)])
    found = search(store, "党课", Filters(host="m.com"), facets=True)
    assert [hit.id for hit in found] == ["h"]
    assert [(one.value, one.count) for one in found.facets["host"]] == [("m.com", 1)]
    assert store.count_articles(Filters(host="m.com")) == 1


def test_only_what_was_asked_for_is_marked(store: Store) -> None:
    (hit,) = search(store, "text:黨建 -退休")
    assert hit.title.marks == ()
    assert [hit.snippet.text[slice(*mark)] for mark in hit.snippet.marks] == ["黨建"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dangzongzhi", "ade"),
        ("dang zong zhi", "ade"),
        ("DǍNGZǑNGZHĪ", "ade"),
        ("dǎngzǒngzhī", "ade"),
        ("zong'jie", "b"),
        ("gongzuo zongjie", "b"),
        ("title:zongjie", "b"),
        ("author:lisi", "b"),
        ("author:(li si)", "b"),
        ("xueyuan OR zongjie", "b"),
        ("dangyuan -huodong", "ade"),
        ("-zongjie", "abcde"),
        ('"zongjie"', ""),
        ("zong", ""),
        ("zōng", ""),
        ("zǒng", "abde"),
        ("zongjieb", ""),
    ],
)
def test_a_word_in_pinyin_finds_the_characters(store: Store, typed: str, expected: str) -> None:
    assert "".join(sorted(hit.id for hit in search(store, typed))) == expected
    node = parse(typed)
    assert [one.id for one in EVERY if holds(node, one)] == list(expected)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("xueyuan", "学院"),
        ("xuéyuàn", "学院"),
        ("zhangsan", "张三"),
        ("zhang san", "张三"),
        ("xi'an", "西安"),
        ("dangan", "档案"),
        ("tiananmen", "天安门"),
        ("lvxing", "旅行"),
        ("nüren", "女人"),
        ("yinhang", "银行"),
    ],
)
def test_every_reading_of_a_character_is_known(typed: str, read: str) -> None:
    ways = [node.syllables for node in wanted(parse(typed)) if isinstance(node, Sounds)]
    assert any(
        len(way) == len(read) and all(map(frozenset.__contains__, way, read)) for way in ways
    )


@pytest.mark.parametrize(
    "typed", ["iphone", "xian", "can", "he", "science", "DNA", "-women", '"data"']
)
def test_a_word_of_another_language_is_that_word(typed: str) -> None:
    assert not [node for node in wanted(parse(typed)) if isinstance(node, Sounds)]


def test_what_has_the_word_comes_before_what_sounds_like_it(store: Store) -> None:
    store.replace_articles(
        SITE,
        [
            article("sound", extraction("学院。" * 9, title="学院")),
            article("word", extraction("其他。" * 20 + "Xueyuan Road", title="路")),
        ],
    )
    found = search(store, "xueyuan")
    assert [hit.id for hit in found] == ["word", "sound"]
    shown = found.hits[1].snippet
    assert {shown.text[slice(*one)] for one in shown.marks} == {"学院"}


def test_a_hit_in_an_attachment_is_shown_with_its_file(store: Store) -> None:
    file = Attachment("http://www.a.cn/1.doc", "名单.doc", text="表头\n王五，第三党小组。")
    other = Attachment("http://www.a.cn/2.doc", "附件.doc")
    store.replace_articles(SITE, [article("x", extraction(attachments=(other, file)))])
    (hit,) = search(store, "attachment:党小组")
    assert hit.snippet.text == "名单.doc: 王五，第三党小组。"
    assert [hit.snippet.text[slice(*one)] for one in hit.snippet.marks] == ["党小组"]
    (hit,) = search(store, "attachment:名单")
    assert (hit.snippet.text, hit.snippet.marks) == ("名单.doc", ((0, 2),))
    (hit,) = search(store, "党员 attachment:党小组")
    assert hit.snippet.text == extraction().text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("titel:党员", "title:党员"),
        ("党员 Autor：张三", "党员 author：张三"),
        ("year:2010 题名:党员", "date:2010 标题:党员"),
        ("-statsu:gone", "-status:gone"),
        ("title:党员", None),
        ("http://www.a.cn/", None),
        ("注:党员", None),
        ("党员", None),
        ("no:党员", None),
        ("日期：2010年13月 党员", "日期:2010 党员"),
        ("date:2010-02-30", "date:2010-02"),
        ("-date:20101301", "-date:2010"),
        ("date:2010-12-09 date:2009..2011", None),
        ("date:autumn", None),
        ("date:2012..2010", "date:2010..2012"),
        ("党员 日期:[2012-05 TO 2010]", "党员 日期:2010..2012-05"),
        ("(date:2012-2010 OR 党员)", "(date:2010..2012 OR 党员)"),
        ("date:2012年至2010年", "date:2010年..2012年"),
        ("date:2012..2012-03 date:..2010 date:2010..", None),
    ],
)
def test_a_slip_in_a_fields_name_or_a_day_is_told(typed: str, meant: str | None) -> None:
    assert corrected(typed) == meant
