"""What is put into one of a page's two titles is known by the other; honest titles stay."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.doubled import put_in, put_into_titles
from archive.cleaning.unmasking.host import HostSurvey, Sample, seen_on
from archive.cleaning.unmasking.sown import put_into_one
from benchmarks.corpus import corpus_directory, corpus_pages
from benchmarks.mirrors.corpus_articles import corpus_originals
from tests.tampering import copied
from tests.unit.mirror_hosts import MIRROR, extractions, pages_read, surveyed

TEXT = "研究所召开年会，课题组汇报了空间相机的进展，专家们听取了报告，参观了两个实验室。"


def host(put_in: dict[str, int]) -> HostSurvey:
    survey = HostSurvey(pages=6)
    survey.slots["put_in"] = Counter(put_in)
    survey.samples = {
        f"/{n}.html": Sample(f"/{n}.html", "研究所召开年会", f"{TEXT}{n}", None) for n in range(6)
    }
    return survey


def test_a_phrase_in_either_title_is_seen() -> None:
    lines = ["首页", "光学研究所召开泰登录二〇一〇年年会"]
    found = put_into_titles("光学研究通达网址所召开二〇一〇年年会-某站", lines)
    assert found == ("泰登录", "通达网址")


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("光学研究所召开二〇一〇年年会-某某站", "光学研究所召开二〇一〇年年会"),
        ("光学研究所召开二〇一〇年年会", "通达网址光学研究所召开二〇一〇年年会"),
        ("光学研究所召开二〇一〇年年会", "光学研究所举行二〇一〇年年会"),
        ("利益集团左右电改电价", "利益集团左右电力体制改革华东上调超发电价"),
        ("关于二〇一〇年国庆放假的通知", "关于二〇一一年春节放假的通知"),
    ],
)
def test_what_is_added_at_an_end_or_put_in_anothers_place_is_nothing(title: str, line: str) -> None:
    assert put_into_titles(title, [line]) == ()


def test_a_span_that_can_be_cut_in_two_ways_is_given_in_both() -> None:
    assert set(put_in("我们研究所所长会议今天召开", "我们研究所登录所所长会议今天召开")) == {
        "登录所",
        "所登录",
    }


def test_what_the_host_writes_about_is_no_phrase_though_one_title_lacks_it() -> None:
    assert put_into_one(host({"空间相机": 2, "铂濠霆官网": 1}), ("璟曜开户",)) == ("铂濠霆官网",)


def test_one_title_alone_proves_nothing() -> None:
    assert put_into_one(host({"铂濠霆官网": 1}), ()) == ()
    assert put_into_one(host({"铂濠霆官网": 1, "璟曜开户": 1}), ()) == ("璟曜开户", "铂濠霆官网")


def test_no_real_page_is_taken_for_sown() -> None:
    folder = corpus_directory()
    if folder is None:
        pytest.skip("no corpus here")
    pages = defaultdict(list)
    for page in corpus_pages(folder):
        pages[page.host].append((page.path, page.body))
    for name, some in pages.items():
        survey, read = HostSurvey(), pages_read(name, some)
        for one in read:
            survey.add(seen_on(one))
        if survey.slots["put_in"]:
            for said in extractions(read):
                survey.add_extraction(said)
            assert put_into_one(survey, ("璟曜开户",)) == ()


@pytest.mark.parametrize("seed", range(3))
def test_phrases_that_stand_in_titles_alone_are_taken_off(seed: int) -> None:
    if corpus_directory() is None:
        pytest.skip("no corpus here")
    rng = Random(f"doubled {seed}")
    names, pages = corpus_originals(rng, 8, None)
    copy = copied(pages, names, "sown", rng, strength=0.3)
    made = [(path, html) for path, html, _ in copy.pages]
    survey = surveyed(FrameSurvey(), MIRROR, made)
    marks = survey.marks(MIRROR, (), survey.recognise()[MIRROR].evidence)
    titles = [unmask(one, marks).title or "" for one in extractions(pages_read(MIRROR, made))]
    assert not [t for t in titles if any(p in t for p in copy.disguise.phrases)]
    assert {"".join(t.split()) for t in titles} == {"".join(one.title.split()) for one in pages}
