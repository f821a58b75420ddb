"""``palimpsest export``: the articles that pass the filters, or their evidence, for others."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from archive.cli.group import Help
from archive.cli.options import common_options, filter_options, form_option, open_for
from archive.cli.output import note
from archive.cli.output_path import check_output
from archive.cli.search_hints import meant
from archive.cli.streams import has_output
from archive.cli.values import GivenPath
from archive.errors import DataDirectoryError, DiskFullError, RecordError, UsageError, WarcError
from archive.export import FORMATS, PACKAGES, whole_file
from archive.export.bag import write_bag
from archive.export.files import ended_in_order
from archive.messages.language import explained, say
from archive.messages.printable import printable
from archive.warc.storage import NO_ROOM

if TYPE_CHECKING:
    from archive.model import Article
    from archive.store import Archive, Filters


BAG = "bagit"
BINARY = frozenset({"parquet", "texts", *PACKAGES})
"""What would only disturb a terminal."""


@click.command(cls=Help, help="export.help")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@form_option(*FORMATS, *PACKAGES, BAG)
@click.option(
    "--output", "-o", type=GivenPath(path_type=Path), metavar="PATH", help="option.output"
)
@filter_options
@common_options
def export(
    words: tuple[str, ...], form: str, output: Path | None, filters: Filters, data: Path
) -> int:
    """Write the articles, or the captures that belong to them; the exit code tells of captures
    that no WARC gave."""
    unread: list[RecordError] = []
    query = " ".join(words)
    if form in BINARY and output is None and sys.stdout.isatty():
        raise UsageError(say("export.not_on_terminal", form=form))
    if (output is None or str(output) == "-") and not has_output():
        raise UsageError(say("export.no_output"))
    with open_for(data, filters) as archive:
        if output is not None and str(output) != "-":
            check_output(output, archive)
        query, filters = archive.store.saved.recalled(query, filters)
        articles = archive.iterate(query, filters)

        def write(target: BinaryIO) -> int:
            if form in FORMATS:
                return FORMATS[form](articles, target)
            from archive.export.packages import write_package

            named = bool(words) or replace(filters, site=None) != type(filters)()
            sites = None if named else [filters.site] if filters.site else []
            return write_package(form, archive, articles, sites, target, unread.append)

        is_bag = form == BAG
        count = _bag(archive, articles, output) if is_bag else _written(output, write)
        hints = [] if count else meant(archive, query, filters)
    for error in unread:
        note(printable(f"palimpsest: {explained(str(error))}"))
    said = "export.captures" if form in PACKAGES else "export.count"
    note(say(said, count=count, where=output or say("export.stdout")))
    for hint in hints:
        note(printable(hint))
    return WarcError.exit_code if unread else 0


def _bag(archive: Archive, articles: Iterator[Article], output: Path | None) -> int:
    if output is None or str(output) == "-":
        raise UsageError(say("export.bag_needs_path"))
    with _errors_of(output):
        return write_bag(articles, archive.warc_dir, output)


def _written(output: Path | None, write: Callable[[BinaryIO], int]) -> int:
    """What ``write`` returns, having written to ``output``, whole or not at all."""
    if output is None or str(output) == "-":
        return write(sys.stdout.buffer)
    with _errors_of(output), whole_file(output) as target:
        return write(target)


@contextmanager
def _errors_of(output: Path) -> Iterator[None]:
    try:
        with ended_in_order():
            yield
    except OSError as error:
        kind = DiskFullError if error.errno in NO_ROOM else DataDirectoryError
        why = explained(error.strerror or str(error))
        raise kind(say("export.not_written", path=output, why=why)) from error
