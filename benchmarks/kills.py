"""A hundred crawls killed at random moments: what was lost, asked for again, broken or doubled.

``./scripts/bench kills [--kills 100] [--articles 200] [--seed 1]``; exit code 1 when a promise does
not hold.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.crawl.kills import CONCURRENCY, Outcome, kill_often


def main() -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(prog="./scripts/bench kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=0.01, help="that each answer takes")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="palimpsest-kills-") as scratch:
        outcome = kill_often(
            Path(scratch),
            kills=options.kills,
            articles=options.articles,
            seconds=options.seconds,
            seed=options.seed,
        )
    return _tell(outcome, time.monotonic() - began)


def _tell(outcome: Outcome, seconds: float) -> int:
    most = max(outcome.refetched, default=0)
    mean = sum(outcome.refetched) / max(1, len(outcome.refetched))
    kinds = ", ".join(f"{count} in {moment}" for moment, count in sorted(outcome.kills.items()))
    rows = [
        ("kills", f"{outcome.kills.total()} ({kinds}) over {outcome.nights} nights"),
        ("addresses lost", str(len(outcome.lost))),
        ("set aside until the next day", str(len(outcome.set_aside))),
        ("asked for again, a kill", f"{mean:.1f} on average, {most} at most"),
        ("unreadable records", str(len(outcome.unreadable))),
        ("articles doubled", str(len(outcome.doubled))),
        ("articles missing", str(outcome.missing)),
        ("states", ", ".join(f"{state} {count}" for state, count in outcome.states.items())),
        ("complaints", str(len(outcome.complaints))),
        ("seconds", f"{seconds:.0f}"),
    ]
    for name, value in rows:
        print(f"| {name} | {value} |")
    bad = (*outcome.lost, *outcome.unreadable, *outcome.doubled, *outcome.complaints)
    for line in bad[:20]:
        print(line, file=sys.stderr)
    held = not bad and not outcome.missing and most <= CONCURRENCY + 2
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
