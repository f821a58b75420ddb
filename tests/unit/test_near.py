"""Where a word stands nowhere, what the texts have that is one slip away is offered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.search.near import MAX_CHARACTERS, MOST_IN_ALL, MOST_TEXTS, MOST_WORDS, near
from archive.search.terms import fold

TEXTS = (
    "离退休党总支召开会议，离退休党总支书记讲话",
    "门球队获奖，门球队训练；门球场开放，门球场、门球场",
    "optical system with optics, Optical bench; Poincaré",
    "the sedimentation of sediments",
    "Müller教授 balkönoß",
)


def texts(query: str) -> Iterator[str]:
    """As an index answers: every word stands in the text."""
    parts = fold(query).split()
    for text in TEXTS:
        if all(part.rstrip("*") in fold(text) for part in parts):
            yield text


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("离退休党总枝", "离退休党总支"),  # another character
        ("离腿休党总支", "离退休党总支"),
        ("门球对", "门球队"),  # sounds alike, though another is more frequent
        ("离退休总党支", "离退休党总支"),  # exchanged
        ("离退党总支", "离退休党总支"),  # one too few
        ("离退休的党总支", "离退休党总支"),  # one too many
        ("“离退休党总枝”", "离退休党总支"),
        ("optcal", "optical"),
        ("SEDIMENTTION", "sedimentation"),
        ("sedimnettaion", "sedimentation"),
        ("Poincáre", "poincaré"),  # the mark on another letter, and
        ("Poincarré", "poincaré"),  # a letter too many
        ("Műlller", "müller"),
        ("balkönnoss", "balkönoß"),
        ("离退休 党总枝", "离退休 党总支"),
        ("“门球对 训练”", '"门球队 训练"'),
        ("optcal bench systm", "optical bench system"),
        ("门球对 Sedimenntation", "门球队 sedimentation"),
    ],
)
def test_the_word_that_was_meant_comes_first(typed: str, first: str) -> None:
    assert near(typed, texts)[:1] == [first]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "党枝",
        "opti",
        "离退休 门球队",
        "党总枝 OR 门球队",
        "离退休 -党总枝",
        "党总枝 门球对 optcal 会议",
        "离退休 完全不同的词",
        "一 二 三 四 五 六 党总枝",
        "title:离退休党总枝",
        "no*such",
        "x" * 50,
        "会" * 50,
        "完全不同的词",
    ],
)
def test_nothing_is_offered_for_what_may_mean_anything(typed: str) -> None:
    assert near(typed, texts) == []


def test_a_word_of_many_texts_costs_no_more_than_a_few() -> None:
    looked: list[int] = []

    def everything(query: str) -> Iterator[str]:
        for number in range(10_000):
            looked.append(number)
            yield "会议" * 50

    near("会" * MAX_CHARACTERS, everything)
    assert len(looked) <= MOST_IN_ALL + 2 * MAX_CHARACTERS
    looked.clear()
    near("meetings", everything)
    assert len(looked) <= MOST_TEXTS
    looked.clear()
    near(" ".join(["会" * MAX_CHARACTERS] * MOST_WORDS), everything)
    assert len(looked) <= MOST_WORDS


def test_other_ways_on_from_the_same_words_are_no_other_word() -> None:
    going_on = ("还没有这样的超精密机床", "还没有这样的光学平台", "没有这样的微纳加工平台")
    assert near("没有这样的词", lambda query: going_on if query == "没有这样的" else ()) == []
    often = (*going_on, *["从没有这样的机会"] * 3)
    assert near("没有这样的词", lambda query: often if query == "没有这样的" else ()) == [
        "没有这样的机"
    ]


def test_of_several_words_those_that_stand_somewhere_stay_as_they_were_typed() -> None:
    assert near("Optical OPTCS", texts) == ["Optical optics"]
    assert near("门球队 门球长", texts)[:1] == ["门球队 门球场"]
