"""A brand, or a name that is known, of which a character is lost is put right as the whole one."""

from __future__ import annotations

from collections import Counter

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.script import light
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.edits import may_hold, name_edits
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.marks import NameSlot
from archive.cleaning.unmasking.names import name_slots
from archive.cleaning.unmasking.scars import scarred_forms
from archive.evidence.texts import in_chinese
from tests.tampering import invented_institute
from tests.unit.home_pages import HOST, houses, shown
from tests.unit.mirror_hosts import ENGLISH, surveyed

BRAND, NAME = "沙乐利璟国际", "南岭信程海洋研究中心"


@pytest.mark.parametrize("scar", ["?", "？", "\ufffd"])
def test_a_brand_of_which_a_character_is_lost_stands_for_the_same_name(scar: str) -> None:
    for at in range(len(BRAND)):
        text = f"近日，{BRAND[:at]}{scar}{BRAND[at + 1 :]}转发了报道。"
        ((edit,), _) = name_edits(text, {BRAND: NAME})
        assert text[: edit.start] + edit.after + text[edit.end :] == f"近日，{NAME}转发了报道。"
        assert may_hold(text, [BRAND])


def test_a_question_before_the_rest_of_a_brand_that_is_words_is_a_question() -> None:
    assert scarred_forms("这是什么?国际体育", ["鼎国际体育"]) == {}
    assert scarred_forms("这是银?国际的", ["银河国际"]) == {"银?国际": "银河国际"}


def test_short_brands_and_letters_are_looked_for_whole_alone() -> None:
    assert scarred_forms("去银?吗", ["银河"]) == {}
    assert scarred_forms("去b?t365吗", ["bet365"]) == {}
    assert scarred_forms("近日，沙乐利璟国际转发了报道?", [BRAND]) == {}


def damaged(name: str, *lost: int) -> str:
    """A name without these characters."""
    return "".join("?" if at in lost else character for at, character in enumerate(name))


def names_of(seed: str, feet: dict[int, str], said: dict[int, str]) -> tuple[str, list[NameSlot]]:
    """The brand, and the names told, of a host with these owners and names in texts on some of its
    pages and the brand on all others."""
    rng, brand, _ = houses(seed)
    pages = shown(
        rng, brand, lambda _: brand, lambda page: said.get(page, brand),
        lambda page: feet.get(page, brand), lambda _: "新闻",
    )  # fmt: skip
    marks = surveyed(FrameSurvey(), HOST, pages).marks(HOST, (), ("named by the operator",))
    return brand, list(marks.names)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_forms_of_a_name_in_the_brands_places_make_the_name(seed: int) -> None:
    name = houses(f"damaged {seed}")[2]
    feet, said = {1: damaged(name, 2)}, {5: damaged(name, 0), 7: damaged(name, 2, 4)}
    brand, found = names_of(f"damaged {seed}", feet, said)
    assert [(slot.brand, slot.name) for slot in found] == [(brand, name)]
    assert not ENGLISH.search(in_chinese(found[0].evidence))


@pytest.mark.parametrize("seed", range(4))
def test_forms_that_lack_the_same_character_or_make_two_names_make_none(seed: int) -> None:
    rng, _, name = houses(f"lacking {seed}")
    other = invented_institute(rng)[0]
    for feet, said in (
        ({1: damaged(name, 2)}, {5: damaged(name, 2)}),
        ({1: damaged(name, 2)}, {5: damaged(name, 2, 4)}),
        ({1: damaged(name, 2)}, {}),
        ({}, {1: damaged(name, 2), 5: damaged(name, 3)}),
        (
            {1: damaged(name, 2), 2: damaged(other, 3)},
            {5: damaged(name, 4), 6: damaged(other, 4)},
        ),
    ):
        assert names_of(f"lacking {seed}", feet, said)[1] == []


@pytest.mark.parametrize(("whole", "scarred", "told"), [(0, 3, []), (3, 0, [NAME]), (2, 5, [NAME])])
def test_a_name_of_which_a_character_is_lost_is_no_name_that_others_tell(
    whole: int, scarred: int, told: list[str]
) -> None:
    seen = {(light(BRAND), NAME): whole, (light(BRAND), damaged(NAME, 3)): scarred}
    comparison = Comparison(names=Counter({key: n for key, n in seen.items() if n}))
    found = name_slots(HostSurvey(), [], (), [BRAND], comparison)
    assert [slot.name for slot in found] == told
