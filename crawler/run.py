"""One crawl from beginning to end: lock, recover, walk, derive, report.

It promises that whatever ends a crawl (the end of the site, a signal, a full disk), what was
fetched stays, the WARC files are whole, and the run's report tells the truth in its exit code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from scrapy.settings import BaseSettings, Settings

from archive import fatal
from archive.errors import (
    ConfigurationError,
    OlderProgramError,
    PalimpsestError,
    StoppedError,
    StoreLostError,
    WarcMissingError,
)
from archive.lock import is_beside_others, locked
from archive.model import RunReport, Site
from archive.profiles import selectors_of
from archive.runs import unreported
from archive.runs.changes import compared, snapshot
from archive.runs.clock import AHEAD, run_ahead
from archive.runs.dead import bury_dead
from archive.runs.disk import check_room
from archive.runs.ending import begin_run, end_run
from archive.runs.lost import begun_again
from archive.runs.rereading import (
    LEFT,
    READ_AGAIN,
    going_on,
    is_left,
    is_made_elsewhere,
    read_again,
)
from archive.runs.stopping import Stop, stoppable
from archive.runs.wrong_clock import PUT_RIGHT, put_right
from archive.sitepass.gone import is_trusted
from archive.steady import elapsed
from archive.store import Archive, open_archive
from archive.warc import recover
from archive.warc.recovery import RUNNING
from crawler.canonical import host_of
from crawler.closing import End, report_of, unreachable
from crawler.guard import Guard
from crawler.job import Job
from crawler.keeper import Keeper
from crawler.language import words
from crawler.plan import Plan, plan_of, start_url
from crawler.politeness import Politeness
from crawler.process import walk
from crawler.report import Tally
from crawler.revisit import Policy
from crawler.traps import Traps
from crawler.waking import wake

if TYPE_CHECKING:
    from archive.sitepass.report import DeriveReport

Progress = Callable[[Tally], None]


OTHERS_GO_ON = "other processes are still at this site; the last one makes its articles"


class Run:
    """An open archive with one run in it, around the time that Scrapy works.

    Making one locks the data directory, mends what a dead run left, and begins the run. Raises
    LockedError, DataDirectoryError, StoreError, ConfigurationError (the site's profile may be one
    that is wrong), StoppedError when a signal in ``stop`` ends the wait for another machine.
    """

    def __init__(
        self,
        plan: Plan,
        settings: BaseSettings,
        progress: Progress | None = None,
        stop: Stop | None = None,
    ) -> None:
        self._stack = ExitStack()
        self._plan = plan
        self._started = datetime.now(UTC)
        self._notes: list[str] = []
        self._ended: str | None = None
        self._clock_late = timedelta(0)
        self._is_reported = False
        try:
            self._stack.enter_context(locked(plan.data, again=plan.is_locked))
            check_room(plan.data)
            # A wrong profile would end the site pass: it is to be said before the walk.
            selectors_of(plan.data, plan.name)
            self._derives = _derives(settings)
            self.archive: Archive = self._stack.enter_context(open_archive(plan.data, create=True))
            self.archive.store.frontier.let_wait((stop or Stop()).go_on)
            self.job = self._open(plan, settings, progress)
        except BaseException:
            self._stack.close()
            raise

    def _open(self, plan: Plan, settings: BaseSettings, progress: Progress | None) -> Job:
        store = self.archive.store
        recovered = recover(self.archive.warc_dir)
        fatal.watch(self.archive.data)
        self._stack.callback(fatal.end)
        self._notes += [line for line in recovered if not _is_of_another(line)]
        policy = Policy.of(settings)
        # Before it is asked what the archive has of each page, and what may rest.
        self._put_right(plan.name)
        site = wake(self.archive, plan, policy)
        runs = store.runs(site.name)
        has_past = bool(runs)
        if ahead := run_ahead(runs, self._started):
            self._notes.append(words(AHEAD).format(**ahead))
        self._notes += bury_dead(store, site.name)
        self._beside = going_on(store, site.name)
        run = begin_run(self.archive, site.name, plan.kind, walks=True)
        # Not before: a process that was alone with the site has told of it when this one may begin.
        unreported.begin(store, site.name)
        guard = Guard(site)
        job = Job(
            archive=self.archive,
            site=site,
            run=run,
            starts=plan.starts(),
            guard=guard,
            traps=Traps(settings.getint("PALIMPSEST_HOST_PAGES")),
            politeness=Politeness(
                delay=settings.getfloat("DOWNLOAD_DELAY"),
                max_delay=settings.getfloat("PALIMPSEST_MAX_DELAY"),
            ),
            keeper=Keeper(
                self.archive.warc_dir,
                guard,
                prefix=warc_prefix(site.name, run),
                info=_warc_info(site, run, settings),
                max_bytes=settings.getint("PALIMPSEST_WARC_BYTES"),
            ),
            tally=Tally(),
            policy=policy,
            has_past=has_past,
            derives=self._derives,
            named=Guard(plan.site()),
            # Where a site pass has judged what is the institute's, none is shown before the next.
            shows=store.edition(site.name) is None,
            max_pages=plan.max_pages,
            deadline=elapsed() + plan.max_seconds if plan.max_seconds else None,
            max_tries=settings.getint("PALIMPSEST_MAX_TRIES"),
            on_progress=progress,
        )
        self._stack.callback(job.keeper.close)
        return job

    def _is_trusted(self) -> bool:
        """May this run say that a page is gone?"""
        tally = self.job.tally
        judged = tally.judged()
        no_robots = tally.failures["robots-unreachable"]
        is_walked = unreachable(self.job) is None and not no_robots
        return is_walked and is_trusted(judged["asked"], judged["failed"])

    def read_again(self, stop: Stop | None = None) -> None:
        """Before the walk, where another edition of the program made the articles: read them as
        this one does, so that what it reads otherwise is not told as a change. A signal in
        ``stop`` ends that: the next run then does it. It takes none of the walk's time."""
        if not self.job.derives:
            return
        began = elapsed()
        self.archive.store.let_index((stop or Stop()).go_on)
        # What files cannot be read is said at the end, when the articles are to be made.
        with suppress(StoppedError, WarcMissingError):
            told = read_again(self.archive, self.job.site.name, _while_let(stop or Stop()))
            if told is not None:
                self._notes.append(words(READ_AGAIN).format(**told))
        self.job.postpone(elapsed() - began)

    def closed(self, reason: str) -> None:
        """Scrapy's reason for the end of the walk."""
        self._ended = reason

    def finish(self, stop: Stop | None = None) -> RunReport:
        """Close the WARC file, make the site pass, bring the search index up to date, keep the
        report, and give it back. ``stop`` says which signal ended the walk, or ends what comes
        behind it: the next run then makes it.

        Raises SiteUnreachableError when no start address gave a page, OlderProgramError where the
        articles are left to a later program, WarcMissingError where files that they are read from
        are not there, or what ended the run; the report is kept in any case.
        """
        job, stop = self.job, stop or Stop()
        job.keeper.close()
        self.archive.store.let_index(stop.go_on)
        interrupted = self._ended != "finished"
        failure: PalimpsestError | None = job.fatal
        failure = failure or (None if interrupted else unreachable(job))
        derived = None
        if job.fatal is None and not interrupted:
            self._put_right(job.site.name, job.run)
            try:
                derived = self._derived(stop)
                if derived is not None:
                    # Before the report, so that what ends this is the end that it tells.
                    self.archive.store.bring_index()
            except StoppedError:
                interrupted = True
            except (OlderProgramError, WarcMissingError) as error:
                failure = failure or error
        changes = None
        if derived is not None:
            store = self.archive.store
            before = unreported.as_reported(store, job.site.name)
            changes = compared(before, snapshot(store, job.site.name))
        end = self._end(stop, changes, interrupted=interrupted)
        report = report_of(job, derived, failure, end, self._notes)
        began, ended = report.started + self._clock_late, report.ended + self._clock_late
        report = replace(report, started=began, ended=ended)
        self._is_reported = True
        end_run(self.archive, report)
        if failure is not None:
            raise failure
        return report

    def _put_right(self, site: str, mine: int | None = None) -> None:
        for run, by in put_right(self.archive, site, mine).items():
            hours = f"{-by / timedelta(hours=1):+,.1f}"
            self._notes.append(words(PUT_RIGHT).format(run=run, hours=hours))
            self._clock_late += by if run == mine else timedelta(0)

    def _derived(self, stop: Stop) -> DeriveReport | None:
        """Make the articles; None where another process does. Raises StoppedError when a signal
        ended that, OlderProgramError where a later program is to do it, and none is there."""
        store, site = self.archive.store, self.job.site.name
        if self._is_left():
            return None
        if not store.frontier.is_last(site):
            self._notes.append(words(OTHERS_GO_ON))
            return None
        # Until the report is kept: a backfill on another machine may make them, too.
        self._stack.enter_context(unreported.telling(store, site))
        # Those of another edition that were waited for may have made them.
        if not self.job.derives or self._is_left():
            return None
        # Not before it is needed: a walk needs nothing of it.
        from archive.sitepass.derive import derive

        trusted = self.job.run if self._is_trusted() else None
        # Also where the official host is gone: what mirrors gave is all the more wanted.
        return derive(self.archive, site, trusted, on_steps=_while_let(stop))

    def _is_left(self) -> bool:
        """Are the articles left to another edition of the program? It is said, too."""
        store, job = self.archive.store, self.job
        if not (job.derives and is_left(store, job.site.name)):
            return False
        if not is_made_elsewhere(store, job.run, job.site.name, self._beside):
            raise OlderProgramError(LEFT)
        self._notes.append(LEFT)
        return True

    def _end(
        self,
        stop: Stop | None = None,
        changes: Mapping[str, int] | None = None,
        *,
        interrupted: bool = False,
    ) -> End:
        return End(self._plan, self._started, interrupted, stop or Stop(), changes or {})

    def close(self) -> None:
        """Let go of the archive and the lock."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None and not self._is_reported:
            # What ended the run is to be told, not that its report could not be kept.
            with suppress(PalimpsestError):
                end_run(self.archive, report_of(self.job, None, error, self._end(), self._notes))
        # What is closed hears of the error, too.
        self._stack.__exit__(kind, error, trace)


def _derives(settings: BaseSettings) -> bool:
    try:
        return settings.getbool("PALIMPSEST_DERIVE")
    except ValueError:
        value = str(settings.get("PALIMPSEST_DERIVE"))[:40]
        raise ConfigurationError(f"PALIMPSEST_DERIVE is {value!r}; write 0 or 1") from None


def _is_of_another(line: str) -> bool:
    """Whether a line says that a file is being written which another site's walk writes."""
    return is_beside_others() and line.endswith(RUNNING)


def _while_let(stop: Stop) -> Callable[[int, int], None]:
    """Looked at behind each step of the site pass. Raises StoppedError when a signal has come."""

    def go_on(done: int, total: int) -> None:
        if stop.is_asked:
            raise StoppedError(stop.exit_code)

    return go_on


def crawl_site(
    data: Path,
    urls: Iterable[str],
    mirrors: Iterable[str] = (),
    name: str | None = None,
    max_pages: int | None = None,
    *,
    unverified: Iterable[str] = (),
    progress: Progress | None = None,
    lost: Callable[[StoreLostError], None] = lambda error: None,
) -> RunReport:
    """Walk a site and its mirrors into the archive in ``data``, and derive its articles.

    The first time everything is new; the next time is a new night: pages are asked for again. A
    run that was cut short is gone on with, also where a database server went away that was there
    at the beginning, and has come back; ``lost`` hears of it. Hosts in ``unverified`` are read
    whatever their certificates are. Raises UsageError (an address that is none), LockedError,
    DataDirectoryError, StoreError, SiteUnreachableError (no start address gave a page).
    """
    plan = plan_of(data, urls, mirrors, name, max_pages)
    lenient = [host_of(start_url(host)) for host in unverified]
    with stoppable() as stop, locked(data):
        # What a wrong address reaches is told at once, not waited for.
        open_archive(data, create=True).close()
        held = replace(plan, is_locked=True)
        return begun_again(
            lambda: crawl_plan(held, crawl_settings(lenient), stop, progress), data, stop, lost
        )


def crawl_plan(
    plan: Plan, settings: Settings, stop: Stop, progress: Progress | None = None
) -> RunReport:
    """The same for a plan. A signal ends the walk in good order; ``stop`` then says which."""
    with Run(plan, settings, progress, stop) as run:
        run.read_again(stop)
        walk(run, settings, stop)
        return run.finish(stop)


def crawl_settings(unverified: Iterable[str] = ()) -> Settings:
    """The project's settings, wherever the process was started; ``unverified`` hosts are read
    whatever their certificates are."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    if hosts := list(unverified):
        settings.set("PALIMPSEST_UNVERIFIED_HOSTS", hosts, priority="cmdline")
    return settings


def warc_prefix(site: str, run: int) -> str:
    """A file name's beginning that is safe on every file system and tells site and run."""
    safe = re.sub(r"[^A-Za-z0-9.]+", "-", site).strip(".-")[:60] or "site"
    return f"{safe}-run{run}"


def _warc_info(site: Site, run: int, settings: BaseSettings) -> dict[str, str]:
    operator = settings.get("PALIMPSEST_OPERATOR")
    return {
        **({"operator": operator} if operator else {}),
        "robots": "rfc9309",
        "http-header-user-agent": settings["USER_AGENT"],
        "isPartOf": f"{site.name}, run {run}",
        "description": "official: "
        + " ".join(site.official)
        + "; mirrors: "
        + " ".join(site.mirrors),
    }
