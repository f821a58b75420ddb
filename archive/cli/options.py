"""The options that many commands share, and opening the archive that ``--data`` names."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from archive.cli.values import GivenPath
from archive.errors import UsageError
from archive.messages.language import say

if TYPE_CHECKING:
    from archive.store import Archive, Filters

    DateType = click.ParamType[date]
else:
    DateType = click.ParamType

F = TypeVar("F", bound=Callable[..., Any])

_DATA = "palimpsest.data"
DATABASE_VARIABLE = "PALIMPSEST_DATABASE"
STATUSES = ("live", "gone", "mirror-only")
ROLES = ("original", "mirror", "backfill")


@dataclass
class State:
    """What holds for the whole process: whether a traceback is wanted."""

    debug: bool = False


def _set_debug(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(State).debug = True


def show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    """Print the version and end."""
    if value and not context.resilient_parsing:
        click.echo(f"palimpsest {version('palimpsest-archive')}")
        context.exit()


def data_option(command: F) -> F:
    """``--data DIR``, handed on as ``data: Path``."""
    return click.option(
        "--data",
        type=GivenPath(path_type=Path),
        envvar="PALIMPSEST_DATA",
        default="data",
        show_default=True,
        show_envvar=True,
        metavar="DIR",
        callback=_nearest_data,
        help="option.data",
    )(command)


def group_data_option(command: F) -> F:
    """``--data DIR`` before the name of a subcommand; nothing is handed on."""
    return click.option(
        "--data",
        type=GivenPath(path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_keep_data,
        help="option.data",
    )(command)


def _keep_data(context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[_DATA] = value


def _nearest_data(context: click.Context, parameter: click.Parameter, value: Path) -> Path:
    named_here = context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
    kept: Path = context.meta.get(_DATA, value)
    return value if named_here else kept


def debug_option(command: F) -> F:
    """``--debug``: tracebacks wanted. Nothing is handed on."""
    return click.option(
        "--debug",
        is_flag=True,
        expose_value=False,
        callback=_set_debug,
        help="option.debug",
    )(command)


def _set_database(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        # In the environment, so that worker processes and every room find it there.
        os.environ[DATABASE_VARIABLE] = value


def database_option(command: F) -> F:
    """``--database URL``: the store is in PostgreSQL. Nothing is handed on."""
    return click.option(
        "--database",
        metavar="URL",
        expose_value=False,
        callback=_set_database,
        help="option.database",
    )(command)


def common_options(command: F) -> F:
    """What every command takes: ``--data``, ``--database`` and ``--debug``."""
    return data_option(database_option(debug_option(command)))


def form_option(*forms: str) -> Callable[[F], F]:
    """``--format FORM``, the first of ``forms`` unless another is named; handed on as ``form``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="option.format",
    )


class Day(DateType):
    """A day as 2010-12-09, or the first (or ``last``) day of 2010-12 or of 2010."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; a usage error when it is none."""
        from archive.search.daterange import read_day

        if isinstance(value, date):
            return value
        try:
            return read_day(str(value), last=self._last)
        except ValueError:
            self.fail(say("error.date", value=value), param, ctx)


def _host(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A host as the archive knows hosts: in lower case; of a whole address, its host."""
    from archive.addresses import host_of

    return value and (host_of(value) or value.lower())


def filter_options(command: F) -> F:
    """The search filters, handed on as one value ``filters: archive.store.Filters``."""

    @functools.wraps(command)
    def with_filters(**options: Any) -> Any:
        from archive.store import Filters

        names = ("site", "branch", "date_from", "date_to", "status", "witness", "host", "only_host")
        filters = Filters(**{name: options.pop(name) for name in names})
        if filters.leaves_no_day:
            days = {"first": filters.date_from, "last": filters.date_to}
            raise UsageError(say("error.no_day", **days))
        return command(filters=filters, **options)

    decorated: Any = with_filters
    for option in reversed(
        (
            click.option("--branch", metavar="BRANCH", help="option.branch"),
            click.option("--from", "date_from", type=Day(last=False), help="option.from"),
            click.option("--to", "date_to", type=Day(last=True), help="option.to"),
            click.option("--site", metavar="NAME", help="option.site"),
            click.option("--status", type=click.Choice(STATUSES), help="option.status"),
            click.option("--witness", type=click.Choice(ROLES), help="option.witness"),
            click.option("--host", metavar="HOST", callback=_host, help="option.host"),
            click.option("--only-host", metavar="HOST", callback=_host, help="option.only_host"),
        )
    ):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def open_existing(data: Path) -> Archive:
    """The archive in ``data``; DataDirectoryError, with what to do, when there is none."""
    from archive.cli.index_told import IndexTold
    from archive.store import open_archive

    archive = open_archive(data)
    archive.store.watch_index(IndexTold())
    return archive


def open_for(data: Path, filters: Filters) -> Archive:
    """The archive in ``data``, to be asked with these filters; NotFoundError for a site that it
    does not have."""
    archive = open_existing(data)
    try:
        if filters.site is not None:
            archive.store.site(filters.site)
    except BaseException:
        archive.close()
        raise
    return archive


def open_or_make(data: Path) -> Archive:
    """The same, made when it is not there yet."""
    from archive.store import open_archive

    return open_archive(data, create=True)
