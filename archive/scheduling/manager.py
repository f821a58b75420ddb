"""The user's own systemd, asked to do something and to try what it can keep a service from.

It promises to wait for an answer no longer than a user would, and to say why one was no.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from archive.scheduling.units import LIMITS, OWN_VIEW_OF_USER

COMMAND_SECONDS = 30.0
MAX_REASON_CHARS = 200


def systemctl(*arguments: str) -> str | None:
    """Ask the user's systemd; None when it did what was asked, else why not."""
    return _asked("systemctl", *arguments)


def confines(program: Path) -> bool:
    """Whether a service of the user's can have a view of the files of its own here; False only
    where ``program`` runs without one and not with it (as where the kernel lets no user have
    namespaces)."""
    if _trial(program, (*LIMITS, *OWN_VIEW_OF_USER)) is None:
        return True
    return _trial(program, LIMITS) is not None


def _trial(program: Path, hardening: Sequence[str]) -> str | None:
    options = [f"--property={line}" for line in hardening]
    return _asked(
        "systemd-run", "--quiet", "--wait", "--collect", *options, str(program), "--version"
    )


def _asked(name: str, *arguments: str) -> str | None:
    program = shutil.which(name)
    if program is None:
        return f"there is no {name}"
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
    return " ".join(done.stderr.split())[:MAX_REASON_CHARS] or f"exit code {done.returncode}"
