"""A backfill from beginning to end: find the files, read them, keep their captures, derive.

Articles are made by the site pass alone, so that its counts say what is new since before the run,
and a resumed run counts as one that was never stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.backfill.asking import Asker, ServiceError
from archive.backfill.inputs import Input, Kind, find_inputs
from archive.backfill.keeping import Keeping, Listeners
from archive.backfill.loose import Shelf, keep_loose, together
from archive.backfill.packages import unpacked
from archive.backfill.placing import placed
from archive.backfill.reading import Part, Task, add_capture
from archive.backfill.report import BackfillReport, Progress
from archive.backfill.revisits import Revisits
from archive.backfill.wayback import Wayback
from archive.backfill.workers import Lost, Workers, one_after_another
from archive.errors import PalimpsestError, StoppedError, WarcError
from archive.model import Site
from archive.profiles import selectors_of
from archive.runs import unreported
from archive.runs.dead import bury_dead
from archive.runs.disk import check_room
from archive.runs.rereading import LEFT, READ_AGAIN, is_left, read_again
from archive.runs.stopping import Stop
from archive.sitepass.derive import derive
from archive.sitepass.report import DeriveReport
from archive.sitepass.workers import Readers, workers_of
from archive.store import Archive
from archive.warc import WarcWriter, recover
from archive.warc.storage import storage_errors

WAYBACK_PART = 20
"""Captures of a service that are kept together: so many may be asked for again after a kill."""


@dataclass(frozen=True, slots=True)
class BackfillOptions:
    """How to take in. ``copy``: WARC files into the archive instead of referring to them where
    they are; ``wayback``: what a service holds as well; ``mirrors``: hosts that are mirrors;
    ``workers``: who reads the files, ``processes`` how many read the pages in the site pass (unless
    named, as many as there are processors), ``readers`` gives them; ``derives``: whether the site
    pass is made, which `palimpsest clean` makes too; ``stop``: looked at between two parts."""

    copy: bool = False
    wayback: Wayback | None = None
    mirrors: tuple[str, ...] = ()
    workers: Workers = one_after_another
    processes: int | None = None
    readers: Readers = workers_of
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
    room is left than the low-water mark, ConfigurationError when the site's profile may be one that
    is wrong, StoppedError when a signal ended it in good order,
    ServiceError when a service does not answer.
    """
    found = find_inputs(paths)
    check_room(archive.data)
    # A wrong profile would end the site pass: it is to be said before the files are read.
    selectors_of(archive.data, site_name)
    wishes = options or BackfillOptions()
    archive.store.let_index(wishes.stop.go_on)
    archive.store.frontier.let_wait(wishes.stop.go_on)
    archive.store.put_site(_site(archive, site_name, wishes.mirrors))
    notes = [*recover(archive.warc_dir), *bury_dead(archive.store, site_name)]
    keeping = Keeping(archive, site_name, found, Listeners(wishes.stop, wishes.progress), notes)
    unreported.begin(archive.store, site_name)
    derived = None
    with ExitStack() as told_alone:
        try:
            if wishes.derives:
                again = read_again(archive, site_name, keeping.step)
                notes += [READ_AGAIN.format(**again)] if again else []
            _Intake(archive, site_name, wishes, keeping).take_all()
            keeping.go_on()
            if wishes.derives:
                told_alone.enter_context(unreported.telling(archive.store, site_name))
                derived = _derived(archive, site_name, wishes, keeping, notes)
            if derived is not None:
                # Before the report, so that what ends this is the end that it tells.
                archive.store.bring_index()
        except BaseException as error:
            # What ended the run is to be told, not that its report could not be kept.
            with suppress(PalimpsestError):
                # A second signal leaves no time to tell what changed: the next run does.
                keeping.report(derived if isinstance(error, StoppedError) else None, error)
            raise
        return keeping.report(derived, None)


def _derived(
    archive: Archive, site: str, wishes: BackfillOptions, keeping: Keeping, notes: list[str]
) -> DeriveReport | None:
    if is_left(archive.store, site):
        notes.append(LEFT)
        return None
    return derive(archive, site, None, wishes.processes, keeping.step, wishes.readers)


def _site(archive: Archive, name: str, mirrors: tuple[str, ...]) -> Site:
    known = {site.name: site for site in archive.store.sites()}
    site = known.get(name, Site(name, official=()))
    return replace(
        site,
        official=tuple(host for host in site.official if host not in mirrors),
        mirrors=tuple(dict.fromkeys((*site.mirrors, *mirrors))),
    )


class _Intake:
    """What is taken in, one kind of input after the other."""

    def __init__(
        self, archive: Archive, site: str, options: BackfillOptions, keeping: Keeping
    ) -> None:
        self._archive, self._store, self._site = archive, archive.store, site
        self._options, self._keeping = options, keeping
        self._left: Counter[Path] = Counter()
        """Members of a file that are still to be read."""
        self._revisits = Revisits(archive, site)

    def take_all(self) -> None:
        """Take in every file that is not known, then what a service holds."""
        fresh = self._keeping.fresh()
        packed = {Kind.WARC, Kind.WACZ}
        self._take_warcs([file for file in fresh if file.kind in packed])
        self._take_waiting()
        self._take_loose([file for file in fresh if file.kind not in packed])
        if self._options.wayback is not None:
            self._take_wayback(self._options.wayback)

    def _take_warcs(self, files: list[Input]) -> None:
        by_path = {file.path: file for file in files}
        for result in self._options.workers(self._tasks(files), self._keeping.go_on):
            file = by_path[result.task.origin]
            if isinstance(result, Lost):
                self._keeping.problems.append(f"{result.task.path}: {result.why}; not taken in")
                self._keeping.counts["files:lost"] += 1
                continue
            self._left[file.path] -= 1
            last = Part()

            def seen(parts: Iterable[Part]) -> Iterator[Part]:
                nonlocal last
                for part in parts:
                    last = part
                    yield part

            self._keeping.keep(
                file,
                self._revisits.noted(result.task, file, seen(result.parts)),
                is_last=not self._left[file.path],
                waits=self._revisits.is_waiting,
            )
            if last.is_void and file.kind is Kind.WACZ:
                self._take_away(result.task.path)

    def _take_away(self, path: Path) -> None:
        """A member of a package that came into the archive, and is no WARC file."""
        with storage_errors(path.parent):
            path.unlink(missing_ok=True)
        self._keeping.problems.append(f"{path}: is no WARC file, and was not kept")

    def _take_waiting(self) -> None:
        """Revisits that go back to a record of a later file, now that all files were read."""
        self._revisits.index()
        for part, whole in self._revisits.settled(self._keeping.run):
            self._keeping.keep_part(part, whole)

    def _tasks(self, files: list[Input]) -> Iterator[Task]:
        for file in files:
            try:
                paths = self._places(file)
            except WarcError as error:
                self._keeping.problems.append(str(error))
                continue
            self._left[file.path] = len(paths)
            for path in paths:
                yield Task(path, self._name(path), self._keeping.run, file.path)

    def _places(self, file: Input) -> Sequence[Path]:
        directory = self._archive.warc_dir
        if file.kind is Kind.WACZ:
            found = unpacked(file, directory, self._keeping.check_room, self._keeping.go_on)
            self._keeping.problems += found.problems
            return found.paths
        if self._options.copy or not file.can_be_pointed_at:
            self._keeping.check_room(file.size)
        return [placed(file, directory, copy=self._options.copy, go_on=self._keeping.go_on)]

    def _name(self, path: Path) -> str:
        root = self._archive.warc_dir.resolve()
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

    def _take_loose(self, files: list[Input]) -> None:
        if not files:
            return
        info = {"isPartOf": f"{self._site}, run {self._keeping.run}"}
        with WarcWriter(self._archive.warc_dir, prefix="backfill", info=info) as writer:
            shelf = Shelf(self._store, writer, self._site, self._keeping.run)
            for some in together(files):
                parts = [keep_loose(shelf, file) for file in some]
                shelf.sync()
                self._keeping.keep_files(zip(some, parts, strict=True))
            self._keeping.warc_files += tuple(writer.files)

    def _take_wayback(self, wayback: Wayback) -> None:
        """Keep what a service holds and the archive does not, a few captures at a time."""
        keeping, part = self._keeping, Part()
        kept = ((row.url, row.captured_at) for row in self._store.captures(self._site))
        asker = Asker(keeping.go_on, keeping.waits)
        found = wayback.captures(self._archive.data, kept, keeping.problems.append, asker)
        with WarcWriter(self._archive.warc_dir, prefix="wayback") as writer:
            try:
                for capture in found:
                    add_capture(part, keeping.run, capture, writer.write(capture))
                    if len(part.rows) >= WAYBACK_PART:
                        writer.sync()
                        done, part = part, Part()
                        keeping.keep_part(done, None)
            except (ServiceError, StoppedError):
                writer.sync()
                keeping.keep_rows(part)
                raise
            writer.sync()
            keeping.keep_part(part, None)
            keeping.warc_files += tuple(writer.files)
