"""``palimpsest access``: who may enter a reading room that others can reach."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import debug_option
from archive.cli.output import note
from archive.cli.values import GivenPath
from archive.errors import UsageError
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
    add_user(path, name, _password())
    note(say("access.kept", name=name, path=path))


def _password() -> str:
    """Asked for twice at a terminal; the first line of what is handed on elsewhere, where nobody
    sees a question."""
    if sys.stdin is not None and sys.stdin.isatty():
        asked: str = click.prompt(
            say("access.password"), hide_input=True, confirmation_prompt=True, err=True
        )
        return asked
    given = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
    if not given:
        raise UsageError(say("access.no_password"))
    return given


@access.command("token", cls=Help, help="access.token.help")
@click.argument("name", metavar="NAME")
@_FILE
@debug_option
def token(name: str, path: Path) -> None:
    """Print a new token and keep its hash."""
    from archive.web.access import add_token

    click.echo(add_token(path, name))
    note(say("access.kept", name=name, path=path))
