"""``./scripts/bench index-kills``: whether store and index agree after many kills.

    ./scripts/bench index-kills --kills 50

A process adds, changes and removes articles and searches without end, and is killed at a random
moment; then every article of the store is compared with the index, row by row and by a search.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.search import search
from archive.store import open_archive

LONGEST_S = 2.0
"""Seconds after which a writer is killed at the latest."""

MANY = 10_000


def main() -> None:
    """Kill and compare."""
    parser = argparse.ArgumentParser(prog="bench index-kills")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    compared = differing = 0
    with tempfile.TemporaryDirectory() as directory:
        data = Path(directory, "data")
        for number in range(options.kills):
            _kill_a_writer(data, options.seed * MANY + number, chance.uniform(0, LONGEST_S))
            articles, others = _compare(data)
            compared, differing = compared + articles, differing + others
    print(
        f"{options.kills} kills: {differing} articles differ between store and index, "
        f"of {compared:,} compared"
    )
    if differing:
        sys.exit(1)


def _kill_a_writer(data: Path, seed: int, after_s: float) -> None:
    command = [sys.executable, "-m", "tests.unit.index_writer", str(data), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(after_s)
        writer.kill()


def _compare(data: Path) -> tuple[int, int]:
    """How many articles there are, and how many the index has otherwise."""
    with open_archive(data) as archive:
        differing = {one.number for one in archive.store.index_differences()}
        stored = {one.id for one in archive.iterate() if "会议" in one.reading.text}
        found = {hit.id for hit in search(archive.store, "会议", limit=MANY)}
        return len(stored), len(differing) + len(stored ^ found)


if __name__ == "__main__":
    main()
