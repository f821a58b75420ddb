"""What is remembered of lines, and signs that are looked for first, change nothing but the time."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from archive.cleaning import extract, multipage, read_page
from archive.cleaning.body import kind, weigh
from archive.cleaning.facts import byline, labels, phrases, published
from archive.cleaning.facts.breadcrumb import is_trail
from archive.cleaning.facts.dates import may_have_date
from benchmarks.accuracy.measures import Case, golden_cases, sample_cases

GOLDEN = Path(__file__).parents[1] / "golden"
SAMPLES = 30
DATE_SIGN = re.compile(r"\d\s?[-/.．－—_年]|[０-９年]|\d{4}")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [*golden_cases(GOLDEN), *sample_cases()[:SAMPLES]]


def forget() -> None:
    """Empty every memory of the cleaning's modules."""
    for name in [name for name in sys.modules if name.startswith("archive.cleaning")]:
        for value in vars(sys.modules[name]).values():
            clear = getattr(value, "cache_clear", None)
            if clear is not None:
                clear()


def test_a_page_says_the_same_whatever_pages_were_read_before_it(cases: list[Case]) -> None:
    first = [extract(case.body, case.url) for case in cases]
    again = [extract(case.body, case.url) for case in cases[::-1]][::-1]
    assert again == first
    for case, read in list(zip(cases, first, strict=True))[::4]:
        forget()
        assert extract(case.body, case.url) == read


def test_a_sign_is_in_every_line_that_its_pattern_finds(cases: list[Case]) -> None:
    lines = {b.text for case in cases for b in read_page(case.body).flow.blocks}
    written = {
        "页面不存在",
        "Page NOT found",
        "服务器错误",
        "502 Bad Gateway",
        "文责自负",
        "凡本网注明来源",
    }
    told = 0
    for line in lines | written:
        small = line.lower()
        assert not kind._MISSING.search(line) or kind._MISSING_SIGN.search(small)
        assert not kind._BROKEN.search(line) or kind._BROKEN_SIGN.search(small)
        legal = phrases._LEGAL_SIGN.search(line) and phrases.LEGAL.search(line)
        assert phrases.is_legal(line) == (phrases.is_cookie_notice(line) or bool(legal))
        foot = bool(weigh._FOOT.search(line))
        assert weigh._is_foot(line) == (foot and not weigh._WHO_TO_ASK.search(line))
        assert may_have_date(line) == bool(DATE_SIGN.search(line))
        told += foot + phrases.is_legal(line) + may_have_date(line)
    assert told > len(cases)


FOOTS = (
    "Copyright 2010|ALL RIGHTS RESERVED|版权所有|版權聲明|ICP备1号|icp 證1号|公网安备1号"
    "|技术支持：某|技術支持:某|网站地图|聯繫我們|主办单位：某"
    "|承辦單位:某|地址：某路 邮编|地址:某路 電話"
    "|您是第5位|建议使用IE浏览器|建議使用高解析度|© 2010|最佳浏览|版权声明"
)
LABELS = (
    "作者：王伟|（责 任 编 辑：王伟）|Author: Li|READ BY EDITORS：Li|来源 】：某报"
    "|10:30 供稿 / 科技处|文/王伟|文：王伟"
    "|2010年12月9日发布时间：2010-12-09|点击率:5|3点 击：5|作者／：王伟"
    "|图（源）图／王伟"
)


def test_no_line_is_refused_quickly_that_a_pattern_finds(cases: list[Case]) -> None:
    lines = {b.text for case in cases for b in read_page(case.body).flow.blocks}
    lines |= {
        *FOOTS.split("|"),
        *LABELS.split("|"),
        "会议时间：三点",
        "成文日期",
        "全文…",
        "[详细] >",
    }
    lines |= {
        "第2页",
        "下一页",
        "NEXT page",
        "· 3 ·",
        "首页 > 新闻",
        "HOME > News",
        "当前位置：新闻",
    }
    lines |= {
        "上一篇：无",
        "后一条 某",
        "作者 王伟 2010-12-09",
        "（撰文：王伟）",
        "评论员张明 报道",
    }
    refused = (
        (phrases._FOOT.search, phrases._FOOT_SIGN.search),
        (weigh._FOOT.search, weigh._FOOT_SIGN.search),
        (labels._ALL.search, labels._LABELLED.search),
        (labels._SPACED.search, labels._SPACED_SIGN.search),
        (published._OTHER_DAY.search, published._DAY_WORD.search),
        (kind._CUT.search, kind._CUT_SIGN.search),
        (multipage._PAGER_LINK.match, multipage._PAGER_BEGIN.match),
        (phrases.BREADCRUMB.match, is_trail),
        (phrases.NEIGHBOURS.match, phrases.leads_elsewhere),
        (byline._SAID[3].search, byline._ROLE_SIGN.search),
        (byline._SAID[0].search, byline._WRITTEN_SIGN.search),
    )
    for finds, is_let_by in refused:
        found = [line for line in lines if finds(line)]
        assert found
        assert [line for line in found if not is_let_by(line)] == []
