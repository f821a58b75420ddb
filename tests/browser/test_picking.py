"""Articles are picked on several pages, by mouse and by key, and opened as one selection."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.web.holdings import KEPT

PICKED = ".picking [aria-live]"


def picked(page: Page) -> list[str]:
    found: list[str] = page.locator(".hits a.title").evaluate_all("all => all.map(a => a.pathname)")
    return found


def test_what_is_picked_on_one_page_is_picked_on_the_next_and_left_out_again(
    opened: Opener,
) -> None:
    watched = opened()
    page = watched.page
    watched.open("/?q=学习")
    first = picked(page)[1]
    page.locator(".hit input").nth(1).check()
    expect(page.locator(PICKED)).to_have_text("picked: 1")
    page.click("a[rel='next']")
    expect(page.locator(PICKED)).to_have_text("picked: 1")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(PICKED)).to_have_text("picked: 2")
    second = picked(page)[0]
    watched.open(f"/article/{KEPT}")
    page.get_by_label("Pick: 关于召开党员大会的通知").check()
    expect(page.locator(PICKED)).to_have_text("picked: 3")
    page.get_by_role("button", name="Open what is picked").click()
    page.wait_for_url("**/selection?*")
    assert set(picked(page)) == {first, second, f"/article/{KEPT}"}
    page.locator(f".hit input[value='{KEPT}']").uncheck()
    page.get_by_role("button", name="Keep only what is ticked").click()
    expect(page.locator(".sentence")).to_have_text("2 articles")
    watched.open("/?q=学习")
    expect(page.locator(PICKED)).to_have_text("picked: 2")
    expect(page.locator(".hit input").nth(1)).to_be_checked()
    page.get_by_role("button", name="Pick none").click()
    expect(page.locator(".hit input").nth(1)).not_to_be_checked()
    expect(page.get_by_role("button", name="Pick none")).to_be_hidden()
    assert watched.complaints == []
    assert watched.strangers() == []


def test_what_is_picked_is_opened_by_a_key(opened: Opener) -> None:
    watched = opened()
    page = watched.page
    watched.open("/?q=学习")
    expect(page.get_by_role("button", name="Open what is picked")).to_be_hidden()
    page.keyboard.press("o")
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(PICKED)).to_have_text("picked: 2")
    first = picked(page)[:2]
    page.keyboard.press("o")
    page.wait_for_url("**/selection?*")
    assert picked(page) == first
    assert watched.complaints == []


def test_another_readers_selection_changes_nothing_of_ones_own(opened: Opener) -> None:
    watched = opened()
    page = watched.page
    watched.open("/?q=学习")
    page.locator(".hit input").nth(0).check()
    watched.open(f"/selection?id={KEPT}&id=d3")
    page.locator(".hit input[value='d3']").uncheck()
    page.get_by_role("button", name="Keep only what is ticked").click()
    expect(page.locator(".sentence")).to_have_text("1 article")
    watched.open("/?q=学习")
    expect(page.locator(PICKED)).to_have_text("picked: 1")
