"""``palimpsest sites add`` and ``sites check``: the profiles of the nightly crawl."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.options import common_options
from archive.cli.output import note
from archive.errors import ConfigurationError
from archive.messages.language import explained, say
from archive.messages.printable import printable


@click.command("add", cls=Help, help="sites.add.help")
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--mirror", "mirrors", multiple=True, metavar="URL", help="sites.add.mirror")
@click.option("--site", metavar="NAME", help="sites.add.site")
@click.option("--institute", multiple=True, metavar="NAME", help="sites.add.institute")
@common_options
def add(
    urls: tuple[str, ...],
    mirrors: tuple[str, ...],
    site: str | None,
    institute: tuple[str, ...],
    data: Path,
) -> None:
    """Write a commented profile and say where it is."""
    from archive.profiles import add_profile

    click.echo(printable(str(add_profile(data, urls, mirrors, site, institute))))
    note(say("sites.added", data=data))


@click.command("check", cls=Help, help="sites.check.help")
@common_options
def check(data: Path) -> int:
    """Read every profile; a line for everything that is wrong."""
    from archive.profiles import profile_folder, read_profiles, shared_hosts

    folder = profile_folder(data)
    right, wrong = read_profiles(folder)
    for error in wrong:
        for problem in error.problems:
            click.echo(printable(explained(problem)))
    for host, names in shared_hosts(right).items():
        note(printable(say("sites.shared", host=host, names=", ".join(names))))
    total = len(right) + len(wrong)
    note(say("sites.checked", good=len(right), total=total, folder=folder))
    return ConfigurationError.exit_code if wrong else 0
