"""An archivist's way through the reading room, by mouse, by keyboard, and without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from archive.store import open_archive
from archive.web import Settings
from tests.browser.conftest import Opener, Watched
from tests.unit.store_sample import INSTITUTE, SITE, article, extraction
from tests.web.holdings import EDITED, EVIL, HOSTILE, KEPT, MIRROR_ONLY, MIRRORED, PICTURE_URL
from tests.web.serving import serving

STEPS = 60
"""Tabs after which a link counts as out of reach."""


def _undisturbed(watched: Watched) -> None:
    assert watched.strangers() == []
    assert watched.complaints == []


def test_by_mouse_from_a_search_to_what_the_mirror_changed_and_what_an_edit_changed(
    opened: Opener,
) -> None:
    watched = opened()
    page = watched.page
    watched.open("/")
    page.get_by_label("Words, names or a phrase").fill("党员")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("党员")
    page.get_by_role("link", name="离退休党总支").first.click()
    expect(page.get_by_role("status")).to_contain_text("the branch is “离退休党总支”")
    expect(page.get_by_role("status")).to_contain_text("党员")
    page.locator(f".hits a[href='/article/{MIRRORED}']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("关于召开党员大会的通知")
    page.get_by_role("link", name="Witnesses side by side").click()
    expect(page.locator("del").first).to_have_text("银河")
    watched.open(f"/article/{EDITED}")
    page.get_by_role("link", name="what changed").click()
    expect(page.locator(".diff ins")).to_have_text("改后的")
    _undisturbed(watched)


def test_by_keyboard_alone_the_same_is_reached(opened: Opener) -> None:
    watched = opened()
    page = watched.page
    watched.open("/")
    page.keyboard.press("/")
    page.keyboard.type("改后")
    page.keyboard.press("Enter")
    # The sentence is there before the script that listens to the keys.
    page.wait_for_url("**/?q=*")
    expect(page.get_by_role("status")).to_contain_text("1 article")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**")
    expect(page.locator(".sought b")).to_have_text("1")
    page.keyboard.press("n")
    marked = "[...CSS.highlights.get('sought-here')].map(String)"
    assert page.evaluate(marked) == ["改后"]
    expect(page.locator(".sought b")).to_have_text("1 / 1")
    # What begins in one element and ends in another is a place, too; what two blocks have is none.
    parted = "<p>党<b>员<i>大</i></b>会</p><p>党</p><p>员</p>"
    made = "Object.assign(document.createElement('article'), {innerHTML: html})"
    found = f"html => placesOf(['党员大会'], {made}).map(String)"
    assert page.evaluate(found, parted) == ["党员大会"]
    assert page.evaluate(found, "<p>党员</p><p>大会</p>") == []
    _tab_to(page, "what changed")
    page.keyboard.press("Enter")
    expect(page.locator(".diff ins")).to_have_text("改后的")
    watched.open(f"/article/{KEPT}")
    expect(page.locator(".sought")).to_be_hidden()
    watched.open(f"/article/{KEPT}/witness/0")
    _tab_to(page, "Verify now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("its digest is the one that was kept")
    _undisturbed(watched)


def _tab_to(page: Page, words: str) -> None:
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"{words!r} was not reached in {STEPS} steps")


def test_the_first_tab_skips_to_the_content(opened: Opener) -> None:
    watched = opened()
    watched.open("/")
    watched.page.keyboard.press("Tab")
    skip = watched.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0


def test_everything_works_without_script(opened: Opener) -> None:
    watched = opened(java_script_enabled=False)
    page = watched.page
    watched.open("/")
    page.fill("#q", "学习")
    page.click("form.ask button")
    expect(page.get_by_role("status")).to_contain_text("30 articles")
    page.click("a[rel='next']")
    expect(page.locator(".hits > li")).to_have_count(5)
    page.click(".hits a.title >> nth=0")
    page.get_by_role("link", name="Captures", exact=True).click()
    page.wait_for_url("**#evidence")
    watched.open(f"/article/{KEPT}/witness/0")
    page.click("main form button")
    expect(page.get_by_role("status")).to_contain_text("its digest is the one that was kept")
    _undisturbed(watched)


def test_a_hostile_page_runs_nothing_and_asks_nobody(opened: Opener) -> None:
    watched = opened()
    dialogs: list[str] = []

    def asked(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    watched.page.on("dialog", asked)
    for path in ("", "/witnesses", "/witness/0", "/diff", "/similar"):
        watched.open(f"/article/{HOSTILE}{path}")
        assert EVIL.split()[0] in watched.page.content().replace("&quot;", '"').replace(
            "&lt;", "<"
        ).replace("&gt;", ">")
        watched.page.mouse.move(200, 300)
    assert dialogs == []
    assert watched.strangers() == []
    assert watched.complaints == []


def test_a_name_that_turns_the_writing_direction_turns_nothing_beside_it(opened: Opener) -> None:
    watched = opened()
    watched.open(f"/article/{HOSTILE}")
    # The last line of a name, and what stands behind it.
    name, status = watched.page.evaluate(
        """['bdi', '.status'].map((one) =>
             [...document.querySelectorAll(`.byline ${one}`)].at(-1).getClientRects())
           .map((lines) => lines[lines.length - 1].toJSON())"""
    )
    assert status["top"] == pytest.approx(name["top"], abs=3)
    assert status["left"] >= name["right"]


def test_each_paragraph_runs_the_way_of_its_script(opened: Opener, tmp_path: Path) -> None:
    arabic, mixed = "عقد المعهد ندوة علمية حول الرواسب.", "2012 年与阿拉伯文 ندوة 同段。"
    text = extraction(
        f"{arabic}\n{mixed}",
        title=arabic,
        language=None,
        html=f"<p>{arabic}</p><p>{mixed}</p>",
    )
    watched = opened()
    with (
        open_archive(tmp_path / "data", create=True) as archive,
        serving(archive, Settings(rate=0)) as served,
    ):
        archive.store.put_site(INSTITUTE)
        archive.store.replace_articles(SITE, [article("r1", text)])
        page = watched.page
        page.goto(f"{served.base}/article/r1")
        assert page.locator("h1").get_attribute("lang") == ""
        # How far the first character stands from the left and from the right end of its line.
        ends = page.locator("article p").evaluate_all(
            """(lines) => lines.map((line) => {
                 const first = document.createRange(), box = line.getBoundingClientRect();
                 first.setStart(line.firstChild, 0); first.setEnd(line.firstChild, 1);
                 const at = first.getBoundingClientRect();
                 return [at.left - box.left, box.right - at.right];
               })"""
        )
    (from_left, from_right), (mixed_left, _) = ends
    assert from_right < 3 < from_left
    assert mixed_left < 3


def test_on_a_small_screen_no_column_without_words_is_named(opened: Opener) -> None:
    watched = opened(viewport={"width": 390, "height": 800})
    watched.open(f"/article/{MIRROR_ONLY}/witnesses")
    cells = watched.page.locator("tr:not(.facts, .title) td")
    seen = [cell.inner_text().strip() for cell in cells.all() if cell.is_visible()]
    assert len(seen) == 2
    assert all(seen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_table_that_can_be_moved_sideways_has_a_shade_where_it_goes_on(
    opened: Opener, scheme: str
) -> None:
    watched = opened(viewport={"width": 360, "height": 640}, color_scheme=scheme)
    watched.open("/mirrors")
    table = watched.page.locator(".wide").first
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")
    before = table.screenshot()
    table.evaluate("one => one.style.background = 'none'")
    assert table.screenshot() != before


def test_a_captured_page_shows_its_pictures_and_runs_nothing(opened: Opener) -> None:
    watched = opened()
    watched.open(f"/memento/2010/{PICTURE_URL}")
    assert watched.page.url.endswith(f"/memento/20101209120000/{PICTURE_URL}")
    watched.open("/memento/20101209120000/http://www.a.cn/a1")
    expect(watched.page.locator("main")).to_contain_text("离退休党总支召开党员大会")
    assert watched.strangers() == []


def test_the_language_switch_lasts(opened: Opener) -> None:
    watched = opened()
    watched.open("/")
    watched.page.get_by_role("link", name="中文").click()
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("检索归档")
    watched.open("/sites")
    expect(watched.page.get_by_role("heading", level=1)).to_have_text("网站与栏目")


def test_a_search_is_saved_in_the_browser_and_removed_again(opened: Opener) -> None:
    watched = opened()
    page = watched.page
    watched.open("/?q=学习&year=2009")
    page.get_by_role("button", name="Save this search").click()
    watched.open("/")
    page.locator(".saved").get_by_role("link", name="学习").click()
    expect(page.get_by_role("status")).to_contain_text("30 articles")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator(".saved li")).to_have_count(0)
    page.reload()
    expect(page.locator(".saved")).to_be_visible()
    expect(page.locator(".saved li")).to_have_count(0)
    _undisturbed(watched)


def test_a_citation_is_copied_by_a_key(opened: Opener) -> None:
    watched = opened(permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    watched.open(f"/article/{KEPT}")
    page.get_by_role("button", name="Copy: GB/T 7714-2025").press("Enter")
    expect(page.get_by_text("copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cite-gb7714-2025").text_content()
    _undisturbed(watched)


def test_on_paper_there_is_the_article_and_no_menu(opened: Opener) -> None:
    watched = opened()
    watched.open(f"/article/{MIRRORED}")
    watched.page.emulate_media(media="print")
    expect(watched.page.locator("article")).to_be_visible()
    expect(watched.page.locator("header nav").first).to_be_hidden()
    expect(watched.page.get_by_role("heading", name="GB/T 7714-2025")).to_be_visible()
    # A sheet is as wide as it is: what does not fit is lost.
    watched.page.set_viewport_size({"width": 620, "height": 900})
    wide = "[...document.querySelectorAll('table')].map(one => one.getBoundingClientRect().right)"
    assert all(right <= 620 for right in watched.page.evaluate(wide))
