"""Somebody on loopback who listens to webhooks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer


class Hook(BaseHTTPRequestHandler):
    """Answers 204 (or ``raw``) and remembers the authorisation and the JSON of each call."""

    heard: list[tuple[str | None, dict[str, object]]]
    raw: bytes | None

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((self.headers["Authorization"], json.loads(body)))
        if self.raw is not None:
            self.wfile.write(self.raw)
            return
        self.send_response(204)
        self.end_headers()

    def do_GET(self) -> None:
        self.heard.append((self.headers["Authorization"], {}))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def webhook(
    raw: bytes | None = None,
) -> Iterator[tuple[str, list[tuple[str | None, dict[str, object]]]]]:
    """Its address, and what it has heard so far; ``raw`` is what it answers."""
    heard: list[tuple[str | None, dict[str, object]]] = []
    server = HTTPServer(("127.0.0.1", 0), type("Own", (Hook,), {"heard": heard, "raw": raw}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
