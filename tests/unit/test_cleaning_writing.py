"""Markdown and HTML say what the text says, whoever reads them, and keep how it stood."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from lxml.etree import _Element as Element

from archive.cleaning import extract
from archive.cleaning.markup.blocks import squeeze
from archive.model import Extraction

reader = pytest.importorskip("markdown_it", reason="a reader of Markdown")
COMMONMARK = reader.MarkdownIt("commonmark").enable("table")
PROSE = "<p>支部召开了学习会，与会党员进行了讨论，大家一致认为这次会议开得很好。</p>"


def read(body: str) -> Extraction:
    page = (
        f"<title>会议</title><body><h1>会议纪要</h1><div id=zoom>{PROSE}{body}{PROSE}</div></body>"
    )
    return extract(page.encode(), "http://www.example.ac.cn/xw/1.html")


def tree_of(markup: str) -> Element:
    return lxml_html.fromstring(f"<div>{markup}</div>")


def words(markup: str) -> str:
    return squeeze("".join(map(str, tree_of(markup).itertext())))


def middle(markup: str) -> str:
    """What stands between the first and the last paragraph."""
    return markup.partition("</p>")[2].rpartition("<p>")[0]


_WORDS = st.text("会议，。：“”（）ab1 2.#-+*_`~|<>&;[]()!\\\n", min_size=1, max_size=8)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(["b", "i", "sub", "sup", "span", "a href='/x y_z*.html'"])
    wrapped = st.builds(lambda tag, said: f"<{tag}>{said}</{tag.split()[0]}>", tags, inner)
    return st.lists(wrapped | inner, min_size=1, max_size=3).map("".join)


_INLINE = st.recursive(_WORDS.map(_escaped), _around, max_leaves=5)
_LISTS = st.recursive(
    _INLINE.map(lambda said: f"<li>{said}</li>"),
    lambda inner: st.builds(
        lambda tag, items: f"<{tag}>{''.join(items)}</{tag}>",
        st.sampled_from(["ol", "ul", "li"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
).map(lambda items: f"<ol>{items}</ol>")
_ROWS = st.lists(_INLINE.map(lambda said: f"<td>{said}</td>"), min_size=2, max_size=3)
_TABLE = st.lists(_ROWS.map("".join), min_size=2, max_size=3).map(
    lambda rows: "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
)
_LINES = st.builds(
    lambda tag, said: f"<{tag}>{said}</{tag}>", st.sampled_from(["p", "h3", "pre", "div"]), _INLINE
)


@settings(max_examples=120, derandomize=True)
@given(st.lists(_LINES | _LISTS | _TABLE, min_size=1, max_size=4).map("".join))
def test_no_character_is_lost_or_put_in(body: str) -> None:
    article = read(body)
    assert article.conserved
    assert words(article.html) == squeeze(article.text)
    assert words(COMMONMARK.render(article.markdown)) == squeeze(article.text)


@pytest.mark.parametrize(
    "said",
    [
        "他说：<b>“好。”</b>大家都同意",
        "<b>背景：</b>岁末年初",
        "共<b>三</b><i>项</i>内容",
        "见<b><a href='/a.html'>附件</a>，</b>以及其他",
    ],
)
def test_signs_of_emphasis_are_none_of_the_words(said: str) -> None:
    article = read(f"<p>{said}，以上是会议讨论的第二项内容。</p>")
    shown = COMMONMARK.render(article.markdown)
    assert "*" not in shown
    assert "<strong>" in shown


def test_lists_stand_in_each_other_and_keep_their_numbers() -> None:
    article = read(
        "<ol><li>会议的筹备<ul><li>场地</li><li>材料</li></ul></li><li>会议的召开</li></ol>"
        "<p>以上两项由办公室负责，以下各项由各支部负责。</p><ol><li>宣传</li></ol>"
    )
    assert middle(article.html).startswith(
        "<ol><li>会议的筹备<ul><li>场地</li><li>材料</li></ul></li><li>会议的召开</li></ol>"
    )
    shown = COMMONMARK.render(article.markdown).replace("\n", "")
    assert "会议的筹备<ul><li>场地</li><li>材料</li></ul></li><li>会议的召开</li></ol>" in shown


@pytest.mark.parametrize(
    ("start", "first"), [("3", 3), ("0", 1), ("-4", 1), ("x", 1), ("9999999999", 1), ("²", 1)]
)
def test_a_list_begins_with_the_number_that_the_page_gives_it(start: str, first: int) -> None:
    items = "<li>项目申请书一式三份。</li><li>相关证明材料复印件。</li>"
    markdown = read(f'<ol start="{start}">{items}</ol>').markdown
    assert f"{first}. 项目申请书" in markdown
    assert f"{first + 1}. 相关证明" in markdown


def test_a_list_that_a_paragraph_parts_goes_on_with_its_numbers() -> None:
    article = read("<ol><li>筹备<p>由办公室负责筹备会议。</p></li><li>召开</li></ol>")
    assert '<ol start="2"><li>召开</li></ol>' in article.html


def test_cells_stand_where_they_stood() -> None:
    article = read(
        "<table><tr><th rowspan=2>支部</th><th colspan=2>人数</th></tr>"
        "<tr><td>党员</td><td>群众</td></tr><tr><td>一支部</td><td>12</td><td>30</td></tr></table>"
    )
    assert '<th rowspan="2">支部</th><th colspan="2">人数</th>' in article.html
    assert article.markdown.split("\n\n")[1].splitlines() == [
        "| 支部 | 人数 |  |",
        "| --- | --- | --- |",
        "|  | 党员 | 群众 |",
        "| 一支部 | 12 | 30 |",
    ]
    assert "支部\t人数\n党员\t群众\n一支部\t12\t30" in article.text


def test_a_cell_over_a_million_columns_is_none() -> None:
    row = "<tr><td colspan=1000000 rowspan=1000000>一支部</td><td colspan=x>12</td></tr>"
    article = read(f"<table>{row * 40}</table>")
    assert article.conserved
    assert len(article.markdown) < 1_000_000


def test_hostile_markup_stays_text_and_addresses_stay_addresses() -> None:
    article = read(
        "<p>示例：&lt;script&gt;alert(1)&lt;/script&gt;，<a href='javascript:alert(1)'>点这里</a>，"
        "<a href='/a\"onmouseover=x.html'>那里</a>"
        "<img src='data:x' onerror=alert(1)>，到此结束。</p>"
    )
    for markup in (article.html, COMMONMARK.render(article.markdown)):
        tree = lxml_html.fromstring(f"<div>{markup}</div>")
        assert not list(tree.iter("script"))
        assert {name for node in tree.iter() for name in node.attrib} <= {"href", "src", "alt"}
        links = [str(node.get("href")) for node in tree.iter("a")]
        assert [link.startswith("http://www.example.ac.cn/a") for link in links] == [True]
    assert "<script>alert(1)</script>" in article.text


def test_powers_and_indices_stay_above_and_below() -> None:
    article = read("<p>面积为10<sup>2</sup>平方米，二氧化碳为CO<sub>2</sub>，含量逐年上升。</p>")
    assert "10<sup>2</sup>平方米" in article.html
    assert "CO<sub>2</sub>，" in article.markdown


def test_the_pictures_of_amp_pages_are_pictures_each_once() -> None:
    still = '<noscript><img src="/u/1.jpg" alt="现场"></noscript>'
    article = read(f'<amp-img src="/u/1.jpg" alt="现场">{still}</amp-img>')
    assert [one.url for one in article.images] == ["http://www.example.ac.cn/u/1.jpg"]
    assert article.conserved
