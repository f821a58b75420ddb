"""A day, a telephone and a measure are found in whichever way they are written; nothing else is."""

from __future__ import annotations

import pytest

from archive.search.customs import by_other_customs, telephones
from archive.search.language import parse
from archive.search.query import All, Phrase, wanted
from archive.search.snippet import mark

DAY = "2010年12月9日"


@pytest.mark.parametrize(
    "typed",
    [
        "2010-12-09",
        "2010.12.9",
        "2010/12/9",
        "２０１０．１２．９",
        "2010年12月09日",
        "2010年12月9号",
    ],
)
def test_a_day_is_asked_for_as_offices_and_as_lists_write_it(typed: str) -> None:
    found = [one.units for one in wanted(parse(typed)) if isinstance(one, Phrase)]
    for text in (DAY, "2010年12月09日", "2010.12.9", "2010-12-09", "二〇一〇年十二月九日"):
        assert parse(f'"{text}"').units in found, text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "typed",
    [
        *("2010-13-09", "2010-02-30", "2010-12", "2010.12", "1.2.3", "3010-12-9", "2010-12-9-1"),
        *("20101209", "2010-12月9日", "2010年12-9", "192.168.1.1", "2010年12月", "0x1F", "xx", "℃"),
    ],
)
def test_what_is_no_whole_day_and_no_measure_is_asked_for_as_it_is(typed: str) -> None:
    assert list(by_other_customs(typed)) == []


@pytest.mark.parametrize(
    "digits",
    ["62345678", "861234567", "8613", "13", "0862345678901", "11012345678", "86", "01234567890"],
)
def test_digits_that_are_no_telephone_of_the_country_are_left_alone(digits: str) -> None:
    assert list(telephones(digits)) == []


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("2010-12-09", f"会议于{DAY}召开", DAY),
        (DAY, "时间：2010/12/9。", "2010/12/9"),
        ("+86 10 62345678", "电话：010-62345678。", "010-62345678"),
        ("+8613800138000", "手机138 0013 8000。", "138 0013 8000"),
        ("25摄氏度", "水温25 ℃。", "25 ℃"),
        ("5x10", "尺寸5×10厘米", "5×10"),
    ],
)
def test_what_is_found_so_is_marked_as_it_is_written(typed: str, text: str, shown: str) -> None:
    found = mark(text, list(wanted(parse(typed))))
    assert [found.text[start:end].rstrip("。") for start, end in found.marks] == [shown]


def test_what_was_typed_comes_first_and_in_quotation_marks_is_all() -> None:
    first, *others = [one for one in wanted(parse("2010-12-09")) if isinstance(one, Phrase)]
    assert first.units == ("2010", "12", "09")
    assert not first.other
    assert all(one.other for one in others)
    assert parse('"2010-12-09"') == Phrase(("2010", "12", "09"))


@pytest.mark.parametrize("typed", ["(2010)12号", "云研发(2010)12号", "党员(2010)"])
def test_a_number_in_brackets_within_a_word_is_a_part_of_it(typed: str) -> None:
    assert isinstance(parse(typed), Phrase)
    assert isinstance(parse("(2010) 12号"), All)
