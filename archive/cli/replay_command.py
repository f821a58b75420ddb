"""``palimpsest replay-assets``: the player for captured pages, which is no part of this package."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import common_options, group_data_option, open_existing
from archive.cli.output import note
from archive.cli.values import GivenPath
from archive.messages.language import say


@click.group(cls=HelpGroup, help="replay-assets.help")
@group_data_option
def replay_assets() -> None:
    """The group of the commands about the player."""


@replay_assets.command("install", cls=Help, help="replay-assets.install.help")
@click.option(
    "--from",
    "package",
    type=GivenPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="replay-assets.from",
)
@common_options
def install(package: Path | None, data: Path) -> None:
    """Fetch, check, unpack."""
    from archive.web.replay.assets import install as put

    with open_existing(data):
        where = put(data, package)
    note(say("replay-assets.done", where=where))
