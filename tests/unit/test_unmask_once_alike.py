"""What stands once between whole words is taken for sown only where all of it speaks for that."""

from random import Random

import pytest

from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.once_alike import Sower, alike_once
from archive.cleaning.unmasking.places import Texts
from archive.cleaning.unmasking.recurring import FEW_PAGES, recurring_phrases
from archive.cleaning.unmasking.resembling import DENSE
from benchmarks.corpus import corpus_directory
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.unit.sown_texts import SEEDS, texts_of

PROVEN = ("铂濠霆官网下载", "埭瀛官网登录", "铂凯登录入口")
SENTENCE = "本报消息，课题组今后将继续{}深入开展合作研究，大家都说收获很大。"
DENSITY = 2.0
"""Proven phrases a page."""
ELSEWHERE = "会议要求继续深入学习有关文件。"
"""Has the words on either side of the place beside each other, as the host's texts do."""


def taken(term: str, density: float = DENSITY) -> list[str]:
    _, _, clean = texts_of(1, 0.0)
    texts = Texts([*clean, plain(ELSEWHERE), plain(SENTENCE.format(term))])
    return list(alike_once(texts.texts[-1], texts, Sower(PROVEN, density)))


@pytest.mark.parametrize("term", ["濠凯瀛官网登录入口", "埭凯铂官网下载"])
def test_what_is_made_as_proven_phrases_are_is_taken_from_one_place(term: str) -> None:
    assert taken(term) == [term]


@pytest.mark.parametrize("density", [DENSITY, DENSE])
@pytest.mark.parametrize("term", ["", "量子点薄膜", "荧光免疫层析", "石英预制棒", "阅览室"])
def test_an_honest_term_at_one_place_stays(term: str, density: float) -> None:
    assert taken(term, density) == []


@pytest.mark.parametrize("density", [DENSITY, DENSE])
@pytest.mark.parametrize("seed", SEEDS)
def test_honest_texts_beside_sown_ones_lose_nothing(seed: int, density: float) -> None:
    made, phrases, clean = texts_of(seed, 0.6)
    assert phrases
    texts, sower = Texts(clean), Sower(recurring_phrases(made, ()), density)
    assert [one for text in clean for one in alike_once(text, texts, sower)] == []


@pytest.mark.parametrize("seed", range(10))
def test_real_articles_beside_proven_phrases_lose_nothing(seed: int) -> None:
    if corpus_directory() is None:
        pytest.skip("no corpus here")
    _, pages = corpus_originals(Random(f"alike once {seed}"), 5 + seed, None)
    clean = [plain(one.text) for one in pages]
    assert recurring_phrases(clean, (), PROVEN) == ()


def test_what_stands_twice_is_judged_by_its_places() -> None:
    _, _, clean = texts_of(1, 0.0)
    text = plain(SENTENCE.format("埭凯铂官网下载"))
    texts = Texts([*clean, plain(ELSEWHERE), text, text])
    assert list(alike_once(text, texts, Sower(PROVEN, DENSITY))) == []


def test_what_stands_once_in_articles_and_beside_a_stop_in_a_line_is_left_alone() -> None:
    _, _, clean = texts_of(1, 0.0)
    text, term = plain(SENTENCE.format("埭凯铂官网下载")), plain("埭凯铂官网下载")
    pages = [*clean, plain(ELSEWHERE), text]
    for line, found in (("今年的报名" + term + "工作开始", [term]), (term + "工作开始", [])):
        texts = Texts([*pages, line], len(pages))
        assert list(alike_once(text, texts, Sower(PROVEN, DENSITY))) == found


def test_on_many_pages_nothing_is_looked_for_that_stands_once() -> None:
    text = plain(SENTENCE.format("埭凯铂官网下载"))
    _, _, clean = texts_of(1, 0.0)
    few = [*clean, plain(ELSEWHERE), text]
    many = [*few, *(plain("会议听取了工作汇报。") for _ in range(FEW_PAGES))]
    assert recurring_phrases(few, (), PROVEN) == (plain("埭凯铂官网下载"),)
    assert recurring_phrases(many, (), PROVEN) == ()
