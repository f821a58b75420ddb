"""A reading room on a port of its own, and a client that takes answers as they come."""

from __future__ import annotations

import asyncio
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from lxml import html
from starlette.types import ASGIApp

from archive.store import Archive
from archive.web import Settings, create_app
from archive.web.running import listen, server

SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def page(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    def words(self, path: str) -> list[str]:
        """The text of each element found by an XPath, with single spaces."""
        return [" ".join(found.text_content().split()) for found in self.page.xpath(path)]


@dataclass(frozen=True)
class Served:
    """The room's address, to be asked."""

    host: str
    port: int

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    def get(self, path: str, headers: dict[str, str] | None = None, **asked: object) -> Answer:
        query = f"?{urlencode(asked)}" if asked else ""
        return self.ask("GET", quote(path, safe="/?&=%:") + query, headers)

    def ask(self, method: str, target: str, headers: dict[str, str] | None = None) -> Answer:
        line = http.client.HTTPConnection(self.host, self.port, timeout=SECONDS)
        try:
            line.request(method, target, headers={"Accept-Language": "en", **(headers or {})})
            answer = line.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            line.close()


@contextmanager
def serving(
    archive: Archive, settings: Settings | None = None, app: ASGIApp | None = None
) -> Iterator[Served]:
    """The reading room of ``archive`` (or another ``app``) on loopback, until the block ends."""
    listener = listen("127.0.0.1", 0)
    running = server(app or create_app(archive, settings))
    thread = threading.Thread(target=lambda: asyncio.run(running.serve(sockets=[listener])))
    thread.start()
    try:
        host, port = listener.getsockname()
        yield Served(host, port)
    finally:
        running.should_exit = True
        thread.join(SECONDS)
        listener.close()
        assert not thread.is_alive()
