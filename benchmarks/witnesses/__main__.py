"""Joining of witnesses: ./scripts/bench witnesses [--notices N] [--share S] [--fingerprints N …]

Thousands of notices that differ in a date or a number, on the official host and partly on mirrors:
how many copies are joined with their article, how many different articles are joined by mistake,
and witnesses a second for finding the groups and for making articles of them. A second row with
twice as many shows how the cost grows. ``--fingerprints`` measures the stage that finds candidates
by fingerprints alone, for each of the numbers: half of the texts are notices, the hard case.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict

from archive.model import Site
from archive.witnesses import assemble, group
from benchmarks.witnesses.notices import notices, witnesses
from benchmarks.witnesses.stage import Stage, measured


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; prints the table, returns the exit code."""
    parser = argparse.ArgumentParser(prog="bench witnesses", description=__doc__)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--share", type=float, default=0.1, help="share that each mirror has")
    parser.add_argument(
        "--fingerprints", type=int, nargs="+", default=(), help="only this stage, so many"
    )
    options = parser.parse_args(arguments)
    if options.fingerprints:
        print(Stage.HEAD)
        for count in sorted(options.fingerprints):
            print(measured(count).line(), flush=True)
        return 0
    print(f"{'notices':>9}{'witnesses':>11}{'recall%':>9}{'wrong':>7}{'group/s':>9}{'all/s':>9}")
    for count in (options.notices // 2, options.notices):
        print(_row(count, options.share), flush=True)
    return 0


def _row(count: int, share: float) -> str:
    told = list(witnesses(notices(count), share))
    members = [witness for _, witness in told]
    began = time.process_time()
    group(members)
    grouped = time.process_time() - began
    began = time.process_time()
    articles = assemble(Site("s", ("www.qskyzx.com",)), members)
    whole = time.process_time() - began
    number_of = {witness.url: number for number, witness in told}
    held = [{number_of[w.url] for w in article.witnesses} for article in articles]
    wrong = sum(len(numbers) > 1 for numbers in held)
    of = {w.url: place for place, article in enumerate(articles) for w in article.witnesses}
    copies: dict[int, list[str]] = defaultdict(list)
    for number, witness in told:
        copies[number].append(witness.url)
    pairs = [(c[0], other) for c in copies.values() for other in c[1:]]
    joined = sum(of[a] == of[b] for a, b in pairs)
    recall = 100 * joined / max(len(pairs), 1)
    return (
        f"{count:9}{len(members):11}{recall:9.2f}{wrong:7}"
        f"{len(members) / grouped:9.0f}{len(members) / whole:9.0f}"
    )


if __name__ == "__main__":
    sys.exit(main())
