"""What a full crawl costs: here, in plain Scrapy, in wget, in alternating rounds on one site.

scrapy-webarchive, the nearest peer, does not run on Scrapy 2.19 and is left out.

``./scripts/bench capture [--articles 2400] [--rounds 3]`` prints a table for docs/benchmarks.md.
CPU is user and system time of the crawling process and its children. This process loads nothing
large: the kernel counts a parent's memory as its child's peak.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.capture.serving import server_name, serving
from benchmarks.capture.site import make_site

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Measured:
    """One crawl: addresses asked for, CPU and wall seconds, peak memory, WARC size and (where
    it is known) what the server sent, in bytes."""

    urls: int
    cpu: float
    wall: float
    rss: int
    warc: int | None
    received: int | None = None


Crawl = Callable[[str, Path], Measured]


def run(command: list[str], directory: Path, **more: str) -> tuple[float, float, int, str]:
    """CPU seconds, wall seconds, peak resident bytes and the output of one process, with ``more``
    in its environment."""
    began = time.monotonic()
    with (directory / "output").open("w+") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment() | more, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    wall = time.monotonic() - began
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * 1024, text


def environment() -> dict[str, str]:
    """This process's, with compiled modules kept: their compilation is no part of a crawl."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def size_of(directory: Path, pattern: str) -> int:
    """Bytes of all files that match."""
    return sum(path.stat().st_size for path in directory.rglob(pattern))


def palimpsest(*, derives: bool, nights: int = 1) -> Crawl:
    """Our crawl; the last of ``nights`` is measured."""

    def crawl(url: str, directory: Path) -> Measured:
        command = [str(Path(sys.executable).with_name("palimpsest")), "crawl", url]
        command += ["--site", "bench", "--data", str(directory / "data")]
        for _ in range(nights):
            before = size_of(directory, "*.warc.gz")
            cpu, wall, rss, text = run(command, directory, PALIMPSEST_DERIVE=str(int(derives)))
        counts = last_report(directory / "data", text)
        warc = size_of(directory, "*.warc.gz") - before
        return Measured(counts["requests"], cpu, wall, rss, warc, counts["bytes"])

    return crawl


def last_report(data: Path, text: str) -> dict[str, int]:
    """The counts of the newest run."""
    command = [str(Path(sys.executable).with_name("palimpsest")), "runs", "list"]
    command += ["--format", "json", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment())
    counts: dict[str, int] | None = json.loads(done.stdout)[0].get("counts")
    if counts is None:
        raise RuntimeError(f"the crawl did not end well: {text[-500:]}")
    return counts


def crawl_spider(url: str, directory: Path) -> Measured:
    """Plain Scrapy, which keeps nothing."""
    command = [sys.executable, "-m", "benchmarks.capture.crawlspider", url]
    cpu, wall, rss, text = run(command, directory)
    return Measured(int(text.split()[-1]), cpu, wall, rss, None)


def wget(url: str, directory: Path) -> Measured:
    """GNU Wget with its WARC writer; its copies of the files are deleted as it goes."""
    command = ["wget", "--recursive", "--level=inf", "--page-requisites"]
    command += ["--delete-after", f"--directory-prefix={directory / 'files'}", "--no-verbose"]
    command += [f"--warc-file={directory / 'wget'}", "--warc-tempdir", str(directory), url]
    cpu, wall, rss, text = run(command, directory)
    # One line a file, with the time and " URL:"; robots.txt has none.
    return Measured(text.count(" URL:") + 1, cpu, wall, rss, size_of(directory, "wget*.warc.gz"))


def crawlers() -> dict[str, Crawl]:
    """All that can run here, by name; the rest is said on standard error."""
    found: dict[str, Crawl] = {
        "palimpsest: capture and discovery": palimpsest(derives=False),
        "palimpsest: the whole run, articles derived": palimpsest(derives=True),
        "palimpsest: second night, nothing changed": palimpsest(derives=False, nights=2),
        "Scrapy CrawlSpider, 16 concurrent, keeps nothing": crawl_spider,
    }
    if shutil.which("wget"):
        found["wget --recursive --warc-file"] = wget
    else:
        print("wget is not installed: left out", file=sys.stderr)
    return found


def warm_up(scratch: Path) -> None:
    """Let every crawler load and compile what it needs, on a site of a few pages."""
    make_site(scratch / "small", 5)
    with serving(scratch / "small", scratch) as url:
        for crawl in crawlers().values():
            with tempfile.TemporaryDirectory(dir=scratch) as place:
                crawl(url, Path(place))


def table(results: dict[str, list[Measured]]) -> str:
    """The medians, as Markdown."""
    lines = [
        "| crawl | addresses | CPU-ms/address | pages/s | peak RSS, MB | WARC, MB | sent, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rounds in results.items():
        cpu = statistics.median(1000 * one.cpu / one.urls for one in rounds)
        pace = statistics.median(one.urls / one.wall for one in rounds)
        rss = statistics.median(one.rss / 1e6 for one in rounds)
        last = rounds[-1]
        cells = (f"{last.urls:,}", f"{cpu:.2f}", f"{pace:.0f}", f"{rss:.0f}")
        row = " | ".join((name, *cells, megabytes(last.warc), megabytes(last.received)))
        lines.append(f"| {row} |")
    return "\n".join(lines)


def megabytes(size: int | None) -> str:
    """A size for the table."""
    return "" if size is None else f"{size / 1e6:.2f}"


def main() -> int:
    """Run all crawlers in turn and print the table."""
    parser = argparse.ArgumentParser(prog="./scripts/bench capture", description=__doc__)
    parser.add_argument("--articles", type=int, default=2400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--only", action="append", default=[], help="only crawlers with this in their name"
    )
    options = parser.parse_args()
    results: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory(prefix="palimpsest-bench-") as name:
        scratch = Path(name)
        urls = make_site(scratch / "site", options.articles)
        total = size_of(scratch / "site", "*")
        print(f"{urls:,} addresses, {total / 1e6:.1f} MB, behind {server_name()}", file=sys.stderr)
        warm_up(scratch)
        with serving(scratch / "site", scratch) as url:
            for number in range(options.rounds):
                for title, crawl in crawlers().items():
                    if options.only and not any(part in title for part in options.only):
                        continue
                    with tempfile.TemporaryDirectory(dir=scratch) as place:
                        measured = crawl(url, Path(place))
                    print(f"round {number + 1}: {title}: {measured}", file=sys.stderr)
                    results.setdefault(title, []).append(measured)
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
