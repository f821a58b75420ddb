"""``palimpsest clean``: derive the articles again from the WARCs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.index_told import steps_shown
from archive.cli.options import common_options, open_existing
from archive.cli.output import note
from archive.errors import UsageError, WarcError
from archive.messages.language import explained, say
from archive.messages.printable import printable

if TYPE_CHECKING:
    from archive.progress import Show
    from archive.runs.stopping import Stop
    from archive.sitepass.report import DeriveReport


@click.command(cls=Help, help="clean.help")
@click.option("--site", metavar="NAME", help="clean.site")
@click.option("--reindex", is_flag=True, help="clean.reindex")
@common_options
def clean(site: str | None, reindex: bool, data: Path) -> int:
    """Make the site pass for one site or all; the exit code tells of captures that no WARC gave.
    A signal ends it in good order."""
    from archive.frugal import give_back_memory
    from archive.lock import locked
    from archive.progress import shown
    from archive.runs.stopping import stoppable
    from archive.runs.unreported import no_news
    from archive.sitepass.derive import derive

    if reindex and site:
        raise UsageError(say("clean.reindex_of_all"))
    unread = 0
    give_back_memory()
    # The archive is closed before signals are as they were: its index may take long.
    with stoppable() as stop, open_existing(data) as archive, locked(data), shown() as show:
        store = archive.store
        store.let_index(stop.go_on)
        store.frontier.let_wait(stop.go_on)
        if reindex:
            store.watch_index(steps_shown(show))
            click.echo(say("clean.reindexed", articles=store.reindex()))
            return 0
        names = [store.site(site).name] if site else [known.name for known in store.sites()]
        for name in names:
            stop.go_on()
            # A machine that shares the database may be making them, or about to tell of them.
            with store.frontier.one_reader(name), no_news(store, name):
                report = derive(archive, name, on_steps=_shower(show, name, stop), anew=True)
            _tell(name, report)
            unread += len(report.unread)
    return WarcError.exit_code if unread else 0


def _tell(site: str, report: DeriveReport) -> None:
    for line in report.unread:
        note(printable(f"palimpsest: {explained(line)}"))
    changes = report.changes
    click.echo(
        say(
            "clean.done",
            site=printable(site),
            pages=report.pages,
            articles=report.articles,
            new=changes.get("new", 0),
            changed=changes.get("changed", 0),
            removed=changes.get("removed", 0),
        )
    )


def _shower(show: Show, site: str, stop: Stop) -> Callable[[int, int], None]:
    from archive.progress import State

    text = say("clean.progress", site=printable(site))

    def shown(done: int, total: int) -> None:
        stop.go_on()
        show(State(done, total, text))

    return shown
