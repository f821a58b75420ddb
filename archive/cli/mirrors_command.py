"""``palimpsest mirrors``: the mirrors found, for archivists and the institute's security people.

It promises the same facts in every format: a table for reading, CSV for a spreadsheet, JSON for a
program; with the evidence in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import (
    common_options,
    form_option,
    group_data_option,
    open_existing,
)
from archive.cli.output import note, write_csv, write_json, write_table
from archive.errors import NotFoundError
from archive.messages.language import evidenced, say
from archive.model import MirrorHost
from archive.store import Archive

COLUMNS = (
    "site", "host", "of", "brands", "kinds", "hinted", "captures", "articles", "only_here",
    "first_seen", "last_seen", "evidence", "phrases",
)  # fmt: skip
_SHOWN = ("site", "host", "brands", "kinds", "articles", "only_here", "found")
_SITE = click.option("--site", metavar="NAME", help="option.site")


@click.group(cls=HelpGroup, help="mirrors.help")
@group_data_option
def mirrors() -> None:
    """The group of the commands about mirrors."""


@mirrors.command("list", cls=Help, help="mirrors.list.help")
@_SITE
@form_option("table", "json", "csv")
@common_options
def list_mirrors(site: str | None, form: str, data: Path) -> None:
    """Print one line a mirror."""
    with open_existing(data) as archive:
        found = list(_known(archive, site))
    if form == "json":
        write_json([_plain(name, mirror) for name, mirror in found])
    elif form == "csv":
        write_csv(COLUMNS, [_flat(_plain(name, mirror)) for name, mirror in found])
    elif found:
        write_table([say(f"column.{name}") for name in _SHOWN], [_row(*one) for one in found])
    note(say("mirrors.count", count=len(found)))


@mirrors.command("show", cls=Help, help="mirrors.show.help")
@click.argument("host", metavar="HOST")
@form_option("table", "json")
@common_options
def show_mirror(host: str, form: str, data: Path) -> None:
    """Print one mirror with all its evidence."""
    with open_existing(data) as archive:
        found = [_plain(name, mirror) for name, mirror in _known(archive, None)]
    wanted = [one for one in found if one["host"] == host.lower()]
    if not wanted:
        raise NotFoundError(say("mirrors.unknown", host=host))
    if form == "json":
        write_json(wanted)
        return
    for one in wanted:
        lines = [(say(f"column.{name}"), value) for name, value in _flat(one).items()
                 if name not in ("hinted", "kinds", "evidence", "phrases")]  # fmt: skip
        lines += [(say("column.kinds"), f"{k}  {say(f'mirrors.kind.{k}')}") for k in one["kinds"]]
        lines.append((say("column.found"), _how(one["hinted"])))
        lines += [(say("column.evidence"), evidenced(line)) for line in one["evidence"]]
        lines += [(say("column.phrases"), phrase) for phrase in one["phrases"]]
        write_table((say("column.field"), say("column.value")), lines)


def _known(archive: Archive, site: str | None) -> Iterator[tuple[str, MirrorHost]]:
    names = [site] if site is not None else [one.name for one in archive.store.sites()]
    for name in names:
        for mirror in archive.store.mirrors(name):
            yield name, mirror


def _plain(site: str, mirror: MirrorHost) -> dict[str, Any]:
    """The facts as JSON has them."""
    plain = {"site": site} | asdict(mirror)
    return {name: _value(plain[name]) for name in COLUMNS}


def _value(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _flat(plain: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "; ".join(value) if isinstance(value, list) else value
        for name, value in plain.items()
    }


def _row(site: str, mirror: MirrorHost) -> tuple[object, ...]:
    plain = _flat(_plain(site, mirror)) | {"found": _how(mirror.hinted)}
    return tuple(plain[name] for name in _SHOWN)


def _how(hinted: bool) -> str:
    return say("mirrors.named") if hinted else say("mirrors.recognised")
