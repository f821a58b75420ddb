"""A site that goes over to https and closes port 80, while its profile names http."""

from __future__ import annotations

import os
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.profiles import add_profile
from archive.store import Lease, open_archive
from crawler.canonical import host_of
from crawler.outcomes import Verdict
from crawler.secured import secured
from crawler.selftest.certificate import server_context
from tests.crawl.night import ARTICLES, institute, night, report
from tests.crawl.past import a_day_goes_by

ADDRESS = f"127.77.{os.getpid() >> 8 & 255}.{os.getpid() & 255 or 1}"
"""All of 127/8 is loopback: no other process has these ports there."""
HTTP, HTTPS = 80, 443
REFUSED = Verdict("failed", "connection-refused")


class Pages(BaseHTTPRequestHandler):
    """The institute's pages, and 404."""

    protocol_version = "HTTP/1.1"
    pages = institute()

    def do_GET(self) -> None:
        body = str(self.pages.get(self.path, "")).encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving(port: int, context: ssl.SSLContext | None = None) -> Iterator[None]:
    try:
        server = ThreadingHTTPServer((ADDRESS, port), Pages)
    except OSError as error:
        pytest.skip(f"no server at port {port} here: {error}")
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_site_that_closed_port_80_is_walked_under_https_and_the_note_says_what_to_write(
    tmp_path: Path,
) -> None:
    data = tmp_path / "data"
    profile = add_profile(data, [f"http://{ADDRESS}/"], name="s")
    lenient = f'unverified_hosts = ["{ADDRESS}"]'
    profile.write_text(profile.read_text().replace("unverified_hosts = []", lenient))
    with serving(HTTP):
        assert night(data)[0] == 0
    with open_archive(data) as archive:
        before = {one.id for one in archive.store.articles("s")}
    with serving(HTTPS, server_context(tmp_path)):
        for run, code in ((2, 2), (3, 0)):
            # The first of them counts all that the archive knew under http as failures.
            a_day_goes_by(data)
            assert night(data)[0] == code
            told = report(data, run)
            assert f"https://{ADDRESS}/ does: write it as `start`" in str(told["notes"])
            changes = told["changes"]
            assert isinstance(changes, dict)
            assert {what: n for what, n in changes.items() if n} == {"unchanged": ARTICLES}
    with open_archive(data) as archive:
        articles = list(archive.store.articles("s"))
    assert {one.id for one in articles} == before
    assert all(one.url.startswith("https://") for one in articles)


@pytest.mark.parametrize(
    ("url", "kind", "verdict", "tried"),
    [
        ("http://www.example.ac.cn/", "start", REFUSED, "https://www.example.ac.cn/"),
        (
            "http://www.example.ac.cn/a/?b=1",
            "start",
            Verdict("failed", "timeout"),
            "https://www.example.ac.cn/a/?b=1",
        ),
        ("http://[2001:db8::1]/", "start", REFUSED, "https://[2001:db8::1]/"),
        ("http://www.example.ac.cn:8080/", "start", REFUSED, None),
        ("https://www.example.ac.cn/", "start", REFUSED, None),
        ("http://www.example.ac.cn/1.html", "article", REFUSED, None),
        ("http://www.example.ac.cn/", "start", Verdict("failed", "http-500"), None),
        ("http://www.example.ac.cn/", "start", Verdict("done", "ok"), None),
    ],
)
def test_https_is_tried_where_nobody_answers_at_a_start_address_without_a_port(
    url: str, kind: str, verdict: Verdict, tried: str | None
) -> None:
    lead = secured(Lease(url, host_of(url), kind, 0, None, None, 3, 0), verdict)
    assert (lead and lead.url) == tried
    assert lead is None or lead.kind == "start"
