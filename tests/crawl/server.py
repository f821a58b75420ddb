"""A little site on loopback whose every answer a test decides."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


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
EVERYTHING_ALLOWED = Answer("User-agent: *\nDisallow:\n", content_type="text/plain")


@dataclass
class Site:
    """The served site: its start address, and every path asked, in order."""

    url: str
    host: str
    asked: list[str]

    def times(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return self.asked.count(path)


@contextmanager
def served(routes: Routes, *, robots: Answer | None = EVERYTHING_ALLOWED) -> Iterator[Site]:
    """Serve ``routes`` (path and query to an answer, or a function of them); 404 for the rest."""
    find = routes.get if isinstance(routes, dict) else routes
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked.append(self.path)
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
            self.send_response(answer.status)
            for name, value in (
                {"Content-Type": answer.content_type} | dict(answer.headers)
            ).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        host = f"127.0.0.1:{server.server_address[1]}"
        yield Site(f"http://{host}/", host, asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def links(*targets: str) -> str:
    """A page of links with no words to speak of."""
    rows = "".join(f'<p><a href="{target}">to {target[:40]}</a></p>' for target in targets)
    return f"<html><head><title>links</title></head><body>{rows}</body></html>"
