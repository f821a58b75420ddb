"""``palimpsest sites``: which sites the archive holds, with hosts and branches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import (
    common_options,
    form_option,
    group_data_option,
    open_existing,
)
from archive.cli.output import note, write_json, write_table
from archive.cli.profiles_command import add, check
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.model import Site

_FORMAT = form_option("table", "json")


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
    """Print one line a site; of one that has a profile and was not walked yet, too."""
    rows = _rows(data)
    if form == "json":
        write_json(
            [
                {
                    "site": site.name,
                    "official": list(site.official),
                    "mirrors": list(site.mirrors),
                    "articles": articles,
                }
                for site, articles in rows
            ]
        )
    elif rows:
        titles = [say(f"column.{name}") for name in ("site", "articles", "official", "mirrors")]
        write_table(
            titles,
            (
                (site.name, articles, ", ".join(site.official), ", ".join(site.mirrors))
                for site, articles in rows
            ),
        )
    note(say("sites.count", count=len(rows)))


def _rows(data: Path) -> list[tuple[Site, int]]:
    """The sites and how many articles each has."""
    from archive.errors import NoArchiveError

    waiting = _waiting(data)
    try:
        with open_existing(data) as archive:
            known = [archive.store.as_known(one) for one in archive.store.sites()]
            branches = archive.store.branches()
    except NoArchiveError:
        if not waiting:
            raise
        known, branches = [], {}
    totals = {site.name: 0 for site in known}
    for (name, _), count in branches.items():
        totals[name] += count
    new = [site for site in waiting if site.name not in totals]
    return [(site, totals.get(site.name, 0)) for site in (*known, *new)]


def _waiting(data: Path) -> list[Site]:
    """The sites that have a right profile."""
    from archive.addresses import host_of
    from archive.model import Site
    from archive.profiles import profile_folder, read_profiles

    return [
        Site(one.name, tuple(map(host_of, one.start)), tuple(map(host_of, one.mirrors)))
        for one in read_profiles(profile_folder(data))[0]
    ]


@sites.command("show", cls=Help, help="sites.show.help")
@click.argument("name", metavar="NAME")
@_FORMAT
@common_options
def show_site(name: str, form: str, data: Path) -> None:
    """Print one site: its hosts, its branches, how far its walk has come."""
    with open_existing(data) as archive:
        site = archive.store.as_known(archive.store.site(name))
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
