"""Many nights of a small lively site: ./scripts/bench nights --many 200 [--pages 40] [--seed 1]

Every night, a day apart by the clock, some articles are edited, removed (404 or 410), added or
brought back; now and then one answers with an error, a third of the site fails and the rest of it
says that it is gone, nothing answers, robots.txt cannot be read, or the night is killed at a random
moment and started again. What each night must report follows from what was answered
(``benchmarks.nights.lively``); in the end every text, every version and the evidence are looked at.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import mean
from threading import Timer

from archive.store import open_archive
from benchmarks.nights.ahead.sitecustomize import DAYS_AHEAD
from benchmarks.nights.lively import (
    Expected,
    Given,
    LivelySite,
    no_trouble,
    paragraphs,
    path_of,
    something_happens,
    title_of,
)
from benchmarks.nights.night import PALIMPSEST, SITE
from benchmarks.nights.site import Trouble, all_but_robots
from tests.crawl.server import Answer

AHEAD = Path(__file__).with_name("ahead")
TROUBLES = ("one fails", "a third fails", "nothing answers", "no robots.txt", "killed")
TROUBLED = 0.15
"""Share of the nights that are troubled."""
CODES = {"a third fails": 2, "nothing answers": 69, "no robots.txt": 69}
COMPARED = 20
"""Nights at the beginning and at the end that are set side by side."""
FIRST_KILL_SECONDS = 0.3
"""No kill comes earlier, and none later than the night before took."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one night: processor time, the largest memory of any process, bytes on disk by folder."""

    was_quiet: bool
    seconds: float
    bytes_of_memory: int
    sizes: dict[str, int]


@dataclass
class ManyNights:
    """The nights of one archive; ``wrong`` has a line for whatever was not as it must be,
    ``took`` is how many seconds the last whole one took."""

    data: Path
    site: LivelySite
    rng: Random
    expected: Expected = field(default_factory=Expected)
    wrong: list[str] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    took: float = 1.0

    def run(self, nights: int) -> bool:
        """So many of them, then the look at everything; True where nothing was wrong."""
        for night in range(1, nights + 1):
            self._one(night)
        self.wrong += self._left_behind()
        self._tell()
        return not self.wrong

    def _one(self, night: int) -> None:
        rng, site = self.rng, self.site
        happened = "nothing" if night <= 2 else something_happens(site, rng)
        trouble = rng.choice(TROUBLES) if night > 2 and rng.random() < TROUBLED else "none"
        site.trouble = _trouble(trouble, site, rng)
        site.visits += rng.randint(1, 9)
        site.given = {}
        given: dict[int, Given] = {}
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        kill_after = rng.uniform(FIRST_KILL_SECONDS, self.took) if trouble == "killed" else None
        before = self._newest_run()
        code, memory, said = self._night(night, kill_after)
        has_ended = self._newest_run() not in (before, None)
        if trouble == "killed" and not has_ended:
            given, site.given = _pages_of(site.given), {}
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            code, memory, said = self._night(night)
        elif trouble == "killed":
            # It had told all before the kill came: a night like others.
            trouble, code = "none", 0
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        wanted = self.expected.of_night(given | site.given, believed=trouble not in CODES)
        found = self._reported()
        line = f"night {night}: {happened}; trouble: {trouble}; reported {found}"
        if code != CODES.get(trouble, 0) or found != wanted:
            self.wrong.append(f"{line}, exit code {code}; true {wanted}\n{said[-500:]}")
        if trouble in ("none", "killed"):
            self._all_found(night)
        busy = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        was_quiet = trouble == "none" and set(found) == {"unchanged"}
        self.costs.append(Cost(was_quiet, busy, memory, _sizes(self.data)))
        self.kinds[trouble] += 1
        self.reported.update(found)
        print(f"{line}; {busy:.1f} s, {memory / 1e6:.0f} MB", flush=True)

    def _night(self, night: int, kill_after: float | None = None) -> tuple[int, int, str]:
        """Exit code, largest memory in bytes, and what was said on standard error. The night is
        killed ``kill_after`` seconds, where it has not come to its end by then."""
        began = time.monotonic()
        with self._process(night) as process:
            assert process.stderr is not None
            killer = Timer(kill_after or 0, process.kill)
            if kill_after is not None:
                killer.start()
            said = process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            killer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        if kill_after is None:
            self.took = time.monotonic() - began
        return process.returncode, used.ru_maxrss * 1024, said

    def _newest_run(self) -> int | None:
        """The number of the newest run; None where that has no report."""
        if not (self.data / "palimpsest.db").exists():
            return None
        with open_archive(self.data) as archive:
            newest = next(iter(archive.store.runs(SITE)), None)
        return newest.id if newest and newest.report else None

    def _process(self, night: int) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [PALIMPSEST, "nightly", "--data", str(self.data)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(AHEAD), DAYS_AHEAD: str(night)},
        )

    def _reported(self) -> dict[str, int]:
        newest = max((self.data / "runs").glob("*.json"))
        changes: dict[str, int] = json.loads(newest.read_text(encoding="utf-8"))["changes"]
        return {what: count for what, count in changes.items() if count}

    def _all_found(self, night: int) -> None:
        for number in self.site.there():
            known = self.expected.known.get(number)
            if known is None or known.is_gone:
                self.wrong.append(f"night {night}: article {number} was not asked for")
            elif known.editions[-1] != self.site.articles[number].edition:
                self.wrong.append(f"night {night}: an edit of article {number} was not seen")

    def _left_behind(self) -> Iterator[str]:
        """What is wrong with the archive in the end."""
        with open_archive(self.data) as archive:
            articles = list(archive.store.articles(SITE))
            leased = archive.store.frontier.ledger(SITE).get("leased", 0)
        if leased:
            yield f"{leased} addresses are still leased"
        by_title = Counter(str(one.reading.title) for one in articles)
        for title, count in by_title.items():
            if count > 1:
                yield f"{title} is there {count} times"
        held = {str(one.reading.title): one for one in articles}
        for number, known in self.expected.known.items():
            article = held.pop(title_of(number), None)
            if article is None:
                yield f"article {number} is missing ({path_of(number)})"
                continue
            if article.reading.text.splitlines() != paragraphs(number, known.editions[-1]):
                yield f"article {number} says something else than its edition {known.editions[-1]}"
            if (article.status == "gone") != known.is_gone:
                yield f"article {number} is {article.status}, gone: {known.is_gone}"
            if article.versions != len(known.editions):
                yield f"article {number}: {article.versions} versions, {known.editions}"
        yield from (f"{title} is nobody's" for title in held)
        command = (str(PALIMPSEST), "verify", "--data", str(self.data))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"verify: exit code {done.returncode}\n{done.stdout[-500:]}{done.stderr[-500:]}"

    def _tell(self) -> None:
        print(f"nights: {dict(self.kinds)}; reported over all: {dict(self.reported)}")
        quiet = [cost for cost in self.costs[1:] if cost.was_quiet]
        others = [cost for cost in self.costs[1:] if not cost.was_quiet]
        for name, costs in (("quiet nights", quiet), ("others", others)):
            first, last = costs[:COMPARED], costs[-COMPARED:]
            print(
                f"{name}, the first {len(first)} and the last: "
                f"{mean(c.seconds for c in first):.2f} and {mean(c.seconds for c in last):.2f} s, "
                f"{mean(c.bytes_of_memory for c in first) / 1e6:.0f} and "
                f"{mean(c.bytes_of_memory for c in last) / 1e6:.0f} MB"
            )
        early, late = self.costs[1].sizes, self.costs[-1].sizes
        for folder in late:
            grown = (late[folder] - early.get(folder, 0)) / max(1, len(self.costs) - 2)
            print(f"{folder}: {late[folder]:,} bytes, {grown:,.0f} more a night")
        print(f"wrong: {len(self.wrong)}", *self.wrong, sep="\n")


def _pages_of(given: dict[int, Given]) -> dict[int, Given]:
    """Of a night that was killed: what it got counts, what it missed does not."""
    return {number: one for number, one in given.items() if one.status == 200}


def _trouble(kind: str, site: LivelySite, rng: Random) -> Trouble:
    if kind == "one fails":
        failing = rng.choice(site.there())
        return lambda path, number: Answer("broken", 500) if number == failing else None
    if kind == "a third fails":
        return _in_thirds
    if kind == "nothing answers":
        return lambda path, number: Answer("down", 503)
    if kind == "no robots.txt":
        return all_but_robots
    return no_trouble


def _in_thirds(path: str, number: int | None) -> Answer | None:
    if number is None or number % 3 == 0:
        return None
    return Answer("down", 500) if number % 3 == 1 else Answer("gone", 404 + number % 2 * 6)


def _sizes(data: Path) -> dict[str, int]:
    sizes: Counter[str] = Counter()
    for path in data.rglob("*"):
        if path.is_file():
            sizes[path.relative_to(data).parts[0]] += path.stat().st_size
    return dict(sorted(sizes.items()))
