"""``palimpsest access``: who may enter a reading room that others can reach."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import debug_option
from archive.cli.output import note
from archive.cli.values import GivenPath
from archive.messages.language import say

_FILE = click.option(
    "--file",
    "path",
    type=GivenPath(path_type=Path, dir_okay=False),
    envvar="PALIMPSEST_ACCESS",
    show_envvar=True,
    default="access",
    show_default=True,
    metavar="FILE",
    help="access.file",
)


@click.group(cls=HelpGroup, help="access.help")
def access() -> None:
    """The group of the commands about access."""


@access.command("user", cls=Help, help="access.user.help")
@click.argument("name", metavar="NAME")
@_FILE
@debug_option
def user(name: str, path: Path) -> None:
    """Ask for a password and keep its hash."""
    from archive.web.access import add_user, check_name

    check_name(name)  # before anybody thinks of a password
    password = click.prompt(
        say("access.password"), hide_input=True, confirmation_prompt=True, err=True
    )
    add_user(path, name, password)
    note(say("access.kept", name=name, path=path))


@access.command("token", cls=Help, help="access.token.help")
@click.argument("name", metavar="NAME")
@_FILE
@debug_option
def token(name: str, path: Path) -> None:
    """Print a new token and keep its hash."""
    from archive.web.access import add_token

    click.echo(add_token(path, name))
    note(say("access.kept", name=name, path=path))
