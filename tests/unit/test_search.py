"""Search: every article that has the words, and no other; no query is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search import EVERYTHING, count, search
from archive.search.language import parse
from archive.search.places import spans
from archive.search.query import Phrase, wanted
from archive.search.snippet import mark, snippet
from archive.search.terms import BREAK, fold, normal, units
from archive.store import Filters, Store, open_archive
from archive.store.index.buckets import bucket_row, buckets
from archive.store.index.rows import Row
from tests.unit.search_oracle import held_to_the_truth
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        yield archive.store


def fill(store: Store, *texts: str, title: str = "标题") -> None:
    store.replace_articles(
        SITE,
        (article(f"{n:04d}", extraction(text, title=title)) for n, text in enumerate(texts)),
    )


def ids(store: Store, query: str, **filters: object) -> list[str]:
    narrowed = replace(EVERYTHING, **filters)  # type: ignore[arg-type]
    return sorted(hit.id for hit in search(store, query, narrowed, limit=10_000))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("党", True),
        ("会", True),
        ("。", False),
        ("大会", True),
        ("党员大会", True),
        ("員", True),
        ("黨員大會", True),
        ("员党", False),
        ("9月27日", True),
        ("9月27", True),
        ("2月27", False),
        ("月", True),
        ("９月", True),
        ("iphone", True),
        ("ＩＰＨＯＮＥ", True),
        ("phone", False),
        ("大会 iphone", True),
        ("大会 缺席", False),
        ('"大会 9月"', False),
        ("“召开党员”", True),
        ("会9", False),
        ("会后", False),
        ("日发布 iphone", True),
        ("乾部", False),
        ("召开，党员", True),
    ],
)
def test_words_of_any_length_are_found(store: Store, query: str, found: bool) -> None:
    fill(store, "我所召开党员大会\n9月27日发布 iPhone 应用。\n后记")
    assert ids(store, query) == (["0000"] if found else [])


def test_a_phrase_does_not_run_over_the_end_of_a_paragraph(store: Store) -> None:
    fill(store, "党员\n大会", "党员 大会")
    assert ids(store, "党员大会") == ["0001"]


def test_title_and_text_are_searched_and_the_title_weighs_more(store: Store) -> None:
    store.replace_articles(
        SITE,
        [
            article("text", extraction("银河系的研究进展很大。" + "其他内容。" * 5, title="进展")),
            article("title", extraction("其他内容。" * 6, title="银河系")),
        ],
    )
    assert [hit.id for hit in search(store, "银河系")] == ["title", "text"]


def test_filters_narrow_what_is_found(store: Store) -> None:
    store.replace_articles(
        SITE,
        [
            article("a"),
            article("b", extraction(published=date(2012, 1, 1), branch="党建")),
            article("c", status="gone"),
        ],
    )
    assert ids(store, "党员") == ["a", "b", "c"]
    assert ids(store, "党员", branch="党建") == ["b"]
    assert ids(store, "党员", date_from=date(2011, 1, 1)) == ["b"]
    assert ids(store, "党员", date_to=date(2011, 1, 1), status="live") == ["a"]
    assert ids(store, "党员", site="other") == []
    assert count(store, "党员", Filters(status="gone")) == 1


def test_a_blank_query_finds_all_that_pass_the_filters_newest_first(store: Store) -> None:
    store.replace_articles(
        SITE, [article("old"), article("new", extraction(published=date(2012, 1, 1)))]
    )
    assert [hit.id for hit in search(store, " ")] == ["new", "old"]
    assert count(store, "", Filters()) == 2


@pytest.mark.parametrize(
    "query",
    [
        '" OR 1=1',
        "NEAR(",
        "*",
        "a*",
        "title:",
        "^党",
        "党 AND NOT",
        "'; DROP TABLE articles; --",
        "{a b}:",
        '"',
        '""""',
        "\x00党\ud800",
        "(" * 5000,
        "党" * 1_000_000,
        "a " * 5000,
        "\\",
        "%_",
        "-党员",
        "¶",
        "article_terms",
    ],
)
def test_anything_odd_in_a_query_is_plain_text(store: Store, query: str) -> None:
    fill(store, "党员大会", "x OR 1=1")
    assert len(search(store, query)) <= 2
    assert count(store, query, Filters()) <= 2


def test_a_query_of_nothing_but_punctuation_finds_nothing(store: Store) -> None:
    fill(store, "党员大会！")
    assert not search(store, "！？*").hits
    assert count(store, "！？*", Filters()) == 0


@pytest.mark.parametrize(("limit", "found"), [(-1, 0), (0, 0), (1, 1), (10**9, 3)])
def test_a_limit_is_brought_into_range(store: Store, limit: int, found: int) -> None:
    fill(store, "党员", "党员", "党员")
    assert len(search(store, "党员", limit=limit)) == found


def test_an_offset_pages_through_and_may_be_absurd(store: Store) -> None:
    fill(store, "党员", "党员", "党员")
    pages = [search(store, "党员", limit=2, offset=offset) for offset in (0, 2, 10**18, -5)]
    assert [len(page) for page in pages] == [2, 1, 0, 2]


def test_pages_of_many_hits_neither_repeat_nor_leave_out_any(store: Store) -> None:
    texts = ("党员" * (1 + n % 7) + "的活动" * (n % 11) for n in range(130))
    fill(store, *texts)
    pages = [search(store, "党员", limit=50, offset=offset) for offset in (0, 50, 100, 150)]
    assert [len(page) for page in pages] == [50, 50, 30, 0]
    assert {page.total for page in pages} == {130}
    assert len({hit.id for page in pages for hit in page}) == 130


def test_words_beside_each_other_are_not_one_word(store: Store) -> None:
    fill(store, "ab c", "a bc", "abc", "ab 党")
    assert ids(store, '"ab c"') == ["0000"]
    assert ids(store, '"a bc"') == ["0001"]
    assert ids(store, "abc") == ["0002"]
    assert ids(store, '"ab 党"') == ["0003"]


def phrases(query: str) -> list[Phrase]:
    return [one for one in wanted(parse(query)) if isinstance(one, Phrase)]


def test_search_agrees_with_reading_every_article(store: Store) -> None:
    assert held_to_the_truth(store) > 150


@given(st.text(alphabet="党員员大會9aA①㎏ 1。\n，ab\u0301ﬁ℃㈠乾干(（ǎ)", max_size=30), st.data())
@settings(max_examples=500)
def test_a_phrase_is_placed_where_its_units_stand(text: str, data: st.DataObject) -> None:
    found = [unit for unit in units(text) if unit != BREAK]
    if not found:
        return
    start = data.draw(st.integers(0, len(found) - 1))
    phrase = Phrase(tuple(found[start : data.draw(st.integers(start + 1, len(found)))]))
    places = spans(text, [phrase])
    for begin, end in places:
        shown = normal(text)[begin:end]
        if len(fold(shown)) == len(shown):
            assert tuple(units(shown)) == phrase.units
    every = units(text)
    width = len(phrase.units)
    standing = [n for n in range(len(every)) if tuple(every[n : n + width]) == phrase.units]
    assert len(places) == len(standing)


@given(st.text(alphabet="党员大会9a 1。\n，ab", max_size=30), st.data())
@settings(max_examples=300)
def test_what_lacks_a_bucket_of_a_phrase_cannot_have_it(text: str, data: st.DataObject) -> None:
    lines = [line for line in map(units, text.split("\n")) if line]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    start = data.draw(st.integers(0, len(line) - 1))
    phrase = line[start : data.draw(st.integers(start + 1, len(line)))]
    every = units(text)
    assert set(buckets(phrase)) <= set(buckets(every))
    assert len(buckets(phrase)) == len(phrase) - 1
    assert sorted(bucket_row(Row(every)).split()) == sorted(set(buckets(every)))


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("黨(dǎng)支部召開學(xué)習(xí)會(huì)。", "学习会", "學(xué)習(xí)會"),
        ("黨（dăng）支部", "党支部", "黨（dăng）支部"),
        ("中(ㄓㄨㄥ)國(ㄍㄨㄛˊ)人", "中国人", "中(ㄓㄨㄥ)國(ㄍㄨㄛˊ)人"),
        ("旅(lǚ xíng)行", "旅行", "旅(lǚ xíng)行"),
        ("黨（DǍNG）支部", "黨（dǎng）支部", "黨（DǍNG）支部"),
    ],
)
def test_a_reading_behind_a_character_is_no_part_of_the_text(
    store: Store, text: str, query: str, shown: str
) -> None:
    fill(store, text)
    (hit,) = search(store, query)
    assert [hit.snippet.text[slice(*one)] for one in hit.snippet.marks] == [shown]


def test_only_a_reading_is_passed_over(store: Store) -> None:
    fill(store, "他(he)说", "学(2010)院", "清华(Tsinghua)大学", "(xué)院")
    assert ids(store, "他说") == ids(store, "学院") == ids(store, "清华大学") == []
    assert ids(store, "tsinghua") == ["0002"]
    assert ids(store, "xué院") == ["0003"]


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("今年由 Müller 教授主持", "muller", "Müller"),
        ("今年由 Muller 教授主持", "Müller", "Muller"),
        ("庞加莱（Henri Poincaré）猜想", "henri poincare", "Henri"),
        ("Łódź 与 Århus", "arhus", "Århus"),
        ("Straße 上的会", "strasse", "Straße"),
        ("Straße 上的会", "上的会", "上的会"),
        ("Καλωσόρισμα 来访", "καλωσορισμα", "Καλωσόρισμα"),
        ("ещё раз", "еще", "ещё"),
        ("the in\u00adsti\u00adtute met", "institute", "in\u00adsti\u00adtute"),
        ("x\u0304y 学\u0304院", "学院", "学\u0304院"),
        ("㎏乾a\u0303 学院", "学院", "学院"),
        ("旅（LǙ XÍNG）行 Müller", "旅行", "旅（LǙ XÍNG）行"),
    ],
)
def test_marks_of_letters_may_be_left_out_on_either_side(
    store: Store, text: str, query: str, shown: str
) -> None:
    fill(store, text)
    (hit,) = search(store, query)
    start, end = hit.snippet.marks[0]
    assert hit.snippet.text[start:end] == shown


def test_a_beginning_finds_words_of_letters_whole_and_marks_them_so(store: Store) -> None:
    fill(
        store,
        "Marine sediments 与海 sedimentary\n岩",
        "the sedan",
        "本所 SEDIMÉNT 样品",
        "三se dim",
    )
    assert ids(store, "sedim*") == ["0000", "0002"]
    assert ids(store, "title:sedim*") == ids(store, "edim*") == []
    shown = next(hit.snippet for hit in search(store, "sedim*") if hit.id == "0000")
    assert [shown.text[slice(*one)] for one in shown.marks] == ["sediments", "sedimentary"]


def test_letters_that_a_mark_makes_others_stay_apart(store: Store) -> None:
    fill(store, "мой дом", "он мои")
    assert ids(store, "мой") == ["0000"]
    assert ids(store, "мои") == ["0001"]


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_folding_twice_changes_nothing_that_is_searched(text: str) -> None:
    assert units(fold(text)) == units(text) or fold(fold(text)) != fold(text)


def test_a_snippet_shows_the_hit_in_the_original_text() -> None:
    text = "前言。\n" + "很长的开头，" * 20 + "在九月召開黨員大會，" + "很长的结尾。" * 30
    shown = snippet(text, phrases("党员大会"))
    (span,) = shown.marks
    assert shown.text[slice(*span)] == "黨員大會"
    assert shown.text.startswith("…")
    assert shown.text.endswith("…")
    assert len(shown.text) <= 122


def test_a_snippet_prefers_the_paragraph_with_more_of_the_words() -> None:
    shown = snippet("党员一段\n党员大会的决定\n大会一段", phrases("党员 决定"))
    assert shown.text == "党员大会的决定"
    assert [shown.text[a:b] for a, b in shown.marks] == ["党员", "决定"]


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("第一段\n第二段", phrases("没有")).text == "第一段"
    assert snippet("", phrases("没有")).text == ""


def test_marks_that_touch_each_other_do_not_overlap() -> None:
    assert mark("党员大会", phrases("党员大 员大会")).marks == ((0, 4),)
