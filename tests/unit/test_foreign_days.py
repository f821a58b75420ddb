"""Days as pages in other languages write them, and the day of publication among several."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cleaning import extract
from archive.cleaning.facts.dates import find_dates
from archive.cleaning.facts.foreign_dates import foreign_dates, iranian_day

BODY = "<p>支部召开了学习会，与会党员进行了讨论，大家一致认为这次会议开得很好。</p>" * 3
WORDS = "Les chercheurs ont présenté leurs résultats lors de la réunion annuelle du laboratoire. "


def published(above: str, below: str = "") -> date | None:
    html = f"<title>会议</title><body><h1>会议</h1>{above}<div id=zoom>{BODY}</div>{below}</body>"
    return extract(html.encode(), "http://www.example.ac.cn/a.html").published


@pytest.mark.parametrize(
    "said",
    [
        "9 décembre 2010",
        "le 9 déc. 2010",
        "9 de diciembre de 2010",
        "Diciembre 9, 2010",
        "9 dezembro 2010",
        "9 dicembre 2010",
        "9 grudnia 2010",
        "9 Aralık 2010",
        "9 декабря 2010 г.",
        "9 Δεκεμβρίου 2010",
        "9 ديسمبر 2010",
        "٩ ديسمبر ٢٠١٠",
        "9 كانون الأول 2010",
        "9 בדצמבר 2010",
        "9 ธันวาคม 2553",
        "9 ธ.ค. พ.ศ. 2553",
        "18 آذر 1389",
        "۱۳۸۹/۰۹/۱۸",
        "Thứ năm, ngày 9 tháng 12 năm 2010",
        "Ngày đăng: 09/12/2010",
        "平成22年12月9日",
        "平成 22 年 12 月 9 日",
        "H22.12.9",
        "Publié le 09/12/2010",
        "פורסם בתאריך 09/12/2010",
    ],
)
def test_a_day_is_read_in_the_way_of_each_language(said: str) -> None:
    assert [found.day for found in find_dates(said)] == [date(2010, 12, 9)]


@pytest.mark.parametrize(
    "said",
    [
        "31 février 2010",
        "9 mai",
        "the 9/12/2010",
        "平成22年13月9日",
        "第5昭和22号",
        "30 اسفند 1389",
    ],
)
def test_what_is_no_day_in_any_language_is_none(said: str) -> None:
    assert not find_dates(said)


@given(days=st.integers(min_value=0, max_value=60_000))
def test_each_day_has_one_name_in_the_iranian_calendar(days: int) -> None:
    whole = date(1921, 3, 21) + timedelta(days=days)
    named = [
        (year, month, day)
        for year in (whole.year - 622, whole.year - 621)
        for month in range(1, 13)
        for day in range(1, 32)
        if iranian_day(year, month, day) == whole
    ]
    assert len(named) == 1


@pytest.mark.parametrize(
    ("gregorian", "iranian"),
    [
        (date(2016, 3, 20), (1395, 1, 1)),
        (date(2021, 3, 20), (1399, 12, 30)),
        (date(2025, 3, 20), (1403, 12, 30)),
        (date(1979, 2, 11), (1357, 11, 22)),
    ],
)
def test_known_days_of_the_iranian_calendar(gregorian: date, iranian: tuple[int, int, int]) -> None:
    assert iranian_day(*iranian) == gregorian


def test_an_era_before_the_year_is_part_of_the_day_and_no_author() -> None:
    page = f"<h2>研究会の報告</h2><p>平成23年4月26日</p><div class=body>{BODY}</div>"
    read = extract(page.encode())
    assert (read.published, read.author) == (date(2011, 4, 26), None)


@pytest.mark.parametrize(
    "line", ["Veröffentlicht am 28. Juli 2009", "Pubblicato il 28 luglio 2009", "28 juillet 2009"]
)
def test_a_line_that_says_when_it_was_published_is_none_of_the_text(line: str) -> None:
    page = f"<title>Résultats</title><h1>Résultats</h1><p>{line}</p>" + f"<p>{WORDS * 3}</p>" * 4
    read = extract(page.encode())
    assert read.published == date(2009, 7, 28)
    assert line not in read.text
    assert any(removal.text == line for removal in read.removals)


def test_the_day_of_publication_goes_before_that_of_the_last_change() -> None:
    first, second = "发表时间：2013-12-04", "更新时间：2015-01-08"
    for line in (f"<p>{second} | {first}</p>", f"<p>{first}</p><p>{second}</p>"):
        assert published(line) == date(2013, 12, 4)
    assert published(f"<p>{second}</p>") == date(2015, 1, 8)
    assert published("<p>Updated May 2, 2015 | Published May 1, 2014</p>") == date(2014, 5, 1)


def test_a_sentence_that_tells_when_something_was_published_does_not_date_its_page() -> None:
    line = "The findings were published on 12 March 2014 in a journal of the society."
    page = f"<h1>Lakes</h1><p>{line}</p><p>{WORDS * 4}</p><p>{WORDS * 4}</p>"
    assert extract(page.encode()).published is None


@pytest.mark.parametrize(
    "line",
    [
        "Application deadline: 5 May 2011",
        "Start date: 5 May 2011",
        "Please apply by May 5, 2011",
        "Closing date: 5 May 2011",
    ],
)
def test_a_day_by_which_something_is_to_be_done_is_none_of_publication(line: str) -> None:
    text = f"<p>{'The institute offers a position for work on alpine lakes. ' * 4}</p>" * 3
    assert extract(f"<h1>A position</h1><p>{line}</p>{text}".encode()).published is None


def test_an_hour_before_a_month_is_no_day_of_it() -> None:
    assert published("<p class=date>North 09:31 August 20, 2019</p>") == date(2019, 8, 20)


def test_when_the_site_was_changed_last_says_nothing_of_the_article() -> None:
    assert published("", "<p>网站最后更新：2025-01-02</p>") is None


def test_the_end_of_an_embargo_is_text_and_no_day_of_publication() -> None:
    line = "EMBARGOED UNTIL 16:00 London time, 31 March 2011"
    text = f"<p>{'The institute announced a new programme on freshwater ecology. ' * 4}</p>" * 3
    page = f"<h1>A prize</h1><p class=date>28 March 2011</p><p>{line}</p>{text}"
    read = extract(page.encode())
    assert read.published == date(2011, 3, 28)
    assert read.text.startswith(line)


@pytest.mark.parametrize("day", ["113-02-05", "113/2/5", "113.02.05"])
def test_a_year_of_the_republic_behind_a_label_needs_no_name(day: str) -> None:
    assert published(f"<p>發布日期：{day}</p>") == date(2024, 2, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 Kasim 2012", date(2012, 11, 9)),
        ("Kasim 9, 2012", date(2012, 11, 9)),
        ("3 JUİN 2012 à Paris", date(2012, 6, 3)),
        ("14 Δεκεµβρίου 2012", date(2012, 12, 14)),
        ("5 ſept 2012", date(2012, 9, 5)),
    ],
)
def test_letters_that_are_taken_for_each_other_name_the_same_month(
    text: str, expected: date
) -> None:
    assert [one for one, _, _ in foreign_dates(text)] == [expected]


def test_the_half_of_the_day_before_a_day_is_no_german_word() -> None:
    assert list(foreign_dates("Posted 9:30 am 05/03/2015")) == []
    assert [one for one, _, _ in foreign_dates("am 05/03/2015")] == [date(2015, 3, 5)]


@given(st.text("0123456789 ./-,:isıİſkKµμτςσжᲀ令和平成RHS年月日amtháng", max_size=40))
def test_no_text_ends_the_reading_of_its_days(text: str) -> None:
    for _, start, end in foreign_dates(f"9 Kasim 2012 {text}"):
        assert 0 <= start < end
