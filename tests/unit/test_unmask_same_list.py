"""Mirrors of one kit sow the same phrases, each at places of its own: none of them is a shield."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.sown import Written, sown_phrases
from archive.model import Site
from archive.store import open_archive
from archive.witnesses.agreed import agreed
from archive.witnesses.collate import Reading, collate
from tests.tampering import Original, originals
from tests.tampering.archived import put
from tests.tampering.brands import PHRASE_TAILS, Disguise, invented_brand
from tests.tampering.kinds import frame, sown

HOSTS = ("www.hx7788.com", "www.zz8899.net", "m.kk5566.cc", "www.yy3344.vip")
PHRASES, DENSELY, FULL = 16, 2.0, 6.0
PAGES, FEW_PAGES = 8, 5
LINE, SOWN = "南湖融媒体中心编发", "铂濠官网下载"

Pages = list[tuple[str, str]]


def sowing(some: tuple[Original, ...], disguise: Disguise, rng: Random) -> Pages:
    """A mirror's pages by path."""
    return [
        (one.path, sown(frame(one.html, disguise, rng, 1.0), disguise, rng, DENSELY))
        for one in some
    ]


def titled(one: Original, brand: str) -> str:
    """A page whose title alone has the brand."""
    return re.sub(r"(?is)(<title>).*?(</title>)", rf"\g<1>{one.title}_{brand}\g<2>", one.html)


def texts_of(data: Path, pages: list[Pages]) -> list[str]:
    """What is read of the articles that the mirrors alone have."""
    with open_archive(data, create=True) as archive:
        put(archive, Site("s", ()), dict(zip(HOSTS, pages, strict=False)))
        return [plain(article.reading.text) for article in archive.store.articles()]


def disguises(names: tuple[str, ...], hosts: int, rng: Random) -> list[Disguise]:
    """Brands of their own, and phrases of one list."""
    phrases = tuple(invented_brand(rng) + rng.choice(PHRASE_TAILS) for _ in range(PHRASES))
    return [Disguise(invented_brand(rng), names, phrases, "2026-05-01") for _ in range(hosts)]


@pytest.mark.parametrize(("hosts", "most"), [(2, 0.1), (4, 0.03)])
def test_phrases_that_several_mirrors_sow_from_one_list_are_taken_out(
    tmp_path: Path, hosts: int, most: float
) -> None:
    rng = Random(f"one list {hosts}")
    names, some = originals(rng, PAGES, "www.qskyzx.com")
    kits = disguises(names, hosts, rng)
    texts = texts_of(tmp_path, [sowing(some, kit, rng) for kit in kits])
    assert len(texts) == PAGES
    left = sum(any(plain(phrase) in text for phrase in kits[0].phrases) for text in texts)
    assert left <= most * PAGES


@pytest.mark.parametrize("seed", range(3))
def test_a_brand_that_a_phrase_of_the_list_begins_with_betrays_its_host(
    tmp_path: Path, seed: int
) -> None:
    rng = Random(f"brand of the list {seed}")
    names, some = originals(rng, FEW_PAGES, None)
    kits = disguises(names, 3, rng)
    listed = (f"{kits[2].brand}437", *kits[0].phrases[1:])
    pages = [
        [(p.path, sown(titled(p, k.brand), replace(k, phrases=listed), rng, FULL)) for p in some]
        for k in kits
    ]
    with open_archive(tmp_path, create=True) as archive:
        report = put(archive, Site("s", ()), dict(zip(HOSTS, pages, strict=False)))
    assert {mirror.host for mirror in report.mirrors} == {*HOSTS[:3]}


def test_what_a_peer_has_as_a_line_or_agrees_in_is_the_institutes() -> None:
    comparison = Comparison(
        inserted=Counter({LINE: 4, "共同": 1, SOWN: 3}), agreed=["共同的话共同"]
    )
    peer = HostSurvey(samples={"/a": Sample("/a", "", f"管理{SOWN}创新。\n{LINE}\n", None)})
    written = Written([], [peer], comparison)
    assert (written.has(LINE), written.has("共同"), written.has(SOWN)) == (True, True, False)
    assert Written([peer], [], comparison).has(SOWN)


def test_what_two_agree_in_now_and_then_is_agreed_by_chance() -> None:
    comparison = Comparison(alone=Counter({SOWN: 3}), agreed=[f"管理{SOWN}创新"])
    assert not Written([], [HostSurvey()], comparison).has(SOWN)
    assert Written([], [HostSurvey()], Comparison(agreed=[f"管理{SOWN}创新"])).has(SOWN)


def test_what_its_places_prove_is_sown_though_two_have_it_at_one_place_if_one_has_it_alone() -> (
    None
):
    twice = [f"管理{SOWN}创新。学习{SOWN}贯彻"]
    alone = Written([], [HostSurvey()], Comparison(alone=Counter({SOWN: 1}), agreed=twice))
    assert (alone.has(SOWN), alone.has_surely(SOWN)) == (True, False)
    assert Written([], [HostSurvey()], Comparison(agreed=twice)).has_surely(SOWN)
    original = HostSurvey(samples={"/a": Sample("/a", "", f"管理{SOWN}创新", None)})
    assert Written([original], [], Comparison(alone=Counter({SOWN: 1}))).has_surely(SOWN)


@pytest.mark.parametrize(
    ("ours", "theirs", "texts"),
    [
        # What stood between the two places of one phrase seems to have moved.
        (f"成果通过高新{SOWN}区的鉴定", f"成果通过高{SOWN}新区的鉴定", "成果通过高新区的鉴定"),
        (
            f"继续对烟{SOWN}花爆竹实行监管",
            f"继续对烟花爆竹{SOWN}实行监管",
            "继续对烟花爆竹实行监管",
        ),
    ],
)
def test_a_phrase_at_two_places_close_together_is_seen_at_both(
    ours: str, theirs: str, texts: str
) -> None:
    long = ("平安校园建设工作推进会昨日召开，", "。各部门负责人参加了会议。")
    ours, theirs, honest = (one.join(long) for one in (ours, theirs, texts))
    comparison = Comparison()
    comparison.add(Sample("/a", "", ours, None), Sample("/a", "", theirs, None), [])
    assert comparison.alone[SOWN] == 2
    assert not Written([], [HostSurvey()], comparison).has(SOWN)
    assert collate([Reading(ours, 1.0), Reading(theirs, 1.0)]).text == honest
    assert collate([Reading(theirs, 1.0), Reading(ours, 1.0)]).text == honest


def test_where_nothing_tells_which_piece_is_the_phrase_one_witness_is_kept_whole() -> None:
    one, other = "午后甲乙丙丁丑寅卯辰到达", "午后丁丑寅卯辰甲乙丙到达"
    assert collate([Reading(one, 1.0), Reading(other, 1.0)]).text == one
    assert collate([Reading(other, 1.0), Reading(one, 1.0)]).text == other


def test_a_phrase_whose_end_another_has_too_is_taken_as_a_whole() -> None:
    whole = f"鎏岳{SOWN}"
    pages = [f"学习{whole}贯彻会议精神", f"推进{whole}平安校园", f"深入{whole}开展活动"]
    survey = HostSurvey(
        samples={f"/{n}": Sample(f"/{n}", "", t, None) for n, t in enumerate(pages)}
    )
    comparison = Comparison(inserted=Counter({SOWN: 3}), alone=Counter({SOWN: 3}))
    written = Written([], [HostSurvey()], comparison)
    assert sown_phrases(comparison, (), survey, written) == (whole,)


def test_phrases_put_in_side_by_side_are_no_replacement_of_each_other() -> None:
    comparison = Comparison()
    text = "平安校园建设工作推进会昨日在图书馆报告厅召开，各部门负责人参加了会议。"
    ours, theirs = (text.replace("报告", piece) for piece in (f"{SOWN}报告", "报告鎏岳手机版"))
    comparison.add(Sample("/a", "", ours, None), Sample("/a", "", theirs, None), [])
    assert (dict(comparison.inserted), dict(comparison.missing)) == ({SOWN: 1}, {"鎏岳手机版": 1})


@pytest.mark.parametrize(
    ("texts", "common"),
    [
        (("里处处鎏岳官网", "璟曜开户里处处"), "里处处"),
        (("鎏岳官网的是线", "的是璟曜开户线", "的是线"), "的是线"),
        (("光机所召开", "凯发网召开"), None),
        (("鎏岳官网召开", "召开鎏岳官网", "鎏岳官网召开"), None),
        (("取得优异成绩", "获得了优异成绩"), None),
        (("鎏岳官网\n召开", "召开"), None),
        (("鎏岳官网", "璟曜开户"), None),
        (("甲乙丙丁丑寅卯", "丁丑寅卯甲乙丙"), None),
    ],
)
def test_only_what_others_have_nothing_in_the_place_of_is_left_out(
    texts: tuple[str, ...], common: str | None
) -> None:
    assert agreed(texts) == common
