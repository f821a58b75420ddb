"""``palimpsest verify``: WARC files, digests, store: do they still agree."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, open_existing
from archive.cli.output import printable
from archive.errors import StoreError, WarcError


@click.command(cls=Help, help="verify.help")
@click.option("--site", metavar="NAME", help="option.site")
@common_options
def verify(site: str | None, data: Path) -> None:
    """Print what does not agree; WarcError or StoreError when anything does not."""
    from archive.verify import verify as look

    total = bad = 0
    with open_existing(data) as archive:
        for finding in look(archive, site):
            total += 1
            if finding.problem is not None:
                bad += 1
                click.echo(printable(f"{finding.row.url}\t{finding.problem}"))
        differing = sum(1 for _ in archive.store.index_differences())
    if bad:
        raise WarcError(say("verify.failed", bad=bad, total=total))
    if differing:
        raise StoreError(say("verify.index", count=differing))
    click.echo(say("verify.done", good=total, total=total))
