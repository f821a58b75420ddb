"""``palimpsest verify``: WARC files, digests, store: do they still agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help
from archive.cli.options import common_options, form_option, open_existing
from archive.cli.output import note, note_progress, write_json
from archive.errors import StoreError, WarcError
from archive.messages.language import say
from archive.messages.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.evidence.verify import Verification


@click.command(cls=Help, help="verify.help")
@click.option("--site", metavar="NAME", help="option.site")
@click.option("--repair", is_flag=True, help="verify.repair")
@form_option("text", "json")
@common_options
def verify(site: str | None, repair: bool, form: str, data: Path) -> None:
    """Print what does not agree; WarcError or StoreError when anything does not."""
    from archive.evidence.repair import repair as mend
    from archive.evidence.verify import verify as look

    done: Sequence[str] = ()
    with open_existing(data) as archive:
        if repair:
            done, found = mend(archive, site, note_progress)
        else:
            found = look(archive, site, note_progress)
        differing = sum(1 for _ in archive.store.index_differences())
    counts = {"files": found.files, "records": found.records, "captures": found.captures}
    if form == "json":
        _write_values(found, done, counts, differing)
    else:
        _write_lines(found, done)
    if found.findings:
        raise WarcError(say("verify.failed", bad=len(found.findings), **counts))
    if found.unknown:
        raise StoreError(say("verify.unknown", count=len(found.unknown)))
    if differing:
        raise StoreError(say("verify.index", count=differing))
    if form != "json":
        click.echo(say("verify.done", **counts))


def _write_lines(found: Verification, done: Sequence[str]) -> None:
    for line in done:
        click.echo(printable(say("verify.mended", what=line)))
    for one in found.findings:
        click.echo(printable(f"{one.where}\t{one.problem}"))
    for line in (*found.unknown, *found.notes):
        note(printable(line))


def _write_values(
    found: Verification, done: Sequence[str], counts: dict[str, int], differing: int
) -> None:
    findings = [
        {"where": one.where, "problem": one.problem, "file": one.file, "site": one.site}
        for one in found.findings
    ]
    write_json(
        counts
        | {
            "findings": findings,
            "index_differences": differing,
            "mended": list(done),
            "notes": list(found.notes),
            "unknown": list(found.unknown),
        }
    )
