"""How one index answers the queries: right or wrong, and how fast."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.search.queries import Asked

COLUMNS = (
    "index",
    "articles",
    "articles/s",
    "recall",
    "precision",
    "first page, ms",
    "CPU, ms",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sums over all queries, the seconds of each first page, and the CPU seconds of all."""

    wanted: int
    found: int
    right: int
    seconds: Sequence[float]
    cpu: Sequence[float]

    def row(self, label: str, articles: int, speed: float) -> str:
        """One row of the table. Wall time is what a user waits; CPU time tells how much of it was
        work of this process, on a machine that has other things to do."""
        cells = (
            label,
            f"{articles:,}",
            f"{speed:,.0f}",
            f"{self.right / max(self.wanted, 1):.4f}",
            f"{self.right / max(self.found, 1):.4f}",
            spread(self.seconds),
            spread(self.cpu),
        )
        return f"| {' | '.join(cells)} |"


def heading() -> str:
    """What stands above the rows."""
    return f"| {' | '.join(COLUMNS)} |\n" + "|---" * len(COLUMNS) + "|"


def spread(seconds: Sequence[float]) -> str:
    """Median, 95th percentile and the longest, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20)
    return f"p50 {cuts[9] * 1e3:.1f}, p95 {cuts[18] * 1e3:.1f}, max {max(seconds) * 1e3:.0f}"


def ask(
    asked: Sequence[Asked],
    truth: Sequence[set[int]],
    first_page: Callable[[Asked], int],
    everything: Callable[[Asked], set[int]],
) -> Outcome:
    """Ask every query for its first page, timed, then each for everything, compared with the truth.
    Ends the program where a count is not what is found."""
    gc.freeze()  # the millions of numbers of the truth are no part of a server's memory
    seconds: list[float] = []
    cpu: list[float] = []
    totals = []
    for query in asked[:50]:
        first_page(query)  # what lies on the disk comes into memory, as on a server
    for query in asked:
        started, used = time.perf_counter(), time.process_time()
        totals.append(first_page(query))
        seconds.append(time.perf_counter() - started)
        cpu.append(time.process_time() - used)
    wanted = found = right = 0
    for query, true, total in zip(asked, truth, totals, strict=True):
        numbers = everything(query)
        if total != len(numbers):
            raise SystemExit(f"the count of {query} is not what is found")
        wanted, found, right = wanted + len(true), found + total, right + len(numbers & true)
    return Outcome(wanted, found, right, seconds, cpu)
