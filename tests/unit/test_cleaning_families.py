"""What yearly notices have in common is their text; what pages of all kinds have is template."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from archive.cleaning import HostModel, Learner, Page, extract_page, read_page
from archive.cleaning.families import families
from archive.cleaning.markup.decode import COMMON

SIGNS = sorted(COMMON)
SHARED = (
    "各部门、各课题组：",
    "各部门要高度重视，妥善安排好值班和安全保卫工作，确保大家度过平安的节日。",
    "如遇突发事件，请立即按规定报告并妥善处置。",
    "特此通知。",
)
TOOLS = "【打印本页】【关闭窗口】本栏目文章欢迎所内同事投稿"


def notice(year: int) -> tuple[str, list[str]]:
    days = f"{year}年国庆节放假时间为10月1日至{year % 10 + 1}日，请提前安排好各项工作。"
    return f"关于{year}年国庆节放假安排的通知", [SHARED[0], days, *SHARED[1:], f"{year}年9月20日"]


def story(number: int) -> tuple[str, list[str]]:
    chance = random.Random(number)
    words = ["".join(chance.choices(SIGNS, k=60)) + "。" for _ in range(3)]
    return words[0][:12], words


def page(title: str, paragraphs: Sequence[str], tag: str) -> Page:
    menu = "".join(f"<li><a href='/{n}/'>栏目之{n}</a></li>" for n in range(12))
    lines = "".join(f"<{tag}>{one}</{tag}>" for one in (*paragraphs, TOOLS))
    return read_page(
        f"<meta charset=utf-8><title>{title}-某研究所</title><ul>{menu}</ul><h2>{title}</h2>"
        f"<div>发布时间：2010-12-09</div><div>{lines}</div><div>版权所有：某研究所</div>".encode(),
        "http://www.example.ac.cn/tz/1.html",
    )


def learnt(pages: Sequence[Page]) -> HostModel:
    learner = Learner()
    for one in pages:
        learner.add(one)
    return learner.model()


@pytest.mark.parametrize("tag", ["p", "div"])
def test_paragraphs_of_yearly_notices_stay_and_the_template_goes(tag: str) -> None:
    written = [*map(notice, range(2008, 2013)), *map(story, range(5))]
    pages = [page(title, paragraphs, tag) for title, paragraphs in written]
    model = learnt(pages)
    for (_, paragraphs), one in zip(written, pages, strict=True):
        assert extract_page(one, model).text == "\n".join(paragraphs)


def test_the_order_of_pages_does_not_show_in_what_is_learnt() -> None:
    pages = [page(*one, "p") for one in (*map(notice, range(2008, 2013)), *map(story, range(5)))]
    assert learnt(pages) == learnt(pages[::-1])


def test_pages_are_kin_by_their_bodies_or_by_titles_that_differ_in_numbers() -> None:
    bodies = [{"a": 30, "b": 30}, {"a": 30, "c": 40}, {"d": 60}, {"e": 50}, {"f": 50}]
    titles = ["春节放假", "元旦安排", "会议纪要", "第1次工作例会", "第2次工作例会"]
    assert families(bodies, titles) == [0, 0, 2, 3, 3]


def test_who_signed_stays_where_all_pages_have_one_day() -> None:
    signature = ["中共某研究所委员会", "2026年5月1日"]
    pages = [page(title, [*words, *signature], "p") for title, words in map(story, range(8))]
    model = learnt(pages)
    for one in pages:
        assert extract_page(one, model).text.split("\n")[-2:] == signature
