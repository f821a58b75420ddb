"""The branch of an article is read from whatever trail of sections stands over it."""

from __future__ import annotations

import pytest

from archive.cleaning import extract
from archive.cleaning.facts.breadcrumb import is_trail

TEXT = "研究所昨日举行学术报告会，来自各课题组的四十余人参加，会议由所长主持。" * 4
MORE = "与会者认为，新的观测数据可靠，建议明年继续开展野外工作，并发表全部数据。" * 3
TITLE = "学术报告会在本所举行"
LINKS = (
    '<li><a href="/">首页</a></li><li><a href="/a">机构设置</a></li><li><a href="/b">人才</a></li>'
)
TRAILS = {
    "an arrow behind home": '<p><a href="/">首页</a>&gt;<a href="/n">新闻</a>&gt;所内动态</p>',
    "slashes": '<div><a href="/">首页</a>/ <a href="/n">新闻</a> / 所内动态 / 正文</div>',
    "an arrow before home": '<div>&gt;<a href="/">首页</a> &gt; 新闻 &gt; 所内动态</div>',
    "full-width arrows": "<div>网站首页＞新闻＞所内动态</div>",
    "announced with 所在的": "<div>您现在所在的位置：首页&gt;&gt;新闻&gt;&gt;所内动态</div>",
    "the last step twice": "<div>首页 &gt; 新闻 &gt; <a>所内动态</a><b>所内动态</b></div>",
    "cells": "<table><tr><td>首页</td><td>&gt;新闻</td><td>&gt;所内动态</td></tr></table>",
    "announced": "<div>当前位置：<ul><li>首页</li><li>新闻</li><li>所内动态</li></ul></div>",
    "a list named so": '<ol class="breadcrumb"><li>首页</li><li>新闻</li><li>所内动态</li></ol>',
    "a useless one": "<div>首页 &gt; 新闻 &gt; 所内动态</div><div>首页 &gt; 详情页</div>",
    "the site's name first": '<div><a href="../../">高原所</a>&gt;<a href="../">所内动态</a></div>',
    "a link behind the last step": (
        '<div><a href="http://www.example.ac.cn">高原所</a>&gt;<a href="/n/">所内动态</a>&gt;正文'
        '<a href="/sub">订阅手机报</a></div>'
    ),
    "sections by the year": '<div>首页 &gt; <a href="/n">所内动态</a> &gt; <a>2024</a></div>',
    "sections by the month": "<div>当前位置：首页 &gt; 所内动态 &gt; 2010年12月</div>",
    "the title as last step": f"<div>首页 &gt; 所内动态 &gt; {TITLE}</div>",
}


def page(trail: str, head: str = "") -> bytes:
    """An article under a menu and ``trail``."""
    return (
        f"<html><head><meta charset=utf-8><title>{TITLE}</title>{head}</head><body>"
        f"<ul>{LINKS}</ul>{trail}<h1>{TITLE}</h1><div><p>{TEXT}</p><p>{MORE}</p></div></body></html>"
    ).encode()


@pytest.mark.parametrize("trail", TRAILS.values(), ids=TRAILS.keys())
def test_the_last_section_of_the_trail_is_the_branch(trail: str) -> None:
    assert extract(page(trail)).branch == "所内动态"


@pytest.mark.parametrize("trail", TRAILS.values(), ids=TRAILS.keys())
def test_no_part_of_the_trail_is_text_or_title(trail: str) -> None:
    found = extract(page(trail))
    assert found.title == TITLE
    assert found.text == f"{TEXT}\n{MORE}"


def test_a_menu_that_begins_with_the_home_page_is_no_trail() -> None:
    assert extract(page("")).branch is None
    assert not is_trail("首页 | 机构设置 | 新闻")
    assert not is_trail("首页")


def test_links_with_arrows_between_that_do_not_begin_at_home_are_no_trail() -> None:
    chain = '<p><a href="/b/1.html">种子</a>&gt;<a href="/b/2.html">幼苗</a>&gt;<a>果实</a></p>'
    assert extract(page(chain)).branch is None


def test_a_sentence_about_a_home_page_is_no_trail() -> None:
    assert not is_trail("首页 > 是读者最先看到的一页，它的设计应当让人一眼看出这是哪个研究所的网站")


def test_the_section_named_in_the_head_is_used_where_no_trail_is_shown() -> None:
    named = '<meta name="ColumnName" content="所内动态">'
    assert extract(page("", named)).branch == "所内动态"
    assert extract(page("<div>首页 &gt; 党建</div>", named)).branch == "党建"


@pytest.mark.parametrize("said", ["2024", "某研究所门户网站", TITLE, "所"])
def test_a_head_that_names_no_section_gives_none(said: str) -> None:
    assert extract(page("", f'<meta name="ColumnName" content="{said}">')).branch is None
