"""Evidence in the words of its reader: the program's own names are no words."""

from __future__ import annotations

import time

import pytest

from archive.evidence.english import in_english
from archive.evidence.texts import in_chinese


@pytest.mark.parametrize(
    ("evidence", "english", "chinese"),
    [
        (
            "byline: 2012-04-12 | 作者: 张三; signature agrees",
            "byline: “2012-04-12 | 作者: 张三”; signature agrees",
            "署名行：“2012-04-12 | 作者: 张三”；与落款日期一致",
        ),
        (
            "银河国际: title_ends 100%, owners 98% of 244 pages",
            "银河国际: the ends of titles 100%, the owner's slot 98% of 244 pages",
            "银河国际：244 页中，标题末尾 100%、版权所有者处 98%",
        ),
        (
            "official host has the name in crumb_roots, home_links, the texts here never",
            "official host has the name in the first step of the way here, links home, "
            "the texts here never",
            "原站在以下位置使用该名称：“当前位置”的首项、返回首页的链接；此处的文本从不使用",
        ),
        (
            "www.a.cn: head written in references on 4 pages that had none",
            "www.a.cn: titles written as character references (&#…;) on 4 pages that had none",
            "www.a.cn：有 4 页的标题出现了原先没有的字符引用写法",
        ),
        (
            "www.a.cn: put in the place of what 4 articles said before 2026-05-02, and exchanged "
            "back: 渝宝万星, emoji",
            "www.a.cn: put in the place of what 4 articles said before 2026-05-02, and exchanged "
            "back: 渝宝万星, emoji",
            "www.a.cn：自 2026-05-02 起，4 篇文章原有的文字被换成下列文字，现已换回："
            "渝宝万星、表情符号",
        ),
        (
            "银河: 68 of 70 compared pages have the name",
            "银河: 68 of 70 compared pages have the name",
            "银河：对照的 70 页中有 68 页是该名称",
        ),
    ],
)
def test_evidence_is_told_in_the_words_of_its_reader(
    evidence: str, english: str, chinese: str
) -> None:
    assert in_english(evidence) == english
    assert in_chinese(evidence) == chinese


@pytest.mark.parametrize(
    "said",
    [
        "the owners and headings of 12 offices",
        "vote of 3 witnesses",
        "address: /title_ends/2012",
        "byline of nobody",
        "",
    ],
)
def test_what_is_no_name_of_the_programs_stays(said: str) -> None:
    assert in_english(said) == said


def test_a_long_list_of_places_takes_time_with_its_length() -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        in_english("owners 1%, " * times)
        return time.process_time() - began

    assert seconds(4_000) < 40 * max(seconds(400), 0.001)
