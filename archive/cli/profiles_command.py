"""``palimpsest sites add`` and ``sites check``: the profiles of the nightly crawl."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help
from archive.cli.language import say
from archive.cli.options import common_options
from archive.cli.output import note, printable
from archive.errors import ConfigurationError


@click.command("add", cls=Help, help="sites.add.help")
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--mirror", "mirrors", multiple=True, metavar="URL", help="sites.add.mirror")
@click.option("--site", metavar="NAME", help="sites.add.site")
@common_options
def add(urls: tuple[str, ...], mirrors: tuple[str, ...], site: str | None, data: Path) -> None:
    """Write a commented profile and say where it is."""
    from archive.profiles import add_profile

    click.echo(printable(str(add_profile(data, urls, mirrors, site))))
    note(say("sites.added", data=data))


@click.command("check", cls=Help, help="sites.check.help")
@common_options
def check(data: Path) -> int:
    """Read every profile; one line for each that is wrong."""
    from archive.profiles import profile_folder, read_profile, read_profiles

    folder = profile_folder(data)
    paths = sorted(folder.glob("*.toml"))
    wrong = 0
    for path in paths:
        try:
            read_profile(path)
        except ConfigurationError as error:
            wrong += 1
            click.echo(printable(str(error)))
    if not wrong:
        read_profiles(folder)  # two profiles of one name
    note(say("sites.checked", good=len(paths) - wrong, total=len(paths), folder=folder))
    return ConfigurationError.exit_code if wrong else 0
