"""A page is read by what stands on it, whatever elements its template is made of."""

from __future__ import annotations

import re

import pytest

from archive.cleaning import extract
from archive.cleaning.page import read_page
from archive.model import PageKind

URL = "http://www.example.ac.cn/info/1042/3317.htm"
TITLE = "深海探测装备通过海上验收"
DAY = "2013-05-16"
PARAGRAPHS = (
    "5月14日，由我所牵头研制的深海探测装备在南海完成全部海上试验，专家组听取汇报后一致同意验收。",
    "该装备历时四年研制，先后突破耐压结构、水下供电与远距离通信三项关键技术，最大工作水深四千米。",
    "验收会上，专家们对数据质量给予肯定，并就后续应用、维护和开放共享提出了具体的意见和建议。",
)
MENU = (
    "首页",
    "概况简介",
    "机构设置",
    "科研成果",
    "人才队伍",
    "研究生教育",
    "国际交流",
    "党群园地",
)
NEWS = tuple(f"第{n}届海洋仪器学术年会将于近期召开" for n in "一二三四五六七八九十")
REMARKS = tuple(
    f"第{n}位读者说，这样的装备应当早一些用到渔业和航运上去，也希望多公布一些试验的照片。"
    for n in "一二三四五六"
)


def _links(words: tuple[str, ...]) -> str:
    return "".join(
        f'<div><a href="/info/1042/{n}.htm">{word}</a></div>' for n, word in enumerate(words)
    )


def _page(text: str, line: str = "p") -> str:
    """A page in nothing but ``<div>``, its text in ``text``, each paragraph a ``line``."""
    words = "".join(f"<{line}>{paragraph}</{line}>" for paragraph in PARAGRAPHS)
    remarks = "".join(f"<div><div>网友</div><div>{remark}</div></div>" for remark in REMARKS)
    return (
        f"<html><head><title>{TITLE}</title></head><body>"
        f"<div><div>{_links(MENU)}</div><div><div>{_links(NEWS)}</div>"
        f"<div><div>{TITLE}</div><div>发布时间：{DAY}</div>{text.format(words)}</div></div>"
        f"<div><div>网友评论</div>{remarks}</div><div>版权所有 海洋仪器研究所</div>"
        "</div></body></html>"
    )


def _read(page: str) -> tuple[object, ...]:
    read = extract(page.encode(), URL)
    return read.kind, read.title, str(read.published), read.text.splitlines()


RIGHT = (PageKind.ARTICLE, TITLE, DAY, list(PARAGRAPHS))


def _made_of(begin: str, end: str) -> str:
    page = _page("<div>{}</div>", "div")
    return page.replace("<div>", f"<{begin}>").replace("</div>", f"</{end}>")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("div", "div"),
        ("section", "section"),
        ("article", "article"),
        ('div class="section"', "div"),
        ("x-box", "x-box"),
        ('span style="display: block"', "span"),
        ('span style="color:red;display:flex"', "span"),
    ],
)
def test_a_page_says_the_same_whatever_its_boxes_are_made_of(begin: str, end: str) -> None:
    assert _read(_made_of(begin, end)) == RIGHT


@pytest.mark.parametrize("holder", ["font", "span", "b", "font><font"])
def test_a_text_within_an_inline_element_is_found_as_in_a_block(holder: str) -> None:
    end = ">".join(f"</{name}" for name in holder.replace("<", "").split(">"))
    assert _read(_page(f"<{holder}>{{}}{end}>")) == RIGHT


def test_an_inline_element_named_for_the_text_holds_it() -> None:
    page = _page(
        '<font id="zoom">{}</font><p>本所主页还登载其他研究所的消息，欢迎读者来信来电联系。</p>'
    )
    assert _read(page) == RIGHT


@pytest.mark.parametrize("first", ["x-root", "text", "picture", "hgroup", "slot"])
def test_a_body_begins_at_the_first_element_that_stands_in_no_head(first: str) -> None:
    page = re.sub("</?(?:html|head|body)>", "", _page("<div>{}</div>"))
    page = page.replace("</title>", f'</title><meta name="a" content="b"><{first}>', 1)
    assert _read(f"{page}</{first}>") == RIGHT


def test_what_stands_in_a_head_behind_an_unknown_element_stays_there() -> None:
    page = f"<head><x-mark></x-mark><title>{TITLE}</title></head><body><p>一</p></body>"
    assert read_page(page.encode()).tree.findtext("head/title") == TITLE


@pytest.mark.parametrize(
    "line",
    [
        "<p>见<x-sign>图一</x-sign>和表二</p>",
        "<div>见<x-sign>图一</x-sign>和表二</div>",
        "<div><x-sign>见图一</x-sign>和表二</div>",
        "<div>见图一<x-sign>和表二</x-sign></div>",
        "<p><x-sign>见图一</x-sign><x-sign>和表二</x-sign></p>",
        "<div>见图一<span style='background:url(display:blocks)'>和表二</span></div>",
    ],
)
def test_an_element_of_a_pages_own_within_a_line_breaks_none(line: str) -> None:
    assert [block.text for block in read_page(line.encode()).flow.blocks] == ["见图一和表二"]


def test_formulas_drawn_piece_by_piece_stay_one_line() -> None:
    pieces = "".join(f"<mjx-mi><mjx-c>{letter}</mjx-c></mjx-mi>" for letter in "abc")
    page = f"<div><mjx-container><mjx-math>{pieces}</mjx-math></mjx-container></div>"
    assert [block.text for block in read_page(page.encode()).flow.blocks] == ["abc"]


NOTICE = (
    "各研究室：",
    "为做好汛期的安全工作，请各室在本周内检查所属库房的门窗和排水沟，发现问题及时报告。",
    "联系人：后勤处 段明远",
    "1.库房安全检查表",
    "后勤处",
    "2013年5月16日",
)


@pytest.mark.parametrize("line", ["p", "div", "section"])
def test_a_notice_of_one_sentence_keeps_the_lines_around_it(line: str) -> None:
    lines = "".join(f"<{line}>{one}</{line}>" for one in NOTICE)
    page = _page("<div>{}</div>").replace(f"<p>{'</p><p>'.join(PARAGRAPHS)}</p>", lines)
    page = re.sub("<div>网友评论.*(?=<div>版权)", "<div>", page)
    assert _read(page) == (PageKind.ARTICLE, TITLE, DAY, list(NOTICE))


def _tags(page: str) -> list[str]:
    return [block.tag for block in read_page(page.encode()).flow.blocks]


def test_lines_side_by_side_in_boxes_are_paragraphs() -> None:
    lines = "".join(f"<div>{one}</div>" for one in PARAGRAPHS)
    assert _tags(f"<div>{lines}<div>办公室</div></div>") == ["p"] * 4


def test_boxes_that_have_a_sentence_each_are_none() -> None:
    boxes = "".join(
        f"<div><div>{TITLE}</div><div>{one}</div><div>{DAY}</div></div>" for one in PARAGRAPHS
    )
    assert set(_tags(f"<div>{boxes}</div>")) == {"div"}


def test_a_roll_of_a_dozen_names_is_read_whole() -> None:
    names = [f"{first}{last}" for first in "甲乙丙" for last in "子丑寅卯"]
    rows = "".join(
        f"<tr>{''.join(f'<td><p>{name}</p></td>' for name in names[n : n + 4])}</tr>"
        for n in (0, 4, 8)
    )
    table = f'<table><tr><td colspan="4"><p>离退休人员</p></td></tr>{rows}</table>'
    page = (
        f"<html><head><title>离退休人员一览</title></head><body><div>{_links(MENU)}</div><div>"
        f"<h3>离退休人员一览</h3><div>发布时间：{DAY}</div><div>{table}</div></div>"
        f"<div>{_links(NEWS)}</div></body></html>"
    )
    read = extract(page.encode(), URL)
    assert read.kind == PageKind.ARTICLE
    assert read.text.split() == ["离退休人员", *names]
