"""Brands of two words, of Latin letters, and simplified ones in traditional texts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.repairs import apply, make_repairs
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.edits import affix_edits, name_edits
from archive.cleaning.unmasking.slots import ends
from tests.site.institute import Generation
from tests.tampering import KINDS, originals
from tests.tampering.brands import invented_disguise
from tests.unit.mirror_hosts import MIRROR, extractions, pages_read, surveyed

BRANCH = "党建工作"


def cut(title: str, brand: str) -> str:
    edits = affix_edits(title, [brand])
    return apply(title, make_repairs("title", title, edits, rule="r", evidence="e", confidence=1.0))


@pytest.mark.parametrize(
    ("title", "brand", "left"),
    [
        ("关于放假的通知-ZQ 体育", "ZQ 体育", "关于放假的通知"),
        ("报告会 第三期-铂 鱼", "铂 鱼", "报告会 第三期"),
        ("报告会 第三期 铂鱼", "铂鱼", "报告会 第三期"),
        ("关于体育 比赛的通知", "ZQ 体育", "关于体育 比赛的通知"),
    ],
)
def test_a_space_inside_a_brand_parts_nothing(title: str, brand: str, left: str) -> None:
    assert cut(title, brand) == left


def test_the_end_of_a_title_may_be_two_short_words() -> None:
    assert "ZQ 体育" in ends("关于放假的通知-ZQ 体育")
    assert "某某研究所 中国科学院" not in ends("通知-某某研究所 中国科学院")


@pytest.mark.parametrize("seed", range(3))
def test_a_branch_that_most_titles_name_is_no_brand(seed: int) -> None:
    rng = Random(f"branch {seed}")
    names, pages = originals(rng, 60, generation=Generation.ASP)
    named = [one for one in pages if f"--{BRANCH}</TITLE>" in one.html][:8]
    disguise = invented_disguise(rng, names, "2026-05-01")
    made = [(one.path, KINDS["A%"](one.html, disguise, rng, 1.0)) for one in [*named, *pages[:4]]]
    survey = surveyed(FrameSurvey(), MIRROR, made)
    marks = survey.marks(MIRROR, (), ("named by the operator",))
    assert len(named) >= 5
    assert marks.brands == (disguise.brand,)


def test_a_brand_of_letters_is_no_piece_of_a_word() -> None:
    edits, _ = name_edits("据ZQ介绍，ZQ4与QZQP、zqd无关", {"ZQ": "研究所"})
    assert [(e.start, e.end) for e in edits] == [(1, 3), (6, 8)]


@pytest.mark.parametrize("brand", ["ZQ 体育", "ZQ", "铂濠门游戏大厅官方网站", "铂 鱼"])
@pytest.mark.parametrize("kinds", [("A", "B"), ("A", "D", "B"), ("A", "E", "B")])
def test_nothing_of_the_brand_is_left_on_a_lone_mirror(brand: str, kinds: tuple[str, ...]) -> None:
    rng = Random(f"brands {brand} {kinds}")
    names, pages = originals(rng, 6)
    disguise = replace(invented_disguise(rng, names, "2026-05-01"), brand=brand)
    made = []
    for one in pages:
        html = one.html
        for kind in kinds:
            html = KINDS[kind](html, disguise, rng, 0.6)
        made.append((one.path, html))
    survey = surveyed(FrameSurvey(), MIRROR, made)
    marks = survey.marks(MIRROR, (), survey.recognise()[MIRROR].evidence)
    for read in extractions(pages_read(MIRROR, made)):
        clean = unmask(read, marks)
        assert brand not in f"{clean.title}\n{clean.text}"
