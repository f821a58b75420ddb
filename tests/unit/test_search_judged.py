"""What scholars type finds what it should, however a text writes it, and shows where."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import MAX_LIMIT, search
from archive.search.joined import indexed, standing
from archive.search.language import MAX_OTHERS, parse
from archive.search.query import Phrase, TextField, wanted
from archive.search.snippet import mark, snippet
from archive.search.terms import fold, normal, units
from archive.store import Store, open_archive
from benchmarks.search.judged import answers, fill, judged, wrong

PIECES = ("10.1007/", "zhang1", "doi:", "title:", "date:", "no ")

LINEAR_S = 3.0
"""For what takes a tenth of it; what looks again at what it has seen takes minutes."""


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    with open_archive(tmp_path, create=True) as archive:
        fill(archive.store)
        yield archive.store


def test_every_judged_query_finds_what_it_should_and_what_was_typed_first(store: Store) -> None:
    every = answers(store)
    assert len(every) > 150
    assert not list(wrong(every))


def test_every_hit_of_a_judged_query_shows_where_it_stands(store: Store) -> None:
    for one in judged():
        for hit in search(store, one.query, limit=MAX_LIMIT):
            assert hit.snippet.marks or hit.title.marks, (one.query, hit.id)


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("OBrien", "Dr. O’Brien, Dublin", ["O’Brien"]),
        ("cooperation", "on co-operation today", ["co-operation"]),
        ("coopera*", "on co-operation and cooperation", ["co-operation", "cooperation"]),
        ("01062345678", "Tel. (010)6234-5678.", ["010)6234-5678"]),
        ("62345678", "+86-10-6234-5678", ["6234-5678"]),
        ("mueller", "Herr Müller", ["Müller"]),
        ("mueller", "与Müller合作", ["Müller"]),
        ("OBrien", "与O'Brien合作", ["O'Brien"]),
        ("3um", "孔径3 μm", ["3 μm"]),
        ("ｶﾞﾗｽ", "新しいガラス", ["ガラス"]),
        ("GBT7714", "GB/T 7714—2015", ["GB/T 7714"]),
        ("investigation", "The inves-\ntigation", ["inves-\ntigation"]),
        ("斋藤", "斎藤先生", ["斎藤"]),
        ("J.P.Smith", "JP Smith", ["JP Smith"]),
    ],
)
def test_the_hit_is_marked_as_it_is_written(typed: str, text: str, shown: list[str]) -> None:
    found = mark(text, list(wanted(parse(typed))))
    assert [found.text[start:end] for start, end in found.marks] == shown


@pytest.mark.parametrize("whole", ["x\u0323\u0301", "👩🏽\u200d🔬", "葛\U000e0100"])
def test_a_snippet_parts_no_character_from_its_marks(whole: str) -> None:
    for shift in range(6):
        text = "甲" * (80 + shift) + whole * 9 + "党" + whole * 70
        shown = snippet(text, [Phrase(("党",))])
        assert len(shown.text) > 80
        rest = shown.text.strip("…").replace("甲", "").replace("党", "")
        assert rest == whole * (len(rest) // len(whole))


@pytest.mark.parametrize(
    "typed", ['"email"', '"OBrien"', "mail -email", '"01062345678"', '"Mueller"']
)
def test_what_is_quoted_or_left_out_is_meant_to_the_letter(typed: str) -> None:
    parts = [one for one in wanted(parse(typed)) if isinstance(one, Phrase)]
    assert all(not unit.startswith("¶email") for one in parts for unit in one.units)
    assert not any(one.other for one in parts if one.units != ("¶mail",))


@pytest.mark.parametrize("word", ["GBT7714{}", "GB/T 77{}", "muller{}", "0{}-345-67", "a-b-c{}"])
def test_a_long_query_looks_for_a_bounded_number_of_other_ways(word: str) -> None:
    typed = " ".join(word.format(f"1{number}") for number in range(30))
    others = [one for one in wanted(parse(typed)) if isinstance(one, Phrase) and one.other]
    assert 0 < len(others) < 2 * MAX_OTHERS


@given(
    st.lists(
        st.sampled_from(
            [*'aO12’-/^@() :"‘’·第年零oiVu3μ²℃ﾞ党T~*\\', "OR ", "(at)", "http://", *PIECES]
        ),
        max_size=24,
    ).map("".join)
)
def test_whatever_is_typed_asks_for_something_that_an_index_has(typed: str) -> None:
    for one in wanted(parse(typed)):
        assert one.field in (None, *get_args(TextField))
        assert not isinstance(one, Phrase) or one.units


def test_the_parts_of_a_word_stay_what_they_were_in_the_index() -> None:
    for one in ("O'Brien's co-operation, 010-62345678", "the inves-\ntigation"):
        before = units(one)
        assert indexed(one)[: len(before)] == before


@pytest.mark.parametrize(
    "text",
    [
        "3.14159265, 192.168.100.100, 12-25, 2010-12",  # no telephone, no one number
        "www.ihb.ac.cn/xw a@b.ac.cn",
        "the institute's lake",
        "2001 2002 2003 2004 2005 2006 2007 2008",
        "学习、实践·活动",
    ],
)
def test_what_is_no_word_in_parts_makes_none(text: str) -> None:
    assert indexed(text) == units(text)


@given(st.text(alphabet="aO12'-’./^@() \n·(üßÅ學é\u0301ｶﾞ", max_size=40))
def test_words_in_parts_stand_where_they_are_said_to(text: str) -> None:
    original = normal(text)
    found = list(standing(original, fold(text), lambda word: True))
    words = {f"¶{word}" for _, _, word in found}
    assert words == set(indexed(text)[len(units(text)) :])
    for start, end, word in found:
        assert 0 <= start < end <= len(original)
        assert units(original[start])[:1] == [] or word[0] == units(original[start])[0][0]


@pytest.mark.parametrize(
    "piece", ["a-", "1-", "a.b", "1 ", "a", "1", "a. ", "a-\n", "1(", "ü", "a'", "x^", "a/"]
)
def test_words_in_parts_are_looked_for_in_linear_time(piece: str) -> None:
    started = time.process_time()
    indexed(piece * 100_000)
    assert time.process_time() - started < LINEAR_S
