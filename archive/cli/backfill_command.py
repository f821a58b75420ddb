"""``palimpsest backfill``: take in WARC files and texts from elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, open_or_make
from archive.cli.output import note, printable
from archive.errors import UsageError, WarcError

if TYPE_CHECKING:
    from archive.store import Archive

NEW_SITE = "backfill"
"""What a site is called that nobody has named."""


@click.command(cls=Help, help="backfill.help")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=click.Path(path_type=Path))
@click.option("--site", metavar="NAME", help="backfill.site")
@click.option("--copy", is_flag=True, help="backfill.copy")
@common_options
def backfill(paths: tuple[Path, ...], site: str | None, copy: bool, data: Path) -> int:
    """Take in ``paths``, say what came of it; the exit code tells of broken records."""
    from archive.backfill import backfill as take_in
    from archive.lock import locked

    with locked(data), open_or_make(data) as archive:
        name = site or _only_site(archive)
        report = take_in(archive, paths, name, copy=copy, progress=_progress)
    for problem in report.problems:
        note(printable(f"palimpsest: {problem}"))
    changes = report.derived.changes
    click.echo(
        say(
            "backfill.done",
            files=report.files,
            captures=report.captures,
            site=printable(report.site),
            articles=report.derived.articles,
            new=changes.get("new", 0),
            changed=changes.get("changed", 0),
        )
    )
    return WarcError.exit_code if report.problems else 0


def _only_site(archive: Archive) -> str:
    known = [site.name for site in archive.store.sites()]
    if len(known) > 1:
        raise UsageError(say("backfill.which_site", sites=", ".join(known)))
    return known[0] if known else NEW_SITE


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        note(printable(line))
