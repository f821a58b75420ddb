"""The units of a user's timer as files: written, found, taken away.

It promises that no unit is half-written, and that the timer of another archive is not overwritten.
"""

from __future__ import annotations

import re
from pathlib import Path

from archive.errors import NotFoundError, UsageError
from archive.scheduling.units import NAME, Schedule, units
from archive.warc.storage import storage_errors

_DATA = re.compile(r"^ExecStart=.* --data (.+)$", re.MULTILINE)


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
