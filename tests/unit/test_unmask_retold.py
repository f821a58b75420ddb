"""A name that one of a page's two titles kept is put in the brand's place, if no other was."""

from __future__ import annotations

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmasking.doubled import told_twice
from archive.cleaning.unmasking.marks import NameSlot
from archive.evidence.texts import in_chinese
from tests.tampering import invented_brand, invented_institute
from tests.unit.home_pages import HOST, Shown, houses, shown
from tests.unit.mirror_hosts import ENGLISH, surveyed


def page(number: int, title: str, heading: str, brand: str, text: str = "") -> tuple[str, str]:
    """A page with these two titles."""
    return (
        f"/gg/{number}.html",
        f"<html><head><title>{title}-{brand}</title></head><body><h1>{heading}</h1>"
        f"<div>发布时间：2012-06-01</div><p>有意者请于月底以前与办公室联系，逾期不再受理。{text}</p>"
        f"<div>版权所有 © {brand}</div></body></html>",
    )


def mirrored(seed: str) -> tuple[str, str, str, Shown]:
    """A brand, two institutes' names, and pages that have the brand everywhere."""
    rng, brand, name = houses(seed)

    def said(_: int) -> str:
        return brand

    return brand, name, invented_institute(rng)[0], shown(rng, brand, said, said, said, said)


def names_of(pages: Shown) -> tuple[NameSlot, ...]:
    return surveyed(FrameSurvey(), HOST, pages).marks(HOST, (), ("named by the operator",)).names


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("turned", [False, True])
def test_the_name_in_one_of_two_titles_tells_what_the_brand_stands_for(
    seed: int, turned: bool
) -> None:
    brand, name, _, pages = mirrored(f"retold {seed}")
    first, second = (brand, name) if turned else (name, brand)
    told = page(1, f"{first}公开转让报废车辆的公告", f"{second}公开转让报废车辆的公告", brand)
    found = names_of([*pages, told])
    assert [(slot.brand, slot.name) for slot in found] == [(brand, name)]
    assert "title and heading of 1 pages" in found[0].evidence
    assert not ENGLISH.search(in_chinese(found[0].evidence))


@pytest.mark.parametrize("seed", range(4))
def test_titles_that_tell_two_names_tell_none(seed: int) -> None:
    brand, name, other, pages = mirrored(f"two names {seed}")
    told = [
        page(n, f"{said}公开转让报废车辆的公告", f"{brand}公开转让报废车辆的公告", brand)
        for n, said in enumerate((name, other))
    ]
    assert names_of([*pages, *told]) == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_name_that_stands_beside_the_brand_is_another_houses(seed: int) -> None:
    brand, name, _, pages = mirrored(f"beside {seed}")
    title, heading = f"{name}公开转让报废车辆的公告", f"{brand}公开转让报废车辆的公告"
    told = page(1, title, heading, brand, f"{name}与{brand}签署了协议。")
    assert names_of([*pages, told]) == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_name_of_which_a_character_is_lost_is_none(seed: int) -> None:
    brand, name, _, pages = mirrored(f"scars {seed}")
    scarred = name[:2] + "?" + name[3:]
    titles = f"{scarred}公开转让报废车辆的公告", f"{brand}公开转让报废车辆的公告"
    assert names_of([*pages, page(1, *titles, brand=brand)]) == ()


def test_titles_that_differ_in_more_than_one_place_are_two() -> None:
    brand = invented_brand(houses("two titles")[0])
    assert told_twice(["某某研究所公开转让报废车辆公告"], [f"{brand}公开转让旧车辆通告"]) == ()
    assert told_twice(["某某研究所公告"], [f"{brand}公告"]) == ()


@pytest.mark.parametrize("written", ["北岭化工盘问所", "北岭化工研讨所", "北岭员工程研究院"])
def test_a_name_that_exchanged_words_may_have_made_is_not_put_back(written: str) -> None:
    brand, _, _, pages = mirrored("reworded")
    titles = f"{written}公开转让报废车辆的公告", f"{brand}公开转让报废车辆的公告"
    assert names_of([*pages, page(1, *titles, brand=brand)]) == ()


@pytest.mark.parametrize(
    "written", ["北岭化工研究所", "北岭规划设计院", "北岭声学所", "北岭工程学院"]
)
def test_a_name_whose_end_is_a_house_is_put_back(written: str) -> None:
    brand, _, _, pages = mirrored("reworded")
    titles = f"{written}公开转让报废车辆的公告", f"{brand}公开转让报废车辆的公告"
    found = names_of([*pages, page(1, *titles, brand=brand)])
    assert [slot.name for slot in found] == [written]
