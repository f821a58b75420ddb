"""``palimpsest runs``: what the crawls and backfills did."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.language import say
from archive.cli.options import common_options, group_data_option, open_existing
from archive.cli.output import note, printable, write_json, write_table
from archive.export.record import moment

if TYPE_CHECKING:
    from archive.store import RunRow

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="option.format",
)


@click.group(cls=HelpGroup, help="runs.help")
@group_data_option
def runs() -> None:
    """The group of the commands about runs."""


@runs.command("list", cls=Help, help="runs.list.help")
@click.option("--site", metavar="NAME", help="option.site")
@_FORMAT
@common_options
def list_runs(site: str | None, form: str, data: Path) -> None:
    """Print one line a run, the newest first."""
    with open_existing(data) as archive:
        rows = archive.store.runs(site)
    if form == "json":
        write_json([_plain(row) for row in rows])
    elif rows:
        names = ("run", "site", "kind", "started", "ended", "outcome", "articles")
        write_table([say(f"column.{name}") for name in names], map(_line, rows))
    note(say("runs.count", count=len(rows)))


@runs.command("show", cls=Help, help="runs.show.help")
@click.argument("number", type=int, metavar="RUN")
@_FORMAT
@common_options
def show_run(number: int, form: str, data: Path) -> None:
    """Print the report of one run."""
    with open_existing(data) as archive:
        row = archive.store.run(number)
    if form == "json":
        write_json(_plain(row))
        return
    write_table((say("column.field"), say("column.value")), _details(row))


def _plain(row: RunRow) -> dict[str, Any]:
    values: dict[str, Any] = {
        "run": row.id,
        "site": row.site,
        "kind": row.kind,
        "started": moment(row.started),
        "ended": None if row.ended is None else moment(row.ended),
        "outcome": row.outcome,
        "exit_code": row.exit_code,
    }
    if row.report is not None:
        report = asdict(row.report)
        for name in ("counts", "articles_by_branch", "warc_files", "notes"):
            values[name] = report[name]
    return values


def _line(row: RunRow) -> tuple[object, ...]:
    counts = {} if row.report is None else row.report.counts
    ended = say("runs.unfinished") if row.ended is None else _short(moment(row.ended))
    return (
        row.id,
        row.site,
        row.kind,
        _short(moment(row.started)),
        ended,
        row.outcome,
        counts.get("articles"),
    )


def _short(time: str) -> str:
    return time[:19].replace("T", " ")


def _details(row: RunRow) -> list[tuple[str, object]]:
    values = _plain(row)
    lines: list[tuple[str, object]] = [
        (say(f"column.{name}"), values[name])
        for name in ("run", "site", "kind", "started", "ended", "outcome", "exit_code")
    ]
    for name in ("counts", "articles_by_branch"):
        lines += [(printable(key), value) for key, value in values.get(name, {}).items()]
    lines += [(say("column.file"), name) for name in values.get("warc_files", ())]
    return lines + [(say("column.note"), text) for text in values.get("notes", ())]
