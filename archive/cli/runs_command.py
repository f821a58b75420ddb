"""``palimpsest runs``: what the crawls and backfills did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import (
    common_options,
    form_option,
    group_data_option,
    open_existing,
)
from archive.cli.output import note, write_csv, write_json, write_json_lines, write_table
from archive.errors import NotFoundError, UsageError
from archive.export.record import moment
from archive.messages.language import explained, say
from archive.messages.printable import printable
from archive.model import State

if TYPE_CHECKING:
    from archive.model import RunReport
    from archive.runs.comparing import Difference
    from archive.store import Archive, RunRow, Store

_ENTRY = ("site", "url", "state", "reason", "detail", "kind", "via", "depth", "tries")

_FORMAT = form_option("table", "json")


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
@form_option("table", "json", "text", "html", "metrics")
@common_options
def show_run(number: int, form: str, data: Path) -> None:
    """Print the report of one run."""
    from archive.runs.facts import facts_of
    from archive.runs.rendering import as_html, as_metrics, as_text

    with open_existing(data) as archive:
        row = archive.store.run(number)
    if form == "json":
        write_json(_plain(row))
        return
    render = {"text": as_text, "html": as_html, "metrics": as_metrics}.get(form)
    if render is not None:
        click.echo(render(facts_of(_report(row))), nl=False)
        return
    write_table((say("column.field"), say("column.value")), _details(row))


@runs.command("ledger", cls=Help, help="runs.ledger.help")
@click.option("--site", metavar="NAME", help="option.site")
@click.option("--state", type=click.Choice(get_args(State)), help="option.state")
@form_option("table", "jsonl", "csv")
@common_options
def ledger(site: str | None, state: str | None, form: str, data: Path) -> None:
    """Print how every address ended."""
    with open_existing(data) as archive:
        store = archive.store
        names = [store.site(site).name] if site else [known.name for known in store.sites()]
        if form == "table":
            count = _ledger_table(store, names, state)
        else:
            rows = _Counted(_entries(store, names, state))
            if form == "csv":
                write_csv(_ENTRY, rows)
            else:
                write_json_lines(rows)
            count = rows.count
    note(say("runs.ledger.count", count=count))


def _ledger_table(store: Store, names: Iterable[str], state: str | None) -> int:
    lines = [
        (name, kind, reason, number)
        for name in names
        for (kind, reason), number in store.frontier.reasons(name).items()
        if state in (None, kind)
    ]
    titles = [say(f"column.{name}") for name in ("site", "state", "reason", "addresses")]
    write_table(titles, lines)
    return sum(line[-1] for line in lines)


def _entries(store: Store, names: Iterable[str], state: str | None) -> Iterator[dict[str, Any]]:
    for name in names:
        for entry in store.frontier.entries(name, state):
            yield {"site": name} | asdict(entry)


class _Counted:
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            self.count += 1
            yield row


@runs.command("compare", cls=Help, help="runs.compare.help")
@click.argument("numbers", nargs=-1, type=int, required=True, metavar="RUN [RUN]")
@_FORMAT
@common_options
def compare_runs(numbers: tuple[int, ...], form: str, data: Path) -> None:
    """Print what differs between two runs."""
    from archive.runs.comparing import differences
    from archive.runs.facts import facts_of

    with open_existing(data) as archive:
        before, after = _pair(archive, numbers)
    found = differences(facts_of(_report(before)), facts_of(_report(after)))
    if form == "json":
        write_json([asdict(one) | {"change": one.change} for one in found])
    elif found:
        titles = [say(f"column.{name}") for name in ("field", "before", "after", "change")]
        write_table(titles, map(_difference, found))
    else:
        note(say("runs.same"))


def _difference(one: Difference) -> tuple[object, ...]:
    from archive.runs.rendering import fact_name

    name, _, key = one.name.partition(":")
    pair = (one.before, one.after)
    if name == "outcome":
        pair = (explained(str(one.before)), explained(str(one.after)))
    return fact_name(name, key or None), *pair, one.change


def _pair(archive: Archive, numbers: tuple[int, ...]) -> tuple[RunRow, RunRow]:
    """The two runs that are named, or the one and the ended one before it of the same site."""
    if len(numbers) > 2:
        raise UsageError(say("runs.compare.too_many", count=len(numbers)))
    rows = [archive.store.run(number) for number in numbers]
    if len(rows) == 2:
        return rows[0], rows[1]
    [after] = rows
    for row in archive.store.runs(after.site):
        if row.id < after.id and row.kind == after.kind and row.report is not None:
            return row, after
    raise NotFoundError(say("runs.none_before", number=after.id, site=after.site))


def _report(row: RunRow) -> RunReport:
    if row.report is None:
        raise NotFoundError(say("runs.no_report", number=row.id))
    return row.report


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
        for name in ("counts", "articles_by_branch", "warc_files"):
            values[name] = report[name]
        values["notes"] = list(row.report.told)
    return values


def _line(row: RunRow) -> tuple[object, ...]:
    from archive.runs.rendering import kind_of_run

    counts = {} if row.report is None else row.report.counts
    ended = say("runs.unfinished") if row.ended is None else _short(moment(row.ended))
    return (
        row.id,
        row.site,
        kind_of_run(row.kind),
        _short(moment(row.started)),
        ended,
        explained(row.outcome or ""),
        counts.get("articles"),
    )


def _short(time: str) -> str:
    """Seconds are enough of a moment; that it is UTC is not left to be guessed."""
    return f"{time[:19].replace('T', ' ')}Z"


def _details(row: RunRow) -> list[tuple[str, object]]:
    from archive.runs.rendering import count_name, kind_of_run, noted, told_two_ways

    values = _plain(row)
    values |= {"kind": kind_of_run(row.kind), "outcome": explained(row.outcome or "")}
    lines: list[tuple[str, object]] = [
        (say(f"column.{name}"), values[name])
        for name in ("run", "site", "kind", "started", "ended", "outcome", "exit_code")
    ]
    lines += [(printable(count_name(key)), n) for key, n in values.get("counts", {}).items()]
    lines += [
        (printable(branch) or say("sites.no_branch"), count)
        for branch, count in values.get("articles_by_branch", {}).items()
    ]
    lines += [(say("column.file"), name) for name in values.get("warc_files", ())]
    notes = [noted(text) for text in values.get("notes", ())]
    if (why := told_two_ways(values.get("counts", {}))) is not None:
        notes.append(why)
    return lines + [(say("column.note"), text) for text in notes]
