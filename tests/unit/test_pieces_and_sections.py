"""Texts in several elements, links within a page, and days in tables of particulars."""

from __future__ import annotations

from datetime import date

import pytest

from archive.cleaning import extract
from archive.model import Extraction

URL = "http://www.example.ac.cn/zhxw/201603/t20160321_31.html"
FIRST = "三月的祁连山南坡，冰雪还没有化尽，六名队员已经背着仪器上了山，开始今年的第一次样方调查。"
SECOND = "样方一共有四十八个，分布在海拔三千二百米到四千一百米之间，最远的一个要走三个小时。"
THIRD = "调查将持续到四月底，全部数据汇交到研究所的数据中心，供各课题组使用。"


def _read(body: str, title: str = "观测站开始春季调查") -> Extraction:
    return extract(f"<title>{title}</title><body><h1>{title}</h1>{body}".encode(), URL)


def test_pieces_of_one_id_are_one_text_and_what_stands_between_is_told_as_left_out() -> None:
    gallery = '<div><h4><a href="/tp/1.html">湖区水鸟的越冬数量创下新高</a></h4></div>'
    pieces = [f'<div id="endText"><p>{text}</p></div>' for text in (FIRST, SECOND, THIRD)]
    read = _read(f"<div>{gallery.join(pieces)}</div>")
    assert read.text.splitlines() == [FIRST, SECOND, THIRD]
    assert read.conserved
    assert [r.text for r in read.removals] == ["湖区水鸟的越冬数量创下新高"] * 2


def test_answers_in_elements_of_one_id_are_none_of_the_text() -> None:
    posts = "".join(
        f'<div id="post"><p>网友{i} 发表于 2016-03-2{i} 10:2{i}</p><p>{text}</p></div>'
        for i, text in enumerate((FIRST, SECOND, THIRD, FIRST.replace("三月", "四月")))
    )
    read = _read(f"<div>{posts}</div>")
    assert FIRST in read.text
    assert THIRD not in read.text


def test_ways_back_to_the_top_part_no_text() -> None:
    told = "".join(f'<p>{t}</p><p><a href="#top">回到问题</a></p>' for t in (FIRST, SECOND, THIRD))
    read = _read(f"<table><tr><td>{told}</td></tr></table>")
    assert read.text.splitlines()[-1] == THIRD
    assert FIRST in read.text


def test_a_table_of_contents_is_left_out_and_told() -> None:
    heads, texts = ("湖区的来历", "历次水位测量", "观测站的迁址"), (FIRST, SECOND, THIRD)
    contents = "".join(f'<li><a href="#s{i}">{head}</a></li>' for i, head in enumerate(heads))
    body = "".join(f"<h2>{h}</h2><p>{t}</p>" for h, t in zip(heads, texts, strict=True))
    read = _read(f"<div><p>目录</p><ul>{contents}</ul>{body}</div>")
    assert [r.text for r in read.removals if r.rule == "contents"] == ["目录", *heads]
    assert read.text.count(heads[0]) == 1


@pytest.mark.parametrize("href", ["#", "#/news/3", "#!news/3"])
def test_addresses_that_scripts_read_lead_to_other_pages(href: str) -> None:
    entries = "".join(f'<li><a href="{href}">第{i}届学术年会在西宁召开</a></li>' for i in range(9))
    read = _read(f"<div><p>{FIRST}</p><p>{SECOND}</p></div><ul>{entries}</ul>")
    assert read.text.splitlines() == [FIRST, SECOND]


def test_an_entry_keeps_what_stands_behind_a_paragraph_of_links() -> None:
    said = (
        "Every spring the institute gives books away that its library has twice, and whoever wants "
        "one may write to us, as long as there are any, and need not pay for more than the post.",
        "Here is what we have this year; the addresses lead to the catalogue, and to nothing else.",
        "They are old, and a few were never bound; nobody has read them for long, all are whole.",
    )
    books = ", ".join(f'<a href="/b/{i}">Flora of the plateau, volume {i}</a>' for i in range(1, 8))
    last = "<div><p>We thank the readers who sent us their copies.</p></div>"
    more = '<p><a href="/news/7.html">What the library bought in the year before</a></p>'
    paragraphs = "".join(f"<p>{one}</p>" for one in said)
    entry = f'<div class="entry-content">{paragraphs}<p>{books}.</p>{last}{more}</div>'
    read = _read(
        f'<div class="post"><p>From the library, in May.</p>{entry}</div>', "Books for you"
    )
    assert read.text.splitlines()[-1] == "We thank the readers who sent us their copies."
    assert "Flora of the plateau, volume 3" in read.text


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("成立时间", None),
        ("创办日期", None),
        ("成立日", None),
        ("Founded", None),
        *(
            (label, date(1998, 2, 28))
            for label in ("发布时间", "掲載日", "日付", "Date", "Datum：")
        ),
    ],
)
def test_a_day_in_a_table_is_what_its_row_calls_it(label: str, day: date | None) -> None:
    rows = f"<tr><th>所在地</th><td>西宁</td></tr><tr><th>{label}</th><td>1998年2月28日</td></tr>"
    table = f"<table border=1>{rows}<tr><th>类型</th><td>事业单位</td></tr></table>"
    read = extract(
        f"<title>研究所</title><h1>高原生态研究所</h1>{table}<p>{FIRST}</p><p>{SECOND}</p>".encode(),
        "http://www.example.ac.cn/gk/",
    )
    assert read.published == day


@pytest.mark.parametrize("line", ["By JANE ROE JAN. 4, 2016", "by Jane Roe4 Jan 2016"])
def test_a_month_or_a_number_beside_a_name_is_none_of_it(line: str) -> None:
    text = "<p>The snow on the southern slope has not melted yet, and six people went up.</p>"
    more = "<p>They carry their instruments on their backs, for there is no road, and no car.</p>"
    read = _read(f"<p>{line}</p><div>{text}{more}{more.replace('backs', 'heads')}</div>", "Spring")
    assert (read.author or "").title() == "Jane Roe"


def test_the_sign_by_which_manuals_link_to_a_heading_is_none_of_the_title() -> None:
    read = extract(
        f"<h1>观测手册<a href='#s'>¶</a></h1><p>{FIRST}</p><p>{SECOND}</p>".encode(), URL
    )
    assert read.title == "观测手册"
