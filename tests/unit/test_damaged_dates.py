"""Dates that lost their marks: the true reading is among those offered, whatever the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning.facts.damaged_dates import LONGEST_MONTH, readings

DAYS = st.dates(date(1950, 1, 1), date(2030, 12, 31))


def _offered(text: str, name: str | None = None) -> list[list[str]]:
    return [[c.text for c in found.candidates] for found in readings(text, name)]


@given(DAYS)
def test_a_month_and_a_day_are_offered(day: date) -> None:
    digits = f"{day.month}{day.day}"
    told = _offered(f"离退休党总支于{digits}日召开大会。")
    if int(digits) <= LONGEST_MONTH:
        assert told == []
    else:
        assert any(f"{day.month}月{day.day}日" in one for one in told)


@given(
    DAYS, st.sampled_from(["{}日，召开大会。", "大会于{}日召开。", "办公室\n{}日\n", "办公室\n{}"])
)
def test_a_whole_day_is_offered_in_a_sentence_as_under_a_signature(day: date, where: str) -> None:
    text = where.format(f"{day.year}{day.month}{day.day}")
    (told,) = _offered(text)
    assert f"{day.year}年{day.month}月{day.day}日" in told


@given(DAYS, st.integers(1, 5))
def test_the_address_or_the_weekday_speaks_for_the_true_day(day: date, more: int) -> None:
    written = f"{day.year}{day.month}{day.day}日"
    told = f"{day.year}年{day.month}月{day.day}日"
    (by_name,) = readings(f"{written}，召开大会。", f"http://a.example/t{day:%Y%m%d}_{more}.html")
    assert by_name.candidates[0].text == told
    weekday = "一二三四五六日"[day.weekday()]
    (by_week,) = readings(f"{written}（星期{weekday}），召开大会。")
    assert told in [one.text for one in by_week.left]


def test_days_before_and_behind_decide_between_two_readings() -> None:
    text = "927日组织参观，1115日总结表彰，2010129日召开大会。\n2010年12月20日"
    last = readings(text)[-1]
    assert last.before == "2010129日"
    assert last.candidates[0].text == "2010年12月9日"
    assert last.candidates[0].evidence
    assert last.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "地址：东南湖大路3888号", "科发人〔2010〕129号", "科发人字129号", "历时128日", "第128号",
        "128元", "人民日报", "本报129日报道版", "12日", "2010年12月9日", "学院路1015号院",
    ],
)  # fmt: skip
def test_numbers_of_houses_and_files_are_no_days(text: str) -> None:
    assert [found for found in readings(text) if "日" not in found.before] == []
