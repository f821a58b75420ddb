"""A page on paper: a document that says by itself where it is from, with nothing cut off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Watched
from tests.unit.store_sample import SITE
from tests.web.holdings import KEPT, MIRRORED

A4 = {"width": 673, "height": 1000}
"""CSS pixels between the margins of a sheet."""
MAGNIFIED = {"width": 320, "height": 256}
"""What a window of 1280 by 1024 has at 400 %."""
BROKEN = """() => [...document.querySelectorAll("th")].filter(cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top))).size;
  return lines > cell.textContent.trim().split(/\\s+/).length;
}).map(cell => cell.textContent)"""
WITH_HEADS = (
    f"/article/{MIRRORED}",
    f"/article/{MIRRORED}/witnesses",
    f"/coverage?site={SITE}",
    "/mirrors",
    "/runs",
    "/storage",
)


def on_paper(opened: Opener, path: str) -> Watched:
    watched = opened(viewport=A4)
    watched.page.emulate_media(media="print")
    assert watched.open(path) == 200
    return watched


@pytest.mark.parametrize("path", ["/", f"/article/{KEPT}", "/mirrors", "/runs/1", "/new"])
def test_a_printed_page_says_its_address_and_when_it_was_so(opened: Opener, path: str) -> None:
    watched = on_paper(opened, path)
    told = watched.page.locator("footer .on-paper")
    expect(told).to_be_visible()
    expect(told).to_contain_text(watched.base + path)
    expect(told).to_contain_text("UTC")
    watched.page.emulate_media(media="screen")
    expect(told).to_be_hidden()


@pytest.mark.parametrize("path", ["/?q=党员", f"/selection?id={KEPT}&id={MIRRORED}"])
def test_what_only_the_screen_offers_leaves_no_sign_on_paper(opened: Opener, path: str) -> None:
    page = on_paper(opened, path).page
    told = page.locator("p.facts").all_inner_texts()
    assert len(told) > 1
    assert [text for text in told if text.strip().endswith("·")] == []


def test_a_printed_article_is_cited_with_its_digest_before_the_long_tables(
    opened: Opener,
) -> None:
    page = on_paper(opened, f"/article/{MIRRORED}?version=1").page
    cited = page.locator("#cite-gb7714-2025")
    expect(cited).to_be_visible()
    expect(cited).to_contain_text("sha256:")
    heads = page.locator("main h2").all_inner_texts()
    assert heads.index("Cite this article") < heads.index("Versions")
    expect(page.get_by_text("a brand in the frame")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_what_is_folded_on_the_screen_is_open_on_paper(opened: Opener) -> None:
    page = on_paper(opened, "/mirrors").page
    assert _height(page, "details li") > 0
    page.emulate_media(media="screen")
    assert _height(page, "details li") == 0


def _height(page: Page, selector: str) -> float:
    found = page.locator(selector).first.evaluate("e => e.checkVisibility() ? e.offsetHeight : 0")
    return float(found)


@pytest.mark.parametrize("path", WITH_HEADS)
def test_no_head_of_a_table_is_broken_within_a_word(opened: Opener, path: str) -> None:
    page = on_paper(opened, path).page
    assert page.locator("th").count() > 0
    assert page.evaluate(BROKEN) == []


def test_witnesses_stand_side_by_side_on_paper_under_the_title_they_are_of(opened: Opener) -> None:
    page = on_paper(opened, f"/article/{MIRRORED}/witnesses").page
    places = [one.bounding_box() for one in page.locator(".beside tr.title td").all()]
    assert len({box["y"] for box in places if box is not None}) == 1
    title = page.locator(".crumbs a:visible")
    expect(title).to_have_text("关于召开党员大会的通知")


def test_magnified_fourfold_no_bar_covers_the_change_it_leads_to(opened: Opener) -> None:
    watched = opened(viewport=MAGNIFIED)
    watched.open(f"/article/{MIRRORED}/witnesses#change-1")
    bar, change = (
        watched.page.locator(one).bounding_box() for one in (".stops", "[id='change-1']")
    )
    assert bar is not None
    assert change is not None
    assert bar["y"] + bar["height"] <= change["y"]
    sticky = "getComputedStyle(document.querySelector('.stops')).position"
    assert watched.page.evaluate(sticky) == "static"
    watched.page.set_viewport_size({"width": 1280, "height": 900})
    assert watched.page.evaluate(sticky) == "sticky"
