"""Of two institutions' names in each other's place one is the house's: known by what else speaks
for it, and where nothing does, put in nowhere."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.marks import LACUNA
from archive.evidence.texts import in_chinese
from tests.site import tamper
from tests.tampering import Copy, Original, copied, originals
from tests.unit.mirror_hosts import ENGLISH, MIRROR, OFFICIAL, extractions, pages_read, surveyed

COUNT = 8
OTHERS = ("www.zz8899.net", "m.kk5566.cc")
Names = tuple[str, str]


def _institute(seed: str) -> tuple[Random, Names, tuple[Original, ...]]:
    rng = Random(seed)
    names, pages = originals(rng, COUNT)
    return rng, names, pages


def _shown(copy: Copy) -> list[tuple[str, str]]:
    return [(path, html) for path, html, _ in copy.pages]


def _own(pages: tuple[Original, ...]) -> list[tuple[str, str]]:
    return [(one.path, one.html) for one in pages]


def _texts(survey: FrameSurvey, host: str, shown: list[tuple[str, str]], **others: object) -> str:
    """All texts and titles of a host, unmasked."""
    marks = survey.marks(host, **{"official": (), "evidence": ("said",), **others})  # type: ignore[arg-type]
    read = [unmask(one, marks) for one in extractions(pages_read(host, shown))]
    return "\n".join(f"{one.title}\n{one.text}" for one in read)


def test_beside_the_operators_own_host_a_made_up_name_is_undone() -> None:
    rng, names, pages = _institute("trusted")
    copy = copied(pages, names, "neutral", rng)
    survey = surveyed(FrameSurvey(), OFFICIAL, _own(pages))
    surveyed(survey, MIRROR, _shown(copy))
    found = survey.recognise([OFFICIAL])
    assert list(found) == [MIRROR]
    assert found[MIRROR].of == (OFFICIAL,)
    said = _texts(survey, MIRROR, _shown(copy), official=(OFFICIAL,))
    assert copy.disguise.neutral not in said
    assert said.count(names[0]) >= sum(one.text.count(names[0]) for one in pages)


def test_the_short_form_in_the_texts_tells_whose_name_it_is() -> None:
    rng, names, pages = _institute("short")
    said = [replace(one, html=one.html.replace("。", f"，{names[1]}表示。", 1)) for one in pages]
    copy = copied(said, names, "neutral", rng)
    survey = surveyed(FrameSurvey(), OFFICIAL, _own(tuple(said)))
    surveyed(survey, MIRROR, _shown(copy))
    found = survey.recognise()
    assert list(found) == [MIRROR]
    assert any(names[1] in line for line in found[MIRROR].evidence)
    assert [e for e in found[MIRROR].evidence if ENGLISH.search(in_chinese(e))] == []


def test_a_name_under_anothers_frame_is_the_true_one() -> None:
    rng, names, pages = _institute("framed")
    made_up, framed = copied(pages, names, "neutral", rng), copied(pages, names, "frame", rng)
    survey = surveyed(FrameSurvey(), MIRROR, _shown(made_up))
    surveyed(survey, OTHERS[0], _shown(framed))
    assert set(survey.recognise()) == {MIRROR, OTHERS[0]}
    said = _texts(survey, MIRROR, _shown(made_up), siblings=(OTHERS[0],))
    assert made_up.disguise.neutral not in said
    assert names[0] in said


@pytest.mark.parametrize("seed", range(3))
def test_an_institutes_host_is_not_accused_by_a_brands_frame_round_a_made_up_name(
    seed: int,
) -> None:
    rng = Random(f"at home {seed}")
    names, pages = originals(rng, COUNT, OFFICIAL)
    made_up = copied(pages, names, "neutral", rng)
    neutral = made_up.disguise.neutral
    shown = [(path, tamper.frame(html, "凯霆平台", (neutral,))) for path, html in _shown(made_up)]
    survey = surveyed(FrameSurvey(), OFFICIAL, _own(pages))
    surveyed(survey, MIRROR, shown)
    branded = _shown(copied(pages, names, "name", rng))
    surveyed(survey, OTHERS[0], branded)
    assert set(survey.recognise()) == {MIRROR, OTHERS[0]}
    assert neutral not in _texts(survey, OTHERS[0], branded, siblings=(MIRROR,))


@pytest.mark.parametrize("seed", range(3))
def test_of_two_names_for_which_nothing_speaks_none_is_put_in_a_brands_place(seed: int) -> None:
    rng, names, pages = _institute(f"contested {seed}")
    copies = [copied(pages, names, recipe, rng) for recipe in ("name", "neutral", "plain")]
    shown = dict(zip((MIRROR, *OTHERS), map(_shown, copies), strict=True))
    hosts = {**shown, **{f"m{n}.example{n}.com": shown[OTHERS[0]] for n in range(4)}}
    survey = FrameSurvey()
    for host, some in hosts.items():
        surveyed(survey, host, some)
    branded = _shown(copies[0])
    said = _texts(survey, MIRROR, branded, siblings=[host for host in hosts if host != MIRROR])
    assert copies[1].disguise.neutral not in said
    assert names[0] not in said
    assert LACUNA in said


def test_houses_that_write_one_notice_each_under_its_own_name_are_no_rivals() -> None:
    rng, names, pages = _institute("sisters")
    others, theirs = originals(rng, COUNT)
    notice = pages[0]
    shared = [
        replace(notice, path=f"/tzgg/{n}.html", html=notice.html.replace("。", f"（{n}）。", 1))
        for n in range(3)
    ]
    renamed = [replace(one, html=one.html.replace(names[0], others[0])) for one in shared]
    survey = surveyed(FrameSurvey(), OFFICIAL, _own((*pages, *shared)))
    surveyed(survey, "www.tlhx.ac.cn", _own((*theirs, *renamed)))
    assert survey.recognise([OFFICIAL]) == {}


def test_a_name_that_a_spinner_reworded_is_not_put_back() -> None:
    rng, names, pages = _institute("reworded 3")
    named = [replace(one, html=one.html.replace("。", "，人人知道没有道路。")) for one in pages]
    full = "青石光学研究所"
    own = [replace(one, html=one.html.replace(names[0], full)) for one in named]
    branded = copied(own, (full, names[1]), "name", rng)
    spun = copied(own, ("未有之名大学", names[1]), "spun-heavily", rng)
    survey = surveyed(FrameSurvey(), MIRROR, _shown(branded))
    surveyed(survey, OTHERS[0], _shown(spun))
    said = _texts(survey, MIRROR, _shown(branded), siblings=(OTHERS[0],))
    assert "盘问所" not in said
    assert LACUNA in said
