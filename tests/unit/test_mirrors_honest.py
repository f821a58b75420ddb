"""Honest hosts are called no mirrors, whatever articles, templates and names they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmasking.look import one_owner
from benchmarks.corpus import corpus_directory, corpus_pages
from tests.site.tamper import BODY_END
from tests.tampering import RECIPES, Original, copied, originals
from tests.tampering.honest import as_they_are, portal_name, reprinted, taken_over
from tests.unit.mirror_hosts import surveyed

OURS, THEIRS, PORTAL = "www.qskyzx.ac.cn", "www.bhgxs.cas.cn", "www.kxzx.com"
SEEDS = range(4)
COUNT = 7
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)


def with_foot(pages: Iterable[Original], foot: str) -> list[tuple[str, str]]:
    return [(o.path, BODY_END.sub(lambda m: foot + m[0], o.html)) for o in pages]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_portal_that_reprints_all_of_an_institute_is_no_mirror(seed: int) -> None:
    rng = Random(f"portal {seed}")
    names, pages = originals(rng, COUNT, OURS)
    survey = surveyed(FrameSurvey(), OURS, as_they_are(pages))
    made = reprinted(pages, names[0], portal_name(rng), PORTAL if seed % 2 else "", rng)
    surveyed(survey, PORTAL, made)
    assert survey.recognise() == {}
    assert surveyed(FrameSurvey(), PORTAL, made).recognise() == {}


@pytest.mark.parametrize("seed", [*SEEDS, 143])
def test_a_portal_that_tells_neither_its_sources_nor_its_host_is_no_mirror(seed: int) -> None:
    rng = Random(f"silent {seed}")
    _, pages = originals(rng, COUNT, OURS)  # of 143, four speak of "our institute"
    made = reprinted(pages, "", portal_name(rng), "", rng)
    assert surveyed(FrameSurvey(), PORTAL, made).recognise() == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_institute_whose_foot_names_the_maker_of_its_pages_is_no_mirror(seed: int) -> None:
    rng = Random(f"maker {seed}")
    _, pages = originals(rng, COUNT)
    maker = "技术支持：www.gdwlgs.com 邮箱：kf@gdwlgs.com"
    own = as_they_are(pages)
    made = [(path, html.replace("版权所有", f"{maker} 版权所有")) for path, html in own]
    assert surveyed(FrameSurvey(), "www.qskyzx.com", made).recognise() == {}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "above",
    [
        "主办单位：南江科学院 www.njkxy.com",
        "版权所有：某某研究所 主管：南江科学院 www.njkxy.com",
        "主管单位：南江科学院 http://www.njkxy.ac.cn",
    ],
)
def test_an_institute_whose_foot_names_the_house_above_it_is_no_mirror(
    seed: int, above: str
) -> None:
    rng = Random(f"above {seed}")
    _, pages = originals(rng, COUNT)
    foot = f"<div>{above}</div></body>"
    made = [(path, html.replace("</body>", foot)) for path, html in as_they_are(pages)]
    assert surveyed(FrameSurvey(), "www.qskyzx.com", made).recognise() == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_portals_that_reprint_the_same_articles_are_no_mirrors(seed: int) -> None:
    rng = Random(f"portals {seed}")
    names, pages = originals(rng, COUNT, OURS)
    survey = FrameSurvey()
    for host in (PORTAL, "www.gdkjw.com", "news.xxcb.net"):
        surveyed(survey, host, reprinted(pages, names[0], portal_name(rng), host, rng))
    assert survey.recognise() == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_sister_institutes_that_take_over_articles_are_no_mirrors(seed: int) -> None:
    rng = Random(f"sisters {seed}")
    ours, pages = originals(rng, COUNT, OURS)
    theirs, more = originals(rng, COUNT, THEIRS)
    survey = surveyed(FrameSurvey(), OURS, as_they_are(pages))
    surveyed(
        survey,
        THEIRS,
        [*as_they_are(more), *taken_over(pages, (ours, OURS), (theirs, THEIRS), rng)],
    )
    assert survey.recognise() == {}


@pytest.mark.parametrize("host", ["qskyzx.ac.cn", "lib.qskyzx.ac.cn", "www.qskyzx.cas.cn"])
def test_another_address_of_the_institute_itself_is_no_mirror(host: str) -> None:
    rng = Random(f"twin {host}")
    _, pages = originals(rng, COUNT, OURS)
    survey = surveyed(FrameSurvey(), OURS, as_they_are(pages))
    surveyed(survey, host, as_they_are(pages))
    assert survey.recognise() == {}
    assert surveyed(FrameSurvey(), host, as_they_are(pages)).recognise() == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_institutes_second_domain_is_no_mirror_where_the_first_sends_its_readers_there(
    seed: int,
) -> None:
    rng = Random(f"second {seed}")
    first, second, copy = "www.qskyzx.com", "www.qslab.net", "www.hx7788.com"
    _, pages = originals(rng, COUNT, first)
    sent = f'<a href="http://{second}/">新版网站</a>'
    survey = surveyed(FrameSurvey(), first, with_foot(pages, sent))
    for host in (second, copy):
        surveyed(survey, host, as_they_are(pages))
    assert set(survey.recognise()) == {copy}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("strangers", ["abcd", ""])
def test_hidden_links_vouch_for_nobody(seed: int, strangers: str) -> None:
    rng = Random(f"vouched {seed}")
    first, copy = "www.qskyzx.com", "www.hx7788.com"
    _, pages = originals(rng, COUNT, first)
    others = "".join(f'<a href="http://www.{n}xyz.com/">{n}</a>' for n in strangers)
    put = f'<div style="display:none"><a href="http://{copy}/">x</a>{others}</div>'
    survey = surveyed(FrameSurvey(), first, with_foot(pages, put))
    surveyed(survey, copy, as_they_are(pages))
    assert copy in survey.recognise((first,))


def portal_hiding(seed: int, words: Sequence[str], *, brand: str = "") -> FrameSurvey:
    """A house of the press, the links of its pages to thirty strangers hidden under ``words``."""
    rng = Random(f"hiding {seed}")
    _, pages = originals(rng, COUNT, OURS)
    name = portal_name(rng)
    menu = '<div><a href="/cj/">财经</a> <a href="/yl/">娱乐</a> <a href="/ty/">体育</a></div>'
    made = []
    for path, html in reprinted(pages, "", name, "" if brand else PORTAL, rng):
        links = "".join(
            f'<a href="http://www.{rng.randrange(10**6)}.com/">{words[n % len(words)]}</a>'
            for n in range(30)
        )
        hidden = f"<div style='display:none'>{links}</div>{menu}"
        changed = _BODY.sub(rf"\g<0>{hidden}", html)
        if brand:
            changed = changed.replace(name, "").replace("<title>", f"<title>{brand}_")
        made.append((path, changed))
    return surveyed(FrameSurvey(), PORTAL, made)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_house_of_the_press_that_hides_the_names_of_its_friends_is_no_mirror(seed: int) -> None:
    names = [f"{one}在线" for one in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"]
    assert portal_hiding(seed, names).recognise() == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_one_that_hides_keywords_under_another_name_is_one(seed: int) -> None:
    survey = portal_hiding(seed, ("铂濠开户", "凯熠下载", "埭瀛登录"), brand="铂濠霆")
    assert set(survey.recognise()) == {PORTAL}


@pytest.mark.parametrize("seed", range(8))
def test_the_branch_of_an_institute_alone_is_no_mirror(seed: int) -> None:
    rng = Random(f"branch {seed}")
    _, pages = originals(rng, 60, None)
    by_branch: dict[str, list[tuple[str, str]]] = {}
    for path, html in as_they_are(pages):
        by_branch.setdefault(path.rsplit("/", 2)[0], []).append((path, html))
    for some in by_branch.values():
        assert surveyed(FrameSurvey(), "www.qsgc.com", some).recognise() == {}


def test_the_link_home_is_no_brand() -> None:
    rng = Random(15)
    names, pages = originals(rng, COUNT, None)
    home = "<div><a href='/'>首页</a></div><div>当前位置：首页 &gt; 科普</div>"
    made = [
        (path, _BODY.sub(lambda m: m[0] + home, html.replace(names[0], "").replace(names[1], "")))
        for path, html in as_they_are(pages)
    ]
    assert surveyed(FrameSurvey(), OURS, made).recognise() == {}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_host_of_fewer_than_five_pages_is_never_accused(recipe: str) -> None:
    rng = Random(recipe)
    names, pages = originals(rng, 6, OURS)
    copy = copied(pages[:4], names, recipe, rng)
    survey = surveyed(FrameSurvey(), OURS, as_they_are(pages))
    surveyed(survey, PORTAL, [(path, html) for path, html, _ in copy.pages])
    assert survey.recognise() == {}


def test_no_host_of_the_corpus_is_called_a_mirror() -> None:
    folder = corpus_directory()
    if folder is None:
        pytest.skip("no corpus here")
    hosts: dict[str, list[tuple[str, bytes]]] = {}
    for page in corpus_pages(folder):
        hosts.setdefault(page.host, []).append((page.path, page.body))
    survey = FrameSurvey()
    for host, some in hosts.items():
        surveyed(survey, host, some)
    assert survey.recognise() == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("www.qskyzx.ac.cn", "news.qskyzx.ac.cn", True),
        ("www.qskyzx.ac.cn", "www.qskyzx.cas.cn", True),
        ("www.qskyzx.cn", "www.qskyzx.com", True),
        ("www.qskyzx.cn", "www.bhgxs.cn", False),
        ("news.qskyzx.cn", "news.bhgxs.cn", False),
        ("127.0.0.1:8001", "127.0.0.1:8002", False),
    ],
)
def test_owners_are_told_by_the_labels_of_their_hosts(one: str, other: str, same: bool) -> None:
    assert one_owner(one, other) is same
