"""What a page says is read through its disguise and its odd layout: traditional characters,
readings in brackets, print views, bodies without an element of their own."""

from __future__ import annotations

from datetime import date

import pytest

from archive.cleaning import extract
from archive.cleaning.facts.dates import is_day
from archive.cleaning.facts.labels import is_label_line, read_labels
from archive.cleaning.multipage import Pager, pager_of
from archive.cleaning.script import as_simplified, bare_of_readings, plain
from archive.cleaning.writing.media import Addresses
from archive.model import Extraction, PageKind

BODY = (
    "<p>9月27日，支部召开了学习会，与会党员进行了讨论，大家一致认为这次会议开得很好。</p>"
    "<p>会后，支部书记作了总结，要求全体党员认真学习，把工作做得更好。</p>"
)


def read(body: str, url: str | None = None, title: str = "学习会召开") -> Extraction:
    page = f'<html><meta charset="utf-8"><title>{title}</title><body>{body}</body></html>'
    return extract(page.encode(), url)


def test_a_line_is_plain_without_readings_and_traditional_characters() -> None:
    assert plain("當(dāng)前位置：首頁(yè)") == "当前位置：首页"
    assert bare_of_readings("作者(zuòzhě)：盧曉琳(men)") == "作者：盧曉琳(men)"


@pytest.mark.parametrize("text", ["學院、書記", "幹部", "plain", ""])
def test_simplifying_for_a_look_keeps_every_place(text: str) -> None:
    assert len(as_simplified(text)) == len(text)


def test_labels_are_read_through_readings_and_traditional_characters() -> None:
    labels = read_labels("作(zuò)者：盧曉琳 文章來(lái)源：人事處 點擊數(shù)：28")
    assert [(one.kind, one.value) for one in labels] == [
        ("author", "盧曉琳"),
        ("source", "人事處"),
        ("hits", "28"),
    ]


def test_a_day_before_the_labels_makes_no_prose_of_them() -> None:
    assert is_label_line("2010-11-08 09:12 来源：离退休工作处 编辑：王伟 点击：28")
    assert not is_label_line("2010年11月8日，支部召开了会议。来源：离退休工作处")


@pytest.mark.parametrize(
    ("line", "is_one"),
    [("2004年3月16日", True), ("（二〇〇四年三月十六日）", True), ("2004年3月16日下午", False)],
)
def test_a_lone_day_is_told_from_a_sentence(line: str, is_one: bool) -> None:
    assert is_day(line) is is_one


def test_a_breadcrumb_in_traditional_characters_names_the_branch() -> None:
    found = read(
        "<div>當(dāng)前位置：<a href='/'>首頁(yè)</a> &gt;&gt; <a href='/d'>黨建工作</a>"
        f" &gt;&gt; 瀏覽文章</div><h1>学习会召开</h1><div>{BODY}</div>"
    )
    assert found.branch == "黨建工作"


def test_a_print_view_gives_the_heading_it_announces_and_keeps_its_signature() -> None:
    found = read(
        "<center><b>学习会召开</b></center><div>作者：席兆萍 更新时间：2004-3-18</div>"
        f"{BODY}<p align=right>党委办公室</p><p align=right>2004年3月16日</p>"
        "<div>http://www.example.ac.cn/ReadNews.asp?NewsID=1143</div>",
        title="打印：学习会召开",
    )
    assert found.title == "学习会召开"
    assert found.author == "席兆萍"
    assert found.published == date(2004, 3, 18)
    lines = found.text.splitlines()
    assert lines[0].startswith("9月27日")
    assert lines[-2:] == ["党委办公室", "2004年3月16日"]


def test_a_body_between_siblings_of_the_frame_is_taken_whole() -> None:
    frame = "".join(f"<p><a href='/{n}'>栏目之{n}</a></p>" for n in range(40))
    more = BODY.replace("支部", "小组").replace("学习", "总结").replace("会议", "活动")
    found = read(f"{frame}<h1>学习会召开</h1><p>作者：王伟</p>{BODY}{more}{frame}")
    assert found.kind is PageKind.ARTICLE
    assert found.text.count("把工作做得更好。") == 2
    assert "栏目" not in found.text


def test_a_dash_in_a_table_cell_is_data() -> None:
    head = "<tr><th>项目</th><th>数量</th></tr>"
    table = f"<table border=1>{head}<tr><td>设备</td><td>—</td></tr></table>"
    assert "—" in read(f"<h1>学习会召开</h1><div>{BODY}{table}</div>").text


@pytest.mark.parametrize("words", ["2 下一页", "[2]", "下一頁", "第2页", "Next page"])
def test_a_link_of_a_pager_leads_on_whatever_its_words(words: str) -> None:
    pager = f"<div><a href='7_2.htm'>{words}</a></div>"
    found = read(f"<h1>学习会召开</h1><div>{BODY}</div>{pager}", "http://www.x.ac.cn/info/7.htm")
    assert found.next_pages == ("http://www.x.ac.cn/info/7_2.htm",)


@pytest.mark.parametrize("words", ["》", "2011年工作要点"])
def test_other_links_lead_nowhere(words: str) -> None:
    pager = f"<div><a href='7_2.htm'>{words}</a></div>"
    found = read(f"<h1>学习会召开</h1><div>{BODY}</div>{pager}", "http://www.x.ac.cn/info/7.htm")
    assert found.next_pages == ()
    assert pager_of(None, [], [], Addresses(None)) == Pager()


@pytest.mark.parametrize("name", ["createPageHTML", "pageHtml"])
def test_parts_that_only_a_script_names_are_found(name: str) -> None:
    script = f'<script>{name}(3, 0, "t20190918_2693199", "shtml")</script>'
    found = extract(
        f"<h1>学习会召开</h1><div>{BODY}</div>{script}".encode(),
        "http://www.x.ac.cn/a/t20190918_2693199.shtml",
    )
    assert found.next_pages == (
        "http://www.x.ac.cn/a/t20190918_2693199_1.shtml",
        "http://www.x.ac.cn/a/t20190918_2693199_2.shtml",
    )
