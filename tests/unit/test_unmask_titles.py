"""Keywords in the place of titles are known by texts that know nothing of them, and taken off."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.repairs import revert
from archive.cleaning.unmask import TITLE_LOST, unmask
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.signs import ENCODED_HEAD
from archive.cleaning.unmasking.titles import are_replaced, is_strange, put_in_place
from benchmarks.corpus import corpus_directory
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.tampering import copied, originals
from tests.unit.test_mirrors_recognised import MIRROR, extractions, pages_read, surveyed

TEXT = "本所研制的空间相机在轨运行正常，已经取得第一批图像，数据处理系统同时交付用户使用。" * 2


def host(titles: list[str], encoded: bool = True) -> HostSurvey:
    """A host whose articles, all about one thing, bear these titles."""
    survey = HostSurvey(pages=len(titles), signs=Counter({ENCODED_HEAD: len(titles) * encoded}))
    survey.samples = {
        f"/{n}.html": Sample(f"/{n}.html", title, f"{TEXT}{n}", date(2010, 12, 9))
        for n, title in enumerate(titles)
    }
    return survey


@pytest.mark.parametrize(
    ("title", "text", "strange"),
    [
        ("铂濠霆官网下载", TEXT, True),
        ("空间相机交付使用", TEXT, False),
        ("News of the year", TEXT, False),
        ("铂濠霆官网下载", "很短。", False),
    ],
)
def test_a_title_is_strange_to_a_text_that_has_no_word_of_it(
    title: str, text: str, strange: bool
) -> None:
    assert is_strange(title, text) is strange


def test_one_title_on_all_pages_is_the_sites_own() -> None:
    assert not are_replaced(host(["江松土地光物研究所"] * 8))


def test_what_several_articles_bear_was_put_there() -> None:
    titles = ["铂濠霆官网下载", "璟曜娱乐开户", "铂濠霆官网下载", "熠泽注册送彩", "盛宏手机版"]
    assert are_replaced(host(titles))
    assert put_in_place(host(titles)) == ("铂濠霆官网下载",)


def test_titles_prove_nothing_where_heads_are_plain() -> None:
    assert not are_replaced(host(["图片新闻", "简讯", "第三期", "要目", "剪影"], encoded=False))


def test_real_titles_are_their_texts() -> None:
    if corpus_directory() is None:
        pytest.skip("no corpus here")
    _, pages = corpus_originals(Random("titles"), 150, None)
    assert [one.title for one in pages if is_strange(one.title, one.text)] == []


@pytest.mark.parametrize("seed", range(3))
def test_keywords_are_taken_off_and_can_be_put_back(seed: int) -> None:
    rng = Random(f"titles {seed}")
    names, pages = originals(rng, 8)
    copy = copied(pages, names, "retitled", rng)
    made = [(path, html) for path, html, _ in copy.pages]
    survey = surveyed(FrameSurvey(), MIRROR, made)
    marks = survey.marks(MIRROR, (), survey.recognise()[MIRROR].evidence)
    taken = 0
    for read in extractions(pages_read(MIRROR, made)):
        clean = unmask(read, marks)
        left = clean.title or ""
        assert not any(phrase in left for phrase in copy.disguise.phrases)
        assert revert(left, [r for r in clean.repairs if r.field == "title"]) == read.title
        taken += TITLE_LOST in clean.flags
    assert taken > len(made) / 2
