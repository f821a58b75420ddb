"""``palimpsest backfill``: take in what exists elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.options import common_options, open_or_make
from archive.cli.output import note, tell_lost
from archive.cli.site_names import check_site_name
from archive.cli.values import GivenPath
from archive.errors import UsageError
from archive.messages.language import evidenced, explained, say
from archive.messages.printable import printable

if TYPE_CHECKING:
    from archive.backfill.report import BackfillReport, Progress
    from archive.backfill.wayback import Wayback
    from archive.backfill.workers import Workers
    from archive.progress import Show
    from archive.runs.stopping import Stop
    from archive.sitepass.workers import Readers
    from archive.store import Archive

NEW_SITE = "backfill"
"""What a site is called that nobody has named."""


@click.command(cls=Help, help="backfill.help")
@click.argument(
    "sources", nargs=-1, required=True, type=GivenPath(readable=False), metavar="PATH|URL…"
)
@click.option("--site", metavar="NAME", help="backfill.site")
@click.option("--mirror", "mirrors", multiple=True, metavar="HOST", help="backfill.mirror")
@click.option("--wayback", metavar="URL", help="backfill.wayback")
@click.option("--copy", is_flag=True, help="backfill.copy")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="backfill.jobs",
)
@click.option("--scheduler", metavar="tcp://…", help="backfill.scheduler")
@click.option("--digest", is_flag=True, help="backfill.digest")
@common_options
def backfill(
    sources: tuple[str, ...],
    site: str | None,
    mirrors: tuple[str, ...],
    wayback: str | None,
    copy: bool,
    jobs: int | None,
    scheduler: str | None,
    digest: bool,
    data: Path,
) -> int:
    """Take in ``sources``, say what came of it; the exit code tells of broken records."""
    from archive.backfill.inputs import check_named
    from archive.backfill.run import BackfillOptions
    from archive.backfill.run import backfill as take_in
    from archive.export.digest import digest_of
    from archive.frugal import give_back_memory
    from archive.lock import LOCK_NAME, locked
    from archive.progress import shown
    from archive.runs.lost import begun_again
    from archive.runs.stopping import stoppable

    # Before anything is made for a command that is none.
    check_site_name(data, site)
    service = _wayback(wayback, sources)
    paths = [Path(source) for source in sources if not _is_address(source)]
    check_named(paths)
    give_back_memory()
    with stoppable() as stop, shown() as show:
        if not (data / LOCK_NAME).exists():
            _check_any(service, paths, stop, show)
            _check_cluster(scheduler)
        options = BackfillOptions(
            copy=copy,
            wayback=service,
            mirrors=mirrors,
            workers=_workers(jobs or 1, scheduler),
            processes=jobs,
            readers=_readers(scheduler),
            stop=stop,
            progress=_shower(show),
        )

        def taken_in() -> tuple[BackfillReport, str | None]:
            with open_or_make(data) as archive:
                report = take_in(archive, paths, site or _only_site(archive), options)
                return report, digest_of(archive.store.articles(report.site)) if digest else None

        with locked(data):
            # What a wrong address reaches is told at once, not waited for.
            open_or_make(data).close()
            report, total = begun_again(taken_in, data, stop, tell_lost)
    _tell(report)
    if total is not None:
        click.echo(say("backfill.digest_is", digest=total))
    return report.exit_code


def _check_any(service: Wayback | None, paths: Sequence[Path], stop: Stop, show: Show) -> None:
    """Raises where nothing at all can be taken in: of files, or else of the service."""
    from archive.backfill.asking import Asker
    from archive.backfill.inputs import check_any
    from archive.backfill.report import Progress

    if service is None:
        check_any(paths)
    elif not paths:
        told, begun = _shower(show), Progress(0, 0, 0, 0, 0, 0)
        service.check_any(Asker(stop.go_on, lambda left: told(replace(begun, waits=left))))


def _check_cluster(scheduler: str | None) -> None:
    """Raises where there is no such cluster, or it has no worker."""
    if scheduler is not None:
        from archive.backfill.cluster import connected

        with connected(scheduler):
            return


def _is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def _wayback(service: str | None, sources: tuple[str, ...]) -> Wayback | None:
    from archive.backfill.wayback import Service, Wayback

    urls = tuple(source for source in sources if _is_address(source))
    if bool(urls) != bool(service):
        raise UsageError(say("backfill.wayback_needs"))
    return Wayback(Service.at(service), urls) if service else None


def _workers(jobs: int, scheduler: str | None) -> Workers:
    if scheduler is not None:
        from archive.backfill.cluster import on_cluster

        return on_cluster(scheduler)
    from archive.backfill.workers import in_processes, one_after_another

    return one_after_another if jobs == 1 else in_processes(jobs)


def _readers(scheduler: str | None) -> Readers:
    if scheduler is not None:
        from archive.backfill.cluster_pages import pages_on_cluster

        return pages_on_cluster(scheduler)
    from archive.sitepass.workers import workers_of

    return workers_of


def _tell(report: BackfillReport) -> None:
    for problem in report.problems:
        note(printable(f"palimpsest: {explained(problem)}"))
    for line in report.answerless:
        note(printable(f"palimpsest: {evidenced(line)}"))
    if report.passed_over:
        note(say("backfill.passed_over", count=report.passed_over))
    changes = report.derived.changes
    click.echo(
        say(
            "backfill.done",
            files=report.files,
            known=report.known,
            captures=report.captures,
            new_captures=report.new,
            site=printable(report.site),
            articles=report.derived.articles,
            new=changes.get("new", 0),
            changed=changes.get("changed", 0),
        )
    )


def _only_site(archive: Archive) -> str:
    known = [site.name for site in archive.store.sites()]
    if len(known) > 1:
        raise UsageError(say("backfill.which_site", sites=", ".join(known)))
    return known[0] if known else NEW_SITE


def _shower(show: Show) -> Callable[[Progress], None]:
    from archive.progress import State

    began = time.monotonic()

    def shown(now: Progress) -> None:
        if now.of_steps:
            text = say("backfill.pass", captures=f"{now.captures:,}", problems=now.problems)
            show(State(now.steps, now.of_steps, text))
            return
        if now.waits:
            text = say("backfill.waits", captures=f"{now.captures:,}", seconds=f"{now.waits:,.0f}")
            show(State(0, 0, text))
            return
        seconds = max(time.monotonic() - began, 0.001)
        text = say(
            "backfill.progress",
            files=now.files,
            of_files=now.of_files,
            captures=f"{now.captures:,}",
            rate=f"{now.captures / seconds:,.0f}",
            problems=now.problems,
        )
        show(State(now.bytes, now.of_bytes, text))

    return shown
