"""Notices of two years are no copies of one another: what one says more stays in it."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from archive.cleaning import extract
from archive.cleaning.unmasking.compare import compare
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.pairing import copies_of, rewritten_days, same_article
from archive.cleaning.unmasking.sown import Written, sown_phrases
from archive.model import Site
from archive.store import open_archive
from tests.tampering import RECIPES, copied, originals
from tests.tampering.archived import put

INSTITUTE = "青山声学研究所"
OLDER = range(2009, 2015)
NOTICE = (
    "各部门、各课题组：根据事业发展需要，{older}现面向社会公开招聘工作人员，有关事项公告如下。",
    "一、坚持德才兼备、以德为先的用人标准，坚持公开、平等、竞争、择优的原则，严格程序。",
    "二、报名者应当品行端正，身体健康，{more}能够适应岗位要求的其他条件。",
    "三、报名表请自行下载，逾期不再受理。{last}联系方式见本所网站人事教育处一栏。",
)
OLD_WORDS = {
    "older": "经所务会研究决定，",
    "more": "具有副高级以上职称者优先，",
    "last": "资格审查结果在公告栏内公布。",
}


def _text(year: int, told: str = "") -> str:
    words = OLD_WORDS if year in OLDER else dict.fromkeys(OLD_WORDS, "")
    return "\n".join([*(line.format(**words) for line in NOTICE), f"{told}{INSTITUTE}"])


def _sample(
    year: int, title: str = "公开招聘公告", told: str = "", day: date | None = None
) -> Sample:
    return Sample(f"/{year}.html", title, _text(year, told), day)


def _host(*samples: Sample) -> HostSurvey:
    survey = HostSurvey()
    survey.samples = {sample.path: sample for sample in samples}
    return survey


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "2015年招聘公告"}, {"title": "2014年招聘公告"}),
        ({"title": "第五次招聘"}, {"title": "第四次招聘"}),
        ({"day": date(2015, 3, 1)}, {"day": date(2014, 3, 4)}),
        ({"told": "2015年3月1日"}, {"told": "2014年3月4日"}),
        ({"told": "招聘12人"}, {"told": "招聘7人"}),
        ({"told": "二〇一五年"}, {"told": "二〇一四年"}),
    ],
)
def test_what_differs_in_a_year_a_day_or_a_number_is_another_article(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert not same_article(_sample(2015, **one), _sample(2014, **other))  # type: ignore[arg-type]
    assert same_article(_sample(2015, **one), _sample(2015, **one))  # type: ignore[arg-type]


def test_days_that_a_mirror_writes_into_all_of_its_pages_say_nothing() -> None:
    today = date(2026, 5, 1)
    copies = [replace(_sample(y, told="2026年5月1日", day=today), path=f"/x{y}") for y in OLDER]
    rewritten = rewritten_days(_host(*copies))
    own = _sample(2010, told="2010年3月4日", day=date(2010, 3, 4))
    assert same_article(own, copies[1], rewritten)
    assert not same_article(own, copies[1])


def test_days_of_one_visit_are_a_mirrors_and_days_of_years_are_not() -> None:
    visit = [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 1)]
    copies = [
        replace(_sample(y), path=f"/x{y}", published=day)
        for y, day in zip(OLDER, visit, strict=False)
    ]
    assert rewritten_days(_host(*copies)) == {(2026, 2, 27), (2026, 2, 28), (2026, 3, 1)}
    yearly = [replace(_sample(y), path=f"/x{y}", published=date(y, 3, 1)) for y in OLDER]
    assert rewritten_days(_host(*yearly, replace(copies[0], path="/x"))) == frozenset()
    odd = [replace(one, text=f"{one.text}2026年99月99日", published=None) for one in copies[:2]]
    assert rewritten_days(_host(*odd)) == frozenset()


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_copy_is_known_whatever_was_done_to_it(recipe: str) -> None:
    rng = Random(f"pairing {recipe}")
    names, pages = originals(rng, 6)
    mirror = copied(pages, names, recipe, rng, strength=1.0, own_paths=True)
    own, theirs = HostSurvey(), HostSurvey()
    origin = {}
    for path, html, one in mirror.pages:
        origin[path] = one.path
        for survey, markup, at in ((own, one.html, one.path), (theirs, html, path)):
            read = extract(markup.encode(), f"http://a.example{at}")
            survey.samples[at] = Sample(at, read.title or "", read.text, read.published)
    pairs = {copy.path: original.path for copy, original in copies_of(theirs, [own])}
    assert pairs == origin


def test_tables_of_other_numbers_are_told_apart_in_time_with_their_size() -> None:
    rng = Random("numbers")
    one, other = (
        Sample(path, "统计", " ".join(str(rng.randint(1, 10**6)) for _ in range(6_000)), None)
        for path in ("/a", "/b")
    )
    began = time.process_time()
    assert not same_article(one, other)
    assert time.process_time() - began < 1


def test_a_number_that_a_brand_ran_into_is_not_lost() -> None:
    told = "共招聘120人，其中博士45人，硕士75人。"
    swallowed = told.replace("120", "8120").replace("45", "8845")
    assert same_article(_sample(2015, told=told), _sample(2015, told=swallowed))
    assert not same_article(
        _sample(2015, told=told), _sample(2015, told=told.replace("120", "1209"))
    )


def test_of_many_that_are_like_one_only_the_nearest_is_its_copy() -> None:
    copies = [replace(_sample(year), path=f"/x{year}") for year in (*OLDER, 2015)]
    pairs = list(copies_of(_host(*copies), [_host(_sample(2015))]))
    assert [(copy.path, original.path) for copy, original in pairs] == [("/x2015", "/2015.html")]


@pytest.mark.parametrize("recipe", ["plain", "name", "sown"])
def test_notices_that_only_a_mirror_has_keep_what_the_last_one_no_longer_says(
    recipe: str, tmp_path: Path
) -> None:
    rng = Random(f"yearly {recipe}")
    names, others = originals(rng, 6, "www.qs.ac.cn")
    pages = [*others]
    for year in (*OLDER, 2015):
        title = f"{names[0]}{year}年公开招聘公告"
        text = _text(year).replace(INSTITUTE, names[0])
        lines = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        html = (
            f"<html><head><title>{title}--{names[0]}</title></head><body><h1>{title}</h1>"
            f"<div>发布时间：{year}-03-04</div><div class='text'>{lines}</div>"
            f"<div>版权所有 © {names[0]} www.qs.ac.cn</div></body></html>"
        )
        pages.append(replace(others[0], path=f"/{year}.html", title=title, text=text, html=html))
    mirror = copied(pages, names, recipe, rng, strength=0.6, own_paths=False)
    hosts = {
        "www.hx7788.com": [(path, html) for path, html, _ in mirror.pages],
        "www.qs.ac.cn": [(one.path, one.html) for one in (*others, pages[-1])],
    }
    with open_archive(tmp_path, create=True) as archive:
        report = put(archive, Site("s", ()), hosts, kind="backfill")
        texts = {a.url.rpartition("/")[2]: a.reading.text for a in archive.store.articles()}
    assert [one.host for one in report.mirrors] == ["www.hx7788.com"]
    for year in OLDER:
        text = "".join(texts[f"{year}.html"].split())
        assert [words for words in OLD_WORDS.values() if words not in text] == []


@pytest.mark.parametrize(
    "cut", ["报名表请到人事处领取", "地址：园区一号楼", "欢迎报名。联系人：王丽"]
)
def test_what_the_institute_cut_from_its_pages_is_nothing_put_in(cut: str) -> None:
    lines = [f"第{n}号通知要求全体职工认真学习，各课题组组织讨论并上报情况" for n in "甲乙丙丁戊己"]
    theirs = _host(
        *(Sample(f"/{n}", "通知", f"{x}。{cut}。请准时参加。", None) for n, x in enumerate(lines))
    )
    own = _host(*(Sample(f"/{n}", "通知", f"{x}。请准时参加。", None) for n, x in enumerate(lines)))
    comparison = compare(theirs, [own], ())
    assert comparison.inserted
    assert sown_phrases(comparison, (), theirs, Written([own], [], comparison)) == ()


def test_an_institutes_name_that_another_mirror_lost_is_nothing_put_in() -> None:
    lines = [f"第{n}号通知要求全体职工认真学习，各课题组组织讨论并上报情况" for n in "甲乙丙丁戊己"]
    named = _host(
        *(Sample(f"/{n}", "通知", f"{x}。\n{INSTITUTE}", None) for n, x in enumerate(lines))
    )
    other = _host(*(Sample(f"/{n}", "通知", f"{x}。", None) for n, x in enumerate(lines)))
    comparison = compare(named, [other], ())
    assert comparison.inserted[INSTITUTE] == len(lines)
    assert sown_phrases(comparison, (), named, Written([], [other], comparison)) == ()
