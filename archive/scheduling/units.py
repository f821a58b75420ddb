"""The timer of the nightly crawl as text: systemd units for a user or the machine, and a cron line.

It promises units that pass ``systemd-analyze verify``, give the crawl nothing to write to but its
data directory where systemd can see to that, and run a night that was missed as soon as the machine
is up again.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from archive.errors import UsageError

NAME = "palimpsest"
DEFAULT_AT = "02:00"
MAX_JOBS = 64
"""Sites that are walked at a time, at most."""
TEMPORARY = ("/tmp", "/var/tmp")
"""What ``PrivateTmp`` hides (systemd.exec(5))."""
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What a path may have and a unit or a crontab may not: a line break begins a line of its own
there, and what is no character cannot be written."""
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")

LIMITS = (
    "NoNewPrivileges=yes",
    "RestrictSUIDSGID=yes",
    "RestrictRealtime=yes",
    "LockPersonality=yes",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
    "SystemCallArchitectures=native",
    "UMask=0027",
)
"""What any systemd may keep a service from, a user's included."""
OWN_VIEW = (
    "ProtectSystem=strict",
    "PrivateUsers=yes",
    "PrivateTmp=yes",
    "ProtectKernelTunables=yes",
    "ProtectKernelModules=yes",
    "ProtectControlGroups=yes",
)
"""A view of the files of the service's own. Without ``PrivateUsers`` a user's systemd gives none
(systemd.exec(5)): 252 passes over the first of these without a word, and ends the service with 218
for ``ProtectKernelModules``. With it, the kernel must let users have namespaces."""
OWN_VIEW_OF_USER = (*OWN_VIEW, "ProtectHome=read-only")
"""``ProtectSystem=strict`` leaves homes as they are."""
_OF_MACHINE = (
    "ProtectHome=yes",
    "PrivateDevices=yes",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "RestrictNamespaces=yes",
    "ProtectProc=invisible",
    "CapabilityBoundingSet=",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged",
    "SystemCallErrorNumber=EPERM",
)
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
{environment}
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
{environment}
{hardening}
"""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is to run: ``program`` is the palimpsest command's path, ``data`` absolute, ``at`` the
    time of day (HH:MM); ``for_machine``: by the machine's systemd under a user of its own;
    ``confined``: with a view of the files of its own, where a user's systemd can give one;
    ``variables``: what stands in its environment, NAME=value, for all to read; ``jobs``: how many
    sites are walked at a time."""

    program: Path
    data: Path
    at: str = DEFAULT_AT
    for_machine: bool = False
    confined: bool = True
    variables: tuple[str, ...] = ()
    jobs: int = 1

    def __post_init__(self) -> None:
        if not _TIME.fullmatch(self.at):
            raise UsageError(f"{self.at!r} is no time of day; write it as in 02:00")
        for text in (str(self.program), str(self.data), *self.variables):
            if _UNWRITABLE.search(text):
                raise UsageError(f"{text!r} cannot stand in a timer: name a plain path")


def units(schedule: Schedule) -> dict[str, str]:
    """The unit files by name."""
    data = schedule.data
    night = _command(schedule, *_night(schedule))
    told = _command(schedule, "runs", "list", "--data", str(data))
    same = {
        "state": _state(schedule),
        "environment": _environment(schedule),
        "hardening": "\n".join(_hardening(schedule)),
    }
    return {
        f"{NAME}.service": _SERVICE.format(name=NAME, command=night, **same),
        f"{NAME}.timer": _TIMER.format(at=schedule.at),
        f"{NAME}-failure.service": _FAILURE.format(command=told, **same),
    }


def _state(schedule: Schedule) -> str:
    """Where the service may write. "-": where there is no such folder yet, the program says so, in
    words."""
    if schedule.for_machine:
        # A user that stays: files of an archive are to be somebody's between two nights, too.
        return f"User={NAME}\nStateDirectory={NAME}\nStateDirectoryMode=0750"
    folder = _quoted(_specified(f"-{schedule.data}"))
    # A service with a /tmp of its own sees nothing of what is in everybody's.
    seen_as = "BindPaths" if _is_temporary(schedule.data) else "ReadWritePaths"
    return f"{seen_as}={folder}"


def _is_temporary(folder: Path) -> bool:
    return any(folder.is_relative_to(one) for one in TEMPORARY)


def _environment(schedule: Schedule) -> str:
    """The variables of the service."""
    file = f"/etc/{NAME}/environment"
    if not schedule.for_machine:
        file = _specified(str(schedule.data / "environment"))
    lines = [
        "# Secrets of webhook and mail, one VARIABLE=value a line; the file may be missing.",
        f"EnvironmentFile=-{file}",
    ]
    said = [f"Environment={_quoted(_specified(one))}" for one in schedule.variables]
    return "\n".join((*said, *lines))


def _hardening(schedule: Schedule) -> tuple[str, ...]:
    if schedule.for_machine:
        return (*LIMITS, *OWN_VIEW, *_OF_MACHINE)
    return (*LIMITS, *OWN_VIEW_OF_USER) if schedule.confined else LIMITS


def cron_line(schedule: Schedule) -> str:
    """The same for cron, whose log is a file."""
    hour, minute = map(int, schedule.at.split(":"))
    command = shlex.join([str(schedule.program), *_night(schedule)])
    command = " ".join((*map(_set_in_shell, schedule.variables), command))
    log = shlex.quote(str(schedule.data / "nightly.log"))
    # cron takes a percent sign for a line break.
    return f"{minute} {hour} * * * {command} >> {log} 2>&1".replace("%", "\\%")


def _night(schedule: Schedule) -> tuple[str, ...]:
    """The command of the night, and its arguments."""
    jobs = ("--jobs", str(schedule.jobs)) if schedule.jobs > 1 else ()
    return ("nightly", *jobs, "--data", str(schedule.data))


def _set_in_shell(variable: str) -> str:
    name, _, value = variable.partition("=")
    return f"{name}={shlex.quote(value)}"


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
