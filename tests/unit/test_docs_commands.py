"""The page of commands has every command, option, variable and key of a profile, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from archive.cli.program import palimpsest
from archive.profiles import Profile

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
EVERYWHERE = {"--data", "--database", "--debug", "--help"}
CODE = ("archive", "crawler", "spiders")
WITHIN = {"PALIMPSEST_LOCK"}
"""What one process hands another of its own, and nobody sets."""
_VARIABLE = re.compile(r"\bPALIMPSEST_[A-Z_]*[A-Z]\b")


def commands(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """Every command by the words that call it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            within = click.Context(command, parent=context, info_name=name)
            yield from ((f"{name} {words}", one) for words, one in commands(command, within))
        else:
            yield name, command


def own_options(command: click.Command) -> set[str]:
    """The long names of its options, but for those that every command has."""
    found = (one.opts for one in command.params if isinstance(one, click.Option))
    return {name for names in found for name in names if name.startswith("--")} - EVERYWHERE


COMMANDS = dict(commands(palimpsest, click.Context(palimpsest)))


def told() -> dict[str, set[str]]:
    """The options that the page tells of each command that it has a row for."""
    rows = re.findall(r"(?m)^\| `([a-z][^`]*)`[^|]*\|([^|]*)\|[^|]*\|$", PAGE)
    calls = ((re.match(r"[a-z-]+(?: [a-z-]+)*", call), cells) for call, cells in rows)
    return {
        found[0]: set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", cells))
        for found, cells in calls
        if found is not None
    }


def test_the_page_has_a_row_for_each_command_and_for_no_other() -> None:
    assert len(COMMANDS) > 30
    assert told().keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_row_of_a_command_tells_just_its_options(name: str) -> None:
    assert told()[name] == own_options(COMMANDS[name])


def test_every_command_that_works_on_an_archive_takes_the_common_options() -> None:
    without = {
        name
        for name, command in COMMANDS.items()
        if "--data" not in {opt for one in command.params for opt in one.opts}
    }
    assert without == {"access user", "access token", "selftest capture"}


def test_every_variable_and_setting_of_the_program_is_told() -> None:
    files = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]
    used = {name for path in files for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert len(used) > 20
    assert set(_VARIABLE.findall(PAGE)) == used - WITHIN


def test_the_table_of_a_profile_has_its_keys_and_no_other() -> None:
    page = (ROOT / "docs/nightly.md").read_text(encoding="utf-8")
    table = page.partition("| key | meaning |")[2].partition("\n\n")[0]
    listed = re.findall(r"(?m)^\| `\[?([a-z_]+)\]?` \|", table)
    assert sorted(listed) == sorted(one.name for one in fields(Profile))
