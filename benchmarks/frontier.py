"""What a million discovered addresses cost in memory: found on list pages, by the crawl itself.

``./scripts/bench frontier [--addresses 1000000]``: a site of list pages behind nginx, each naming
4,000 articles. A first crawl reads all lists (and stops there), a second one goes on for a while
among the million; peak memory of both must stay under 250 MB (exit code 1 where it does not).
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.capture.__main__ import run
from benchmarks.capture.serving import server_name, serving

PER_LIST = 4_000
MORE_PAGES = 500
MAX_RSS = 250_000_000


def make_lists(directory: Path, addresses: int) -> int:
    """Write the start page and the lists; returns how many files there are."""
    lists = -(-addresses // PER_LIST)
    names = [f"list_{number}.html" for number in range(lists)]
    (directory / "robots.txt").write_text("User-agent: *\nDisallow:\n", encoding="utf-8")
    _write(directory / "index.html", ((name, f"第{name}页") for name in names))
    for number, name in enumerate(names):
        first = number * PER_LIST
        rows = range(first, min(first + PER_LIST, addresses))
        _write(
            directory / name,
            ((f"a{n % 97}/t20101209_{n}.html", f"第{n}号通知：学习文件") for n in rows),
        )
    return lists + 2


def _write(path: Path, links: Iterable[tuple[str, str]]) -> None:
    rows = "".join(f'<li><a href="{to}">{text}</a></li>' for to, text in links)
    path.write_text(f"<html><body><ul>{rows}</ul></body></html>", encoding="utf-8")


def crawl(url: str, data: Path, pages: int, scratch: Path) -> tuple[float, float, int]:
    """CPU seconds, wall seconds and peak memory of a crawl that stops after ``pages`` requests."""
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    settings = {"PALIMPSEST_DATA": data, "PALIMPSEST_DERIVE": 0, "PALIMPSEST_MAX_PAGES": pages}
    command = [scrapy, "crawl", "site", "-a", f"url={url}", "-a", "site=bench"]
    command += [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
    cpu, wall, rss, text = run(command, scratch)
    if text:
        print(text[-2000:], file=sys.stderr)
    return cpu, wall, rss


def known(data: Path) -> int:
    """How many addresses the frontier has."""
    with sqlite3.connect(data / "palimpsest.db") as store:
        return int(store.execute("SELECT count(*) FROM frontier").fetchone()[0])


def main() -> int:
    """Run both crawls and print the table."""
    parser = argparse.ArgumentParser(prog="./scripts/bench frontier", description=__doc__)
    parser.add_argument("--addresses", type=int, default=1_000_000)
    options = parser.parse_args()
    worst = 0
    print("| crawl | addresses known | CPU, s | wall, s | peak RSS, MB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="palimpsest-frontier-") as name:
        scratch = Path(name)
        (scratch / "site").mkdir()
        lists = make_lists(scratch / "site", options.addresses)
        with serving(scratch / "site", scratch) as url:
            for title, pages in (("reads all lists", lists), ("goes on", MORE_PAGES)):
                cpu, wall, rss = crawl(url, scratch / "data", pages, scratch)
                worst = max(worst, rss)
                count = known(scratch / "data")
                print(f"| {title} | {count:,} | {cpu:.0f} | {wall:.0f} | {rss / 1e6:.0f} |")
    print(f"behind {server_name()}", file=sys.stderr)
    return 0 if worst <= MAX_RSS else 1


if __name__ == "__main__":
    sys.exit(main())
