"""Voting: what mirrors lose and what they put in are told apart by who else has it."""

from __future__ import annotations

from random import Random

import pytest

from archive.witnesses.collate import Reading, collate
from tests.tampering import invented_brand, invented_institute
from tests.tampering.brands import invented_disguise

BODY = "离退休党总支组织老同志参观新园区。大家看了实验室，对变化感到高兴。"


def signed(name: str, day: str) -> str:
    return f"{BODY}\n中共{name}离退休党总支\n{day}"


@pytest.mark.parametrize("seed", range(8))
def test_a_signature_that_half_of_the_mirrors_lost_is_kept(seed: int) -> None:
    rng = Random(seed)
    name, _ = invented_institute(rng)
    whole = signed(name, "2011年2月7日")
    readings = [
        Reading(BODY, 0.5, invented_brand(rng)),
        Reading(BODY, 0.5, invented_brand(rng)),
        Reading(whole, 0.2, invented_brand(rng)),
        Reading(whole, 0.3, invented_brand(rng)),
    ]
    assert collate(readings).text == whole
    assert collate(readings[::-1]).text == whole


@pytest.mark.parametrize("seed", range(8))
def test_hosts_that_rewrite_dates_have_no_say_on_dates_nor_on_lost_signatures(seed: int) -> None:
    rng = Random(seed)
    name, _ = invented_institute(rng)
    whole = signed(name, "2011年2月7日")
    for text in (BODY, signed(name, "2026年5月1日")):
        readings = [
            Reading(text, 0.5, invented_brand(rng), dateless=True),
            Reading(text, 0.5, invented_brand(rng), dateless=True),
            Reading(whole, 0.3, invented_brand(rng)),
        ]
        assert collate(readings).text == whole


@pytest.mark.parametrize("seed", range(8))
def test_a_phrase_that_one_of_three_puts_in_goes_out(seed: int) -> None:
    rng = Random(seed)
    phrase = invented_disguise(rng, ("某所",), "2026-05-01").phrases[0]
    sown = BODY.replace("参观", f"参{phrase}观")
    readings = [
        Reading(sown, 0.9, invented_brand(rng)),
        Reading(BODY, 0.5, invented_brand(rng)),
        Reading(BODY, 0.5, invented_brand(rng), dateless=True),
    ]
    assert collate(readings).text == BODY


def test_a_phrase_that_one_puts_in_beside_a_host_without_dates_goes_out() -> None:
    rng = Random(5)
    phrase = invented_disguise(rng, ("某所",), "2026-05-01").phrases[0]
    sown = BODY.replace("参观", f"参{phrase}观")
    readings = [Reading(sown, 0.5, "甲", dateless=False), Reading(BODY, 0.4, "乙", dateless=True)]
    assert collate(readings).text == BODY


@pytest.mark.parametrize("words", [("学院", "公司"), ("所长", "总经理"), ("大学生", "老员工")])
def test_a_school_word_stands_against_company_words_of_more_mirrors(words: tuple[str, str]) -> None:
    honest = BODY.replace("大家", f"{words[0]}们")
    swapped = BODY.replace("大家", f"{words[1]}们")
    readings = [Reading(swapped, 0.9, "甲"), Reading(swapped, 0.9, "乙")]
    assert collate([*readings, Reading(honest, 0.4, "丙")]).text == honest
