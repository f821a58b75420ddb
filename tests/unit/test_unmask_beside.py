"""Phrases are told by lines beside the articles, and by what proven ones have in common."""

from __future__ import annotations

import pytest

from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.once_alike import Sower
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.resembling import CERTAIN, CERTAIN_IF_DENSE, DENSE, is_certain
from archive.cleaning.unmasking.said_again import beside_texts, put_in_again
from tests.unit.sown_texts import texts_of

BRAND = "璟曜k8"
PHRASE = f"{BRAND}官网下载"
PROVEN = ("铂濠霆官网下载", "埭瀛官网登录", "铂凯登录入口")
PLACES = (
    "本报消息，课题组今后将继续{}深入开展合作研究，大家都说收获很大。",
    "会议要求各支部组织{}学习有关文件。",
    "老同志参观了新建的实验{}大楼和图书馆。",
    "双方就人才培养{}签署了合作协议。",
)


def test_a_brand_that_stands_only_where_a_phrase_does_is_the_phrases() -> None:
    _, _, clean = texts_of(1, 0.0)
    made = [*clean, *(plain(place.format(PHRASE)) for place in PLACES)]
    assert recurring_phrases(made, [plain(BRAND)], PROVEN) == (plain(PHRASE),)
    named = [*made, plain(f"{BRAND}召开会议，{BRAND}负责人出席。")]
    assert recurring_phrases(named, [plain(BRAND)], PROVEN) == ()


def test_a_phrase_has_places_in_lines_beside_the_articles() -> None:
    _, _, clean = texts_of(1, 0.0)
    term = "濠凯瀛官网登录入口"
    texts = [*clean, plain(PLACES[0].format(term))]
    line = plain(f"老同志参观新建的实验{term}大楼")
    assert recurring_phrases(texts, (), PROVEN, (), [line]) == (plain(term),)


def test_lines_beside_the_articles_are_told_once_and_without_what_articles_say() -> None:
    survey = HostSurvey()
    survey.said = {
        "/1": {"老同志参观新建的实验大楼", "各支部认真组织学习"},
        "/2": {"各支部认真组织学习"},
    }
    survey.samples = {"/1": Sample("/1", "签署合作协议", "近日，各支部认真组织学习文件。", None)}
    assert beside_texts(survey) == ["签署合作协议。老同志参观新建的实验大楼", ""]


def test_what_has_a_word_of_a_proven_phrase_is_no_piece_of_it() -> None:
    lines = [
        "课题组今后将继续铂濠平台开户深入开展合作研究",
        "课题组今后将继续深入开展合作研究",
        "老同志参观了新建的铂濠平台开户实验大楼",
        "老同志参观了新建的实验大楼",
    ]
    assert put_in_again(map(plain, lines), (), ["霆瀛平台开户"]) == (plain("铂濠平台开户"),)


@pytest.mark.parametrize("end", ["钟", "技巧"])
def test_a_stretch_ends_with_a_word_or_as_proven_ones_do(end: str) -> None:
    assert Sower(PROVEN, DENSE).may_end_so(f"课题组硕士生{end}") is (end == "技巧")
    assert Sower((*PROVEN, "濠瀛钟"), DENSE).may_end_so(f"课题组硕士生{end}")


@pytest.mark.parametrize(("density", "asked"), [(0.0, CERTAIN), (DENSE, CERTAIN_IF_DENSE)])
def test_less_is_asked_where_phrases_stand_densely(density: float, asked: float) -> None:
    assert is_certain(asked, density)
    assert not is_certain(asked - 0.1, density)
