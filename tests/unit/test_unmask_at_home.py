"""A name that the way home bears on some pages and a brand on others is the house's."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from lxml import html as lxml_html

from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.home_lines import home_lines
from archive.cleaning.unmasking.slots import visible_lines
from archive.evidence.texts import in_chinese
from tests.tampering import invented_brand, invented_institute
from tests.unit.test_mirrors_recognised import ENGLISH, extractions, pages_read, surveyed
from tests.unit.unmask_tampering import GIVEN, SURNAMES, THINGS

PAGES = 12
HOST = "www.hx7788.com"
SAID = (
    "近日，{}的{}在北山基地通过了验收，参加验收的{}位专家听取了汇报。",
    "据{}介绍，{}从立项到完成历时{}天，经费比预算节省了一成。",
    "来自各地的代表参观了{}，对{}给予了肯定，并提出了{}条意见。",
    "受上级委托，{}承担了{}的研制任务，前后投入了{}万元。",
)
Shown = list[tuple[str, str]]
Called = Callable[[int], str]
"""page -> what stands in the name's place there"""


def shown(
    rng: Random, brand: str, at_home: Called, in_text: Called, foot: Called, menu: Called
) -> Shown:
    """Pages of one template; titles and breadcrumbs have the brand, as a mirror puts it there."""
    made = []
    for page in range(PAGES):
        thing, person = rng.choice(THINGS), rng.choice(SURNAMES) + rng.choice(GIVEN)
        title = f"{person}同志主持{thing}总结会{page}"
        told = rng.choice(SAID).format(in_text(page), thing, rng.randint(3, 90))
        body = [
            f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日，{person}主持会议，到会的共九人。",
            told,
            f"会后，{person}带领大家看了{thing}的现场，讲解了其中的{rng.randint(2, 40)}处细节。",
        ]
        paragraphs = "".join(f"<p>{line}</p>" for line in body)
        made.append(
            (
                f"/xw/2012/{4000 + page}.html",
                f"<html><head><title>{title}-{brand}</title></head><body>"
                f'<div><a href="/">{at_home(page)}</a></div>'
                f"<ul><li>概况</li><li>{menu(page)}</li><li>人才</li></ul>"
                f'<div>当前位置：<a href="/b/">{brand}</a> &gt; 新闻</div><h1>{title}</h1>'
                f"<div>发布时间：2012-05-{page + 1:02}</div><div>{paragraphs}</div>"
                f"<div>版权所有 © {foot(page)}</div></body></html>",
            )
        )
    return made


def marks_of(pages: Shown) -> MirrorMarks:
    return surveyed(FrameSurvey(), HOST, pages).marks(HOST, (), ("named by the operator",))


def houses(seed: str) -> tuple[Random, str, str]:
    """A source of chance, a brand, and an institute's name."""
    rng = Random(seed)
    return rng, invented_brand(rng) + "88", invented_institute(rng)[0]


def by_chance(rng: Random, brand: str, name: str) -> Called:
    """Brand or name, whatever the page, each on two pages in five at least."""
    branded = set(rng.sample(range(PAGES), 6))
    return lambda page: brand if page in branded else name


@pytest.mark.parametrize("seed", range(6))
def test_the_name_that_a_way_home_still_bears_on_some_pages_is_put_back(seed: int) -> None:
    rng, brand, name = houses(f"at home {seed}")
    pages = shown(
        rng, brand, by_chance(rng, brand, name), lambda page: brand if page % 3 else name,
        lambda _: f"{brand} 京ICP备05002788号", lambda _: "新闻",
    )  # fmt: skip
    marks = marks_of(pages)
    assert [(slot.brand, slot.name) for slot in marks.names] == [(brand, name)]
    assert "the way home is" in marks.names[0].evidence
    assert not ENGLISH.search(in_chinese(marks.names[0].evidence))
    read = [unmask(one, marks) for one in extractions(pages_read(HOST, pages))]
    assert sum(name in one.text for one in read) == PAGES
    assert not any(brand in one.text for one in read)


@pytest.mark.parametrize("seed", range(6))
def test_a_second_site_on_the_host_that_names_itself_in_its_foot_is_nobody_elses(
    seed: int,
) -> None:
    rng, brand, name = houses(f"two feet {seed}")
    house = by_chance(rng, brand, name)
    pages = shown(
        rng, brand, house, house, lambda page: f"{house(page)} 京ICP备05002788号", lambda _: "新闻"
    )
    assert marks_of(pages).names == ()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("number", ["", "京ICP备05002788号"])
def test_names_that_keep_to_pages_of_their_own_are_two_sites(seed: int, number: str) -> None:
    rng, brand, name = houses(f"two sites {seed}")
    house = by_chance(rng, brand, name)
    foot = f"{brand} {number}"
    assert marks_of(shown(rng, brand, house, house, lambda _: foot, lambda _: "新闻")).names == ()


@pytest.mark.parametrize("seed", range(4))
def test_another_menu_behind_the_way_home_is_another_place(seed: int) -> None:
    rng, brand, name = houses(f"menus {seed}")
    house = by_chance(rng, brand, name)
    pages = shown(
        rng, brand, house, lambda page: brand if page % 3 else name,
        lambda _: f"{brand} 京ICP备05002788号", lambda page: f"{house(page)[:2]}新闻",
    )  # fmt: skip
    assert marks_of(pages).names == ()


def test_a_way_to_a_sections_own_home_is_none() -> None:
    markup = '<p><a href="./">某某实验室</a></p><p><a href="/">某某研究所</a></p><p>概况</p>'
    tree = lxml_html.fromstring(f"<html><body>{markup}</body></html>")
    links = [(node, node.get("href")) for node in tree.iter("a")]
    found = home_lines(list(visible_lines(tree)), links)
    assert [line.partition(" ")[2] for line in found] == ["某某研究所"]
