"""A talk's time and place are text, and not when its announcement was published."""

from __future__ import annotations

from datetime import date

from archive.cleaning import extract

ABOUT = "<p>内容简介：报告介绍了近三十年来冰川面积的变化，并讨论了今后二十年的趋势。</p>"


def page(lines: str) -> bytes:
    return f"<title>学术报告</title><h1>学术报告</h1><div id=zoom>{lines}{ABOUT}</div>".encode()


def test_when_a_talk_takes_place_is_text_where_its_place_stands_beside_it() -> None:
    read = extract(page("<p>时间：2019年5月20日14:30</p><p>地点：二层报告厅</p>"))
    assert read.text.startswith("时间：2019年5月20日14:30\n地点：二层报告厅\n")
    assert read.published is None


def test_a_time_alone_is_the_day_of_publication() -> None:
    read = extract(page("<p>时间：2019年5月20日</p>"))
    assert not read.text.startswith("时间")
    assert read.published == date(2019, 5, 20)


def test_a_day_that_is_called_that_of_publication_is_it_whatever_stands_beside_it() -> None:
    read = extract(page("<p>发布时间：2019年5月6日</p><p>地点：二层报告厅</p>"))
    assert read.text.startswith("地点：二层报告厅\n")
    assert read.published == date(2019, 5, 6)
