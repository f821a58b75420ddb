"""How fast pages are cleaned, and what a hostile one costs: ./scripts/bench cleaning-speed

Three figures, in CPU time of one core so that a busy machine says the same as an idle one:
``extract`` over single pages; the site pass (``archive.sitepass.derive``) over the articles of one
host, from WARC to store; time and memory of a hostile page of 2 MB. Pages are those of the corpus
(see ``benchmarks.corpus``) where it is present, else made here; ``--pages N`` sets how many
articles the site pass gets.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from archive.backfill.run import BackfillOptions, backfill
from archive.cleaning import extract
from archive.cleaning.markup.decode import COMMON
from archive.model import Capture
from archive.sitepass.derive import derive
from archive.store import open_archive
from archive.warc import WarcWriter
from benchmarks.corpus import corpus_directory, corpus_pages
from benchmarks.hostile_pages import hostile_pages

HOST = "www.example.ac.cn"
SITE = "speed"
ROUNDS = 3
SIGNS = sorted(COMMON)
BODY_CHARACTERS = 900
KIBIBYTE = 1024

Sample = tuple[bytes, str | None]


def made_page(number: int) -> bytes:
    """An article page of an institute: a frame of links, labels, and a body of its own words."""
    signs = Random(number).choices(SIGNS, k=BODY_CHARACTERS)
    words = "，".join("".join(signs[at : at + 15]) for at in range(0, BODY_CHARACTERS, 15))
    menu = "".join(f'<li><a href="/{n}/">栏目之{n}</a></li>' for n in range(40))
    body = "".join(f"<p>{words[at : at + 120]}。</p>" for at in range(0, len(words), 120))
    return (
        f'<html><head><meta charset="utf-8"><title>第{number}次会议-某研究所</title></head><body>'
        f"<ul>{menu}</ul><div>当前位置：<a href='/'>首页</a> &gt; <a href='/dj/'>党建</a></div>"
        f"<h1>第{number}次会议</h1><div>作者：王伟 发布时间：2010-12-{number % 28 + 1:02}</div>"
        f'<div class="TRS_Editor">{body}</div><div>版权所有 某研究所</div></body></html>'
    ).encode()


def single_pages(samples: list[Sample]) -> float:
    """Pages a second of CPU time, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for body, url in samples:
            extract(body, url)
        best = min(best, time.process_time() - began)
    return len(samples) / best


def site_pass(pages: int, folder: Path) -> tuple[int, float, float, float]:
    """Articles, articles a second of CPU time and of the clock, and peak memory (MB) of one pass
    over one host with so many made pages; to be run in a process of its own."""
    with WarcWriter(folder / "in", prefix="speed") as writer:
        for number in range(pages):
            body = made_page(number)
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}"
            url = f"http://{HOST}/dj/t20101209_{number}.html"
            request = f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
            response = f"{head}\r\n\r\n".encode() + body
            writer.write(Capture(url, datetime.now(UTC), request, response))
    with open_archive(folder / "data", create=True) as archive:
        backfill(archive, [folder / "in"], SITE, BackfillOptions(derives=False))
        began, clock = time.process_time(), time.monotonic()
        # In this process alone: the time of others would not be counted.
        report = derive(archive, SITE, processes=1, anew=True)
        used, passed = time.process_time() - began, time.monotonic() - clock
    return report.articles, report.articles / used, report.articles / passed, _peak()


def hostile(body: bytes) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of one hostile page; to be run in a process of its own."""
    began = time.process_time()
    extract(body, f"http://{HOST}/x.html")
    used = time.process_time() - began
    return used, _peak()


def _peak() -> float:
    # getrusage would tell the peak of the process that started this one.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / KIBIBYTE


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(prog="bench cleaning-speed", description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="articles of the site pass")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    samples: list[Sample] = [(made_page(n), None) for n in range(200)]
    if folder is not None:
        samples = [
            (page.body, f"http://{page.host}{page.path}")
            for page in corpus_pages(folder)
            if page.truth and page.truth.get("text")
        ]
    print(f"single pages: {single_pages(samples):.0f} pages/s ({len(samples)} pages)")
    spawning = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as scratch, spawning.Pool(1) as pool:
        asked = (options.pages, Path(scratch))
        articles, cpu, clock, megabytes = pool.apply(site_pass, asked)
    print(
        f"site pass: {cpu:.0f} articles/s of CPU, {clock:.0f} by the clock, "
        f"{megabytes:.0f} MB at the peak ({articles} articles)"
    )
    # A process of its own for each page; "fork" because this one has no threads by now, and
    # starting anew would take longer than the measurement.
    context = multiprocessing.get_context("fork")
    for name, body in hostile_pages():
        with context.Pool(1) as pool:
            seconds, megabytes = pool.apply(hostile, (body,))
        print(f"hostile, {name}: {seconds:.2f} s, {megabytes:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
