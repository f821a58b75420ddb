"""A page of teasers is a list, and an article whose paragraphs lead on is one all the same."""

from __future__ import annotations

from archive.cleaning import extract
from archive.model import PageKind

PARAGRAPHS = (
    "年度人物的提名昨日在东楼揭晓，评选由各支部的代表投票决定，结果将于下月十五日公布。",
    "获得提名的有湖泊沉积组的三位同志，他们在高原上工作了十二年，采回岩芯四百余米。【详细】",
    "在年度青年奖的争夺中，水文站的两位同志以三十年的完整记录当选，票数相差不到十张。【详细】",
    "获得特别贡献奖提名的是已经退休的老站长，他把水位一天不落地记了下来，装订成三十册。【详细】",
    "图书馆的同志因为整理旧档案获得提名，共修复图纸六百张，其中最早的一张画于建所之前。【详细】",
)
MENU = "".join(f'<li><a href="/c{n}/">栏目名称{n}</a></li>' for n in range(12))


def kind(path: str) -> PageKind:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<title>年度人物提名揭晓-甲乙网</title><ul>{MENU}</ul>{body}<p>2008年2月7日</p>"
    return extract(page.encode(), f"http://www.example.ac.cn{path}").kind


def test_paragraphs_that_lead_on_are_an_article_where_articles_lie_and_a_day_is_told() -> None:
    assert kind("/xw/200802/t20080207_4005.html") is PageKind.ARTICLE


def test_the_same_paragraphs_are_a_list_where_lists_lie() -> None:
    assert kind("/xw/index.html") is PageKind.LIST
    assert kind("/xw/list_2.html") is PageKind.LIST
