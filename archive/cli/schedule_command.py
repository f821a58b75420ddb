"""``palimpsest schedule``: the timer of the nightly crawl, installed, shown, removed."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archive.cli.group import Help, HelpGroup
from archive.cli.options import DATABASE_VARIABLE, common_options, group_data_option
from archive.cli.output import note
from archive.errors import UsageError
from archive.messages.language import say
from archive.messages.printable import printable
from archive.scheduling.installed import install, installed, remove, unit_folder
from archive.scheduling.manager import confines, systemctl
from archive.scheduling.units import DEFAULT_AT, MAX_JOBS, NAME, Schedule, cron_line, units

EXIT_NOT_STARTED = 69
"""The units are written, and no systemd has started their timer."""


def _timing(command: Callable[..., Any]) -> Callable[..., Any]:
    jobs = click.option(
        "--jobs",
        type=click.IntRange(1, MAX_JOBS),
        default=1,
        show_default=True,
        metavar="N",
        help="schedule.jobs",
    )
    at = click.option(
        "--at", default=DEFAULT_AT, show_default=True, metavar="HH:MM", help="schedule.at"
    )
    return at(jobs(command))


@click.group(cls=HelpGroup, help="schedule.help")
@group_data_option
def schedule() -> None:
    """The group of the commands about the timer."""


@schedule.command("install", cls=Help, help="schedule.install.help")
@_timing
@common_options
def install_timer(at: str, jobs: int, data: Path) -> int:
    """Write the user's units and start the timer; without systemd, say the cron line. The exit code
    tells whether the timer was started."""
    wanted = _schedule(at, jobs, data)
    if not confines(wanted.program):
        wanted = replace(wanted, confined=False)
        note(say("schedule.not_confined"))
    for path in install(wanted, unit_folder(dict(os.environ))):
        click.echo(printable(str(path)))
    problem = systemctl("daemon-reload") or systemctl("enable", "--now", f"{NAME}.timer")
    if problem is None:
        note(say("schedule.started", at=at))
        return 0
    note(say("schedule.not_started", why=printable(problem), line=cron_line(wanted)))
    return EXIT_NOT_STARTED


@schedule.command("show", cls=Help, help="schedule.show.help")
@_timing
@click.option("--system", is_flag=True, help="schedule.system")
@common_options
def show_timer(at: str, jobs: int, system: bool, data: Path) -> None:
    """Print the units as they would be written, and the cron line."""
    wanted = _schedule(at, jobs, data, system=system)
    for name, text in units(wanted).items():
        click.echo(f"# {name}\n{text}")
    click.echo(f"# cron\n{cron_line(wanted)}")
    found = installed(unit_folder(dict(os.environ)))
    note(say("schedule.installed", files=", ".join(map(str, found)) or "-"))


@schedule.command("remove", cls=Help, help="schedule.remove.help")
@common_options
def remove_timer(data: Path) -> None:
    """Stop the timer and take the units away; the archive is not touched."""
    folder = unit_folder(dict(os.environ))
    if installed(folder):
        systemctl("disable", "--now", f"{NAME}.timer")
    for path in remove(folder):
        click.echo(printable(str(path)))
    systemctl("daemon-reload")


def _schedule(at: str, jobs: int, data: Path, *, system: bool = False) -> Schedule:
    if system:
        program, place = Path(f"/opt/{NAME}/bin/{NAME}"), Path(f"/var/lib/{NAME}")
        return Schedule(program, place, at, for_machine=True, jobs=jobs)
    program, variables = Path(sys.executable).with_name(NAME), _database(data / "environment")
    return Schedule(program, data.resolve(), at, variables=variables, jobs=jobs)


def _database(secrets: Path) -> tuple[str, ...]:
    """The variable that names the archive's database, where the file of secrets does not. Raises
    UsageError for one with a password, which no unit or crontab is to hold."""
    url = os.environ.get(DATABASE_VARIABLE)
    if not url or _names_database(secrets):
        return ()
    parts = urlsplit(url)
    if parts.password or "password=" in parts.query:
        raise UsageError(say("schedule.password", variable=DATABASE_VARIABLE, file=secrets))
    return (f"{DATABASE_VARIABLE}={url}",)


def _names_database(secrets: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        lines = secrets.read_text(encoding="utf-8").splitlines()
        return any(line.strip().startswith(f"{DATABASE_VARIABLE}=") for line in lines)
    return False
