"""Odd articles: a title of a thousand characters, a table of many columns, turned lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.export.citation import bibtex, csl_json, gb7714, gb7714_2025, ris
from archive.model import Repair
from archive.store import open_archive
from archive.web import Settings
from tests.browser.conftest import Opener
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.web.serving import Served, serving

LONG = "关于" + "非常" * 500 + "长的通知"
COLUMNS = 14
CELLS = "".join(f"<td>第{n}栏的内容</td>" for n in range(COLUMNS))
TURNED = "\u202e倒着的标题"


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[Served]:
    table = extraction("表", title="大表", html=f"<table><tr>{CELLS}</tr></table>")
    keywords = Repair("text", 0, 2_000, "casino" * 400, "", "keyword-line", "x" * 900, 0.9)
    mended = extraction("正文。", repairs=(keywords,))
    with open_archive(tmp_path, create=True) as archive:
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(
            SITE,
            [
                article("long", extraction("正文。", title=LONG)),
                article("table", table),
                article("mended", mended),
            ],
        )
        with serving(archive, Settings(rate=0)) as served:
            yield served


def test_the_text_below_a_very_long_title_is_in_sight(opened: Opener, odd: Served) -> None:
    page = opened(viewport={"width": 1280, "height": 900}).page
    page.goto(f"{odd.base}/article/long")
    box = page.locator("main article").bounding_box()
    assert box is not None
    assert box["y"] < 900


def test_a_short_text_has_a_short_paper_and_a_long_repair_stays_within_the_window(
    opened: Opener, odd: Served
) -> None:
    page = opened(viewport={"width": 360, "height": 740}).page
    page.goto(f"{odd.base}/article/mended")
    assert page.locator(".mended del").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})
    heights = [page.locator(one).bounding_box() for one in ("main article", "main aside")]
    assert heights[0] is not None
    assert heights[1] is not None
    assert heights[0]["height"] < heights[1]["height"] / 2


def test_a_table_of_many_columns_is_moved_not_squeezed(opened: Opener, odd: Served) -> None:
    page = opened(viewport={"width": 360, "height": 740}).page
    page.goto(f"{odd.base}/article/table")
    lines = page.locator("article td").evaluate_all(
        "all => all.map(td => td.getBoundingClientRect().height)"
    )
    assert len(lines) == COLUMNS
    assert max(lines) < 140
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("main article").get_attribute("tabindex") == "0"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.goto(f"{odd.base}/article/long")
    expect(page.locator("main article[tabindex]")).to_have_count(0)


def test_what_turns_a_titles_direction_does_not_turn_its_citation() -> None:
    one = article("t", extraction("正文。", title=TURNED, source=f"{TURNED}\u2069"))
    cited = [gb7714(one), gb7714_2025(one), bibtex(one), ris(one), *csl_json(one).values()]
    for text in map(str, cited):
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "倒着的标题" in cited[0]


def test_what_to_do_its_field_and_its_button_stand_one_below_the_other(opened: Opener) -> None:
    watched = opened(viewport={"width": 1280, "height": 900})
    watched.open("/quotation")
    parts = ("#what", "label[for=text]", "#text", ".quotation button")
    boxes = [watched.page.locator(one).bounding_box() for one in parts]
    tops = [box["y"] for box in boxes if box is not None]
    assert len(tops) == len(parts)
    assert tops == sorted(set(tops))
    assert len({round(box["x"]) for box in boxes if box is not None}) == 1
