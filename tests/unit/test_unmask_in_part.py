"""A name that a mirror replaced here and there: put back where it is sure whose it is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.in_part import left_in_part
from archive.cleaning.unmasking.short_name import called_shortly
from tests.tampering import copied, invented_brand, invented_institute, originals
from tests.unit.mirror_hosts import extractions, pages_read, surveyed

PAGES = 30
HOST = "www.hx7788.com"
Choice = Callable[[int, str], bool]
"""(page, what stands behind the name there) -> whether the brand stands there"""


def written(rng: Random, brand: str, other: str, chosen: Choice) -> HostSurvey:
    """A host whose articles have the brand or the other name where the institute's own stood."""
    (name, _), pages = originals(rng, PAGES)
    survey = HostSurvey()
    for place, one in enumerate(pages):
        first, *rest = one.text.split(name)
        text = first + "".join(
            (brand if chosen(place, part[:2]) else other) + part for part in rest
        )
        survey.samples[one.path] = Sample(one.path, one.title, text, None)
    return survey


def test_names_left_standing_here_and_there_are_put_back_on_most_hosts_and_none_wrongly() -> None:
    restored = 0
    for seed in range(4):
        rng = Random(f"in part {seed}")
        names, pages = originals(rng, PAGES)
        copy = copied(pages, names, "name-in-part", rng, strength=0.6)
        shown = [(path, html) for path, html, _ in copy.pages]
        marks = surveyed(FrameSurvey(), HOST, shown).marks(HOST, (), ("named by the operator",))
        if not marks.names:
            continue
        restored += 1
        assert [(s.brand, s.name) for s in marks.names] == [(copy.disguise.brand, names[0])]
        for read, (_, _, one) in zip(extractions(pages_read(HOST, shown)), copy.pages, strict=True):
            assert unmask(read, marks).text.count(names[0]) >= one.text.count(names[0])
    assert restored >= 2


@pytest.mark.parametrize("seed", range(6))
def test_another_houses_name_is_never_put_in_where_contexts_keep_to_one_of_them(seed: int) -> None:
    rng = Random(f"contexts {seed}")
    brand, other = invented_brand(rng), invented_institute(rng)[0]
    survey = written(rng, brand, other, lambda _, behind: sum(map(ord, behind)) % 2 == 0)
    assert left_in_part(brand, other, survey) == ""


@pytest.mark.parametrize("seed", range(6))
def test_another_houses_name_is_never_put_in_where_pages_keep_to_one_of_them(seed: int) -> None:
    rng = Random(f"houses {seed}")
    brand, other = invented_brand(rng), invented_institute(rng)[0]
    survey = written(rng, brand, other, lambda page, _: page % 2 == 0)
    assert left_in_part(brand, other, survey) == ""


def test_names_side_by_side_are_two_houses() -> None:
    rng = Random("beside")
    brand, other = invented_brand(rng), invented_institute(rng)[0]
    survey = written(rng, brand, other, lambda *_: rng.random() < 0.5)
    assert left_in_part(brand, other, survey)
    survey.samples["/x"] = Sample("/x", "", f"{other}与{brand}签署协议。", None)
    assert left_in_part(brand, other, survey) == ""


def test_a_sentence_that_stands_with_either_speaks_for_one_house() -> None:
    rng = Random("twins")
    brand, other = invented_brand(rng), invented_institute(rng)[0]
    survey = HostSurvey()
    said = ("近日，{}召开会议", "据{}介绍，这是首次", "今年，{}各部门都有进展")
    for page in range(8):
        names = (brand, other) if page % 2 else (other, brand)
        text = "\n".join(
            f"{said[(page + n) % 3].format(name)}{page if page < 7 or n else ''}。"
            for n, name in enumerate(names)
        )
        survey.samples[f"/{page}"] = Sample(f"/{page}", "", text, None)
    assert "same sentence" not in left_in_part(brand, other, survey)
    twin = f"近日，{{}}召开会议{7}。"
    for page, name in enumerate((brand, other)):
        survey.samples[f"/t{page}"] = Sample(f"/t{page}", "", twin.format(name), None)
    assert left_in_part(brand, other, survey)


def test_a_short_form_has_the_names_characters_in_their_order_and_is_no_piece_of_it() -> None:
    name = "江松土地光学物理研究所"
    texts = ["江松光物所召开会议", "江松光物所的职工", "会议在江松光物所举行", "其他"]
    assert called_shortly(name, texts) == "江松光物所"
    assert called_shortly(name, ["光学物理研究所"] * 4) == ""
    assert called_shortly(name, ["物光所"] * 4) == ""
