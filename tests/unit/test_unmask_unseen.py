"""A name that a mirror left where no reader looks is put back, and nobody else's."""

from __future__ import annotations

import re
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.out_of_sight import MOST, headed, pictured
from archive.evidence.texts import in_chinese
from tests.site.institute import Generation
from tests.tampering import copied, invented_institute, originals
from tests.unit.test_mirrors_recognised import ENGLISH, extractions, pages_read, surveyed

PAGES = 10
HOST = "www.hx7788.com"
WITH_LOGO = (Generation.TRS, Generation.MODERN)
Shown = list[tuple[str, str]]


def mirrored(seed: str, generation: Generation) -> tuple[str, str, Shown]:
    """Name, brand and pages of a mirror that changed all that is seen."""
    rng = Random(seed)
    names, pages = originals(rng, PAGES, generation=generation)
    copy = copied(pages, names, "name-in-part", rng, strength=1.0)
    return names[0], copy.disguise.brand, [(path, html) for path, html, _ in copy.pages]


def marks_of(shown: Shown) -> MirrorMarks:
    return surveyed(FrameSurvey(), HOST, shown).marks(HOST, (), ("named by the operator",))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("generation", WITH_LOGO)
def test_a_name_that_stands_out_of_sight_alone_is_put_back_everywhere(
    seed: int, generation: Generation
) -> None:
    name, brand, shown = mirrored(f"unseen {seed} {generation}", generation)
    marks = marks_of(shown)
    assert [(slot.brand, slot.name) for slot in marks.names] == [(brand, name)]
    assert not ENGLISH.search(in_chinese(marks.names[0].evidence))
    read = [unmask(one, marks) for one in extractions(pages_read(HOST, shown))]
    assert sum(one.text.count(name) for one in read) >= PAGES
    assert not any(brand in one.text for one in read)


@pytest.mark.parametrize("seed", range(4))
def test_a_mirror_that_changed_these_places_too_shows_nobodys_name_there(seed: int) -> None:
    name, brand, shown = mirrored(f"changed {seed}", Generation.TRS)
    another = invented_institute(Random(f"another {seed}"))[0]
    images = f'<img alt="{another}"><img alt="{brand}">'
    changed = [
        (path, html.replace(name, brand).replace("</body>", f"{images}</body>"))
        for path, html in shown
    ]
    assert marks_of(changed).names == ()


@pytest.mark.parametrize("seed", range(4))
def test_where_two_houses_are_named_out_of_sight_neither_is_put_in(seed: int) -> None:
    _, _, shown = mirrored(f"two {seed}", Generation.MODERN)
    another = invented_institute(Random(f"another {seed}"))[0]
    both = [
        (path, html.replace("</head>", f'<meta name="Author" content="{another}"></head>'))
        for path, html in shown
    ]
    assert marks_of(both).names == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_alone_tells_no_name(seed: int) -> None:
    name, brand, shown = mirrored(f"alone {seed}", Generation.ASP)
    another = invented_institute(Random(f"another {seed}"))[0]
    logo = [
        (path, html.replace(name, brand).replace("</body>", f'<img alt="{another}"></body>'))
        for path, html in shown
    ]
    assert marks_of(logo).names == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_partner_in_the_logo_whose_name_stands_in_contexts_of_its_own_is_not_put_in(
    seed: int,
) -> None:
    rng = Random(f"partner {seed}")
    names, pages = originals(rng, 40, generation=Generation.TRS)
    brand, partner = "鎏岳体育", invented_institute(rng)[0]

    def one(match: re.Match[str]) -> str:
        return partner if sum(map(ord, match[1])) % 2 else brand

    shown = []
    for page in pages:
        head, body = page.html.split("<body", 1)
        body = re.sub(
            re.escape(names[0]) + r'(?="|(..))', lambda m: one(m) if m[1] else partner, body
        )
        shown.append((page.path, head.replace(names[0], partner) + "<body" + body))
    assert marks_of(shown).names == ()


def test_greetings_around_a_name_are_no_part_of_it_and_no_page_gives_many_strings() -> None:
    tree = pages_read(
        HOST,
        [
            (
                "/",
                "<html><head><meta name='keywords' content='江海大学,海大'>"
                "</head><body><img alt='欢迎访问江海大学'><img title='江海大学门户网站'>"
                + "".join(f"<img alt='图片{n}'>" for n in range(99))
                + "</body></html>",
            )
        ],
    )[0].tree
    assert headed(tree) == ("江海大学", "海大")
    assert pictured(tree)[0] == "江海大学"
    assert len(pictured(tree)) == MOST


def test_every_sentence_of_an_evidence_is_told_in_chinese_wherever_it_stands() -> None:
    for evidence in (
        "甲 stands in 3 of its contexts, and with it on 4 pages; the articles call the house 乙",
        "lines of the head of 9 pages have 甲; 甲 stands in 2 of the brand's contexts",
        "甲 stands in 3 of its contexts, and with it on 4 pages; both sign articles",
        "甲 stands in 3 of the brand's contexts; the same sentence stands with either",
        "keywords in place of titles on many pages; the texts have no word of this one; its "
        "head or the host's links to it tell another, whose words its text has",
    ):
        assert not ENGLISH.search(in_chinese(evidence))
