"""What a backfill has found, put into the store, and how far it has come.

Whoever reads the files, this process alone writes to the store, one transaction a part of a file.
It promises that a file is listed as taken in with its last part and no sooner, and that between two
parts a signal and the room on the disk are looked at.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from archive.addresses import host_of
from archive.backfill.inputs import Found, Input
from archive.backfill.reading import Part
from archive.backfill.report import BackfillReport, Progress, Tally, keep_report
from archive.errors import StoppedError
from archive.runs.disk import check_room, low_water
from archive.runs.ending import begin_run
from archive.runs.stopping import Stop
from archive.sitepass.report import DeriveReport
from archive.store import Archive, Intake

PASSED_OVER = "records passed over, for they hold no page of the web: {told}"
MAX_SCHEMES = 20
"""Schemes that a report names."""
MAX_ANSWERLESS = 20
"""Files without answers that a report names."""
MORE_ANSWERLESS = "further files that hold no answers of a server: {count}"


@dataclass(frozen=True, slots=True)
class Listeners:
    """``stop`` is looked at between two parts, ``progress`` told how far it has come."""

    stop: Stop = field(default_factory=Stop)
    progress: Callable[[Progress], None] = lambda progress: None


class Keeping:
    """One backfill's run in the store: ``counts`` by name, ``problems`` with file and offset,
    ``warc_files`` that it wrote."""

    def __init__(
        self,
        archive: Archive,
        site: str,
        found: Found,
        listeners: Listeners,
        notes: list[str],
    ) -> None:
        self._archive, self._store, self._site = archive, archive.store, site
        self._found, self._listeners, self._notes = found, listeners, notes
        self._began = datetime.now(UTC)
        self.run = begin_run(archive, site, "backfill", walks=False)
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = list(found.problems)
        self.warc_files: tuple[str, ...] = ()
        self._passed: Counter[str] = Counter()
        self._answerless: list[str] = []
        self._of_file: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """What the members of a package had so far that were read."""
        self._bytes = 0
        self._of_bytes = sum(file.size for file in found.inputs)
        known = self._store.site(site)
        self._hosts = {*known.official, *known.mirrors}

    def fresh(self) -> list[Input]:
        """The files that are not known; the others are counted."""
        known = self._store.intakes.known(self._site)
        fresh = []
        for file in self._found.inputs:
            before = known.get(file.name)
            if _is_known(before, file):
                self.counts["files:known"] += 1
                self.counts["files:known:empty"] += before is not None and not before.captures
                self._bytes += file.size
            else:
                fresh.append(file)
        return fresh

    def keep(
        self,
        file: Input,
        parts: Iterable[Part],
        *,
        is_last: bool = True,
        waits: Callable[[Input, Intake], bool] = lambda file, whole: False,
    ) -> None:
        """Keep parts of ``file``, each when the next one is there; with the last one of the last
        member, the file is listed as taken in, unless it ``waits`` for others."""
        counts = self._of_file[file.name]
        before: Part | None = None
        for part in parts:
            if before is not None:
                self.keep_part(before, None)
            before = part
            counts["captures"] += len(part.rows)
            counts["problems"] += len(part.problems)
        if before is not None:
            found = counts["captures"], counts["problems"]
            whole = Intake(file.name, file.size, file.modified, *found)
            is_whole = is_last and not waits(file, whole)
            self.keep_part(before, whole if is_whole else None)
        if is_last:
            self.counts["files"] += 1
            self._bytes += file.size
            del self._of_file[file.name]
        self.show()

    def keep_files(self, read: Iterable[tuple[Input, Part]]) -> None:
        """Keep files of one part each, in one transaction: all of them, for they are written.
        Raises as ``go_on``, when they are kept."""
        with self._store.together():
            for file, part in read:
                captures, problems = len(part.rows), len(part.problems)
                whole = Intake(file.name, file.size, file.modified, captures, problems)
                self.keep_rows(part, whole)
                self.counts["files"] += 1
                self._bytes += file.size
        self.show()
        self.go_on()

    def keep_part(self, part: Part, whole: Intake | None) -> None:
        """Keep a part; with ``whole`` its file is listed as taken in. Raises as ``go_on``, when
        all is kept."""
        self.keep_rows(part, whole)
        self.go_on()

    def keep_rows(self, part: Part, whole: Intake | None = None) -> None:
        """The same where it is known whether to go on."""
        self._learn_hosts(part)
        self.counts["captures:new"] += self._store.intakes.add(
            self._site, self.run, part.rows, whole
        )
        self.counts["captures"] += len(part.rows)
        self.problems += part.problems
        self._passed += part.passed
        if part.answerless:
            self._answerless.append(part.answerless)
        self.show()

    def check_room(self, more: int = 0) -> None:
        """Raises DiskFullError when less than the low-water mark would be left after so many
        ``more`` bytes."""
        check_room(self._archive.data, low_water() + more)

    def go_on(self) -> None:
        """Raises StoppedError when a signal asked to stop, DiskFullError when little room is
        left: what was taken in so far is kept, and the next backfill goes on behind it."""
        if self._listeners.stop.is_asked:
            raise StoppedError(self._listeners.stop.exit_code)
        self.check_room()

    def step(self, done: int, total: int) -> None:
        """A part of the site pass is done: what was taken in is kept, should it end here; the next
        backfill makes the pass. Raises as ``go_on``."""
        self.go_on()
        self.show(done, total)

    def waits(self, seconds: float) -> None:
        """A service is waited for, for so long."""
        self.show(waits=seconds)

    def _learn_hosts(self, part: Part) -> None:
        """A host nobody has named is taken for an official one; in alphabetical order, so that the
        order of the input does not show."""
        new = {host_of(row.url) for row in part.rows} - self._hosts - {""}
        if new:
            site = self._store.site(self._site)
            official = list(site.official)
            for host in sorted(new):
                insort(official, host)
            self._store.put_site(replace(site, official=tuple(official)))
            self._hosts |= new

    def show(self, steps: int = 0, of_steps: int = 0, waits: float = 0.0) -> None:
        """Tell how far it has come; in the site pass, by its steps."""
        self._listeners.progress(
            Progress(
                files=self.counts["files"] + self.counts["files:known"],
                of_files=len(self._found.inputs),
                bytes=self._bytes,
                of_bytes=self._of_bytes,
                captures=self.counts["captures"],
                problems=len(self.problems),
                steps=steps,
                of_steps=of_steps,
                waits=waits,
            )
        )

    def report(self, derived: DeriveReport | None, error: BaseException | None) -> BackfillReport:
        """Keep the run's report, and give the operator's."""
        tally = Tally(
            run=self.run,
            site=self._site,
            began=self._began,
            counts=self.counts,
            problems=self.problems,
            notes=[*self._notes, *_passed_over(self._passed)],
            answerless=_some(self._answerless),
            warc_files=self.warc_files,
            passed_over=self._found.passed_over,
        )
        return keep_report(self._archive, tally, derived, error)


def _is_known(known: Intake | None, file: Input) -> bool:
    return known is not None and (known.size, known.modified) == (file.size, file.modified)


def _passed_over(passed: Counter[str]) -> list[str]:
    if not passed:
        return []
    told = ", ".join(f"{scheme} {count}" for scheme, count in sorted(passed.items())[:MAX_SCHEMES])
    return [PASSED_OVER.format(told=told)]


def _some(answerless: list[str]) -> tuple[str, ...]:
    named, more = answerless[:MAX_ANSWERLESS], len(answerless) - MAX_ANSWERLESS
    return (*named, MORE_ANSWERLESS.format(count=more)) if more > 0 else tuple(named)
