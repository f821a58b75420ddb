"""What is copied out of a page is one text: no marks, no notes, nothing of another's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archive.web import Settings
from tests.browser.conftest import MILLISECONDS, Opener
from tests.web.serving import serving
from tests.web.simplified import NEW, OLD, SIMPLIFIED, simplified

_SELECT = """(path) => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(path));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def _copied(page: Page, path: str) -> list[str]:
    """The lines that the clipboard has when all of the element is copied."""
    page.evaluate(_SELECT, path)
    page.keyboard.press("Control+c")
    text = str(page.evaluate("navigator.clipboard.readText()"))
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    with simplified(tmp_path / "data") as archive, serving(archive, Settings(rate=0)) as served:
        context = browser.new_context(base_url=served.base, locale="en-GB")
        context.set_default_timeout(MILLISECONDS)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context.new_page()
        context.close()


def test_a_text_with_its_marks_is_copied_as_it_reads(page: Page) -> None:
    page.goto(f"/article/{SIMPLIFIED}?marks=1")
    assert page.locator("article del").count() > 1
    assert _copied(page, "article") == [NEW]


def test_what_a_mirror_showed_is_copied_as_it_showed_it(page: Page) -> None:
    page.goto(f"/article/{SIMPLIFIED}/witnesses")
    assert _copied(page, ".beside tbody tr:last-child td:nth-child(2)") == [OLD]
    assert _copied(page, ".beside tbody tr:last-child td:nth-child(1)") == [NEW]


def test_hits_are_copied_without_what_they_are_picked_by(opened: Opener) -> None:
    watched = opened()
    watched.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.open("/?q=学习")
    assert not any("Pick" in line for line in _copied(watched.page, ".hits"))
