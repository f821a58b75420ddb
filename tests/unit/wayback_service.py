"""A service that lists captures and gives them, as the Wayback Machine does."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from archive.backfill.run import BackfillOptions
from archive.backfill.wayback import Service, Wayback
from tests.unit import backfill_samples as samples

Take = Callable[[bytes], object] | None
GoOn = Callable[[], None]
SITE_URL = f"http://{samples.HOST}/"
CDXJ = "cn,ac,example)/a 20120301080000 " + json.dumps(
    {"url": "http://www.example.ac.cn/a", "mime": "text/html", "status": "200", "digest": "X"}
)
JSON = json.dumps(
    {"urlkey": "k", "timestamp": "20120301080000", "url": "http://www.example.ac.cn/a"}
    | {"mime": "text/html", "status": "200"}
)
TABLE = (
    '[["urlkey","timestamp","original","mimetype","statuscode","digest","length"],\n'
    '["k","20120301080000","http://www.example.ac.cn/a","text/html","200","X","9"]]'
)
PLAIN = (
    "cn,ac,example)/a 20120301080000 http://www.example.ac.cn/a text/html 200 X - - 9 0 f.warc.gz"
)


class ListingHandler(BaseHTTPRequestHandler):
    """The listing and the replay of four captures, one of which is lost."""

    protocol_version = "HTTP/1.1"
    asked: list[str]
    busy: list[int]

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.asked.append(self.path)
        if self.busy:
            self._send(self.busy.pop(), b"later", {"Retry-After": "0"})
        elif self.path.startswith("/none/"):
            self._send(200, b"", {})
        elif self.path.startswith("/coll/cdx?"):
            rows = [samples.capture(number) for number in range(4)]
            lines = [
                json.dumps({"url": one.url, "timestamp": one.captured_at.strftime("%Y%m%d%H%M%S")})
                for one in rows
            ]
            self._send(200, "\n".join(lines).encode(), {})
        else:
            number = next((n for n in range(3) if samples.capture(n).url in self.path), None)
            if number is None:
                self._send(404, b"not here", {})
            else:
                head = {"X-Archive-Orig-Server": "Apache", "Content-Type": "text/html"}
                self._send(200, samples.html(number).encode(), head)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def service(*busy: int, context: ssl.SSLContext | None = None) -> Iterator[tuple[str, list[str]]]:
    """The service's address, over TLS where there is a ``context``, and what it was asked for."""
    asked: list[str] = []
    handler = type("Own", (ListingHandler,), {"asked": asked, "busy": list(busy)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}/coll", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def options(url: str) -> BackfillOptions:
    return BackfillOptions(wayback=Wayback(Service.at(url), (SITE_URL,)))
