"""A little site on loopback whose every answer a test decides."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count


@dataclass(frozen=True)
class Answer:
    """What is sent; ``raw`` replaces all of it, head included."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    raw: bytes | None = None


Pages = dict[str, Answer | str]
Routes = Pages | Callable[[str], Answer | str | None]
HELD_SECONDS = 600.0
"""Longer than any test waits for anything."""
EVERYTHING_ALLOWED = Answer("User-agent: *\nDisallow:\n", content_type="text/plain")


@dataclass
class Site:
    """The served site: its start address, and every path asked, in order, with the headers
    (names in lower case)."""

    url: str
    host: str
    asked: list[str]
    headers: list[dict[str, str]] = field(default_factory=list)

    def forget(self) -> None:
        """As if nothing had been asked yet."""
        self.asked.clear()
        self.headers.clear()

    def times(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return self.asked.count(path)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # of five, the sixth would be asked again after a second

    def handle_error(self, *_: object) -> None:
        """A crawl that goes away, or is killed, is nothing to tell about."""


def _send_head(handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str]) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()


@contextmanager
def served(
    routes: Routes,
    *,
    robots: Answer | None = EVERYTHING_ALLOWED,
    context: ssl.SSLContext | None = None,
) -> Iterator[Site]:
    """Serve ``routes`` (path and query to an answer, or a function of them), over https where there
    is a ``context``; 404 for the rest."""
    find = routes.get if isinstance(routes, dict) else routes
    site = Site("", "", [])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            answer = robots if self.path == "/robots.txt" and robots else find(self.path)
            self._send(answer if answer is not None else Answer("no such page", 404))

        def _send(self, answer: Answer | str) -> None:
            if isinstance(answer, str):
                answer = Answer(answer)
            if answer.raw is not None:
                self.wfile.write(answer.raw)
                self.close_connection = True
                return
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            if self._has_it_already(answer):
                # With its validators, as RFC 9110 asks (section 15.4.5).
                _send_head(self, 304, answer.headers)
                return
            about = {"Content-Type": answer.content_type, "Content-Length": str(len(body))}
            _send_head(self, answer.status, about | dict(answer.headers))
            self.wfile.write(body)

        def _has_it_already(self, answer: Answer) -> bool:
            """RFC 9110, section 13.2.2: If-None-Match counts before If-Modified-Since."""
            tag, since = (self.headers.get(name) for name in ("If-None-Match", "If-Modified-Since"))
            if tag is not None:
                return tag == answer.headers.get("ETag")
            return since is not None and since == answer.headers.get("Last-Modified")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    if context is not None:
        # Shaken in the thread of each connection: one that is refused costs no other.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        host = f"127.0.0.1:{server.server_address[1]}"
        site.url, site.host = f"http{'s' if context else ''}://{host}/", host
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def halting(routes: Routes, after: int) -> Iterator[tuple[Site, threading.Event]]:
    """The same, whose answers wait from the one behind number ``after`` on (robots.txt aside) until
    the event is set: what a test does meanwhile, it does in the middle of a crawl."""
    find = routes.get if isinstance(routes, dict) else routes
    go_on = threading.Event()
    numbers = count(1)

    def answer(path: str) -> Answer | str | None:
        if next(numbers) > after:
            go_on.wait(HELD_SECONDS)
        return find(path)

    with served(answer) as site:
        try:
            yield site, go_on
        finally:
            go_on.set()


def links(*targets: str) -> str:
    """A page of links with no words to speak of."""
    rows = "".join(f'<p><a href="{target}">to {target[:40]}</a></p>' for target in targets)
    return f"<html><head><title>links</title></head><body>{rows}</body></html>"
