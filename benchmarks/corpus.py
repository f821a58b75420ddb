"""The corpus of real pages: where it lies, what it says, and a server that gives it byte for byte.

The corpus is not part of the project (its pages belong to others); ``PALIMPSEST_CORPUS`` names
its folder, else ``../shared/corpus`` beside the checkout is tried. Promises: pages are served
unaltered, each host of the corpus on a loopback port of its own, with an index page that links its
pages and says nothing else about them.
"""

from __future__ import annotations

import json
import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

_ASCII = "".join(map(chr, range(0x21, 0x7F)))
DEFAULT_CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """One real page: ``truth`` has title, date, text where somebody wrote them down, else None."""

    id: str
    kind: str
    host: str
    path: str
    body: bytes
    truth: dict[str, Any] | None


def corpus_directory() -> Path | None:
    """The corpus folder, or None where there is none."""
    folder = Path(os.environ.get("PALIMPSEST_CORPUS", DEFAULT_CORPUS))
    return folder if (folder / "manifest.jsonl").is_file() else None


def corpus_pages(folder: Path) -> list[CorpusPage]:
    """All pages of the corpus, in the manifest's order."""
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [_page(folder, json.loads(line)) for line in lines]


def _page(folder: Path, row: dict[str, Any]) -> CorpusPage:
    truth = folder / "truth" / f"{row['id']}.json"
    parts = urlsplit(row.get("url") or "")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if path in ("", "/"):
        path = f"/{row['kind']}/{row['id']}.html"
    return CorpusPage(
        id=row["id"],
        kind=row["kind"],
        host=row.get("host") or row["id"],
        path=path,
        body=(folder / row["file"]).read_bytes(),
        truth=json.loads(truth.read_text(encoding="utf-8")) if row["truth"] else None,
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, pages: dict[str, bytes], *args: Any) -> None:
        self._pages = pages
        super().__init__(*args)

    def do_GET(self) -> None:
        body = self._pages.get(self.path)
        self.send_response(200 if body is not None else 404)
        # No charset in the header: most of these pages came without one, and none may be favoured.
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def served(pages: list[CorpusPage]) -> Iterator[dict[str, str]]:
    """Serve the pages on 127.0.0.1; yields the index address of each host of the corpus."""
    hosts: dict[str, list[CorpusPage]] = defaultdict(list)
    for page in pages:
        hosts[page.host].append(page)
    servers = []
    addresses = {}
    try:
        for host, own in hosts.items():
            server = _Server(("127.0.0.1", 0), partial(_Handler, _content(own)))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.append(server)
            addresses[host] = f"http://127.0.0.1:{server.server_port}/"
        yield addresses
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _content(pages: list[CorpusPage]) -> dict[str, bytes]:
    links = "\n".join(f'<li><a href="{escape(p.path)}">{escape(p.id)}</a></li>' for p in pages)
    head = "<!DOCTYPE html><html><head><title>index</title></head>"
    index = f"{head}<body><ul>\n{links}\n</ul></body></html>"
    # As a browser asks for them (RFC 3986, section 2.1).
    return {"/": index.encode(), **{quote(page.path, _ASCII): page.body for page in pages}}
