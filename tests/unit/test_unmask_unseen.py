"""A name that a mirror left where no reader looks is put back, and nobody else's."""

from __future__ import annotations

import re
from random import Random

import pytest

from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.out_of_sight import MAX_STRINGS, bookmarked, headed, pictured
from archive.cleaning.unmasking.slots import slots_of
from archive.evidence.texts import in_chinese
from tests.site.institute import Generation
from tests.site.tamper import TITLE
from tests.tampering import copied, invented_institute, originals
from tests.unit.mirror_hosts import ENGLISH, extractions, pages_read, surveyed

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
    name, brand, shown = mirrored(f"two {seed}", Generation.MODERN)
    another = invented_institute(Random(f"another {seed}"))[0]
    line = f'<meta name="Author" content="{another}">'
    both = [
        (path, TITLE.sub(lambda m: line + m[0].replace(name, brand), html)) for path, html in shown
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


def in_part(seed: str) -> tuple[tuple[str, str], str, Shown]:
    """Names, brand and pages of a mirror that changed some of the names; no logo, no head's lines,
    but links that bookmark the institute by its short name."""
    rng = Random(seed)
    names, pages = originals(rng, PAGES, generation=Generation.ASP)
    copy = copied(pages, names, "name-in-part", rng, strength=0.6)
    return names, copy.disguise.brand, [(path, html) for path, html, _ in copy.pages]


@pytest.mark.parametrize("seed", range(6))
def test_a_name_whose_short_form_is_the_bookmark_is_put_back(seed: int) -> None:
    (name, _), brand, shown = in_part(f"bookmark {seed}")
    assert [(slot.brand, slot.name) for slot in marks_of(shown).names] == [(brand, name)]


@pytest.mark.parametrize("seed", range(6))
def test_a_bookmark_that_is_short_for_a_partner_tells_no_name(seed: int) -> None:
    (name, short), brand, shown = in_part(f"partner {seed}")
    partner = f"{short[:-1]}专门大学"
    guest = f"——{partner}某君如是说。<BR>"
    changed = [
        (path, html.replace(name, brand).replace("<BR>", guest, int(number < 2)))
        for number, (path, html) in enumerate(shown)
    ]
    called = [(path, html.replace(f"'{short}'", f"'{short[:-1]}大'")) for path, html in changed]
    assert marks_of(called).names == ()


def test_only_what_a_link_would_call_a_bookmark_is_one() -> None:
    ((page,),) = [
        pages_read(
            HOST,
            [
                (
                    "/",
                    "<body><a href=\"javascript:window.external.AddFavorite('http://a.cn/','江海大')\">"
                    '收藏</a><a onclick=\'addPanel("某所主页", "http://b.cn/")\'>收藏</a>'
                    '<a href="javascript:AddFavorite(location.href,document.title)">收藏</a>'
                    "<a onclick=\"go('丙所','丁所')\">去</a></body>",
                )
            ],
        )
    ]
    assert bookmarked(page.tree) == ("江海大", "某所")


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
    assert len(pictured(tree)) == MAX_STRINGS


@pytest.mark.parametrize("picture", ["img", "amp-img", "amp-anim"])
def test_words_for_a_picture_are_read_however_the_page_writes_pictures(picture: str) -> None:
    logo = f"<{picture} alt='江海大学' src='/logo.png'></{picture}>"
    page = f"<html><body><a href='/'>{logo}</a><p>正文</p></body></html>"
    tree = pages_read(HOST, [("/", page)])[0].tree
    assert pictured(tree) == ("江海大学",)
    assert slots_of(tree).home_links == ("江海大学",)


def test_every_sentence_of_an_evidence_is_told_in_chinese_wherever_it_stands() -> None:
    for evidence in (
        "甲 stands in 3 of its contexts, and with it on 4 pages; the articles call the house 乙",
        "lines of the head of 9 pages have 甲; 甲 stands in 2 of the brand's contexts",
        "甲 stands in 3 of its contexts, and with it on 4 pages; both sign articles",
        "甲 stands in 3 of the brand's contexts; the same sentence stands with either",
        "nearly all pages would be bookmarked as 甲所",
        "keywords in place of titles on many pages; the texts have no word of this one; its "
        "head or the host's links to it tell another, whose words its text has",
    ):
        assert not ENGLISH.search(in_chinese(evidence))
