"""Writing data for people and for programs, so that no content of a page does harm there.

A title may hold what a terminal obeys or a spreadsheet computes. It promises that neither reaches
them: control characters are made visible on terminals, cells that would be formulas are quoted.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from archive.messages.language import explained, say
from archive.messages.printable import printable

if TYPE_CHECKING:
    from rich.text import Text

    from archive.errors import StoreLostError

_WIDE = 10_000  # columns of a "terminal" that is a file: nothing is cut or folded


def write_json(value: object) -> None:
    """One JSON document, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def write_json_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line."""
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False))


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and one row each (RFC 4180)."""
    # Not before it is needed: it brings all the forms of export.
    from archive.export.spreadsheet import cell

    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])
    click.echo(buffer.getvalue().replace("\r\n", "\n"), nl=False)


def write_table(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """An aligned table; cells are strings, rich ``Text`` or None."""
    # Not before there is a table: a crawl would load it for nothing.
    from rich.console import Console
    from rich.table import Table

    on_terminal = sys.stdout.isatty()
    table = Table(box=None, pad_edge=False, header_style="bold" if on_terminal else "")
    for place, title in enumerate(titles):
        last = place == len(titles) - 1
        table.add_column(title, no_wrap=not last, overflow="fold")
    for row in rows:
        table.add_row(*(_text(value) for value in row))
    console = Console(width=None if on_terminal else _WIDE, highlight=False, soft_wrap=False)
    with console.capture() as capture:
        console.print(table)
    lines = (line.rstrip() for line in capture.get().splitlines())
    click.echo("\n".join(lines))


def _text(value: object) -> Text:
    from rich.text import Text

    if isinstance(value, Text):
        return value
    return Text("" if value is None else printable(str(value)))


def note(line: str) -> None:
    """Something said beside the data."""
    click.echo(line, err=True)


def tell_lost(error: StoreLostError) -> None:
    """The database went away in the middle of work, and is waited for."""
    note(printable(f"palimpsest: {explained(str(error))}"))
    note(say("store.is_waited_for"))


def note_progress(line: str) -> None:
    """What long work is at, for whoever watches; logs are not filled with it."""
    if sys.stderr.isatty():
        note(printable(line))
