"""Pages read whose mark-up was changed in ways that must not matter: ./scripts/bench sturdy

Every third page of the corpus (``benchmarks.corpus``), or each with ``--all``, is read as it is and
changed in twenty ways (``benchmarks.sturdy.changes``). For each way: the F1 of the text beside that
of the page untouched, pages below .98 of it, pages of which a fact differs. Exit code 1 when an F1
is below its floor.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from archive.cleaning import decode, extract
from archive.model import Extraction
from benchmarks.corpus import CorpusPage, corpus_directory, corpus_pages
from benchmarks.scores import character_score
from benchmarks.sturdy.changes import CHANGES, Change, named

ONE_IN = 3
SAME = 0.98
FACTS = ("kind", "title", "published", "author", "source", "branch")
# Other elements and bytes are to change nothing; without names comments are told less surely.
FLOOR = 0.99
FLOORS = {"without names": 0.98, "headings as boxes": 0.985, "paragraphs as boxes": 0.985}


@dataclass(frozen=True, slots=True)
class _Untouched:
    page: CorpusPage
    url: str
    text: str
    read: Extraction


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare; the exit code."""
    parser = argparse.ArgumentParser(prog="bench sturdy", description=__doc__)
    parser.add_argument("--all", action="store_true", help="read all pages")
    parser.add_argument("--worst", type=int, default=0, help="list the N worst pages of each")
    parser.add_argument("changes", nargs="*", metavar="CHANGE", help=f"of {', '.join(CHANGES)}")
    options = parser.parse_args(arguments)
    folder = corpus_directory()
    if folder is None:
        print("bench sturdy: no corpus; set PALIMPSEST_CORPUS to its folder", file=sys.stderr)
        return 66
    pages = [page for page in corpus_pages(folder) if page.truth and page.truth.get("text")]
    cases = [_untouched(page) for page in pages[:: 1 if options.all else ONE_IN]]
    print(f"{'change':24}{'F1':>8}{'below .98':>11}{'facts':>7}   of {len(cases)} pages")
    fallen = [
        name
        for name, change in named(options.changes).items()
        if _measured(name, change, cases, options.worst) < FLOORS.get(name, FLOOR)
    ]
    for name in fallen:
        print(f"bench sturdy: {name}: below its floor", file=sys.stderr)
    return 1 if fallen else 0


def _untouched(page: CorpusPage) -> _Untouched:
    url = f"http://{page.host}{page.path}"
    return _Untouched(page, url, decode(page.body)[0], extract(page.body, url))


def _measured(name: str, change: Change, cases: Sequence[_Untouched], worst: int) -> float:
    scores: list[tuple[float, str]] = []
    differ = 0
    for case in cases:
        changed = change(case.text)
        body = changed.encode() if isinstance(changed, str) else changed
        read = extract(body, case.url)
        differ += any(getattr(read, fact) != getattr(case.read, fact) for fact in FACTS)
        scores.append((character_score(read.text, case.read.text).f1, case.page.id))
    mean = fmean(score for score, _ in scores)
    below = sum(score < SAME for score, _ in scores)
    print(f"{name:24}{mean:8.4f}{below:11}{differ:7}", flush=True)
    for score, page in sorted(scores)[:worst]:
        print(f"    {score:.3f}  {page}")
    return mean


if __name__ == "__main__":
    sys.exit(main())
