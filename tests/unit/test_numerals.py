"""A number is found in digits and in Chinese characters, and nothing else than it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search import parse, search
from archive.search.numerals import grouped, other_numerals
from archive.search.terms import units
from archive.store import Store, open_archive
from tests.unit.search_oracle import holds
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction

TEXTS = {
    "3": "《所讯》2012年第3期出版，12月9日。",
    "三": "《所讯》2012年第三期出版。",
    "13": "《所讯》第13期。",
    "十三": "《所讯》第十三期。",
    "三十": "《所讯》第三十期。",
    "零": "二零一二年十二月九日，十一月。",
    "〇": "二〇一〇年一月十九日。",
    "○": "二○一○年，王○○。",
    "2010": "2010年1月。",
    "1200": "经费1200万元，第125次。",
    "1,200": "经费1,200万元，十二五规划。",
}
EVERY = [
    article(f"{place:02d}", extraction(text, title=name))
    for place, (name, text) in enumerate(TEXTS.items())
]


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, EVERY)
        yield archive.store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("第3期", ["3", "三"]),
        ("第三期", ["3", "三"]),
        ("第３期", ["3", "三"]),
        ("text:第三期", ["3", "三"]),
        ("2012年第3期", ["3", "三"]),
        ("2012年第三期", ["3", "三"]),
        ("二〇一二年第3期", ["3", "三"]),
        ("第13期", ["13", "十三"]),
        ("第三十期", ["三十"]),
        ("第30期", ["三十"]),
        ('"第3期"', ["3"]),
        ("所讯 -第3期", ["13", "三", "三十", "十三"]),
        ("2010年", ["2010", "〇", "○"]),
        ("二零一零年", ["2010", "〇", "○"]),
        ("二○一〇年", ["2010", "〇", "○"]),
        ("王〇〇", ["○"]),
        ("二〇一〇年1月", ["2010", "〇"]),
        ("12月9日", ["3", "零"]),
        ("十二月九号", []),
        # Not within 十一月 and 十九日.
        ("1月", ["2010"]),
        ("9日", ["3"]),
        ("1月9日", []),
        ("1200万元", ["1,200", "1200"]),
        ("1,200万元", ["1,200", "1200"]),
        ("十二五", ["1,200"]),
        ("第一百二十五次", ["1200"]),
    ],
)
def test_a_number_is_found_in_every_form(store: Store, typed: str, found: list[str]) -> None:
    assert sorted(hit.title.text for hit in search(store, typed)) == sorted(found)
    node = parse(typed)
    truth = [str(one.reading.title) for one in EVERY if holds(node, one)]
    assert sorted(truth) == sorted(found)


def test_what_was_found_is_marked_as_the_text_has_it(store: Store) -> None:
    for typed, marked in (
        ("第三期", {"第3期", "第三期"}),
        ("2010年", {"二○一○年", "2010年", "二〇一〇年"}),
    ):
        pieces = [hit.snippet for hit in search(store, typed)]
        assert {one.text[start:end] for one in pieces for start, end in one.marks} == marked


NUMBERS = st.text(alphabet="第年月日期零一二三十百千0123456789a ", max_size=14)


@given(NUMBERS)
def test_another_form_has_another_one_back(typed: str) -> None:
    phrase = tuple(units(typed))
    for other in other_numerals(phrase):
        assert other != phrase
        assert len(list(other_numerals(other))) < 9
    assert all(units(one) != units(typed) for one in grouped(typed))


@given(st.integers(1, 9999))
def test_a_number_that_is_spelt_is_read_again(number: int) -> None:
    typed = ("第", str(number), "期")
    forms = {typed, *other_numerals(typed)}
    assert len(forms) > 1
    for form in forms:
        assert {form, *other_numerals(form)} == forms
