"""A service's listing that is larger than memory should be: ./scripts/bench listing [--lines N]

Serves N lines of CDXJ on loopback from a process of its own, and takes the listing as `palimpsest
backfill --wayback` does, in another one: how long until the first capture is asked for, and how
large the process grew (peak RSS). Ends with 1 where it grew beyond what it may, or a capture is
missing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

from archive.backfill.asking import Asker
from archive.backfill.cdx import read_listing
from archive.backfill.listed import lines_in, listing_in

MOST_MEGABYTES = 100.0
TOGETHER = 1_000
PER_PAGE = 4
"""Captures of one address."""


def _line(number: int) -> bytes:
    path = f"/zhxw/201203/t20120301_{number // PER_PAGE:08d}.html"
    stamp = f"2012{number % PER_PAGE + 1:02d}01080000"
    return (
        f'cn,ac,example){path} {stamp} {{"url": "http://www.example.ac.cn{path}", "mime": '
        f'"text/html", "status": "200", "digest": "A", "length": "4711", "offset": "{number}", '
        f'"filename": "crawl-00001.warc.gz"}}\n'
    ).encode()


def _serve(lines: int, pipe: Connection) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            for first in range(0, lines, TOGETHER):
                last = min(first + TOGETHER, lines)
                self.wfile.write(b"".join(map(_line, range(first, last))))

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    pipe.send(server.server_port)
    server.handle_request()
    server.server_close()


def _take(url: str, pipe: Connection) -> None:
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name, listing_in(Path(name)) as listing:
        with lines_in(Path(name)) as lines:
            Asker().ask(url, lines.take)
            listing.add(read_listing(lines))
        first = next(iter(listing))
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
        pipe.send((seconds, peak, first.url, sum(1 for _ in listing)))


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark and print its figures; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./scripts/bench listing", description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000_000)
    lines = parser.parse_args(arguments).lines
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=_serve, args=(lines, theirs), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{ours.recv()}/cdx"
    taker = context.Process(target=_take, args=(url, theirs), daemon=True)
    taker.start()
    seconds, peak, first, count = ours.recv()
    print(f"{count:,} captures listed, the first one ({first}) after {seconds:.0f} s")
    print(f"peak RSS {peak:.0f} MB (limit {MOST_MEGABYTES:.0f})")
    return int(peak > MOST_MEGABYTES or count != lines)


if __name__ == "__main__":
    sys.exit(main())
