"""Names that a mirror made a brand's or a company's: put back, or marked as lost."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.marks import LACUNA
from archive.cleaning.unmasking.names import stands_in_titles
from archive.cleaning.unmasking.words import is_ordinary
from tests.site.institute import Generation
from tests.tampering import copied, originals
from tests.tampering.brands import GLYPHS
from tests.unit.mirror_hosts import MIRROR, surveyed
from tests.unit.unmask_tampering import OFFICIAL, mirror, official, survey, work

WORKS = 8


def short_brand(rng: Random) -> str:
    """Two characters that are no word."""
    while is_ordinary(brand := "".join(rng.sample(GLYPHS, 2))):
        pass
    return brand


@pytest.mark.parametrize("seed", range(4))
def test_a_brand_of_two_characters_that_are_no_word_is_marked_where_a_name_stood(
    seed: int,
) -> None:
    rng = Random(f"short {seed}")
    name = "江松土地光物研究所"
    brand = short_brand(rng)
    works = [work(rng, name, n) for n in range(WORKS)]
    untold = [replace(w, title=w.title.replace(name, "我所")) for w in works]
    copy = mirror(untold, name, brand, "A", rng)
    marks = survey(copy).marks(copy.name, (), ("named by the operator",))
    for read in copy.reads:
        clean = unmask(read, marks)
        assert brand not in clean.text
        assert clean.text.count(LACUNA) == read.text.count(brand)


@pytest.mark.parametrize("seed", range(4))
def test_a_name_written_as_a_companys_gets_its_own_word_back(seed: int) -> None:
    rng = Random(f"company {seed}")
    name = "江松土地光物学院"
    works = [work(rng, name, n) for n in range(WORKS)]
    own = official(works[: WORKS // 2], name)
    company = name.replace("学院", "公司")
    swapped = [
        replace(w, text=w.text.replace(name, company), title=w.title.replace(name, company))
        for w in works
    ]
    copy = mirror(swapped, name, short_brand(rng), "", rng, keep_paths=False)
    counted: FrameSurvey = survey(own, copy)
    marks = counted.marks(copy.name, (OFFICIAL,), ("named by the operator",))
    for read, one in zip(copy.reads, works, strict=True):
        assert unmask(read, marks).text.count(name) == one.text.count(name)


@pytest.mark.parametrize("seed", range(4))
def test_a_brand_in_titles_alone_is_seen_where_half_of_the_names_are_a_companys(seed: int) -> None:
    rng = Random(f"titles {seed}")
    names, pages = originals(rng, WORKS)
    while not names[0].endswith("学院"):
        names, pages = originals(rng, WORKS)
    copy = copied(pages, names, "name-words", rng, strength=0.5)
    found = surveyed(
        FrameSurvey(), "www.hx7788.com", [(path, html) for path, html, _ in copy.pages]
    )
    (evidence,) = (one.evidence for one in found.recognise().values())
    marks = found.marks("www.hx7788.com", (), evidence)
    assert copy.disguise.brand in marks.brands


def titled(*titles: str) -> HostSurvey:
    survey = HostSurvey()
    for number, title in enumerate(titles):
        survey.samples[f"/{number}"] = Sample(f"/{number}", title, "正文。", None)
    return survey


HONEST = ("湖泊沉积讨论会召开", "离退休支部参观岩芯库", "水文站记录整理成册", "安全检查的通知")


@pytest.mark.parametrize(
    "title", ["霆曜国际召开年会", "关于霆曜国际的招聘启事", "霆曜國際召開年會"]
)
def test_a_brand_within_a_title_stands_for_a_name_though_no_text_has_it(title: str) -> None:
    assert stands_in_titles(titled(*HONEST, title), "霆曜国际")


@pytest.mark.parametrize(
    "titles",
    [
        ("湖泊沉积讨论会召开-霆曜国际", *HONEST),
        ("霆曜国际_湖泊沉积讨论会召开", *HONEST),
        ("霆曜国际", *HONEST),
        HONEST,
        tuple(f"霆曜国际{title}" for title in HONEST),
    ],
)
def test_a_brand_beside_titles_or_before_most_of_them_does_not(titles: tuple[str, ...]) -> None:
    assert not stands_in_titles(titled(*titles), "霆曜国际")


RECIPES = ("both-names", "name")
HOUSES = ("www.aaqs.ac.cn", "www.bbkx.ac.cn")


def shown_by_one_mirror(
    seed: str, generation: Generation, houses: tuple[str, ...]
) -> tuple[str, FrameSurvey]:
    """A mirror's brand, and the pages of the ``houses`` on it beside five that the first gives."""
    rng, brand = Random(seed), "鎏岳体育"
    counted, made = FrameSurvey(), []
    for number, house in enumerate(houses):
        names, pages = originals(rng, 10, house, generation)
        copy = copied(pages, names, "name", rng, brand=brand)
        made += [(f"/{number}{path}", html) for path, html, _ in copy.pages]
        if not number:
            surveyed(counted, house, [(f"/0{one.path}", one.html) for one in pages[:5]])
    surveyed(counted, MIRROR, made)
    return brand, counted


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("generation", Generation)
def test_one_houses_name_is_put_into_no_others_pages_on_the_same_mirror(
    seed: int, generation: Generation
) -> None:
    brand, counted = shown_by_one_mirror(f"two {seed}", generation, HOUSES)
    marks = counted.marks(MIRROR, HOUSES[:1])
    assert marks.names == ()
    assert marks.lost == (brand,)


@pytest.mark.parametrize("generation", Generation)
def test_where_a_mirror_shows_one_house_its_name_is_put_back(generation: Generation) -> None:
    brand, counted = shown_by_one_mirror("one", generation, HOUSES[:1])
    assert [slot.brand for slot in counted.marks(MIRROR, HOUSES[:1]).names] == [brand]


@pytest.mark.parametrize("seed", range(4))
def test_one_brand_for_both_names_gets_the_short_one_nowhere_that_the_other_mirror_has_a_brand(
    seed: int,
) -> None:
    rng = Random(f"two levels {seed}")
    names, pages = originals(rng, 10)
    said = [
        replace(p, html=p.html.replace("。", f"，{names[1]}表示。{names[0]}", 1)) for p in pages
    ]
    both, full = (copied(said, names, recipe, rng, own_paths=False) for recipe in RECIPES)
    counted = FrameSurvey()
    for host, copy in zip((MIRROR, "www.zz8899.net"), (both, full), strict=True):
        surveyed(counted, host, [(path, html) for path, html, _ in copy.pages])
    marks = counted.marks(MIRROR, (), ("recognised",), siblings=("www.zz8899.net",))
    assert both.disguise.brand in marks.brands
    assert names[1] not in {slot.name for slot in marks.names}
