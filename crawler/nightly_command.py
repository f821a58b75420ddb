"""``palimpsest nightly``: all configured sites, incremental, locked, reported."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.options import common_options
from archive.cli.output import note
from archive.messages.language import explained
from archive.messages.printable import printable
from archive.messages.wording import filled
from archive.scheduling.units import MAX_JOBS
from crawler.language import words

if TYPE_CHECKING:
    from archive.model import RunReport
    from crawler.site_night import SiteNight

HELP = (
    "Crawl every site that has a profile in DATA/sites, one after the other (see --jobs).\n"
    "Asks only for what may have changed, keeps to each site's budget, writes reports. Made for "
    "a timer: the exit code tells how the night went."
)


@click.command(cls=Help, help=words(HELP))
@click.option(
    "--site",
    "names",
    multiple=True,
    metavar="NAME",
    help=words("Only this site; may be given several times."),
)
@click.option(
    "--jobs",
    type=click.IntRange(1, MAX_JOBS),
    default=1,
    show_default=True,
    metavar="N",
    help=words("Sites walked at a time, each by a process of its own."),
)
@common_options
def nightly(names: tuple[str, ...], jobs: int, data: Path) -> int:
    """Crawl the sites and say in a line each how it went; the exit code is the gravest."""
    from archive.runs.stopping import stoppable

    with stoppable() as stop:
        # Loading takes a second or more, and a signal that comes meanwhile is to be heard.
        from crawler.nightly import nightly as walk_all
        from crawler.progress import shown, sites_shown
        from crawler.site_night import exit_code_of

        if jobs > 1:
            with sites_shown() as on_sites:
                nights = walk_all(data, names, stop, told=_tell, jobs=jobs, on_sites=on_sites)
        else:
            with shown() as progress:
                nights = walk_all(data, names, stop, told=_tell, progress=progress)
    is_whole = all(night.is_begun for night in nights)
    return exit_code_of(nights) or (0 if is_whole else stop.exit_code)


def _tell(night: SiteNight) -> None:
    if night.error is not None:
        note(printable(f"palimpsest: {night.site}: {explained(str(night.error))}"))
    for line in night.untold:
        note(printable(f"palimpsest: {night.site}: {explained(line)}"))
    if night.report is not None:
        click.echo(printable(_line(night.site, night.report)))
    elif not night.is_begun:
        text = words("{site}: not begun, the night was stopped")
        click.echo(printable(text.format(site=night.site)))
    sys.stdout.flush()


def _line(site: str, report: RunReport) -> str:
    counts = report.counts
    line = words(
        "{site}: {outcome} (exit code {code}); {articles} {articles:article|articles}, {new} new, "
        "{changed} changed, {gone} gone"
    )
    if "change:new" not in counts:
        # The site pass was not made: nobody knows yet.
        line = words(
            "{site}: {outcome} (exit code {code}); {articles} {articles:article|articles} so far"
        )
    return filled(
        line,
        site=site,
        outcome=explained(report.outcome),
        code=report.exit_code,
        articles=counts.get("articles", 0),
        new=counts.get("change:new", 0),
        changed=counts.get("change:changed", 0),
        gone=counts.get("change:gone", 0),
    )
