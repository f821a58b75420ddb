"""``palimpsest prune``: what could go to other storage; it deletes nothing."""

from __future__ import annotations

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


@click.command(cls=Help, help="prune.help")
@click.option("--dry-run", is_flag=True, help="prune.dry_run")
@form_option("table", "json")
@common_options
def prune(dry_run: bool, form: str, data: Path) -> None:
    """List the files; UsageError without --dry-run, for there is nothing else."""
    from archive.evidence.pruning import candidates

    if not dry_run:
        raise UsageError(say("prune.only_dry_run"))
    with open_existing(data) as archive:
        found = candidates(archive)
    if form == "json":
        write_json([asdict(one) | {"captures": one.captures} for one in found])
    elif found:
        titles = [say(f"column.{name}") for name in ("file", "bytes", "captures", "note")]
        write_table(titles, ((one.name, one.size, one.captures, _reason(one)) for one in found))
    note(say("prune.total", files=len(found), megabytes=sum(one.size for one in found) / 1e6))


def _reason(one: Candidate) -> str:
    """What lies in the file, none of which another one lacks."""
    parts = ("confirmed", "repeated", "refused", "failed")
    counted = {name: getattr(one, name) for name in parts}
    return ", ".join(say(f"prune.{name}", count=count) for name, count in counted.items() if count)
