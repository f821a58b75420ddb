"""How fast exchanges become WARC records: here and with warcio, on pages of a generated site.

``./scripts/bench writer [--articles 1200] [--rounds 5]``: the same exchanges in alternating rounds,
into files on disk. Megabytes of HTTP, requests and responses, a second of CPU; medians.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.warcwriter import WARCWriter

from archive.exchange import HttpMessage, read_response
from archive.model import Capture
from archive.warc import WarcWriter
from benchmarks.capture.site import make_site

ROOT_URL = "http://www.example.ac.cn/"
REQUEST = (
    b"GET / HTTP/1.1\r\nHost: www.example.ac.cn\r\nAccept: text/html,*/*;q=0.8\r\n"
    b"Accept-Language: zh-CN,zh;q=0.9\r\nAccept-Encoding: gzip, deflate\r\n"
    b"User-Agent: Palimpsest/0.1 (+institutional web archive)\r\n\r\n"
)
HEAD = "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A capture, and its answer as the crawler's client has read it already."""

    capture: Capture
    message: HttpMessage

    @property
    def size(self) -> int:
        """Bytes that crossed the wire."""
        return len(self.capture.request) + len(self.capture.response)


def load(articles: int) -> list[Exchange]:
    """The exchanges of a crawl of a generated site."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_site(root, articles)
        return [_exchange(root, path) for path in sorted(root.rglob("*.*"))]


def _exchange(root: Path, path: Path) -> Exchange:
    body = path.read_bytes()
    kind = "text/html" if path.suffix == ".html" else "image/png"
    response = HEAD.format(kind, len(body)).encode() + body
    url = ROOT_URL + str(path.relative_to(root))
    capture = Capture(url, datetime.now(UTC), REQUEST, response, ip="192.0.2.1")
    return Exchange(capture, read_response(response))


def by_palimpsest(exchanges: list[Exchange], directory: Path) -> None:
    """As the crawl writes them."""
    with WarcWriter(directory, prefix="bench") as writer:
        for one in exchanges:
            writer.write(one.capture, one.message)


def by_warcio(exchanges: list[Exchange], directory: Path) -> None:
    """With warcio's own writer, the block kept as it is."""
    with (directory / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for one in exchanges:
            for kind, block in (("response", one.capture.response), ("request", REQUEST)):
                record = writer.create_warc_record(
                    one.capture.url, kind, payload=io.BytesIO(block), length=len(block)
                )
                writer.write_record(record)


Write = Callable[[list[Exchange], Path], None]
WRITERS: dict[str, Write] = {"palimpsest": by_palimpsest, "warcio": by_warcio}


def measured(write: Write, exchanges: list[Exchange]) -> tuple[float, int]:
    """CPU seconds, and the size of the files in bytes."""
    with tempfile.TemporaryDirectory() as name:
        began = time.process_time()
        write(exchanges, Path(name))
        spent = time.process_time() - began
        return spent, sum(path.stat().st_size for path in Path(name).glob("*.warc.gz"))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="./scripts/bench writer", description=__doc__)
    parser.add_argument("--articles", type=int, default=1200)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    exchanges = load(options.articles)
    size = sum(one.size for one in exchanges)
    results: dict[str, list[tuple[float, int]]] = {}
    for _ in range(options.rounds):
        for name, write in WRITERS.items():
            results.setdefault(name, []).append(measured(write, exchanges))
    print(f"{len(exchanges):,} exchanges, {size / 1e6:.1f} MB")
    print("| writer | MB a CPU second | exchanges a CPU second | files, MB |\n|---|---|---|---|")
    for name, rounds in results.items():
        spent = statistics.median(one for one, _ in rounds)
        pace = f"{size / spent / 1e6:.0f} | {len(exchanges) / spent:,.0f}"
        print(f"| {name} | {pace} | {rounds[0][1] / 1e6:.1f} |")


if __name__ == "__main__":
    main()
