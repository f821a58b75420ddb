"""What recurs between whole words is taken for sown only for what proven phrases are like."""

import pytest

from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.places import Texts
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.resembling import Makeup, likeness
from tests.unit.sown_texts import texts_of

PLACES = (
    ("我们走进图书馆", "借阅新到的杂志"),
    ("老师带领学生", "参观科技展览"),
    ("大家讨论方案", "提出许多建议"),
)
PROVEN = ("铂濠霆官网下载", "埭瀛官网登录", "铂凯登录入口")


def sentences(term: str) -> list[str]:
    """Texts in which ``term`` stands between whole words, which nothing closes without it."""
    return [f"本报消息，{before}{term}{behind}。" for before, behind in PLACES]


def odds(term: str) -> float:
    texts = Texts([plain(text) for text in sentences(term)])
    return likeness(term, texts.places(term), texts, 0.0, Makeup(PROVEN))


@pytest.mark.parametrize("term", ["濠凯官网登录入口", "凯铂官网下载"])
def test_what_is_made_as_proven_phrases_are_is_taken(term: str) -> None:
    made, _, _ = texts_of(1, 1.0)
    assert recurring_phrases(made, ())
    found = recurring_phrases([*made, *map(plain, sentences(term))], (), PROVEN)
    assert any(one in term for one in found)


@pytest.mark.parametrize("term", ["量子点薄膜", "荧光免疫层析", "石英预制棒"])
def test_an_honest_term_at_the_same_places_stays(term: str) -> None:
    made, _, _ = texts_of(1, 1.0)
    found = recurring_phrases([*made, *map(plain, sentences(term))], (), PROVEN)
    assert not any(one in term for one in found)


@pytest.mark.parametrize("term", ["濠凯官网登录入口", "凯铂官网下载"])
def test_where_nothing_is_proven_nothing_is_like_it(term: str) -> None:
    assert recurring_phrases([plain(text) for text in sentences(term)], ()) == ()


def test_the_more_it_is_like_proven_phrases_the_likelier_it_is() -> None:
    assert odds("濠凯官网登录入口") > odds("凯歌官网下载") > odds("凯歌嘹亮飞扬")


def test_names_and_models_in_latin_letters_alone_are_never_taken() -> None:
    texts = Texts([plain(text) for text in sentences("iphone")])
    made = Makeup(["iphone官网下载"])
    assert likeness("iphone", texts.places("iphone"), texts, 30.0, made) < 0
