"""One browser for the tests of a module; each test has a fresh context of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from archive.web import Settings
from tests.browser.chromium import ARGUMENTS, executable
from tests.web.holdings import holdings
from tests.web.serving import Served, serving

MILLISECONDS = 30_000
"""What anything may take on a machine with other things to do."""
expect.set_options(timeout=MILLISECONDS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        pytest.skip("there is no Chromium here; on Debian: apt install chromium")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with (
        holdings(tmp_path_factory.mktemp("browser") / "data") as archive,
        serving(archive, Settings(rate=0)) as served,
    ):
        yield served


@dataclass
class Watched:
    """A page, what it asked for, and what it complained about."""

    page: Page
    base: str
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """The status of the answer."""
        answer = self.page.goto(self.base + path)
        assert answer is not None
        return answer.status

    def asked(self, request: Request) -> None:
        """A request the browser made."""
        self.requests.append(request)

    def heard(self, kind: str, text: str) -> None:
        """Something the browser said."""
        if kind == "error":
            self.complaints.append(text)

    def strangers(self) -> list[str]:
        """The requests that did not go to the reading room."""
        mine = urlsplit(self.base).netloc
        return [r.url for r in self.requests if urlsplit(r.url).netloc != mine]


Opener = Callable[..., Watched]


@pytest.fixture
def opened(browser: Browser, room: Served) -> Iterator[Opener]:
    contexts = []

    def start(**options: Any) -> Watched:
        context = browser.new_context(**{"locale": "en-GB", **options})
        context.set_default_timeout(MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        watched = Watched(page, room.base)
        page.on("request", watched.asked)
        page.on("console", lambda message: watched.heard(message.type, message.text))
        page.on("pageerror", lambda error: watched.heard("error", str(error)))
        return watched

    yield start
    for context in contexts:
        context.close()
