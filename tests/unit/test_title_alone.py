"""A page by itself proves that its title is a keyword's: built for search engines, or converted,
and no word of the title in its text."""

from __future__ import annotations

import random
import string

import pytest

from archive.cleaning import extract
from archive.cleaning.repairs import revert
from archive.cleaning.unmasking.titles_undone import TITLE_LOST

TITLE = "研究所召开春季学术报告会"
KEYWORD = "鲸嘉娱乐城注册"
LINES = (
    "研究所于本周三在主楼报告厅召开春季学术报告会，来自各课题组的科研人员和研究生参加。",
    "报告人介绍了光学薄膜材料的制备方法和最新进展，并回答了听众提出的问题，气氛十分热烈。",
    "会议最后由主持人进行总结，希望大家加强交流合作，在各自的领域取得更好的成绩和突破。",
    "下一次报告会计划于夏季举行，欢迎关心这一方向的同事和同学继续参加并提出宝贵意见。",
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
HIDDEN = "<div style='display:none'>{}</div>"


def encoded(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def page(title: str, top: str = "", foot: str = "", head: str = "", body: str = BODY) -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{top}'
        f'<div class="content">{body}</div><div>{foot}</div></body></html>'
    ).encode()


def strangers(words: list[str], count: int = 40) -> str:
    draw = random.Random(1)
    links = (
        f"<a href='https://www.{''.join(draw.choices(string.ascii_lowercase, k=9))}.com'>"
        f"{words[i % len(words)]}</a>"
        for i in range(count)
    )
    return HIDDEN.format("".join(links))


def test_a_keyword_in_references_that_the_text_does_not_know_is_taken_off() -> None:
    read = extract(page(encoded(KEYWORD)))
    assert read.title is None
    assert TITLE_LOST in read.flags
    assert revert("", [r for r in read.repairs if r.field == "title"]) == KEYWORD


def test_headings_put_there_with_it_go_where_a_link_to_strangers_bears_the_words() -> None:
    foot = f'<a href="http://casino.example">{KEYWORD}</a> | <a href="http://x.example">下一页</a>'
    body = f"<h2>{KEYWORD}</h2>{BODY}<h2>{KEYWORD}</h2>"
    read = extract(page(encoded(KEYWORD), f"<h1>{KEYWORD}</h1>", foot, body=body))
    assert read.title is None
    assert KEYWORD not in read.text + read.markdown
    assert read.text == "\n".join(LINES)
    for name in ("text", "markdown"):
        assert KEYWORD in revert(getattr(read, name), [r for r in read.repairs if r.field == name])


def test_the_head_or_the_one_heading_puts_the_title_back() -> None:
    tag = f'<meta property="og:title" content="{TITLE}">'
    top = f"<h3>{TITLE}</h3>"
    for read in (
        extract(page(encoded(KEYWORD), head=tag)),
        extract(page(f"{KEYWORD}_{KEYWORD}", top, strangers([KEYWORD, "某某体育"]))),
    ):
        assert read.title == TITLE
        assert TITLE_LOST not in read.flags


def test_words_hidden_for_strangers_and_a_text_converted_prove_it_too() -> None:
    hidden = extract(page(KEYWORD, foot=strangers([KEYWORD, "某某体育", "另一个词"])))
    converted = (
        "支部召開(kāi)了學(xué)習(xí)會(huì)，與(yǔ)會(huì)黨(dǎng)員(yuán)進(jìn)行了討(tǎo)論(lùn)，"
        "大家認(rèn)爲(wèi)這(zhè)次會(huì)議(yì)開(kāi)得很好，對(duì)今後(hòu)的工作很有幫(bāng)助。"
    )
    body = f"<p>{converted}</p>{BODY}"
    assert hidden.title is None
    assert extract(page(KEYWORD, body=body)).title is None


@pytest.mark.parametrize("top", ["", f"<h1>{KEYWORD}</h1>"])
def test_a_strange_title_alone_is_believed(top: str) -> None:
    assert extract(page(KEYWORD, top)).title == KEYWORD


@pytest.mark.parametrize(
    ("title", "top", "foot"),
    [
        (TITLE, "", ""),
        (encoded(TITLE), "", ""),
        (encoded("夜雨寄北"), "<h1>夜雨寄北</h1>", ""),
        ("夜雨寄北", "<h1>夜雨寄北</h1>", strangers(["甲乙丙", "丁戊己"])),
        ("夜雨寄北", "", strangers([f"第{i}所大学" for i in range(40)])),
    ],
)
def test_honest_titles_stay(title: str, top: str, foot: str) -> None:
    read = extract(page(title, top, foot))
    assert read.title in (TITLE, "夜雨寄北")
    assert not [r for r in read.repairs if r.field == "title"]
