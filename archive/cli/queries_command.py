"""``palimpsest queries``: the searches that were saved under a name."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import (
    common_options,
    form_option,
    group_data_option,
    open_existing,
)
from archive.cli.output import note, write_json, write_table
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.store.saved import SavedQuery


@click.group(cls=HelpGroup, help="queries.help")
@group_data_option
def queries() -> None:
    """The group of the commands about saved queries."""


@queries.command("list", cls=Help, help="queries.list.help")
@form_option("table", "json")
@common_options
def list_queries(form: str, data: Path) -> None:
    """Print one line a saved query."""
    with open_existing(data) as archive:
        saved = archive.store.saved.all()
    if form == "json":
        write_json([_plain(one) for one in saved])
    elif saved:
        titles = [say(f"column.{name}") for name in ("name", "query", "filters", "saved_at")]
        write_table(
            titles,
            (
                (
                    one.name,
                    one.query,
                    ", ".join(f"{name}={value}" for name, value in _filters(one).items()),
                    one.saved_at.date(),
                )
                for one in saved
            ),
        )
    note(say("queries.count", count=len(saved)))


@queries.command("remove", cls=Help, help="queries.remove.help")
@click.argument("name", metavar="NAME")
@common_options
def remove_query(name: str, data: Path) -> None:
    """Forget a saved query."""
    with open_existing(data) as archive:
        archive.store.saved.remove(name)
    note(say("queries.removed", name=name))


def _plain(saved: SavedQuery) -> dict[str, Any]:
    return {
        "name": saved.name,
        "query": saved.query,
        "filters": _filters(saved),
        "saved_at": saved.saved_at.isoformat(),
    }


def _filters(saved: SavedQuery) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(saved.filters).items()
        if value is not None
    }
