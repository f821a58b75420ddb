"""How right cleaning is, and whether any measure fell: ./scripts/bench accuracy [--raise]

Three sets of cases: ``golden`` (tests/golden, pages with what is expected of them), ``sample`` (the
sample institute), ``corpus`` (real pages, see ``benchmarks.corpus``; left out where it is absent).
Exit code 1 when a measure is below its floor. ``--peers`` adds readability-lxml, trafilatura and
magic-html on the corpus, those of them that are installed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.accuracy.floors import below, raised, read_floors, write_floors
from benchmarks.accuracy.measures import (
    Case,
    Tally,
    corpus_cases,
    golden_cases,
    measure,
    sample_cases,
)
from benchmarks.accuracy.peers import PEERS, peer
from benchmarks.corpus import corpus_directory, corpus_pages

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "golden"


def all_cases() -> dict[str, list[Case]]:
    """The cases of every set that is here."""
    sets = {"golden": golden_cases(GOLDEN), "sample": sample_cases()}
    folder = corpus_directory()
    if folder is not None:
        sets["corpus"] = corpus_cases(corpus_pages(folder))
    return sets


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, compare; the exit code."""
    parser = argparse.ArgumentParser(prog="bench accuracy", description=__doc__)
    parser.add_argument("--raise", dest="higher", action="store_true", help="raise the floors")
    parser.add_argument("--peers", action="store_true", help="measure other extractors too")
    options = parser.parse_args(arguments)
    floors, fallen, sets = read_floors(), [], all_cases()
    for name, cases in sets.items():
        found = measure(cases)
        _print(name, len(cases), found, floors.get(name, {}))
        fallen += [f"{name}: {line}" for line in below(floors.get(name, {}), found)]
        floors[name] = raised(floors.get(name, {}), found)
    if options.higher:
        write_floors(floors)
    if options.peers and "corpus" in sets:
        for name in PEERS:
            _print_peer(name, sets["corpus"])
    for line in fallen:
        print(f"bench accuracy: {line}", file=sys.stderr)
    return 1 if fallen else 0


def _print(name: str, count: int, found: dict[str, Tally], floors: dict[str, float]) -> None:
    print(f"{name} ({count} pages)")
    for measured, tally in sorted(found.items()):
        least = f"floor {floors[measured]:.3f}" if measured in floors else ""
        print(f"  {measured:24}{tally.mean:8.4f}  of {len(tally.values):4}  {least}")


def _print_peer(name: str, cases: list[Case]) -> None:
    extractor = peer(name)
    if extractor is None:
        print(f"{name}: not installed")
        return
    found = measure(cases, extractor)
    print(
        f"{name}: text F1 {found['text F1'].mean:.4f}, "
        f"institutes {found['text F1, inst'].mean:.4f}, "
        f"pages below half {1 - found['text not missed'].mean:.1%}, "
        f"kept inside {found['kept inside'].mean:.5f}"
    )


if __name__ == "__main__":
    sys.exit(main())
