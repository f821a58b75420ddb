"""A backfill from beginning to end: find the files, read them, keep their captures, derive.

Whoever reads the files (``workers``), this process alone writes to the store, one transaction a
part of a file. Articles are made by the site pass alone, so that its counts say what is new since
before the run, and a resumed run counts as one that was never stopped.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from archive.addresses import host_of
from archive.backfill.inputs import Found, Input, Kind, find_inputs
from archive.backfill.loose import Shelf, keep_loose
from archive.backfill.placing import placed, unpacked
from archive.backfill.reading import Part, Task, add_capture
from archive.backfill.report import BackfillReport, Progress, Tally, keep_report
from archive.backfill.revisits import Revisits
from archive.backfill.wayback import Wayback
from archive.backfill.workers import Lost, Workers, one_after_another
from archive.errors import StoppedError, WarcError
from archive.model import Site
from archive.runs.dead import bury_dead
from archive.runs.disk import check_room, low_water
from archive.runs.stopping import Stop
from archive.sitepass.derive import DeriveReport, derive
from archive.store import Archive, Intake
from archive.warc import WarcWriter, recover

WAYBACK_PART = 20
"""Captures of a service that are kept together: so many may be asked for again after a kill."""


@dataclass(frozen=True, slots=True)
class BackfillOptions:
    """How to take in. ``copy``: WARC files into the archive instead of referring to them where
    they are; ``wayback``: what a service holds as well; ``mirrors``: hosts that are mirrors;
    ``workers``: who reads the files, ``processes`` how many read the pages in the site pass (unless
    named, as many as there are processors); ``derives``: whether the site pass is made, which
    `palimpsest clean` makes too; ``stop``: looked at between two parts."""

    copy: bool = False
    wayback: Wayback | None = None
    mirrors: tuple[str, ...] = ()
    workers: Workers = one_after_another
    processes: int | None = None
    derives: bool = True
    stop: Stop = field(default_factory=Stop)
    progress: Callable[[Progress], None] = lambda progress: None


def backfill(
    archive: Archive,
    paths: Iterable[Path],
    site_name: str,
    options: BackfillOptions | None = None,
) -> BackfillReport:
    """Take in files and folders for ``site_name``, then make the site pass.

    Raises NotFoundError for a path that does not exist, UsageError for a kind of file that cannot
    be taken in, DataDirectoryError when the archive cannot be written, DiskFullError when less
    room is left than the low-water mark, StoppedError when a signal ended it in good order.
    """
    found = find_inputs(paths)
    check_room(archive.data)
    with_options = options or BackfillOptions()
    archive.store.put_site(_site(archive, site_name, with_options.mirrors))
    notes = [*recover(archive.warc_dir), *bury_dead(archive.store, site_name)]
    intake = _Run(archive, site_name, with_options, found, notes)
    try:
        intake.take_all()
        intake.go_on()
        derived = None
        if with_options.derives:
            processes = with_options.processes
            derived = derive(archive, site_name, None, processes, intake.step)
    except BaseException as error:
        intake.report(None, error)
        raise
    return intake.report(derived, None)


def _site(archive: Archive, name: str, mirrors: tuple[str, ...]) -> Site:
    known = {site.name: site for site in archive.store.sites()}
    site = known.get(name, Site(name, official=()))
    return replace(
        site,
        official=tuple(host for host in site.official if host not in mirrors),
        mirrors=tuple(dict.fromkeys((*site.mirrors, *mirrors))),
    )


class _Run:
    """One backfill's state."""

    def __init__(
        self, archive: Archive, site: str, options: BackfillOptions, found: Found, notes: list[str]
    ) -> None:
        self._archive, self._store, self._site = archive, archive.store, site
        self._options, self._found, self._notes = options, found, notes
        self._began = datetime.now(UTC)
        self._run = self._store.begin_run(site, "backfill")
        self._hosts = self._known_hosts()
        self._counts: Counter[str] = Counter()
        self._problems: list[str] = []
        self._bytes = 0
        self._left: Counter[Path] = Counter()
        self._files: tuple[str, ...] = ()
        self._revisits = Revisits(archive, site)

    def take_all(self) -> None:
        """Take in every file that is not known."""
        known = self._store.intakes.known(self._site)
        fresh = []
        for file in self._found.inputs:
            if _is_known(known.get(str(file.path)), file):
                self._counts["files:known"] += 1
                self._bytes += file.size
            else:
                fresh.append(file)
        packed = {Kind.WARC, Kind.WACZ}
        self._take_warcs([file for file in fresh if file.kind in packed])
        self._take_waiting()
        self._take_loose([file for file in fresh if file.kind not in packed])
        if self._options.wayback is not None:
            self._take_wayback(self._options.wayback)

    def _take_warcs(self, files: list[Input]) -> None:
        by_path = {file.path: file for file in files}
        for result in self._options.workers(self._tasks(files)):
            file = by_path[result.task.origin]
            if isinstance(result, Lost):
                self._problems.append(f"{result.task.path}: {result.why}; not taken in")
                self._counts["files:lost"] += 1
            else:
                self._left[file.path] -= 1
                parts = self._revisits.noted(result.task, file, result.parts)
                self._keep(file, parts, is_last=not self._left[file.path])

    def _take_waiting(self) -> None:
        """Revisits that go back to a record of a later file, now that all files were read."""
        self._revisits.index()
        for part, whole in self._revisits.settled(self._run):
            self._keep_part(part, whole)

    def _tasks(self, files: list[Input]) -> Iterator[Task]:
        for file in files:
            try:
                paths = self._places(file)
            except WarcError as error:
                self._problems.append(str(error))
                continue
            self._left[file.path] = len(paths)
            for path in paths:
                yield Task(path, self._name(path), self._run, file.path)

    def _places(self, file: Input) -> Sequence[Path]:
        directory = self._archive.warc_dir
        if file.kind is Kind.WACZ:
            self._check_room(file.size)
            found = unpacked(file, directory)
            self._problems += found.problems
            return found.paths
        if self._options.copy:
            self._check_room(file.size)
        return [placed(file, directory, copy=self._options.copy)]

    def _check_room(self, more: int = 0) -> None:
        """Raises DiskFullError when less than the low-water mark would be left after so many
        ``more`` bytes."""
        check_room(self._archive.data, low_water() + more)

    def _name(self, path: Path) -> str:
        root = self._archive.warc_dir.resolve()
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

    def _take_loose(self, files: list[Input]) -> None:
        if not files:
            return
        info = {"isPartOf": f"{self._site}, run {self._run}"}
        with WarcWriter(self._archive.warc_dir, prefix="backfill", info=info) as writer:
            shelf = Shelf(self._store, writer, self._site, self._run)
            for file in files:
                part = keep_loose(shelf, file)
                writer.sync()
                self._keep(file, [part])
            self._files += tuple(writer.files)

    def _take_wayback(self, wayback: Wayback) -> None:
        """Keep what a service holds and the archive does not, a few captures at a time."""
        kept = {
            (row.url, row.captured_at.replace(microsecond=0))
            for row in self._store.captures(self._site)
        }
        with WarcWriter(self._archive.warc_dir, prefix="wayback") as writer:
            part = Part()
            for capture in wayback.captures(kept, self._problems.append):
                add_capture(part, self._run, capture, writer.write(capture))
                if len(part.rows) >= WAYBACK_PART:
                    writer.sync()
                    self._keep_part(part, None)
                    part = Part()
            writer.sync()
            self._keep_part(part, None)
            self._files += tuple(writer.files)

    def _keep(self, file: Input, parts: Iterable[Part], *, is_last: bool = True) -> None:
        """Keep parts of ``file``, each when the next one is there; with the last one of the last
        member, the file is listed as taken in."""
        captures = problems = 0
        before: Part | None = None
        for part in parts:
            if before is not None:
                self._keep_part(before, None)
            before = part
            captures += len(part.rows)
            problems += len(part.problems)
        if before is not None:
            whole = Intake(str(file.path), file.size, file.modified, captures, problems)
            # With revisits that wait it is listed when they are in, too.
            is_whole = is_last and not self._revisits.is_waiting(file, whole)
            self._keep_part(before, whole if is_whole else None)
        if is_last:
            self._counts["files"] += 1
            self._bytes += file.size
        self.show()

    def _keep_part(self, part: Part, whole: Intake | None) -> None:
        self._learn_hosts(part)
        self._counts["captures:new"] += self._store.intakes.add(
            self._site, self._run, part.rows, whole
        )
        self._counts["captures"] += len(part.rows)
        self._problems += part.problems
        self.show()
        self.go_on()

    def go_on(self) -> None:
        """Raises StoppedError when a signal asked to stop, DiskFullError when little room is
        left: what was taken in so far is kept, and the next backfill goes on behind it."""
        if self._options.stop.is_asked:
            raise StoppedError(self._options.stop.exit_code)
        self._check_room()

    def step(self, done: int, total: int) -> None:
        """A part of the site pass is done: what was taken in is kept, should it end here; the next
        backfill makes the pass. Raises as ``go_on``."""
        self.go_on()
        self.show(done, total)

    def _known_hosts(self) -> set[str]:
        site = self._store.site(self._site)
        return {*site.official, *site.mirrors}

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

    def show(self, steps: int = 0, of_steps: int = 0) -> None:
        """Tell how far it has come; in the site pass, by its steps."""
        inputs = self._found.inputs
        self._options.progress(
            Progress(
                files=self._counts["files"] + self._counts["files:known"],
                of_files=len(inputs),
                bytes=self._bytes,
                of_bytes=sum(file.size for file in inputs),
                captures=self._counts["captures"],
                problems=len(self._problems),
                steps=steps,
                of_steps=of_steps,
            )
        )

    def report(self, derived: DeriveReport | None, error: BaseException | None) -> BackfillReport:
        """Keep the run's report, and give the operator's."""
        tally = Tally(
            run=self._run,
            site=self._site,
            began=self._began,
            counts=self._counts,
            problems=self._problems,
            notes=self._notes,
            warc_files=self._files,
            passed_over=self._found.passed_over,
        )
        return keep_report(self._store, tally, derived, error)


def _is_known(known: Intake | None, file: Input) -> bool:
    return known is not None and (known.size, known.modified) == (file.size, file.modified)
