"""``palimpsest export``: every article that passes the filters, for other programs."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, filter_options, open_existing
from archive.cli.output import note
from archive.errors import DataDirectoryError, DiskFullError
from archive.export import FORMATS, whole_file

if TYPE_CHECKING:
    from archive.store import Filters

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@click.command(cls=Help, help="export.help")
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(FORMATS)),
    default="jsonl",
    show_default=True,
    help="option.format",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH", help="option.output")
@filter_options
@common_options
def export(form: str, output: Path | None, filters: Filters, data: Path) -> None:
    """Write the articles."""
    write = FORMATS[form]
    with open_existing(data) as archive:
        if filters.site is not None:
            archive.store.site(filters.site)
        articles = archive.store.articles(filters=filters)
        if output is None or str(output) == "-":
            count = write(articles, sys.stdout.buffer)
        else:
            try:
                with whole_file(output) as target:
                    count = write(articles, target)
            except OSError as error:
                kind = DiskFullError if error.errno in _NO_ROOM else DataDirectoryError
                why = error.strerror or str(error)
                raise kind(say("export.not_written", path=output, why=why)) from error
    note(say("export.count", count=count, where=output or say("export.stdout")))
