"""A sown phrase may bear the brand that stands in the name's place elsewhere on the same pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.edits import phrase_edits
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.sown import Written, sown_phrases

BRAND, NAME = "霆曜", "青河湖泊研究所"
TEXTS = (
    "六月三日，{name}在东楼举行了湖泊沉积的讨论会，四十人参加。会后大家去了码头，看了新到的岩芯。",
    "水文站介绍，{name}的这项工作得到了三个支部的支持，经费九十万元。大家表示，要把记录整理成册。",
    "七月九日，{name}在西楼召开了古气候重建的汇报会。样品共三百件，其中五件保存良好，已经入库。",
    "老同志回顾，当年的水尺是自己做的。后来水位年年在降，{name}的水尺一年比一年往下挪，挪了三回。",
)
"""Of an institute; ``{name}`` is where it names itself, mostly beside where phrases are sown."""


def phrases_of(mirrored: Sequence[str], official: Sequence[str]) -> tuple[str, ...]:
    """The phrases sown into texts, by the official ones."""
    comparison = Comparison()
    for here, there in zip(mirrored, official, strict=True):
        comparison.add(Sample("/a", "", here, None), Sample("/a", "", there, None), [BRAND])
    survey = HostSurvey()
    for number, text in enumerate(mirrored):
        survey.samples[f"/{number}"] = Sample(f"/{number}", "", text, None)
    return sown_phrases(comparison, [BRAND], survey, Written([], [], comparison))


def without(text: str, phrases: Sequence[str]) -> str:
    for edit in sorted(phrase_edits(text, phrases), key=lambda one: -one.start):
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


@pytest.mark.parametrize("phrase", [f"{BRAND}平台登录", f"登录{BRAND}平台", f"手机登录{BRAND}"])
def test_the_phrase_goes_whole_and_the_brand_in_the_names_place_stays(phrase: str) -> None:
    copied = [plain(text.format(name=BRAND)) for text in TEXTS]
    mirrored = [text.replace(",", f",{phrase},", 1) for text in copied]
    phrases = phrases_of(mirrored, [text.format(name=NAME) for text in TEXTS])
    assert any(phrase in one for one in phrases)
    assert [without(text, phrases) for text in mirrored] == copied


def test_a_brand_where_the_official_pages_have_no_name_is_no_phrase() -> None:
    copied = [plain(text.format(name=BRAND)) for text in TEXTS]
    assert phrases_of(copied, [text.format(name="") for text in TEXTS]) == ()
