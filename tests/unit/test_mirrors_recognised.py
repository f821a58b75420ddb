"""A mirror is known by its pages, whoever it is and whatever it does; an honest host is not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from archive.evidence.texts import in_chinese
from tests.site.institute import Generation
from tests.tampering import KINDS, RECIPES, Original, copied, originals
from tests.tampering.brands import invented_disguise
from tests.tampering.honest import portal_name, reprinted
from tests.unit.mirror_hosts import ENGLISH, MIRROR, OFFICIAL, extractions, pages_read, surveyed

COUNT = 6
Pages = list[tuple[str, str]]


def as_they_are(pages: Iterable[Original]) -> list[tuple[str, str]]:
    return [(one.path, one.html) for one in pages]


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("own_paths", [False, True])
def test_a_mirror_beside_its_original_is_recognised(recipe: str, own_paths: bool) -> None:
    rng = Random(f"{recipe}{own_paths}")
    names, pages = originals(rng, COUNT, OFFICIAL)
    copy = copied(pages, names, recipe, rng, own_paths=own_paths, strength=0.5)
    survey = surveyed(FrameSurvey(), OFFICIAL, as_they_are(pages))
    surveyed(survey, MIRROR, [(path, html) for path, html, _ in copy.pages])
    found = survey.recognise()
    assert list(found) == [MIRROR]
    assert found[MIRROR].of == (OFFICIAL,)
    assert found[MIRROR].evidence


@pytest.mark.parametrize("seed", range(4))
def test_four_mirrors_of_a_lost_original_are_all_recognised(seed: int) -> None:
    rng = Random(f"four {seed}")
    names, pages = originals(rng, COUNT)
    survey = FrameSurvey()
    hosts = (MIRROR, "www.zz8899.net", "m.kk5566.cc", "www.yy3344.vip")
    branded = [recipe for recipe in RECIPES if recipe != "plain"]
    for host in hosts:
        copy = copied(pages, names, rng.choice(branded), rng, own_paths=rng.random() < 0.5)
        surveyed(survey, host, [(path, html) for path, html, _ in copy.pages])
    found = survey.recognise()
    assert set(found) == set(hosts)
    lines = [line for one in found.values() for line in one.evidence]
    assert [line for line in lines if ENGLISH.search(in_chinese(line))] == []


def test_plain_copies_are_known_by_another_owners_foot() -> None:
    rng = Random(8)
    names, pages = originals(rng, COUNT, "www.qskyzx.ac.cn")
    survey = FrameSurvey()
    for host in (MIRROR, "www.zz8899.net"):
        copy = copied(pages, names, "plain", rng)
        surveyed(survey, host, [(path, html) for path, html, _ in copy.pages])
    found = survey.recognise()
    assert set(found) == {MIRROR, "www.zz8899.net"}
    assert {one.of for one in found.values()} == {("www.qskyzx.ac.cn",)}


@pytest.mark.parametrize("generation", Generation)
def test_a_lone_plain_copy_is_known_by_where_the_foot_says_its_own_house_is(
    generation: Generation,
) -> None:
    rng = Random(f"housed {generation}")
    names, pages = originals(rng, COUNT, OFFICIAL, generation)
    copy = copied(pages, names, "plain", rng)
    survey = surveyed(FrameSurvey(), MIRROR, [(path, html) for path, html, _ in copy.pages])
    found = survey.recognise()
    assert {host: one.of for host, one in found.items()} == {MIRROR: (OFFICIAL,)}
    assert [e for e in found[MIRROR].evidence if ENGLISH.search(in_chinese(e))] == []


def test_a_plain_copy_without_a_trace_is_known_once_the_institute_itself_is_crawled() -> None:
    rng = Random(21)
    names, pages = originals(rng, COUNT)
    copy = copied(pages, names, "plain", rng)
    survey = surveyed(FrameSurvey(), MIRROR, [(path, html) for path, html, _ in copy.pages])
    assert survey.recognise() == {}
    surveyed(survey, OFFICIAL, as_they_are(pages))
    assert list(survey.recognise(trusted=(OFFICIAL,))) == [MIRROR]


def test_a_page_alone_keeps_its_headline_though_its_host_was_named_a_mirror() -> None:
    rng = Random(12)
    _, pages = originals(rng, 2)
    survey = surveyed(FrameSurvey(), MIRROR, as_they_are(pages))
    assert survey.marks(MIRROR, (), ("named by the operator",)).brands == ()


@pytest.mark.parametrize("recipe", ["frame", "name-pinyin", "traditional", "doorway", "hidden"])
def test_a_mirror_whose_original_is_lost_is_recognised_by_two_kinds_of_evidence(
    recipe: str,
) -> None:
    rng = Random(recipe)
    names, pages = originals(rng, COUNT, OFFICIAL)
    copy = copied(pages, names, recipe, rng)
    survey = surveyed(FrameSurvey(), MIRROR, [(path, html) for path, html, _ in copy.pages])
    assert list(survey.recognise()) == [MIRROR]


@pytest.mark.parametrize("recipe", [one for one in RECIPES if one not in ("plain", "neutral")])
@pytest.mark.parametrize("seed", range(2))
def test_a_lone_mirror_that_names_no_other_host_is_recognised(recipe: str, seed: int) -> None:
    rng = Random(f"nobody {recipe} {seed}")
    names, pages = originals(rng, 5)
    copy = copied(pages, names, recipe, rng, strength=0.6)
    survey = surveyed(FrameSurvey(), MIRROR, [(path, html) for path, html, _ in copy.pages])
    found = survey.recognise()
    assert list(found) == [MIRROR]
    assert [e for e in found[MIRROR].evidence if ENGLISH.search(in_chinese(e))] == []


def test_two_mirrors_of_a_lost_original_give_each_other_away() -> None:
    rng = Random(7)
    names, pages = originals(rng, COUNT)
    survey = FrameSurvey()
    for host, recipe in ((MIRROR, "name"), ("www.zz8899.net", "name-words")):
        copy = copied(pages, names, recipe, rng)
        surveyed(survey, host, [(path, html) for path, html, _ in copy.pages])
    assert set(survey.recognise()) == {MIRROR, "www.zz8899.net"}


def test_an_institute_alone_is_no_mirror() -> None:
    for seed in range(6):
        _, pages = originals(Random(seed), COUNT, OFFICIAL)
        assert surveyed(FrameSurvey(), OFFICIAL, as_they_are(pages)).recognise() == {}


def test_hosts_of_one_domain_may_share_all_they_like() -> None:
    _, pages = originals(Random(1), COUNT, OFFICIAL)
    survey = surveyed(FrameSurvey(), OFFICIAL, as_they_are(pages))
    surveyed(survey, "lib.qskyzx.com", as_they_are(pages))
    assert survey.recognise() == {}


def test_two_institutes_that_took_over_a_few_articles_are_no_mirrors() -> None:
    rng = Random(3)
    _, ours = originals(rng, COUNT, OFFICIAL)
    _, theirs = originals(rng, COUNT, "www.other.ac.cn")
    survey = surveyed(FrameSurvey(), OFFICIAL, as_they_are(ours))
    surveyed(survey, "www.other.ac.cn", as_they_are(theirs))
    assert survey.recognise() == {}


def test_a_host_that_the_operator_trusts_is_never_accused() -> None:
    rng = Random(2)
    names, pages = originals(rng, COUNT, OFFICIAL)
    copy = copied(pages, names, "doorway", rng)
    survey = surveyed(FrameSurvey(), OFFICIAL, as_they_are(pages))
    surveyed(survey, MIRROR, [(path, html) for path, html, _ in copy.pages])
    assert MIRROR not in survey.recognise(trusted=(MIRROR,))


def test_the_order_of_pages_does_not_matter() -> None:
    rng = Random(5)
    names, pages = originals(rng, COUNT, OFFICIAL)
    copy = copied(pages, names, "name", rng)
    made = [(path, html) for path, html, _ in copy.pages]
    first = surveyed(surveyed(FrameSurvey(), OFFICIAL, as_they_are(pages)), MIRROR, made)
    other = surveyed(
        surveyed(FrameSurvey(), MIRROR, reversed(made)), OFFICIAL, reversed(as_they_are(pages))
    )
    assert first.recognise() == other.recognise()


def test_an_encoded_head_over_pages_of_one_day_that_speak_of_years_long_past_betrays_most() -> None:
    encoded = "<title>&#20975;&#21457;&#23448;&#32593;</title>"
    title = re.compile("(?is)<title>.*?</title>")
    day = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
    betrayed = 0
    for seed in range(4):
        _, pages = originals(Random(f"past {seed}"), 10, None, Generation.ASP)
        dated = [(one.path, title.sub(encoded, one.html)) for one in pages]
        assert surveyed(FrameSurvey(), MIRROR, dated).recognise() == {}
        today = [(path, day.sub("2025-11-24", html)) for path, html in dated]
        betrayed += MIRROR in surveyed(FrameSurvey(), MIRROR, today).recognise()
    assert betrayed >= 2


@pytest.mark.parametrize("seed", range(3))
def test_phrases_on_all_its_pages_betray_the_copy_of_a_house_of_the_press(seed: int) -> None:
    rng = Random(f"press {seed}")
    _, pages = originals(rng, COUNT)
    press = " ".join(f'<a href="/{word}/">{word}</a>' for word in ("财经", "体育", "军事"))
    own = [
        (path, html.replace("<h1>", f"<div>{press}</div><h1>"))
        for path, html in reprinted(pages, "", portal_name(rng), "", rng)
    ]
    assert surveyed(FrameSurvey(), MIRROR, own).recognise() == {}
    disguise = invented_disguise(rng, (), "2026-05-01")
    sown = [(path, KINDS["H"](html, disguise, rng, 1.5)) for path, html in own]
    assert list(surveyed(FrameSurvey(), MIRROR, sown).recognise()) == [MIRROR]


PARTS = ("news", "tech", "sports", "finance", "house", "bbs")


def houses_pages(
    seed: int, titled: str, foot: str = "天峰公司", links: str = "http://{}.tfnews.com/"
) -> Pages:
    """Pages of a house of the press that has a host for each of its parts, whose articles tell no
    house; ``titled`` stands in their titles."""
    rng = Random(f"house of many hosts {seed}")
    _, pages = originals(rng, COUNT)
    words = ("财经", "体育", "军事", "汽车", "娱乐", "论坛")
    menu = " ".join(
        f'<a href="{links.format(part)}">{word}</a>'
        for part, word in zip(PARTS, words, strict=True)
    )
    return [
        (
            path,
            re.sub(r"<title>.*?</title>", f"<title>{titled}-{one.title}</title>", html)
            .replace('href="/', 'href="#')
            .replace("<h1>", f"<div>{menu}</div><h1>")
            .replace("</body>", f"<div>Copyright © 2012 {foot}</div></body>"),
        )
        for one, (path, html) in zip(pages, reprinted(pages, "", "要闻", "", rng), strict=True)
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("brand", ["鎏岳网", "鎏岳集团"])
def test_pages_that_lead_to_many_hosts_of_a_stranger_under_a_title_of_none_are_a_copy(
    seed: int, brand: str
) -> None:
    found = surveyed(FrameSurvey(), MIRROR, houses_pages(seed, brand)).recognise()
    assert list(found) == [MIRROR]
    assert [e for e in found[MIRROR].evidence if ENGLISH.search(in_chinese(e))] == []


@pytest.mark.parametrize(("owner", "found"), [("www.gxs.ac.cn", [MIRROR]), ("www.tfnews.com", [])])
def test_pages_that_lead_to_one_stranger_and_whose_foot_names_another_are_a_copy(
    owner: str, found: list[str]
) -> None:
    pages = houses_pages(0, "鎏岳集团", f"鎏岳集团 {owner}")
    assert list(surveyed(FrameSurvey(), MIRROR, pages).recognise()) == found


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("titled", "foot", "links"),
    [
        ("天峰网", "天峰网", "http://{}.tfnews.com/"),  # the house's second domain
        ("天峰集团", "天峰公司", "/{}/"),  # it leads to its own pages
        ("天峰集团", "天峰公司", "http://{}.hx7788.com/"),
        ("天峰集团", "天峰集团", "http://{}.tfnews.com/"),  # on the hosts of who lends the place
    ],
)
def test_a_house_that_names_itself_or_leads_to_its_own_pages_is_none(
    seed: int, titled: str, foot: str, links: str
) -> None:
    pages = houses_pages(seed, titled, foot, links)
    assert surveyed(FrameSurvey(), MIRROR, pages).recognise() == {}


TRADITIONAL = (
    "臺北的學會召開會議，與會學者就「語言與文學」進行討論，大家認為這次會議對研究很有幫助。"
)


def traditional_pages(named: str) -> list[tuple[str, str]]:
    return [
        (
            f"/news/{8000 + n}.html",
            f'<html><meta charset="utf-8"><title>學會第{n}次會議記-{named}</title><body>'
            f'<div><a href="/">{named}</a></div><div>當前位置：{named} &gt; 學術 &gt; 正文</div>'
            f"<h1>學會第{n}次會議記</h1><p>第{n}次。{TRADITIONAL}</p><p>{TRADITIONAL * 2}</p>"
            f"<div>Copyright © 2012 {named} www.xuehui.org</div></body></html>",
        )
        for n in range(COUNT)
    ]


def test_a_copy_of_a_traditional_site_keeps_its_script() -> None:
    """A brand in simplified characters is no proof of a converted text that quotes 「so」."""
    pages = traditional_pages("鎏岳体育网")
    survey = surveyed(FrameSurvey(), MIRROR, pages)
    assert list(survey.recognise()) == [MIRROR]
    assert "E" not in survey.marks(MIRROR, (), ("recognised",)).kinds
    plain = [(path, html.replace("「", "“").replace("」", "”")) for path, html in pages]
    changed = surveyed(FrameSurvey(), MIRROR, plain)
    assert "E" in changed.marks(MIRROR, (), ("recognised",)).kinds


@pytest.mark.parametrize(
    ("name", "owner", "found"),
    [
        ("鎏岳亚游集团", "www.gxs.ac.cn", [MIRROR]),
        ("鎏岳亚游集团", MIRROR, []),  # its own host
        ("鎏岳亚游集团", "www.tfnews.com", []),  # perhaps its own second host
        ("鎏嶽亞遊集團", "www.gxs.ac.cn", []),  # a house of the text's script
    ],
)
def test_an_organisation_of_the_other_script_in_the_frame_of_a_strangers_pages_is_a_brand(
    name: str, owner: str, found: list[str]
) -> None:
    pages = [
        (path, html.replace("www.xuehui.org", owner)) for path, html in traditional_pages(name)
    ]
    assert list(surveyed(FrameSurvey(), MIRROR, pages).recognise()) == found


@pytest.mark.parametrize(("read", "kept"), [("臺(tái)", True), ("學(xué)", False)])
def test_readings_behind_characters_of_either_script_tell_of_no_conversion(
    read: str, kept: bool
) -> None:
    """A converter writes 臺 for 台 in a traditional text, too; 學 it makes of 学 alone."""
    pages = [(path, html.replace(read[0], read)) for path, html in traditional_pages("鎏岳体育网")]
    survey = surveyed(FrameSurvey(), MIRROR, pages)
    marks = survey.marks(MIRROR, (), ("recognised",))
    assert "D" in marks.kinds
    undone = [unmask(one, marks).text for one in extractions(pages_read(MIRROR, pages))]
    assert len(undone) == COUNT
    for text in undone:
        assert ("會議" in text, "会议" in text, "(" in text) == (kept, not kept, False)


@pytest.mark.parametrize(
    ("name", "head", "line", "found"),
    [
        ("鎏岳亚游集团", "學會第{}次會議記", "臺北學報", [MIRROR]),
        (
            "鎏岳亚游集团",
            "第{}次記",
            "鎏嶽亞遊集團",
            [],
        ),  # its name stands on the page, in its script
        ("鎏岳亚游集团", "学会第{}次会议记", "臺北學報", []),  # a converter left the titles
        ("鎏嶽亞遊集團", "學會第{}次會議記", "臺北學報", []),
    ],
)
def test_an_organisation_of_the_other_script_that_titles_alone_name_is_a_brand(
    name: str, head: str, line: str, found: list[str]
) -> None:
    pages = [
        (
            f"/news/{8000 + n}.html",
            f'<html><meta charset="utf-8"><title>{name}-{head.format(n)}</title><body>'
            f"<div>{line}</div><h1>學會第{n}次會議記</h1><p>第{n}次。{TRADITIONAL}</p>"
            f"<p>{TRADITIONAL * 2}</p></body></html>",
        )
        for n in range(COUNT)
    ]
    assert list(surveyed(FrameSurvey(), MIRROR, pages).recognise()) == found
