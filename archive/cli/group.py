"""Which commands there are, and where: none is imported before it is called or listed.

The archive's own are named here; other rooms add theirs by entry points in the group
"palimpsest.commands", so that ``archive`` need not know them and searching loads no crawler.
"""

from __future__ import annotations

import re
import sys
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

import click

from archive.errors import PalimpsestError
from archive.messages.catalogue import MESSAGES
from archive.messages.language import said, say

ENTRY_POINTS = "palimpsest.commands"

BUILT_IN = {
    "search": "archive.cli.search_command:search",
    "queries": "archive.cli.queries_command:queries",
    "show": "archive.cli.show_command:show",
    "export": "archive.cli.export_command:export",
    "backfill": "archive.cli.backfill_command:backfill",
    "clean": "archive.cli.clean_command:clean",
    "verify": "archive.cli.verify_command:verify",
    "runs": "archive.cli.runs_command:runs",
    "sites": "archive.cli.sites_command:sites",
    "branches": "archive.cli.branches_command:branches",
    "stats": "archive.cli.stats_command:stats",
    "schedule": "archive.cli.schedule_command:schedule",
    "prune": "archive.cli.prune_command:prune",
    "serve": "archive.cli.serve_command:serve",
    "mirrors": "archive.cli.mirrors_command:mirrors",
    "access": "archive.cli.access_command:access",
    "replay-assets": "archive.cli.replay_command:replay_assets",
}
"""The archive's own commands, each ``module:attribute``."""

_UNREADABLE = re.compile("[\ud800-\udfff]")
"""What stands for bytes that the locale's encoding has no character for (PEP 383)."""


def first_sentence(text: str) -> str:
    """The first line of a help text, without its full stop."""
    return text.partition("\n")[0].rstrip("。.")


class Help(click.Command):
    """A command whose help, and that of its options, may be a key of the message table."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help."""
        return first_sentence(said(self.help or ""))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line. Raises BadParameter for bytes that are no characters, except in paths, and
        for options without a value, which a shell makes of a variable that is not set."""
        left = super().parse_args(ctx, args)
        for parameter in self.get_params(ctx):
            # A file's name may be any bytes, and Python hands it back to the system as it came.
            if not isinstance(parameter.type, click.Path):
                _check_characters(ctx, parameter)
            if isinstance(parameter, click.Option):
                _check_given(ctx, parameter)
        return left

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, in the user's language."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(said(self.help or "").replace("\n", "\n\n"))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say('main.usage')} ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that shows this."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = said("option.help")
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their help in the user's language."""
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Option):
                parameter.help = said(parameter.help or "")
        rows = [parameter.get_help_record(ctx) for parameter in self.get_params(ctx)]
        with formatter.section(say("main.options")):
            formatter.write_dl([row for row in rows if row is not None])


def _check_characters(ctx: click.Context, parameter: click.Parameter) -> None:
    value = ctx.params.get(parameter.name or "")
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, str) and not one.isascii() and _UNREADABLE.search(one):
            wrong = f"{one!r} is not {sys.getfilesystemencoding()}"
            raise click.BadParameter(wrong, ctx, parameter)


def _check_given(ctx: click.Context, option: click.Option) -> None:
    value = ctx.params.get(option.name or "")
    if "" in (value if isinstance(value, tuple) else (value,)):
        raise click.BadParameter(say("error.empty_option"), ctx, option)


class HelpGroup(Help, click.Group):
    """A group of commands with such help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands of the group, each with the first sentence of its help."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, one.get_short_help_str()) for name, one in found if one is not None]
        with formatter.section(say("main.commands")):
            formatter.write_dl(rows)


class Commands(HelpGroup):
    """The top group: built-in commands first, then those of the entry points, by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        return [*BUILT_IN, *sorted(set(_added()) - set(BUILT_IN))]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command, and what is left of the line. Raises UsageError, with the name that was
        most likely meant."""
        # Click would look among commands that are imported, and none is yet.
        near = get_close_matches(args[0], self.list_commands(ctx), n=1)
        if near and near != args[:1] and not ctx.resilient_parsing:
            raise click.UsageError(f"No such command {args[0]!r}. Did you mean {near[0]!r}?", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; that its reader (`head`, a pager) has had enough is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            return ctx.exit(0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands; those that the message table knows are not imported for it."""
        rows = [(name, _short_help(self, ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(say("main.commands")):
            formatter.write_dl(rows)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now; None when there is none of this name."""
        if cmd_name in BUILT_IN:
            module, _, attribute = BUILT_IN[cmd_name].partition(":")
            return _checked(getattr(import_module(module), attribute), cmd_name)
        added = _added().get(cmd_name)
        return None if added is None else _checked(added.load(), cmd_name)


def _short_help(group: Commands, ctx: click.Context, name: str) -> str:
    key = f"{name}.help"
    if key in MESSAGES:
        return first_sentence(say(key))
    try:
        command = group.get_command(ctx, name)
    except Exception as error:  # a broken extension must not take the others' help away
        return f"({type(error).__name__}: {error})"
    return "" if command is None else command.get_short_help_str()


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=ENTRY_POINTS)}


def _checked(command: object, name: str) -> click.Command:
    if not isinstance(command, click.Command):
        raise PalimpsestError(f"the entry point of {name!r} is not a click command")
    return command
