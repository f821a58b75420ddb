"""``palimpsest sites``: which sites the archive holds, with hosts and branches."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.language import say
from archive.cli.options import common_options, group_data_option, open_existing
from archive.cli.output import note, write_json, write_table
from archive.cli.profiles_command import add, check

_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="option.format",
)


@click.group(cls=HelpGroup, help="sites.help")
@group_data_option
def sites() -> None:
    """The group of the commands about sites."""


sites.add_command(add)
sites.add_command(check)


@sites.command("list", cls=Help, help="sites.list.help")
@_FORMAT
@common_options
def list_sites(form: str, data: Path) -> None:
    """Print one line a site."""
    with open_existing(data) as archive:
        known = archive.store.sites()
        branches = archive.store.branches()
    totals = {site.name: 0 for site in known}
    for (name, _), count in branches.items():
        totals[name] += count
    if form == "json":
        write_json(
            [
                {
                    "site": site.name,
                    "official": list(site.official),
                    "mirrors": list(site.mirrors),
                    "articles": totals[site.name],
                }
                for site in known
            ]
        )
    elif known:
        titles = [say(f"column.{name}") for name in ("site", "articles", "official", "mirrors")]
        write_table(
            titles,
            (
                (site.name, totals[site.name], ", ".join(site.official), ", ".join(site.mirrors))
                for site in known
            ),
        )
    note(say("sites.count", count=len(known)))


@sites.command("show", cls=Help, help="sites.show.help")
@click.argument("name", metavar="NAME")
@_FORMAT
@common_options
def show_site(name: str, form: str, data: Path) -> None:
    """Print one site: its hosts, its branches, how far its walk has come."""
    with open_existing(data) as archive:
        site = archive.store.site(name)
        branches = archive.store.branches(name)
        ledger = archive.store.frontier.ledger(name)
    if form == "json":
        write_json(
            {
                "site": site.name,
                "official": list(site.official),
                "mirrors": list(site.mirrors),
                "branches": [
                    {"branch": branch, "articles": count} for (_, branch), count in branches.items()
                ],
                "addresses": ledger,
            }
        )
        return
    lines: list[tuple[str, object]] = [(say("column.site"), site.name)]
    lines += [(say("column.official"), host) for host in site.official]
    lines += [(say("column.mirrors"), host) for host in site.mirrors]
    lines += [
        (say("column.branch"), f"{branch or say('sites.no_branch')} ({count})")
        for (_, branch), count in branches.items()
    ]
    lines += [(say("column.addresses"), f"{state} ({count})") for state, count in ledger.items()]
    write_table((say("column.field"), say("column.value")), lines)
