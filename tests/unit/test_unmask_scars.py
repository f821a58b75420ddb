"""A brand, or a name that is known, of which a character is lost is put right as the whole one."""

from __future__ import annotations

import pytest

from archive.cleaning.unmasking.edits import may_hold, name_edits
from archive.cleaning.unmasking.scars import scarred_forms

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
