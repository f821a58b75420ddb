"""Replay in a real browser: the page runs from the archive, in its own origin, and asks nobody.

The player is no part of the project; PALIMPSEST_PLAYER names its npm package as a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from archive.model import PageKind, Site
from archive.store import CaptureRow, open_archive
from archive.warc import WarcWriter
from archive.web import Settings
from archive.web.replay.app import create_replay_app
from archive.web.replay.assets import install
from archive.web.running import listen, running
from tests.unit.store_sample import NOON, SITE, article, extraction, witness
from tests.web.holdings import OFFICIAL, PICTURE, PICTURE_URL, capture
from tests.web.serving import Served, serving

URL = "http://www.a.cn/hostile"
STRANGER = "http://127.0.0.1:9/"
PAGE = f"""<html><body><h1>captured</h1><img src="{PICTURE_URL}"><p id="ran">no</p>
<button onclick="leave()">go</button>
<script>
document.getElementById("ran").textContent = "yes";
fetch("{STRANGER}a", {{mode: "no-cors"}}).catch(() => 0);
new Image().src = "{STRANGER}b";
function leave() {{
  try {{ top.document.title = "taken"; }} catch (error) {{}}
  try {{ top.location = "{STRANGER}c"; }} catch (error) {{}}
  open("{STRANGER}d");
}}
</script></body></html>"""


@pytest.fixture(scope="module")
def player() -> Path:
    named = os.environ.get("PALIMPSEST_PLAYER")
    if not named or not Path(named).is_file():
        pytest.skip("PALIMPSEST_PLAYER does not name the player's npm package; .ci/run gets it")
    return Path(named)


@pytest.fixture(scope="module")
def replaying(tmp_path_factory: pytest.TempPathFactory, player: Path) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("replay") / "data"
    with open_archive(data, create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        with WarcWriter(archive.warc_dir, prefix="replay") as writer:
            for url, kind, body in (
                (URL, "text/html", PAGE.encode()),
                (PICTURE_URL, "image/png", PICTURE),
            ):
                pointer = writer.write(capture(url, kind, body))
                row = CaptureRow(url, OFFICIAL, NOON, 200, kind, PageKind.OTHER, pointer, run)
                archive.store.commit_page(SITE, row)
                if url == URL:
                    kept = replace(witness(extraction(), URL), pointer=pointer)
                    page = article("r1", extraction(), (kept,))
        archive.store.replace_articles(SITE, [page])
        install(data, player)
        listener = listen("127.0.0.1", 0)
        settings = Settings(rate=0, replay_port=listener.getsockname()[1])
        with (
            running(create_replay_app(archive, settings), listener),
            serving(archive, settings) as served,
        ):
            yield served


def test_a_captured_page_runs_from_the_archive_and_reaches_nothing_else(
    browser: Browser, replaying: Served
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    asked: set[str] = set()

    def noted(host: str) -> None:
        asked.add(host)

    context.on("request", lambda request: noted(urlsplit(request.url).netloc))
    page.goto(f"{replaying.base}/article/r1/witness/0")
    page.get_by_role("link", name="Replay it as it ran").click()
    frame = page.frame_locator("iframe.replay").frame_locator("iframe").frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("captured", timeout=60_000)
    expect(frame.locator("#ran")).to_have_text("yes")
    frame.get_by_role("button").click()
    expect(frame.locator("body")).to_contain_text("not found in this archive")
    assert "127.0.0.1:9" not in asked
    assert {host.partition(":")[0] for host in asked if host} == {"127.0.0.1"}
    assert "taken" not in page.title()
    assert page.url.endswith("/witness/0/replay")
    assert len(context.pages) == 1
    context.close()
