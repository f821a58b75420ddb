"""``palimpsest clean``: derive the articles again from the WARCs."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, open_existing
from archive.cli.output import note, printable
from archive.errors import WarcError


@click.command(cls=Help, help="clean.help")
@click.option("--site", metavar="NAME", help="clean.site")
@click.option("--reindex", is_flag=True, help="clean.reindex")
@common_options
def clean(site: str | None, reindex: bool, data: Path) -> int:
    """Make the site pass for one site or all; the exit code tells of captures that no WARC gave."""
    from archive.derive import derive
    from archive.lock import locked

    unread = 0
    with open_existing(data) as archive, locked(data):
        store = archive.store
        if reindex:
            click.echo(say("clean.reindexed", articles=store.reindex()))
            return 0
        for name in [store.site(site).name] if site else [known.name for known in store.sites()]:
            report = derive(archive, name)
            for line in report.unread:
                note(printable(f"palimpsest: {line}"))
            unread += len(report.unread)
            changes = report.changes
            click.echo(
                say(
                    "clean.done",
                    site=printable(name),
                    pages=report.pages,
                    articles=report.articles,
                    new=changes.get("new", 0),
                    changed=changes.get("changed", 0),
                    removed=changes.get("removed", 0),
                )
            )
    return WarcError.exit_code if unread else 0
