"""Texts that stand in a page otherwise than as text, and what stands beside them."""

from __future__ import annotations

import json
from html import escape

import pytest

from archive.cleaning import extract, read_page
from archive.model import PageKind

SENTENCE = "为深入推进科研诚信建设，研究所于3月5日召开学风建设大会，全体科研人员参加。"
LINES = [
    SENTENCE,
    "会议强调，要把诚信要求贯穿课题申请、实验记录、论文署名的全过程。" * 2,
    SENTENCE * 2,
]
MARKED = "".join(f"<p>{line}</p>" for line in LINES)
TEXT = "\n".join(LINES)


def _page(inside: str, head: str = "") -> bytes:
    heading = "<h1>学风建设大会召开</h1><p>发布时间：2021-03-06</p>"
    return (
        f"<html><head><title>学风建设大会召开</title>{head}</head><body>"
        f"<a href=/>首页</a>{heading}{inside}<p>版权所有：某研究所</p></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("inside", "flagged"),
    [
        (f"<template id=t><div>{MARKED}</div></template>", True),
        (f"<div data-content='{escape(MARKED)}'></div>", True),
        (f"<noscript><div>{MARKED}</div></noscript>", False),
        ("<textarea readonly>" + "\n\n".join(LINES) + "</textarea>", False),
        (f"<x-news><template shadowrootmode=open><div>{MARKED}</div></template></x-news>", False),
    ],
)
def test_a_page_without_prose_is_read_where_its_text_stands(inside: str, flagged: bool) -> None:
    read = extract(_page(inside), "http://www.example.ac.cn/news/331.html")
    assert (read.kind, read.text) == (PageKind.ARTICLE, TEXT)
    assert ("from-script" in read.flags) is flagged
    assert read.conserved


@pytest.mark.parametrize(
    "inside",
    [
        f"<template><div>{MARKED}</div></template>",
        f"<noscript>{MARKED}</noscript>",
        f"<textarea readonly>{TEXT}</textarea>",
        f"<div data-content='{escape(MARKED)}'></div>",
    ],
)
def test_a_page_that_shows_a_text_is_read_for_that_alone(inside: str) -> None:
    other = "支部委员会讨论了今年的工作计划，并且确定了各项工作的负责人。" * 4
    assert extract(_page(f"<div>{other}</div>{inside}")).text == other


@pytest.mark.parametrize(
    "inside",
    [
        "<noscript><strong>很抱歉，本网站需要启用脚本才能正常使用。请打开后再试。</strong></noscript>",
        f"<textarea name=letter>{TEXT}</textarea>",
        f"<div class=cookie-consent data-content='{escape(MARKED)}'></div>",
        "".join(f"<template><p>{n}</p>{MARKED}</template>" for n in range(3)),
    ],
)
def test_forms_hints_and_lists_are_no_texts(inside: str) -> None:
    assert SENTENCE not in extract(_page(inside)).text


def _held(data: object, kind: str = "") -> bytes:
    script = json.dumps(data, ensure_ascii=False)
    return f"<title>某研究所</title><div id=app></div><script{kind}>{script}</script>".encode()


DETAIL = {
    "title": "学风建设大会召开",
    "publishTime": "2021-03-06",
    "author": "张志远",
    "source": "科研处",
    "channelName": "综合新闻",
    "content": MARKED,
}


def test_what_stands_beside_a_text_in_a_script_are_its_particulars() -> None:
    read = extract(_held({"props": DETAIL}, " type=application/json"))
    assert (read.title, read.author, read.source, read.branch, str(read.published)) == (
        "学风建设大会召开",
        "张志远",
        "科研处",
        "综合新闻",
        "2021-03-06",
    )


def test_values_that_are_named_by_their_places_in_a_list_are_found() -> None:
    names = {key: place for place, key in enumerate(DETAIL, 1)}
    read = extract(_held([names, *DETAIL.values()], " type=application/json"))
    assert (read.title, read.author, read.branch) == ("学风建设大会召开", "张志远", "综合新闻")
    assert read.text == TEXT


def test_the_publishers_name_in_json_ld_is_no_title() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "学风建设大会召开",
        "publisher": {"name": "某研究所"},
        "articleSection": "综合新闻",
        "articleBody": TEXT,
    }
    read = extract(_held(article, " type=application/ld+json"))
    assert (read.title, read.branch, read.text) == ("学风建设大会召开", "综合新闻", TEXT)


def test_a_trail_in_json_ld_names_the_section() -> None:
    steps = [{"position": n, "name": name} for n, name in enumerate(("首页", "党建园地", "大会"))]
    trail = json.dumps({"@type": "BreadcrumbList", "itemListElement": steps})
    head = f"<script type=application/ld+json>{trail}</script>"
    read = extract(_page(MARKED, head).replace("学风建设大会召开".encode(), "大会".encode()))
    assert read.branch == "党建园地"


def test_microdata_names_the_author_and_the_section() -> None:
    marked = (
        "<meta itemprop=articleSection content=综合新闻><p><span itemprop=author itemscope>"
        "<span itemprop=name>张志远</span></span></p>"
    )
    read = extract(_page(f"{marked}<div itemprop=articleBody>{MARKED}</div>"))
    assert (read.branch, read.author) == ("综合新闻", "张志远")


@pytest.mark.parametrize("page", ["[1,2", "[" * 5000, '[{"content":99999999},"a"]', "[[],{}]"])
def test_any_list_in_a_script_is_answered_for(page: str) -> None:
    body = f"<div id=app></div><script type=application/json>{page}</script>"
    assert not read_page(body.encode()).from_script


def _accordion(name: str, times: int) -> bytes:
    panel = f"<div class={name} hidden>{{text}}</div>"
    part = f"<div class={name}-group><h4>如何申请{{n}}？</h4>{panel}</div>"
    parts = "".join(part.format(n=n, text=f"<p>第{n}项。{SENTENCE}</p>") for n in range(times))
    return _page(f"<div><p>{SENTENCE * 9}</p>{parts}</div>")


def test_the_parts_of_an_accordion_are_text() -> None:
    text = extract(_accordion("panel", 3)).text
    assert all(f"如何申请{n}？\n第{n}项。" in text for n in range(3))
    assert "第0项。" not in extract(_accordion("panel", 1)).text
    assert "第0项。" not in extract(_accordion("box", 3)).text
