"""What ``verify`` needs for an archive of many records: memory must not grow with them.

``./scripts/bench verify [--exchanges 10000 70000]``: archives of so many exchanges of small pages
(three records each), made and then verified by the command; one row each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archive.captured import row_of
from archive.exchange import read_response
from archive.model import Capture, PageKind, Site
from archive.store import open_archive
from archive.warc import WarcWriter
from archive.warc.record import render
from benchmarks.capture.__main__ import run

SITE = "bench"
TOGETHER = 1_000
REQUEST = b"GET / HTTP/1.1\r\nHost: www.example.ac.cn\r\n\r\n"
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def make_archive(data: Path, exchanges: int) -> None:
    """An archive of so many captures, each with its request and its notes."""
    with (
        open_archive(data, create=True) as archive,
        WarcWriter(archive.warc_dir, prefix="bench", max_bytes=20_000_000) as writer,
    ):
        archive.store.put_site(Site(SITE, ("www.example.ac.cn",)))
        run_number = archive.store.begin_run(SITE, "crawl")
        for first in range(0, exchanges, TOGETHER):
            with archive.store.together():
                for number in range(first, min(first + TOGETHER, exchanges)):
                    capture = _capture(number)
                    message = read_response(capture.response)
                    pointer = writer.write(capture, message)
                    writer.write_notes(
                        capture, pointer, render([("outlink", f"{capture.url}/next L")])
                    )
                    row = row_of(capture, pointer, run_number, message, PageKind.OTHER)
                    archive.store.commit_page(SITE, row)


def _capture(number: int) -> Capture:
    body = f"<p>第{number}号通知：学习文件，总结工作。</p>".encode() * 3
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    url = f"http://www.example.ac.cn/a{number % 97}/t20101209_{number}.html"
    return Capture(url, BEGAN + timedelta(seconds=number), REQUEST, head.encode() + body)


def main() -> int:
    """Make, verify, print; exit code 1 where an archive was not found in order."""
    parser = argparse.ArgumentParser(prog="./scripts/bench verify", description=__doc__)
    parser.add_argument("--exchanges", type=int, nargs="+", default=[10_000, 70_000])
    options = parser.parse_args()
    palimpsest = str(Path(sys.executable).with_name("palimpsest"))
    is_well = True
    print("| records | CPU, s | records a CPU second | peak RSS, MB |\n|---|---|---|---|")
    for exchanges in options.exchanges:
        with tempfile.TemporaryDirectory(prefix="palimpsest-verify-") as name:
            data, scratch = Path(name) / "data", Path(name)
            make_archive(data, exchanges)
            cpu, _, rss, text = run([palimpsest, "verify", "--data", str(data)], scratch)
        records = 3 * exchanges
        print(f"| {records:,} | {cpu:.0f} | {records / cpu:,.0f} | {rss / 1e6:.0f} |")
        print(text.strip()[-300:], file=sys.stderr)
        is_well = is_well and "http" not in text
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
