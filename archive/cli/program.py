"""``palimpsest``: runs a command, and turns whatever happens into a line and an exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress

import click

from archive.cli import EXIT_INTERRUPTED
from archive.cli.group import Commands
from archive.cli.options import State, debug_option, group_data_option, show_version
from archive.cli.streams import STANDARD_OUTPUT
from archive.errors import DiskFullError, PalimpsestError, StoppedError, UsageError
from archive.garbage import collect_rarely
from archive.messages.language import explained, say
from archive.messages.printable import printable

EXIT_UNEXPECTED = 1
_NO_NUMBER = re.compile(r"is not a valid integer(?: range)?\b")
"""What Click calls it, by the names of its own classes."""

LINE_CHARACTERS = 1_000
"""Of one line, at most: what was given may be a whole file, and what to do stands behind it."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@click.group(
    cls=Commands,
    invoke_without_command=True,
    help="main.help",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="option.show_version",
)
@debug_option
@group_data_option
@click.pass_context
def palimpsest(context: click.Context) -> None:
    """The group of all commands."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. ``arguments`` default to the process's."""
    state = State()
    if arguments is None:
        collect_rarely()
    try:
        result = palimpsest.main(
            arguments, prog_name="palimpsest", standalone_mode=False, obj=state
        )
        sys.stdout.flush()
    except BaseException as error:
        return _explained(error, state)
    # Click hands back what the command returned, or the code it exited with.
    return result if isinstance(result, int) else 0


def _explained(error: BaseException, state: State) -> int:
    if state.debug:
        traceback.print_exception(error, file=sys.stderr)
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else EXIT_UNEXPECTED
    if isinstance(error, KeyboardInterrupt | click.Abort):
        # Click makes one of the other. Of a second signal it is known which one it was.
        code = getattr(error.__cause__ or error, "exit_code", EXIT_INTERRUPTED)
        by_user = code == EXIT_INTERRUPTED
        return _fail(say("error.interrupted") if by_user else str(StoppedError(code)), code)
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        return _quiet_end()
    if isinstance(error, PalimpsestError):
        return _fail(str(error), error.exit_code)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        # A group without a command: what there is, in lines of its own.
        click.echo(error.format_message(), err=True)
        return UsageError.exit_code
    if isinstance(error, click.ClickException):
        told = _NO_NUMBER.sub("is not a whole number", error.format_message())
        wrong, context = explained(told), getattr(error, "ctx", None)
        command = "palimpsest" if context is None else context.command_path
        return _fail(f"{wrong} {say('error.see_help', command=command)}", UsageError.exit_code)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        if error.filename == STANDARD_OUTPUT:
            _unheard_output()
            return _fail(say("error.output_full"), DiskFullError.exit_code)
        where = f" ({error.filename})" if error.filename else ""
        return _fail(say("error.disk_full", where=where), DiskFullError.exit_code)
    line = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return _fail(say("error.unexpected", what=line), EXIT_UNEXPECTED)


def _fail(line: str, code: int) -> int:
    # Where nobody can be told, the exit code still tells.
    with suppress(OSError):
        click.echo(f"palimpsest: {_clipped(printable(explained(line)))}", err=True)
    return code


def _clipped(line: str) -> str:
    half = LINE_CHARACTERS // 2
    return line if len(line) <= LINE_CHARACTERS else f"{line[:half]} … {line[-half:]}"


def _quiet_end() -> int:
    # The reader (`head`, a pager) has had enough.
    _unheard_output()
    return 0


def _unheard_output() -> None:
    # Python tries to flush at exit what could not be written, and has an exit code of its own.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
