"""The timer of the nightly crawl: systemd units for a user or the machine, and a cron line.

It promises units that pass ``systemd-analyze verify``, give the crawl nothing to write to but its
data directory, and run a night that was missed as soon as the machine is up again.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from archive.errors import NotFoundError, UsageError
from archive.warc.storage import storage_errors

NAME = "palimpsest"
DEFAULT_AT = "02:00"
COMMAND_SECONDS = 30.0
_DATA = re.compile(r"^ExecStart=.* --data (.+)$", re.MULTILINE)
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What a path may have and a unit or a crontab may not: a line break begins a line of its own
there, and what is no character cannot be written."""
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

_HARDENING = """\
NoNewPrivileges=yes
ProtectSystem=strict
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictRealtime=yes
LockPersonality=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallArchitectures=native
UMask=0027"""

_HARDENING_OF_MACHINE = """\
ProtectHome=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
RestrictNamespaces=yes
ProtectProc=invisible
PrivateUsers=yes
CapabilityBoundingSet=
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
SystemCallErrorNumber=EPERM"""
"""What only the machine's own systemd may keep a service from, a user's not everywhere."""

_SERVICE = """\
[Unit]
Description=Palimpsest: the nightly crawl
Documentation=man:systemd.exec(5)
# A night that was missed starts with the machine: not before the clock is right.
Wants=network-online.target time-sync.target
After=network-online.target time-sync.target
OnFailure={name}-failure.service

[Service]
Type=oneshot
ExecStart={command}
# The first SIGTERM drains: what is on its way is waited for and kept.
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=180
# Stopped on purpose is no failure, nor is it while the program is still being loaded.
SuccessExitStatus=143 SIGTERM
{state}
# Secrets of webhook and mail, one VARIABLE=value a line; the file may be missing.
EnvironmentFile=-{environment}
Nice=10
IOSchedulingClass=idle
{hardening}
"""

_TIMER = """\
[Unit]
Description=Palimpsest: when the nightly crawl starts

[Timer]
OnCalendar=*-*-* {at}:00
# A night that was missed is made up for.
Persistent=true
RandomizedDelaySec=10min

[Install]
WantedBy=timers.target
"""

_FAILURE = """\
[Unit]
Description=Palimpsest: a nightly crawl did not end well

[Service]
Type=oneshot
# Of a night that could not begin there may be no list.
ExecStart=-{command}
{state}
{hardening}
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is to run: ``program`` is the palimpsest command's path, ``data`` absolute, ``at`` the
    time of day (HH:MM); ``for_machine``: by the machine's systemd under a user of its own."""

    program: Path
    data: Path
    at: str = DEFAULT_AT
    for_machine: bool = False

    def __post_init__(self) -> None:
        if not _TIME.fullmatch(self.at):
            raise UsageError(f"{self.at!r} is no time of day; write it as in 02:00")
        for path in (self.program, self.data):
            if _UNWRITABLE.search(str(path)):
                raise UsageError(f"{str(path)!r} cannot stand in a timer: name a plain path")


def units(schedule: Schedule) -> dict[str, str]:
    """The unit files by name."""
    data = schedule.data
    # "-": where there is no such folder yet, the program says so, in words.
    state = f"ReadWritePaths={_quoted(_specified(f'-{data}'))}"
    environment = _specified(str(data / "environment"))
    if schedule.for_machine:
        state = f"DynamicUser=yes\nStateDirectory={NAME}\n{_HARDENING_OF_MACHINE}"
        environment = f"/etc/{NAME}/environment"
    night = _command(schedule, "nightly", "--data", str(data))
    told = _command(schedule, "runs", "list", "--data", str(data))
    return {
        f"{NAME}.service": _SERVICE.format(
            name=NAME, command=night, state=state, environment=environment, hardening=_HARDENING
        ),
        f"{NAME}.timer": _TIMER.format(at=schedule.at),
        f"{NAME}-failure.service": _FAILURE.format(command=told, state=state, hardening=_HARDENING),
    }


def cron_line(schedule: Schedule) -> str:
    """The same for cron, whose log is a file."""
    hour, minute = map(int, schedule.at.split(":"))
    command = shlex.join([str(schedule.program), "nightly", "--data", str(schedule.data)])
    log = shlex.quote(str(schedule.data / "nightly.log"))
    # cron takes a percent sign for a line break.
    return f"{minute} {hour} * * * {command} >> {log} 2>&1".replace("%", "\\%")


def unit_folder(environment: dict[str, str]) -> Path:
    """Where a user's systemd looks for units (systemd.unit(5))."""
    base = environment.get("XDG_CONFIG_HOME") or str(Path(environment.get("HOME", "~"), ".config"))
    return Path(base).expanduser() / "systemd" / "user"


def install(schedule: Schedule, folder: Path) -> list[Path]:
    """Write the units into ``folder``; returns their paths. Raises DataDirectoryError, UsageError
    where the timer of another archive is there."""
    service = f"{NAME}.service"
    other = _data_of(folder / service)
    if other is not None and other != _data_in(units(schedule)[service]):
        raise UsageError(
            f"the timer of another archive is installed ({other}); `palimpsest schedule remove` "
            "takes it away, and `schedule show` prints a cron line for this one"
        )
    written = []
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in units(schedule).items():
            path = folder / name
            partial = path.with_name(f".{name}.part")
            partial.write_text(text, encoding="utf-8")
            partial.replace(path)
            written.append(path)
    return written


def _data_of(service: Path) -> str | None:
    """The data directory of the unit, as it is written there; None where there is no unit."""
    try:
        return _data_in(service.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _data_in(unit: str) -> str | None:
    found = _DATA.search(unit)
    return None if found is None else found[1]


def installed(folder: Path) -> list[Path]:
    """The units that are in ``folder``."""
    names = (f"{NAME}.service", f"{NAME}.timer", f"{NAME}-failure.service")
    return [folder / name for name in names if (folder / name).is_file()]


def remove(folder: Path) -> list[Path]:
    """Take the units out of ``folder``; returns their paths. Raises NotFoundError where there is
    none, DataDirectoryError."""
    found = installed(folder)
    if not found:
        raise NotFoundError(f"{folder} has no timer of Palimpsest; nothing to remove")
    with storage_errors(folder):
        for path in found:
            path.unlink()
    return found


def systemctl(*arguments: str) -> str | None:
    """Ask the user's systemd; None when it did what was asked, else why not."""
    program = shutil.which("systemctl")
    if program is None:
        return "there is no systemctl"
    try:
        done = subprocess.run(
            [program, "--user", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=COMMAND_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    return " ".join(done.stderr.split())[:200] or f"exit code {done.returncode}"


def _command(schedule: Schedule, *arguments: str) -> str:
    """A command line, in which variables are set in, too (systemd.service(5))."""
    words = (str(schedule.program), *arguments)
    return " ".join(_quoted(_specified(word).replace("$", "$$")) for word in words)


def _specified(text: str) -> str:
    """``text`` where systemd sets specifiers in, which begin with %."""
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """A word of a unit file (systemd.syntax(7), "Quoting")."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"' if re.search(r"[\s\"'\\]", text) else plain
