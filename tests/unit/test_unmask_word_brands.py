"""A brand that is a word: marked where it stands for a name, left where it is the word."""

from __future__ import annotations

from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.marks import LACUNA
from archive.cleaning.unmasking.word_brands import Place, WordBrand, lost_places, word_brand
from archive.cleaning.unmasking.words import has_offices, is_ordinary
from tests.site.institute import Generation
from tests.tampering import copied, originals
from tests.tampering.brands import GLYPHS
from tests.unit.mirror_hosts import extractions, pages_read, surveyed

HOST = "www.hx7788.com"
HOUSE = (
    "9月5日，{0}党委召开会议。",
    "中共{0}委员会",
    "据{0}介绍，会议已经结束。",
    "{0}成立于1958年。",
)


def word(rng: Random) -> str:
    """Two characters of brands that are a word, and no place."""
    while not (is_ordinary(found := "".join(rng.sample(GLYPHS, 2))) and has_offices(found)):
        pass
    return found


def marked(text: str, brand: WordBrand) -> str:
    for start, end in reversed(list(lost_places(text, brand, text))):
        text = text[:start] + LACUNA + text[end:]
    return text


@pytest.mark.parametrize("seed", range(4))
def test_a_word_that_took_a_names_place_is_marked_on_a_lone_mirror(seed: int) -> None:
    rng = Random(f"word {seed}")
    names, pages = originals(rng, 10)
    brand = word(rng)
    copy = copied(pages, names, "name", rng, brand=brand)
    shown = [(path, html) for path, html, _ in copy.pages]
    marks = surveyed(FrameSurvey(), HOST, shown).marks(HOST, (), ("named by the operator",))
    before = after = 0
    for read in extractions(pages_read(HOST, shown)):
        before += read.text.count(brand)
        after += unmask(read, marks).text.count(brand)
    assert before >= 5
    assert after <= before / 2


@pytest.mark.parametrize("seed", range(4))
def test_a_word_stays_where_it_is_the_brand_of_the_frame_alone(seed: int) -> None:
    rng = Random(f"frame {seed}")
    names, pages = originals(rng, 10)
    copy = copied(pages, names, "frame", rng, brand=word(rng))
    texts = [f"{one.title}\n{one.text}".replace("光学", copy.disguise.brand) for one in pages]
    assert word_brand(copy.disguise.brand, texts) is None


def test_a_word_stays_where_it_is_a_piece_of_another_or_quoted_or_behind_its_noun() -> None:
    texts = [line.format("银河") for line in HOUSE]
    known = word_brand("银河", texts)
    assert known is not None
    assert known.least is Place.EITHER
    assert marked("在银河的展厅里", known) == f"在{LACUNA}的展厅里"
    for honest in ("观测银河系的结构", "“银河杯”大赛揭晓", "拍摄夏夜银河需要耐心"):
        assert marked(honest, known) == honest


def test_a_page_about_the_word_keeps_it() -> None:
    known = WordBrand("银河", Place.EITHER)
    page = "从银河说起。银河很亮，由银河想到星空，对银河的观测，关于银河。"
    assert marked(page, known) == page


def test_where_the_word_is_honest_elsewhere_only_houses_places_are_marked() -> None:
    texts = [*(line.format("银河") for line in HOUSE), "银河系的结构", "“银河杯”大赛"]
    known = word_brand("银河", texts)
    assert known is not None
    assert known.least is Place.HOUSE
    assert marked("银河党委在银河办公", known) == f"{LACUNA}党委在银河办公"


def test_a_word_that_stands_hardly_anywhere_but_where_names_do_is_marked_there() -> None:
    lines = (
        "在{0}，人们习惯早起。",
        "会后，{0}的前身是工厂。",
        "由{0}和大学组成。",
        "记者从{0}获悉。",
    )
    pages = [line.format("博彩") + f"{n}月。" for n in range(3) for line in lines]
    houses = ["博彩成立于1958年。", "中共博彩委员会"]
    known = word_brand("博彩", pages + houses)
    assert known is not None
    assert marked(pages[0], known).startswith(f"在{LACUNA}，")
    honest = ["发展博彩业的经验", "合法博彩需要管理", "打击博彩犯罪", "开放博彩的城市"]
    found = word_brand("博彩", pages + houses + honest)
    assert found is None or found.least > Place.EITHER


def test_a_page_that_has_the_word_as_a_word_keeps_it_in_doubt() -> None:
    known = WordBrand("银河", Place.EITHER, mixed=True)
    page = "观测银河系的人说，银河很亮。银河党委参加。"
    assert marked(page, known) == f"观测银河系的人说，银河很亮。{LACUNA}党委参加。"
    assert marked("会上，银河表态。", known) == f"会上，{LACUNA}表态。"


def test_what_is_likened_or_measured_is_no_house() -> None:
    known = WordBrand("银河", Place.EITHER)
    for honest in ("今夜，银河像一条河", "银河有多亮？"):
        assert marked(honest, known) == honest


def test_a_deed_between_the_party_and_its_branch_is_a_name() -> None:
    known = word_brand("发达", ["中共发达离退休党总支", "中共发达委员会", "发达地区的经验"])
    assert known is not None
    assert marked("中共发达离退休党总支", known) == f"中共{LACUNA}离退休党总支"
    assert marked("，发达国家的经验", known) == "，发达国家的经验"


def test_a_word_is_none_that_leaves_a_character_alone_of_a_brand() -> None:
    known = WordBrand("利金", Place.EITHER)
    assert marked("也让利金各部门高兴", known) == f"也让{LACUNA}各部门高兴"
    assert marked("这次让利金额不小", known) == "这次让利金额不小"


def test_a_rare_places_name_that_all_pages_have_stands_for_a_house() -> None:
    pages = [f"{number}\n" + "".join(line.format("龙川") for line in HOUSE) for number in range(8)]
    known = word_brand("龙川", pages)
    assert known is not None
    assert known.least is Place.EITHER
    assert marked("在龙川的展厅里", known) == f"在{LACUNA}的展厅里"
    few = [*pages[:3], *("会议已经结束。" for _ in range(8))]
    found = word_brand("龙川", few)
    assert found is None or not found.offices


def test_the_beginning_of_anothers_name_or_of_an_address_is_left() -> None:
    known = WordBrand("南湖", Place.EITHER)
    for honest in (
        "由南湖医疗器械公司承担", "南湖工业学院的课程", "在南湖路设点", "与南湖镇合作",
        "南湖光学材料研究所牵头",
    ):  # fmt: skip
        assert marked(honest, known) == honest
    assert marked("由南湖承担", known) == f"由{LACUNA}承担"


def test_a_word_across_two_others_is_left_and_forbids_nothing() -> None:
    texts = [line.format("达来") for line in HOUSE]
    known = word_brand("达来", [*texts, "一行6人来到达来"])
    assert known is not None
    assert known.least is Place.EITHER
    assert marked("一行6人来到达来", known) == "一行6人来到达来"


def test_what_is_no_name_is_marked_only_where_a_name_must_stand() -> None:
    known = word_brand("当场", [f"{n}{line.format('当场')}" for n in range(3) for line in HOUSE])
    assert known is not None
    assert known.least is Place.NAME


def test_a_name_out_of_sight_is_put_back_in_the_places_of_a_word() -> None:
    told = 0
    for seed in range(4):
        rng = Random(f"told {seed}")
        names, pages = originals(rng, 10, generation=Generation.MODERN)
        copy = copied(pages, names, "name-in-part", rng, brand=word(rng), strength=1.0)
        shown = [(path, html) for path, html, _ in copy.pages]
        marks = surveyed(FrameSurvey(), HOST, shown).marks(HOST, (), ("named by the operator",))
        read = [unmask(one, marks) for one in extractions(pages_read(HOST, shown))]
        told += sum(one.text.count(names[0]) for one in read) >= 5
        assert all(r.after != LACUNA for one in read for r in one.repairs)
    assert told >= 3


def test_a_deed_or_a_place_owns_no_offices() -> None:
    assert word_brand("发展", ["要发展党委委员", "发展工会组织", "关于发展团委的工作"]) is None
    assert word_brand("澳门", ["与澳门工会交流", "澳门院长来访", "澳门校长座谈"]) is None
