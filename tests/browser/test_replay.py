"""Replay in a real browser: the page runs from the archive, in its own origin, and asks nobody.

The player is no part of the project; PALIMPSEST_PLAYER names its npm package as a file.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from select import select
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, FrameLocator, Page, expect

from archive.exchange import media_type, read_response
from archive.model import Capture, PageKind, Site
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
LEAVE_MS = 1_500
"""In which a page that gets out has long been where it wants."""
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


@dataclass
class Stranger:
    """Two ports, for connections and for datagrams, and what came in at them."""

    stream: socket.socket
    datagrams: socket.socket
    heard: list[bytes] = field(default_factory=list)

    @property
    def ports(self) -> tuple[int, int]:
        """Of the connections, and of the datagrams."""
        return self.stream.getsockname()[1], self.datagrams.getsockname()[1]

    def listen(self) -> None:
        """Look for whoever came since."""
        while select([self.datagrams], [], [], 0)[0]:
            self.heard.append(self.datagrams.recv(2_000))
        while select([self.stream], [], [], 0)[0]:
            line, _ = self.stream.accept()
            with line:
                self.heard.append(line.recv(2_000))


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    with (
        socket.create_server(("127.0.0.1", 0)) as stream,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
    ):
        datagrams.bind(("127.0.0.1", 0))
        yield Stranger(stream, datagrams)


def _escapes(stranger: Stranger) -> dict[str, Capture]:
    """Captures that try to get out, by what they try. The player lets the scripts of pictures
    alone, so that theirs are the browser's own."""
    stream, datagrams = stranger.ports
    there = f"http://127.0.0.1:{stream}/"
    call = f"new parent.RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{datagrams}'}}]}})"
    worker = f"/replay/sw.js?serveIndex=1&amp;allowProxyPaths={there}"
    scripts = {
        "socket": f"new WebSocket('ws://127.0.0.1:{stream}/'); say('tried');",
        "call": f"const one = {call}; one.createDataChannel('x'); one.createOffer()"
        ".then((offer) =&gt; one.setLocalDescription(offer)).then(() =&gt; say('tried'));",
        "plant": "localStorage.planted = 1; say(localStorage.planted);",
        "planted": "say(`${localStorage.getItem('planted')}`);",
        "way": f"location = '{there}way';",
        "worker": f"navigator.serviceWorker.register('{worker}', {{scope: '/replay/'}})"
        ".then(() =&gt; say('taken'), () =&gt; say('tried'));",
    }
    found = {
        name: capture(f"{URL}/{name}", "image/svg+xml", _picture(script))
        for name, script in scripts.items()
    }
    kind = f"text/html\r\nRefresh: 0; url={there}refresh"
    return found | {"refresh": capture(f"{URL}/refresh", kind, b"<h1>captured</h1>")}


def _picture(script: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg"><text id="ran"></text><script>'
        f"const say = (t) =&gt; document.getElementById('ran').textContent = t;{script}"
        "</script></svg>"
    ).encode()


@pytest.fixture(scope="module")
def replaying(
    tmp_path_factory: pytest.TempPathFactory, player: Path, stranger: Stranger
) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("replay") / "data"
    kept = {
        "r1": capture(URL, "text/html", PAGE.encode()),
        "": capture(PICTURE_URL, "image/png", PICTURE),
        **_escapes(stranger),
    }
    with open_archive(data, create=True) as archive:
        archive.store.put_site(Site(SITE, (OFFICIAL,)))
        run = archive.store.begin_run(SITE, "crawl")
        articles = []
        with WarcWriter(archive.warc_dir, prefix="replay") as writer:
            for name, one in kept.items():
                pointer = writer.write(one)
                kind = media_type(read_response(one.response))
                row = CaptureRow(one.url, OFFICIAL, NOON, 200, kind, PageKind.OTHER, pointer, run)
                archive.store.commit_page(SITE, row)
                read = replace(witness(extraction(), one.url), pointer=pointer)
                articles += [article(name, extraction(), (read,))] if name else []
        archive.store.replace_articles(SITE, articles)
        install(data, player)
        listener = listen("127.0.0.1", 0)
        settings = Settings(rate=0, replay_port=listener.getsockname()[1])
        with (
            running(create_replay_app(archive, settings), listener),
            serving(archive, settings) as served,
        ):
            yield served


@contextmanager
def _replayed(browser: Browser, replaying: Served, id: str) -> Iterator[Page]:
    page = browser.new_page(locale="en-GB")
    page.goto(f"{replaying.base}/article/{id}/witness/0/replay")
    yield page
    page.close()


def _captured(page: Page) -> FrameLocator:
    return page.frame_locator("iframe.replay").frame_locator("iframe").frame_locator("iframe")


@pytest.mark.parametrize(
    ("attempt", "place", "shown"),
    [
        ("socket", "#ran", "tried"),
        ("worker", "#ran", "tried"),
        ("way", "body", re.compile("blocked")),
        ("refresh", "h1", "captured"),
    ],
)
def test_no_captured_page_gets_out(
    browser: Browser,
    replaying: Served,
    stranger: Stranger,
    attempt: str,
    place: str,
    shown: str | re.Pattern[str],
) -> None:
    stranger.heard.clear()
    with _replayed(browser, replaying, attempt) as page:
        expect(_captured(page).locator(place)).to_have_text(shown, timeout=60_000)
        page.wait_for_timeout(LEAVE_MS)
    stranger.listen()
    assert stranger.heard == []


def test_a_captured_page_calls_nobody(
    browser: Browser, replaying: Served, stranger: Stranger
) -> None:
    stranger.heard.clear()
    # Chromium may end a page that calls against its allowlist.
    with _replayed(browser, replaying, "call") as page, suppress(Error, AssertionError):
        expect(_captured(page).locator("#ran")).to_have_text("tried", timeout=20_000)
        page.wait_for_timeout(LEAVE_MS)
    stranger.listen()
    assert stranger.heard == []


def test_what_a_captured_page_left_is_gone_when_another_is_opened(
    browser: Browser, replaying: Served
) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    for attempt, shown in (("plant", "1"), ("planted", "null")):
        page.goto(f"{replaying.base}/article/{attempt}/witness/0/replay")
        expect(_captured(page).locator("#ran")).to_have_text(shown, timeout=60_000)
    context.close()


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
    frame = _captured(page)
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
