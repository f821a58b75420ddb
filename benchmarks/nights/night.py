"""One night as a process, and what the archive says of it afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from archive.store import Filters, open_archive

PALIMPSEST = Path(sys.executable).with_name("palimpsest")
SITE = "nights"


@dataclass(frozen=True, slots=True)
class Night:
    """``bytes`` that came, ``changes`` that the report counts, how the articles' addresses were
    answered (``statuses``), and how many articles are ``live`` and ``gone`` after it."""

    bytes: int
    changes: dict[str, int]
    statuses: Counter[int | None]
    live: int
    gone: int


def night(data: Path, name: str, *, expected: int = 0) -> Night:
    """Run one night, and print what it cost. Ends the benchmark where the exit code is another
    than the one ``expected``."""
    began, used = time.perf_counter(), os.times()
    done = subprocess.run(
        [PALIMPSEST, "nightly", "--data", data], capture_output=True, text=True, check=False
    )
    if done.returncode != expected:
        sys.exit(f"{name}: exit code {done.returncode}\n{done.stdout}{done.stderr[-2000:]}")
    seconds, now = time.perf_counter() - began, os.times()
    busy = sum(now[2:4]) - sum(used[2:4])
    found = _found(data)
    print(
        f"{name}: exit code {expected}, {seconds:.0f} s, {busy:.0f} s of processor time, "
        f"{found.bytes:,} bytes",
        flush=True,
    )
    return found


def _found(data: Path) -> Night:
    with open_archive(data) as archive:
        row = archive.store.runs(SITE)[0]
        assert row.report is not None
        counts = row.report.counts
        statuses = Counter(
            one.status
            for one in archive.store.captures(SITE)
            if one.run == row.id and "/t2010" in one.url
        )
        return Night(
            bytes=counts["bytes"],
            changes={
                k.removeprefix("change:"): n for k, n in counts.items() if "change:" in k and n
            },
            statuses=statuses,
            live=archive.store.count_articles(Filters(status="live")),
            gone=archive.store.count_articles(Filters(status="gone")),
        )
