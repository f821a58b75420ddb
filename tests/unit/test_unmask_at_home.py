"""A name that the way home bears on some pages and a brand on others is the house's."""

from __future__ import annotations

from random import Random

import pytest
from lxml import html as lxml_html

from archive.cleaning.frame import FrameSurvey, MirrorMarks
from archive.cleaning.unmask import unmask
from archive.cleaning.unmasking.home_lines import home_lines
from archive.cleaning.unmasking.slots import visible_lines
from archive.evidence.texts import in_chinese
from tests.unit.home_pages import HOST, PAGES, Called, Shown, houses, shown
from tests.unit.mirror_hosts import ENGLISH, extractions, pages_read, surveyed


def marks_of(pages: Shown) -> MirrorMarks:
    return surveyed(FrameSurvey(), HOST, pages).marks(HOST, (), ("named by the operator",))


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
