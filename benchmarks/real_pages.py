"""Real pages, crawled, archived and cleaned in one run: ./scripts/bench real-pages [--json FILE]

Serves the corpus (see ``benchmarks.corpus``) on loopback, crawls every host of it with the
program's own command, and compares the stored articles with the truth: per kind of page how many
became articles, how near text and title come, and the time. It reads the store as any user would.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any
from urllib.parse import quote, urljoin

from benchmarks.corpus import CorpusPage, corpus_directory, corpus_pages, served
from benchmarks.scores import bare, character_score, same_title

SITE = "real-pages"
GOOD_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One line of the table. Means are over the pages with truth; a page that became no article
    counts with 0."""

    kind: str
    pages: int
    articles: int
    with_truth: int
    f1: float | None
    below_half: int
    titles_right: int
    titles: int
    dates_right: int
    dates: int


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; prints the table, returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench real-pages", description=__doc__)
    parser.add_argument("--json", type=Path, help="write every page's figures here")
    parser.add_argument("--data", type=Path, help="keep the archive here (default: thrown away)")
    parser.add_argument("--worst", type=int, default=0, help="list the N worst pages")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    if folder is None:
        print("bench real-pages: no corpus; set PALIMPSEST_CORPUS to its folder", file=sys.stderr)
        return 66
    pages = corpus_pages(folder)
    with tempfile.TemporaryDirectory() as scratch:
        found, seconds, last = _crawl(pages, options.data or Path(scratch) / "data")
    rows = [_compare(page, found.get(page.id)) for page in pages]
    _print_table(rows, seconds, last)
    for row in sorted((r for r in rows if r["f1"] is not None), key=_f1)[: options.worst]:
        print(f"  {row['id']:32} f1 {row['f1']:.3f}  {row['title']!r}")
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _f1(row: dict[str, Any]) -> float:
    return float(row["f1"])


def _crawl(pages: list[CorpusPage], data: Path) -> tuple[dict[str, dict[str, Any]], float, str]:
    palimpsest = str(Path(sys.executable).with_name("palimpsest"))
    with served(pages) as addresses:
        began = time.monotonic()
        crawl = subprocess.run(
            [palimpsest, "crawl", *addresses.values(), "--site", SITE, "--data", str(data)],
            check=False,
            capture_output=True,
            text=True,
        )
        seconds = time.monotonic() - began
        if crawl.returncode:
            print(crawl.stderr[-2000:], file=sys.stderr)
        export = subprocess.run(
            [palimpsest, "export", "--format", "jsonl", "--data", str(data)],
            check=True,
            capture_output=True,
            text=True,
        )
        expected = {
            urljoin(addresses[p.host], quote(p.path, safe="/?&=%:;+,$!*'()@~#")): p.id
            for p in pages
        }
    articles = [json.loads(line) for line in export.stdout.splitlines()]
    found = {}
    for article in articles:
        for witness in article["witnesses"]:
            if witness["url"] in expected:
                found[expected[witness["url"]]] = article
    return found, seconds, f"exit {crawl.returncode}, {len(articles)} articles in the store"


def _compare(page: CorpusPage, article: dict[str, Any] | None) -> dict[str, Any]:
    truth = page.truth or {}
    text = article["text"] if article else ""
    return {
        "id": page.id,
        "kind": page.kind,
        "article": article is not None,
        "f1": character_score(text, truth["text"]).f1 if truth.get("text") else None,
        "title": article["title"] if article else None,
        "title_right": same_title(article["title"] if article else None, truth["title"])
        if truth.get("title")
        else None,
        "date_right": (article or {}).get("published") == truth["date"]
        if truth.get("date")
        else None,
        "characters": len(bare(text)),
    }


def _print_table(rows: list[dict[str, Any]], seconds: float, last: str) -> None:
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        kinds[row["kind"]].append(row)
    print(
        f"{'kind':12}{'pages':>7}{'articles':>10}{'truth':>7}{'F1':>7}{'F1<.5':>7}{'titles':>10}{'dates':>10}"
    )
    for kind, own in [*sorted(kinds.items()), ("all", rows)]:
        line = asdict(_figures(kind, own))
        f1 = f"{line['f1']:.3f}" if line["f1"] is not None else "-"
        titles = f"{line['titles_right']}/{line['titles']}"
        dates = f"{line['dates_right']}/{line['dates']}"
        print(
            f"{kind:12}{line['pages']:7}{line['articles']:10}{line['with_truth']:7}{f1:>7}"
            f"{line['below_half']:7}{titles:>10}{dates:>10}"
        )
    print(f"{len(rows)} pages in {seconds:.1f} s (crawl, WARC, cleaning, store); {last}")


def _figures(kind: str, rows: list[dict[str, Any]]) -> KindFigures:
    scored = [row["f1"] for row in rows if row["f1"] is not None]
    titles = [row["title_right"] for row in rows if row["title_right"] is not None]
    dates = [row["date_right"] for row in rows if row["date_right"] is not None]
    return KindFigures(
        kind=kind,
        pages=len(rows),
        articles=sum(row["article"] for row in rows),
        with_truth=len(scored),
        f1=fmean(scored) if scored else None,
        below_half=sum(score < GOOD_ENOUGH for score in scored),
        titles_right=sum(titles),
        titles=len(titles),
        dates_right=sum(dates),
        dates=len(dates),
    )


if __name__ == "__main__":
    sys.exit(main())
