"""``palimpsest verify``: WARC files, digests, store: do they still agree."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, open_existing
from archive.cli.output import note, note_progress, printable
from archive.errors import StoreError, WarcError


@click.command(cls=Help, help="verify.help")
@click.option("--site", metavar="NAME", help="option.site")
@click.option("--repair", is_flag=True, help="verify.repair")
@common_options
def verify(site: str | None, repair: bool, data: Path) -> None:
    """Print what does not agree; WarcError or StoreError when anything does not."""
    from archive.evidence.repair import repair as mend
    from archive.evidence.verify import verify as look

    with open_existing(data) as archive:
        if repair:
            done, found = mend(archive, site, note_progress)
            for line in done:
                click.echo(printable(say("verify.mended", what=line)))
        else:
            found = look(archive, site, note_progress)
        differing = sum(1 for _ in archive.store.index_differences())
    for one in found.findings:
        click.echo(printable(f"{one.where}\t{one.problem}"))
    for line in found.notes:
        note(printable(line))
    counts = {"files": found.files, "records": found.records, "captures": found.captures}
    if found.findings:
        raise WarcError(say("verify.failed", bad=len(found.findings), **counts))
    if differing:
        raise StoreError(say("verify.index", count=differing))
    click.echo(say("verify.done", **counts))
