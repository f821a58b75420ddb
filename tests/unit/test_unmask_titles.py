"""Keywords in the place of titles, which no text knows, are taken off; titles stay."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.repairs import revert
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.marks import MirrorMarks
from archive.cleaning.unmasking.signs import ENCODED_HEAD
from archive.cleaning.unmasking.titles import put_in_place, replaced_titles
from archive.cleaning.unmasking.titles_undone import TITLE_LOST
from archive.model import Decoding, Extraction, PageKind
from benchmarks.corpus import corpus_directory
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.tampering import copied, originals
from tests.unit.mirror_hosts import MIRROR, extractions, pages_read, surveyed

TEXT = """本所研制的空间相机在轨运行正常，已经取得第一批图像，数据处理系统同时交付用户使用。
会议听取了课题组的工作汇报，专家们认为该项目完成了任务书规定的全部研究内容，达到预期目标，
一致同意通过验收。与会领导希望大家再接再厉，加强基础研究，重视人才培养，推动成果转化，为地方
经济社会发展多作贡献。仪式结束以后，来宾参观了展厅和两个实验室，并就今后的合作交换了意见。
光学薄膜样品的检测结果表明，镀层均匀，附着牢固，环境试验前后透过率变化很小，可以批量生产。"""


def host(titles: list[str], encoded: bool = True) -> HostSurvey:
    """A host whose articles, all about one thing, bear these titles."""
    survey = HostSurvey(pages=len(titles), signs=Counter({ENCODED_HEAD: len(titles) * encoded}))
    survey.samples = {
        f"/{n}.html": Sample(f"/{n}.html", title, f"{TEXT}{n}", date(2010, 12, 9))
        for n, title in enumerate(titles)
    }
    return survey


def test_one_title_on_all_pages_is_the_sites_own() -> None:
    assert put_in_place(host(["江松土地光物研究所"] * 8)) == ()


def test_what_no_text_knows_was_put_there() -> None:
    titles = ["铂濠霆官网下载", "璟曜娱乐开户", "铂濠霆官网下载", "空间相机交付使用"]
    assert put_in_place(host(titles)) == ("璟曜娱乐开户", "铂濠霆官网下载")


def test_headings_that_were_replaced_with_the_titles_know_nothing_of_them() -> None:
    titles = ["铂濠霆官网下载", "璟曜娱乐开户", "铂濠霆官网下载", "空间相机交付使用"]
    survey = host(titles)
    for path, one in survey.samples.items():
        survey.samples[path] = replace(one, text=f"{one.title}\n{one.text}\n{one.title} \n")
    assert put_in_place(survey) == ("璟曜娱乐开户", "铂濠霆官网下载")


def test_replaced_headings_of_a_text_go_with_its_title() -> None:
    text = f"铂濠霆官网下载\n{TEXT}\n铂濠霆官网下载"
    read = Extraction(
        PageKind.ARTICLE,
        None,
        Decoding("utf-8", "header", None, 0),
        title="铂濠霆官网下载",
        text=text,
    )
    clean = unmask(read, MirrorMarks("m.example", titles=("铂濠霆官网下载",)))
    assert clean.title is None
    assert clean.text == TEXT
    assert revert(clean.text, [r for r in clean.repairs if r.field == "text"]) == text


def test_one_strange_title_is_none() -> None:
    titles = ["铂濠霆官网下载", "空间相机交付使用", "在轨运行正常", "第一批图像", "数据处理"]
    assert put_in_place(host(titles)) == ()


def test_a_title_of_other_articles_words_is_put_there_where_several_bear_it() -> None:
    survey = host(["易达凯手机版", "易达凯手机版", "空间相机交付使用", "在轨运行正常"])
    other = Sample("/9.html", "手机上线", "新的手机软件上线，手机用户可以查询。", None)
    survey.samples["/9.html"] = other
    assert put_in_place(survey) == ("易达凯手机版",)


def doubted(titles: list[str]) -> HostSurvey:
    """A host of whose last title its own text knows a third, and the others no more."""
    survey = host(titles)
    path = f"/{len(titles) - 1}.html"
    survey.samples[path] = replace(survey.samples[path], title="甲乙相机丙丁展厅戊")
    return survey


def test_where_nearly_all_titles_are_replaced_one_that_is_hardly_known_is_too() -> None:
    titles = ["铂濠霆官网下载", "璟曜娱乐开户", "鎏霆棋牌登录", "骏濠彩票注册", "空间相机交付使用"]
    replaced = doubted(titles)
    assert set(put_in_place(replaced)) == {*titles[:-1], "甲乙相机丙丁展厅戊"}
    replaced.away = {"/4.html": "铂濠霆官网下载"}
    assert set(put_in_place(replaced)) == set(titles[:-1])
    assert "空间相机交付使用" not in put_in_place(host(titles))
    fewer = doubted(["铂濠霆官网下载", "璟曜娱乐开户", "第一批图像", "人才培养", "合作交流"])
    assert put_in_place(fewer) == ("璟曜娱乐开户", "铂濠霆官网下载")


def test_a_title_that_is_hardly_known_was_put_there_where_a_link_to_strangers_bears_it() -> None:
    titles = ["铂濠霆官网下载", "璟曜娱乐开户", "第一批图像", "人才培养", "合作交流"]
    survey = doubted(titles)
    survey.away = {"/4.html": "甲乙相机丙丁展厅戊", "/3.html": "人才培养"}
    assert put_in_place(survey) == ("璟曜娱乐开户", "甲乙相机丙丁展厅戊", "铂濠霆官网下载")


def test_a_title_that_several_bear_was_put_there_where_their_texts_hardly_know_it() -> None:
    survey = doubted(["空间相机交付使用", "人才培养", "第一批图像", "合作交流"])
    twice = replace(survey.samples["/3.html"], path="/2.html")
    survey.samples["/2.html"] = twice
    assert put_in_place(survey) == ("甲乙相机丙丁展厅戊",)


def test_heads_that_were_replaced_tell_a_mirror_though_headings_tell_the_titles() -> None:
    survey = host(["空间相机交付使用", "人才培养", "第一批图像", "合作交流"])
    survey.heads = {"/0.html": "铂濠霆官网下载", "/1.html": "璟曜娱乐开户"}
    assert put_in_place(survey) == ()
    assert replaced_titles(survey)
    survey.strings.update(["璟曜娱乐 开户"])
    assert not replaced_titles(survey)


def test_few_strange_titles_are_put_there_where_another_host_has_others() -> None:
    titles = [
        "铂濠霆官网下载",
        "空间相机交付使用",
        "在轨运行正常",
        "第一批图像",
        "数据处理",
        "薄膜",
    ]
    survey, other = host([*titles, "璟曜平台开户"]), host(["合作交流"] * 3, encoded=False)
    own = ["空间相机验收", *titles[1:], "光学薄膜检测"]
    other.samples = host(own).samples
    assert put_in_place(survey, [other]) == ("璟曜平台开户", "铂濠霆官网下载")
    assert put_in_place(survey) == ()


def test_titles_prove_nothing_where_heads_are_plain() -> None:
    assert put_in_place(host(["图片新闻", "简讯", "第三期", "要目"], encoded=False)) == ()


def test_no_real_title_is_strange() -> None:
    if corpus_directory() is None:
        pytest.skip("no corpus here")
    _, pages = corpus_originals(Random("titles"), 10, None)
    survey = host([one.title for one in pages])
    survey.samples = {one.path: Sample(one.path, one.title, one.text, None) for one in pages}
    assert put_in_place(survey) == ()


@pytest.mark.parametrize("seed", range(3))
def test_no_title_is_taken_off_where_only_the_head_is_written_in_references(seed: int) -> None:
    rng = Random(f"doorway {seed}")
    names, pages = originals(rng, 8)
    made = [(path, html) for path, html, _ in copied(pages, names, "doorway", rng).pages]
    survey = surveyed(FrameSurvey(), MIRROR, made)
    assert survey.marks(MIRROR, (), survey.recognise()[MIRROR].evidence).titles == ()


@pytest.mark.parametrize("seed", range(3))
def test_keywords_are_taken_off_and_can_be_put_back(seed: int) -> None:
    rng = Random(f"titles {seed}")
    names, pages = originals(rng, 8)
    copy = copied(pages, names, "retitled", rng)
    made = [(path, html) for path, html, _ in copy.pages]
    survey = surveyed(FrameSurvey(), MIRROR, made)
    marks = survey.marks(MIRROR, (), survey.recognise()[MIRROR].evidence)
    own = {one.title for _, _, one in copy.pages}
    undone = kept = 0
    for read in extractions(pages_read(MIRROR, made)):
        clean = unmask(read, marks)
        left = clean.title or ""
        kept += any(phrase in left for phrase in copy.disguise.phrases)
        assert revert(left, [r for r in clean.repairs if r.field == "title"]) == read.title
        undone += TITLE_LOST in clean.flags or clean.title != read.title or read.title in own
    assert undone >= len(made) / 2
    assert kept <= 1
