"""Addresses and signs in Latin letters are told from the Chinese that follows without a blank."""

from __future__ import annotations

import pytest

from archive.cleaning.facts.labels import beside_date
from archive.cleaning.unmasking.edits import term_spans
from archive.cleaning.unmasking.footer import is_footer
from archive.cleaning.unmasking.slots import addressed, hosts


@pytest.mark.parametrize(
    "text",
    [
        "详见http://www.qs.ac.cn铂濠霆网举办的会议",
        "请寄wang.li@qs.ac.cn铂濠霆网收",
        "这篇加价@这只能说明我们大多数铂濠霆网人想得太复杂",
        "转自www.qs.ac.cn/a_1.html，铂濠霆网",
    ],
)
def test_a_brand_behind_an_address_or_a_mention_is_no_part_of_it(text: str) -> None:
    at = text.index("铂濠霆网")
    assert [(start, end) for start, end, _ in term_spans(text, ["铂濠霆网"])] == [(at, at + 4)]


@pytest.mark.parametrize("text", ["见http://铂濠霆网.com/x", "www.铂濠霆网.cn", "a@铂濠霆网.com"])
def test_a_brand_that_is_a_label_of_a_host_stays(text: str) -> None:
    assert term_spans(text, ["铂濠霆网"]) == []


def test_a_host_between_chinese_words_is_seen() -> None:
    assert hosts(["欢迎访问www.qs.ac.cn查询，信箱li@b.cn"]) == ("www.qs.ac.cn",)
    assert addressed(["青山研究所www.qs.ac.cn版权所有"]) == ("青山研究所 www.qs.ac.cn",)


def test_a_registration_behind_its_province_marks_the_line_of_a_foot() -> None:
    assert is_footer("青山研究所 版权所有 京ICP备05002788号") == "copyright line"
    assert is_footer("青山研究所 版权所有 京XICP备05002788号") is None


def test_an_address_beside_a_day_is_parted_from_the_name_behind_it() -> None:
    assert beside_date("2012年01月12日 www.qs.ac.cn青山晚报") == "青山晚报"
