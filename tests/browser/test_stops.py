"""From change to change where two texts are compared: by button, by key, by address alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from archive.web import Settings
from tests.browser.conftest import Opener, Watched
from tests.web.changed import MANY, REPAIRED, changed, repaired
from tests.web.holdings import MIRRORED
from tests.web.serving import Served, serving

CHANGES = 17


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with (
        changed(tmp_path_factory.mktemp("many") / "data", CHANGES) as archive,
        serving(archive, Settings(rate=0)) as served,
    ):
        yield served


def _compared(opened: Opener, many: Served, **options: object) -> Watched:
    watched = opened(**options)
    watched.base = many.base
    watched.open(f"/article/{MANY}/diff")
    return watched


def _told(watched: Watched) -> Locator:
    return watched.page.locator(".stops [role=status]")


def test_by_key_each_change_is_gone_to_counted_and_focused(opened: Opener, many: Served) -> None:
    watched = _compared(opened, many)
    page = watched.page
    expect(_told(watched)).to_have_text("Changes: 17")
    for number in (1, 2, 3):
        page.keyboard.press("n")
        expect(_told(watched)).to_contain_text(f"{number} of 17")
        expect(page.locator(f"#change-{number}")).to_be_focused()
        expect(page.locator(f"#change-{number}")).to_be_in_viewport()
    expect(_told(watched)).to_have_text("3 of 17 · taken out “从前”, put in “后来”")
    assert page.url.endswith("#change-3")
    page.keyboard.press("p")
    expect(_told(watched)).to_contain_text("2 of 17")
    outline = "one => getComputedStyle(one).outlineStyle"
    assert page.locator("#change-2").evaluate(outline) == "solid"
    assert page.locator("#change-2 + ins").evaluate(outline) == "solid"
    assert page.locator("#change-3").evaluate(outline) == "none"
    # Where the text was before is where the browser's own way back leads, however many keys later.
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(_told(watched)).to_contain_text("17 of 17")
    expect(page.locator("#change-17")).to_be_in_viewport()
    page.keyboard.press("n")
    expect(_told(watched)).to_contain_text("1 of 17")
    assert page.evaluate("history.length") <= 2
    assert watched.complaints == []


def test_by_button_and_from_an_address_it_goes_on_from_there(opened: Opener, many: Served) -> None:
    watched = _compared(opened, many)
    page = watched.page
    page.get_by_role("button", name="Previous change (p)").click()
    expect(_told(watched)).to_contain_text("17 of 17")
    watched.open(f"/article/{MANY}/diff?from=1&to=2#change-5")
    expect(_told(watched)).to_contain_text("5 of 17")
    # The buttons stay in sight however far down the text is read.
    button = page.get_by_role("button", name="Next change (n)")
    expect(button).to_be_in_viewport()
    button.click()
    expect(_told(watched)).to_contain_text("6 of 17")
    expect(page.locator("#change-6")).to_be_focused()
    assert watched.complaints == []


def test_without_script_the_list_leads_to_each_change(opened: Opener, many: Served) -> None:
    watched = _compared(opened, many, java_script_enabled=False)
    page = watched.page
    expect(page.get_by_role("button", name="Next change (n)")).to_be_hidden()
    page.get_by_text("List of the changes").click()
    page.locator(".stops li a").nth(16).click()
    expect(page.locator("#change-17")).to_be_in_viewport()
    assert page.url.endswith("#change-17")


def test_on_a_phone_the_bar_leaves_the_text_its_room(opened: Opener, many: Served) -> None:
    watched = _compared(opened, many, viewport={"width": 320, "height": 640}, locale="zh-CN")
    page = watched.page
    page.keyboard.press("n")
    expect(_told(watched)).to_have_text("第 1 处，共 17 处 · 删去“从前”；增入“后来”")
    bar, place = (page.locator(one).bounding_box() for one in (".stops", "#change-1"))
    assert bar is not None
    assert place is not None
    assert bar["height"] < 640 / 4
    assert place["y"] >= bar["y"] + bar["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_between_witnesses_it_goes_from_mark_to_mark(opened: Opener) -> None:
    watched = opened()
    watched.open(f"/article/{MIRRORED}/witnesses")
    watched.page.keyboard.press("n")
    expect(_told(watched)).to_have_text("1 of 1 · What the mirror showed · taken out “银河”")
    expect(watched.page.locator("#change-1")).to_be_focused()
    assert watched.complaints == []


def test_in_an_article_with_its_marks_it_goes_from_mark_to_mark(
    opened: Opener, tmp_path: Path
) -> None:
    watched = opened()
    with repaired(tmp_path / "data", 3) as archive, serving(archive, Settings(rate=0)) as served:
        watched.base = served.base
        watched.open(f"/article/{REPAIRED}?marks=1")
        watched.page.keyboard.press("n")
        watched.page.keyboard.press("n")
        expect(_told(watched)).to_have_text("2 of 3 · taken out “银河”")
        expect(watched.page.locator("#change-2")).to_be_focused()
    assert watched.complaints == []
