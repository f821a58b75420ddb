"""``palimpsest branches``: what there is of them, counted."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.options import common_options, form_option, open_existing
from archive.cli.output import note, write_json, write_table
from archive.messages.language import say

_FORMAT = form_option("table", "json")


def _titles(*names: str) -> list[str]:
    return [say(f"column.{name}") for name in names]


@click.command(cls=Help, help="branches.help")
@click.option("--site", metavar="NAME", help="option.site")
@_FORMAT
@common_options
def branches(site: str | None, form: str, data: Path) -> None:
    """Print one line a branch."""
    with open_existing(data) as archive:
        if site is not None:
            archive.store.site(site)
        rows = archive.store.branch_rows(site)
    if form == "json":
        write_json(
            [
                {
                    "site": row.site,
                    "branch": row.branch,
                    "articles": row.articles,
                    "first": None if row.first is None else row.first.isoformat(),
                    "last": None if row.last is None else row.last.isoformat(),
                }
                for row in rows
            ]
        )
    elif rows:
        write_table(
            _titles("site", "articles", "first_published", "last_published", "branch"),
            (
                (row.site, row.articles, row.first, row.last, row.branch or say("sites.no_branch"))
                for row in rows
            ),
        )
    note(say("branches.count", count=len(rows)))
