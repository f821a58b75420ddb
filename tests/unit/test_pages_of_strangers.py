"""Shapes of pages that were met on sites nobody had looked at, each made anew with other words."""

from __future__ import annotations

from datetime import date

import pytest

from archive.cleaning import extract
from archive.model import Extraction, PageKind

TEXT = (
    "<p>6月8日下午，研究所在第二会议室召开仪器共享工作会议，各课题组的仪器管理员参加。</p>"
    "<p>会议通报了上半年的开放机时，并就下半年的维修计划征求了意见，要求逐台登记。</p>"
)
URL = "http://www.example.ac.cn/xw/show.asp?k=7"


def read(body: str, title: str | None = "仪器共享工作会议召开", url: str = URL) -> Extraction:
    head = f"<title>{title}</title>" if title is not None else ""
    return extract(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url)


@pytest.mark.parametrize(
    "particulars",
    [
        "<div><span>申请日</span><span>2024年12月24日</span></div>",
        "<div>公开(公告)日：2025年3月28日</div>",
        "<div>购置日期：</div><div class='date'>2009-10-01</div>",
    ],
)
def test_a_day_that_a_page_calls_by_another_name_is_not_that_of_publication(
    particulars: str,
) -> None:
    found = read(f"<h2>仪器共享工作会议召开</h2>{particulars}<div>{TEXT}</div>")
    assert found.published is None


@pytest.mark.parametrize(
    "line",
    [
        "发布日：2009-10-01",
        "最終更新日：2009年10月1日",
        "星期日 2009-10-01",
        "礼拜日 2009-10-01",
        "上传日：2009-10-01",
        "<div>更新日期：</div><div class='date'>2009-10-01</div>",
    ],
)
def test_a_day_named_for_publishing_and_a_day_of_the_week_count(line: str) -> None:
    found = read(f"<h2>仪器共享工作会议召开</h2><div class='date'>{line}</div><div>{TEXT}</div>")
    assert found.published == date(2009, 10, 1)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("（2011年4月15日12時24分 相模新聞）", "相模新聞"),
        ("2011年04月15日 13:39:38 某校新闻网", "某校新闻网"),
    ],
)
def test_a_moment_and_a_publisher_alone_under_the_text_date_it(line: str, source: str) -> None:
    found = read(f"<h2>仪器共享工作会议召开</h2><div>{TEXT}</div><div>{line}</div>")
    assert found.published == date(2011, 4, 15)
    assert found.source == source
    assert line not in found.text


@pytest.mark.parametrize("line", ["（2011年4月15日 会议新聞 第3版）", "2011年4月15日 陈列栏"])
def test_what_is_no_publisher_beside_a_day_under_the_text_tells_neither(line: str) -> None:
    found = read(f"<h2>仪器共享工作会议召开</h2><div>{TEXT}</div><div>{line}</div>")
    assert (found.published, found.source) == (None, None)


def test_the_counter_in_the_foot_of_a_site_counts_no_articles_visits() -> None:
    foot = "<div>Copyright © 2018 - 2019 某某研究所 All Rights Reserved 浏览次数: 1000</div>"
    assert read(f"<h2>仪器共享工作会议召开</h2><div>{TEXT}</div>{foot}").hits is None
    over = "<div>发布时间：2019-03-01 浏览次数：31</div>"
    assert read(f"<h2>仪器共享工作会议召开</h2>{over}<div>{TEXT}</div>{foot}").hits == 31


@pytest.mark.parametrize("address", ["www.example.org", "example.ac.cn", "EXAMPLE.ORG"])
def test_an_address_in_an_authors_place_names_nobody(address: str) -> None:
    body = f"<h2>仪器共享工作会议召开</h2><div>作者：{address}</div><div>{TEXT}</div>"
    assert read(body).author is None


@pytest.mark.parametrize("name", ["J.Smith", "J.P.Zhang", "Y.WANG", "Prof.Li"])
def test_a_name_with_initials_in_an_authors_place_is_no_address(name: str) -> None:
    body = f"<h2>仪器共享工作会议召开</h2><div>作者：{name}</div><div>{TEXT}</div>"
    assert read(body).author == name


def test_a_source_keeps_both_brackets_of_a_papers_name_within_it() -> None:
    over = "<div>来源：《高原日报》客户端 发布时间：2019-03-01</div>"
    found = read(f"<h2>仪器共享工作会议召开</h2>{over}<div>{TEXT}</div>")
    assert found.source == "《高原日报》客户端"


def test_an_address_that_the_line_before_announces_is_text() -> None:
    shown = "http://www.example.gov.cn/cggg/202501/t20250106_1.htm"
    found = read(f"<h2>仪器共享工作会议召开</h2><div>{TEXT}<p>原文详见：</p><p>{shown}</p></div>")
    assert found.text.endswith(f"原文详见：\n{shown}")
    plain = read(f"<h2>仪器共享工作会议召开</h2><div>{TEXT}<p>{shown}</p></div>")
    assert shown not in plain.text
    asked = read(
        f"<h2>仪器共享工作会议召开</h2><div>{TEXT}<p>转载请注明出处：</p><p>{shown}</p></div>"
    )
    assert asked.text.endswith("要求逐台登记。")


def test_a_separator_within_the_line_that_a_title_ends_with_does_not_cut_it() -> None:
    line = "Iron Hat---即使开放源码，依旧炙手可热"
    found = read(f"<div><p>{line}</p>{TEXT}</div>", title=f"高原通讯第三期：{line}")
    assert found.title == f"高原通讯第三期：{line}"


def test_without_a_title_in_the_head_the_first_line_of_the_text_goes_before_later_ones() -> None:
    body = f"<p>学习小组(第一期) 预备会总结</p>{TEXT}<p>1、 学习小组的组织形式:</p>{TEXT}"
    assert read(body, title="New Page 1").title == "学习小组(第一期) 预备会总结"
    code = f"<p>&lt;% %&gt;</p><p>括起来的是程序段的说明与例子</p>{TEXT}"
    assert read(code, title=None).title == "括起来的是程序段的说明与例子"
    rows = "<tr><td>方式</td><td>线上申请</td></tr><tr><td>目的</td><td>" + "协助学童完成课业。" * 9
    table = f"<table><tr><th colspan=2>::成果备查::</th></tr>{rows}</td></tr></table>"
    assert read(table, title=None).title == "成果备查"


def test_a_chapters_heading_under_a_link_to_its_book_is_the_title() -> None:
    book = "<p><a href='index.htm'>高原行记</a></p><center>22．灰雁的故事</center>"
    found = read(f"{book}<pre>{TEXT * 4}</pre>", title="高原行记")
    assert found.title == "22．灰雁的故事"


def test_when_a_letter_was_sent_is_its_day() -> None:
    over = "<p>发送时间: 1999年3月11日星期四 PM 9:12</p><h3>周二会议报告</h3>"
    found = read(f"<table><tr><td>{over}{TEXT}</td></tr></table>", title="Untitled Document")
    assert found.published == date(1999, 3, 11)
    assert found.title == "周二会议报告"


def test_lines_over_a_table_that_is_all_of_a_page_say_of_what_it_is() -> None:
    over = "<table><tr><td>104学年度 各校 学生数 统计</td></tr><tr><td>高原县</td></tr></table>"
    row = "".join(f"<td>{n}</td>" for n in range(14))
    data = "".join(f"<tr><td>第{n}中学</td>{row}</tr>" for n in range(30))
    page = f"<center>{over}<table border=1>{data}</table></center><center>footer text</center>"
    found = read(page, title="教育统计表", url="http://www.example.edu.tw/stat/20160530.html")
    assert found.text.startswith("104学年度 各校 学生数 统计\n高原县\n")
    assert found.text.endswith("\t13")


def _person(courses: str) -> str:
    parts = (
        ("教育背景", "1997、9~2000、7：某某大学历史系，近现代史专业，史学博士，导师：李华教授"),
        ("工作经历", "2000、7~至今：某某大学社会学系，历任讲师、副教授，讲授多门课程。"),
    )
    told = "".join(
        f"<div class=caption>{head}</div><div class=parts><p>{text}</p><p>{text[:30]}</p></div>"
        for head, text in parts
    )
    return f"<h2>张志远</h2><div class=info>{told}<div class=caption>讲授课程</div>{courses}</div>"


def test_boxes_of_short_lines_beside_boxes_of_text_are_the_texts() -> None:
    courses = "<div class=parts><p>社会思想史 —本科生</p><p>组织社会学 —本科生</p></div>"
    found = read(_person(courses), title="张志远-社会学院")
    assert found.text.startswith("教育背景\n")
    assert found.text.endswith("讲授课程\n社会思想史 —本科生\n组织社会学 —本科生")


def test_boxes_of_another_kind_and_links_are_none_of_the_text() -> None:
    for box in (
        "<div class=side><p>通知公告 —综合</p><p>组织机构 —综合</p></div>",
        "<div class=parts><p><a href='/a'>社会思想史</a></p><p><a href='/b'>社会学</a></p></div>",
        "<div class=parts><p>版权所有 某某大学</p></div>",
    ):
        assert "—综合" not in read(_person(box), title="张志远-社会学院").text
        assert "版权所有" not in read(_person(box), title="张志远-社会学院").text
        assert "\n社会学" not in read(_person(box), title="张志远-社会学院").text


def test_days_with_the_times_an_entry_was_read_are_those_of_a_list() -> None:
    told = "本项目与国外某某大学合作举办，已获教育部门正式批准，引进对方的全部课程与师资"
    page = "".join(
        f"<div class=item><h6><a href='/{n}.htm'>合作办学项目之{n}的设立与招生</a></h6>"
        f"<div>2020-03-{n} (94{n})</div><p>{told if n == 11 else told[:24]}</p></div>"
        for n in range(11, 16)
    )
    found = read(f"<h3>办学项目</h3>{page}", "办学项目", "http://www.example.edu.cn/9/list.htm")
    assert found.kind is PageKind.LIST
