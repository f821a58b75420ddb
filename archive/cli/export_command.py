"""``palimpsest export``: every article that passes the filters, for other programs."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options, filter_options, open_existing
from archive.cli.output import note
from archive.errors import DataDirectoryError, DiskFullError, UsageError
from archive.export import FORMATS, whole_file
from archive.export.bag import write_bag

if TYPE_CHECKING:
    from archive.model import Article
    from archive.store import Archive, Filters

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


BAG = "bagit"


@click.command(cls=Help, help="export.help")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option(
    "--format",
    "form",
    type=click.Choice((*FORMATS, BAG)),
    default="jsonl",
    show_default=True,
    help="option.format",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="PATH", help="option.output")
@filter_options
@common_options
def export(
    words: tuple[str, ...], form: str, output: Path | None, filters: Filters, data: Path
) -> None:
    """Write the articles."""
    with open_existing(data) as archive:
        if filters.site is not None:
            archive.store.site(filters.site)
        articles = archive.iterate(" ".join(words), filters)
        if output is None or str(output) == "-":
            count = _to_standard_output(form, articles)
        else:
            count = _to_path(archive, form, articles, output)
    note(say("export.count", count=count, where=output or say("export.stdout")))


def _to_standard_output(form: str, articles: Iterator[Article]) -> int:
    if form == BAG:
        raise UsageError(say("export.bag_needs_path"))
    return FORMATS[form](articles, sys.stdout.buffer)


def _to_path(archive: Archive, form: str, articles: Iterator[Article], output: Path) -> int:
    try:
        if form == BAG:
            return write_bag(articles, archive.warc_dir, output)
        with whole_file(output) as target:
            return FORMATS[form](articles, target)
    except OSError as error:
        kind = DiskFullError if error.errno in _NO_ROOM else DataDirectoryError
        why = error.strerror or str(error)
        raise kind(say("export.not_written", path=output, why=why)) from error
