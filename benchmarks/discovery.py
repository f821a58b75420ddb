"""What finding a page's links costs here, and with Scrapy's LinkExtractor and Request.

``./scripts/bench discovery [--articles 600] [--rounds 5]``: the same pages, in alternating rounds.
CPU time a page, medians. The tree is there in any case, since the page is cleaned from it; what it
costs is shown by itself.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from scrapy import Request
from scrapy.http import HtmlResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.request import fingerprint

from archive.cleaning.page import Page, read_page
from benchmarks.capture.site import make_site
from crawler.discovery import discover

ROOT_URL = "http://www.example.ac.cn/"
HTML = "text/html; charset=utf-8"


def load(articles: int) -> list[tuple[str, bytes]]:
    """Address and bytes of every page of a generated site."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_site(root, articles)
        return [
            (ROOT_URL + str(path.relative_to(root)), path.read_bytes())
            for path in sorted(root.rglob("*.html"))
        ]


def by_link_extractor(pages: list[tuple[str, bytes]]) -> set[str]:
    """Links and images as requests with their fingerprints, as a CrawlSpider makes them."""
    extractor = LinkExtractor(tags=("a", "img"), attrs=("href", "src"), deny_extensions=[])
    found: dict[bytes, str] = {}
    for url, body in pages:
        response = HtmlResponse(url, body=body, headers={"Content-Type": HTML})
        for link in extractor.extract_links(response):
            request = Request(link.url)
            found[fingerprint(request)] = request.url
    return set(found.values())


def by_discovery(pages: list[Page]) -> set[str]:
    """The same by the crawler's own discovery."""
    return {lead.url for page in pages for lead in discover(page, page.url or "")}


def read_all(pages: list[tuple[str, bytes]]) -> list[Page]:
    """Decode and parse."""
    return [read_page(body, url, HTML) for url, body in pages]


def timed(work: Callable[[], object], pages: int) -> float:
    """CPU milliseconds a page."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000 / pages


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="./scripts/bench discovery", description=__doc__)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    raw = load(options.articles)
    parsed = read_all(raw)
    theirs, ours = by_link_extractor(raw), by_discovery(parsed)
    times: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        for name, work in (
            ("LinkExtractor, Request, fingerprint", lambda: by_link_extractor(raw)),
            ("decode and parse (shared with cleaning)", lambda: read_all(raw)),
            ("discovery", lambda: by_discovery(parsed)),
        ):
            times.setdefault(name, []).append(timed(work, len(raw)))
    print(
        f"{len(raw)} pages; links found: {len(theirs)} and {len(ours)}, {len(theirs & ours)} alike"
    )
    print("| step | CPU-ms/page |\n|---|---|")
    for name, values in times.items():
        print(f"| {name} | {statistics.median(values):.3f} |")


if __name__ == "__main__":
    main()
