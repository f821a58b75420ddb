"""How surely a word lies across a joint, by how often it is written."""

from __future__ import annotations

import pytest

from archive.cleaning.unmasking.words import (
    closing,
    is_ordinary,
    single_share,
    surprise,
    without_particles,
)


@pytest.mark.parametrize(
    ("left", "right"), [("进一步创", "新能力"), ("学术研", "究成果"), ("天", "文")]
)
def test_the_halves_of_a_word_close_strongly(left: str, right: str) -> None:
    assert closing(left, right) > 5


@pytest.mark.parametrize(
    ("left", "right"), [("管理", "创新"), ("能力", "的提高"), ("会议", "在京")]
)
def test_whole_words_do_not(left: str, right: str) -> None:
    assert closing(left, right) == 0


def test_a_common_word_closes_less_surely_than_one_whose_halves_are_rare() -> None:
    assert closing("蝴", "蝶") > closing("大", "学") > 0


@pytest.mark.parametrize(("phrase", "ordinary"), [("科学研究的进展", True), ("铂霆璟熠", False)])
def test_words_from_end_to_end_are_ordinary(phrase: str, ordinary: bool) -> None:
    assert is_ordinary(phrase) is ordinary
    assert (single_share(phrase) == 0) is ordinary


@pytest.mark.parametrize(("name", "ordinary"), [("凯泰", False), ("刘亚辉", False), ("银河", True)])
def test_a_name_that_is_hardly_ever_written_is_no_ordinary_word(name: str, ordinary: bool) -> None:
    assert is_ordinary(name) is ordinary
    assert (closing(name[:1], name[1:]) > 5) is ordinary


def test_what_is_no_word_is_more_surprising_than_what_is_one() -> None:
    assert surprise("铂霆璟熠") > surprise("科学研究") > surprise("研究") > 0
    assert surprise("bet365") < 4 * surprise("铂霆")


def test_what_stands_between_words_belongs_to_no_phrase() -> None:
    assert without_particles("的不铂霆官网下载了") == "铂霆官网下载"
