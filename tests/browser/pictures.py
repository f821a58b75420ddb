"""The pictures of the READMEs, taken anew: ``python -m tests.browser.pictures DATA FOLDER``.

DATA is the sample's archive (``./scripts/crawl`` makes it). The way is a newcomer's: find an
article of 2010, open it, see what the mirror had changed, look at the captured page and replay it,
cite it. The player must be installed in DATA (``palimpsest replay-assets install``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from archive import open_archive
from archive.web import Settings
from archive.web.replay.app import create_replay_app
from archive.web.running import listen, running
from tests.browser.chromium import ARGUMENTS, executable
from tests.web.serving import serving


def take(page: Page, base: str, folder: Path) -> None:
    """Walk the way and leave a picture of each step."""

    def shoot(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    def follow(selector: str) -> None:
        with page.expect_navigation():
            page.click(selector)

    page.goto(base)
    page.fill("#q", "离退休党总支")
    follow("form.ask button")
    follow(".timeline a:has-text('2010')")
    shoot("search")
    follow(".hits a.title >> nth=0")
    shoot("article")
    follow("a[href$='/witnesses']")
    shoot("witnesses")
    follow(".beside .facts td:nth-child(2) a")
    follow("main form button")
    shoot("evidence")
    follow("a[href^='/memento/']")
    shoot("captured")
    page.go_back()
    follow("a[href$='/replay']")
    page.locator("iframe.replay").wait_for()
    frame = page.frame_locator("iframe.replay").frame_locator("iframe").frame_locator("iframe")
    frame.locator("img").first.wait_for()
    shoot("replay")
    follow(".crumbs a >> nth=1")
    page.click("a[href='#cite']")
    page.locator("#cite ~ details").first.click()
    page.locator("#cite").scroll_into_view_if_needed()
    shoot("cite")


def main(data: str, folder: str) -> None:
    """Serve ``data`` and take all pictures in both languages."""
    listener = listen("127.0.0.1", 0)
    settings = Settings(rate=0, replay_port=listener.getsockname()[1])
    with (
        open_archive(data) as archive,
        running(create_replay_app(archive, settings), listener),
        serving(archive, settings) as served,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        for language, locale in (("en", "en-GB"), ("zh", "zh-CN")):
            target = Path(folder) / language
            target.mkdir(parents=True, exist_ok=True)
            page = browser.new_context(
                viewport={"width": 1200, "height": 760}, locale=locale
            ).new_page()
            take(page, served.base, target)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
