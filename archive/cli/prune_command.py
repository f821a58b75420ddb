"""``palimpsest prune``: what could go to other storage; it deletes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.options import common_options, form_option, open_existing
from archive.cli.output import note, write_json, write_table
from archive.errors import UsageError
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.evidence.pruning import Candidate
    from archive.runs.old_reports import OldReport


@click.command(cls=Help, help="prune.help")
@click.option("--dry-run", is_flag=True, help="prune.dry_run")
@form_option("table", "json")
@common_options
def prune(dry_run: bool, form: str, data: Path) -> None:
    """List the files; UsageError without --dry-run, for there is nothing else."""
    from archive.evidence.pruning import candidates
    from archive.runs.old_reports import old_reports

    if not dry_run:
        raise UsageError(say("prune.only_dry_run"))
    with open_existing(data) as archive:
        found, reports = candidates(archive), old_reports(archive)
    if form == "json":
        files = [{"what": "warc"} | asdict(one) | {"captures": one.captures} for one in found]
        write_json(files + [{"what": "report"} | asdict(one) for one in reports])
    elif found or reports:
        titles = [say(f"column.{name}") for name in ("file", "bytes", "captures", "note")]
        write_table(titles, _rows(found, reports))
    sizes = [one.size for one in found] + [report.size for report in reports]
    note(say("prune.total", files=len(sizes), megabytes=sum(sizes) / 1e6))


def _rows(found: list[Candidate], reports: list[OldReport]) -> Iterator[tuple[object, ...]]:
    for one in found:
        yield one.name, one.size, one.captures, _reason(one)
    for report in reports:
        yield report.name, report.size, "", say("prune.report", run=report.run)


def _reason(one: Candidate) -> str:
    """What lies in the file, none of which another one lacks."""
    parts = ("confirmed", "repeated", "refused", "failed")
    counted = {name: getattr(one, name) for name in parts}
    return ", ".join(say(f"prune.{name}", count=count) for name, count in counted.items() if count)
