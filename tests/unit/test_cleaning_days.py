"""Which of several days on a page is the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from archive.cleaning import extract

BODY = "<p>支部召开了学习会，与会党员进行了讨论，大家一致认为这次会议开得很好。</p>" * 3


def published(above: str, below: str = "") -> date | None:
    html = f"<title>会议</title><body><h1>会议</h1>{above}<div id=zoom>{BODY}</div>{below}</body>"
    return extract(html.encode(), "http://www.example.ac.cn/a.html").published


def test_a_label_in_one_cell_has_its_value_in_the_next() -> None:
    table = "<table><tr><td>发布日期：</td><td>2024-06-13</td></tr><tr><td>x</td></tr></table>"
    assert published(table) == date(2024, 6, 13)


def test_the_day_a_notice_was_made_is_not_the_day_it_was_published() -> None:
    table = "<table><tr><td>生成日期：</td><td>2024-06-04</td></tr><tr><td>x</td></tr></table>"
    assert published(table, "<div>发布日期：2024-06-13　来源：办公厅</div>") == date(2024, 6, 13)
    assert published(table) is None


def test_a_forum_says_behind_the_day_that_something_was_published() -> None:
    line = "<center>本贴由某人于2005年8月12日16:12:21在〖学习园地〗发表.</center>"
    assert published(line) == date(2005, 8, 12)


def test_the_address_of_the_source_beside_a_day_makes_it_no_link_to_another_page() -> None:
    source = "<a href='http://www.example.com/'>http://www.example.com</a>"
    line = f"<div>{source} 2012年01月12日17:55 某日报</div>"
    assert published(line) == date(2012, 1, 12)
    headline = "<a href='/b.html'>某研究所召开年度工作会议暨表彰先进集体大会</a>"
    entry = f"<div>{headline} 2012年01月12日17:55</div>"
    assert published(entry) is None


def test_a_day_keeps_its_last_digit_where_the_next_label_follows_at_once() -> None:
    line = "<p>发布时间：2021-05-12来源：办公室编辑：季某某浏览量：</p>"
    page = f"<h1>通知</h1>{line}<p>各部门请注意。</p>"
    assert extract(page.encode()).published == date(2021, 5, 12)


@pytest.mark.parametrize(
    "said",
    [
        "2010年12月9日",
        "２０１０年１２月９日",
        "二〇一〇年十二月九日",
        "二零一零年十二月九日",
        "二0一0年十二月九日",
        "民国99年12月9日",
        "民國九十九年十二月九日",
        "2010.12.09",
        "2010 - 12 - 9 08:30",
        "10-12-09",
        "10-12-9",
        "10/12/9",
        "10年12月9日",
        "20101209",
        "Thu Dec 09 10:20:00 CST 2010",
        "Dec 9, 2010",
        "9th December 2010",
    ],
)
def test_a_day_is_read_in_each_of_its_forms(said: str) -> None:
    assert published(f"<p>发布时间：{said}</p>") == date(2010, 12, 9)


def test_the_twenties_of_a_month_may_be_written_in_one_character() -> None:
    assert published("<p>发布时间：二〇一〇年十二月廿五日</p>") == date(2010, 12, 25)


@pytest.mark.parametrize(
    "said",
    [
        "3天前",
        "昨天 12:30",
        "2010年12月",
        "12月9日 10:30",
        "99-12-09",
        "09/12/2010",
        "20101309",
        "10/1/12",
    ],
)
def test_a_day_that_is_not_told_in_full_is_not_guessed(said: str) -> None:
    assert published(f"<p>发布时间：{said}</p>") is None


@pytest.mark.parametrize("word", ["加入时间", "入库时间", "公开日期"])
def test_old_systems_have_names_of_their_own_for_the_day(word: str) -> None:
    assert published(f"<p>{word}：2010-12-9</p>") == date(2010, 12, 9)


def test_a_year_of_the_republic_is_no_year_of_the_common_era() -> None:
    assert published("<p>发布时间：民国10年12月09日</p>") is None
