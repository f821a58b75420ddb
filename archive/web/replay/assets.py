"""The player's files in the data directory: fetched once, checked, and kept with their licence."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from archive.errors import DataDirectoryError, UsageError
from archive.export.files import whole_file

PACKAGE = "replaywebpage"
VERSION = "2.5.3"
INTEGRITY = (
    "sha512-nCj2PSON3BxeSJKE8AsYPyULv0XPZKJWfy4l9PyQ"
    "re9SqwLZ+WKZVs/sfLqPOQ4GrH+0YkjbwOhr8cSTH08gsQ=="
)
"""Of the npm package (W3C Subresource Integrity): nothing else is installed."""
FILES = ("ui.js", "sw.js", "LICENSE")
FOLDER = "replay"
FETCH_SECONDS = 300


def folder(data: Path) -> Path:
    """Where the player's files are, or would be."""
    return data / FOLDER


def are_installed(data: Path) -> bool:
    """Whether every file is there."""
    return all((folder(data) / name).is_file() for name in FILES)


def install(data: Path, package: Path | None = None) -> Path:
    """Put the player's files into the data directory; returns the folder.

    ``package`` is the npm package as a file; without it, npm fetches it. Raises UsageError when
    that cannot be or the package is another one, DataDirectoryError when it cannot be written.
    """
    if package is not None:
        return _unpack(data, package)
    with tempfile.TemporaryDirectory(prefix="palimpsest-") as temporary:
        return _unpack(data, _fetch(Path(temporary)))


def _fetch(target: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise UsageError(
            f"npm is not installed: install it, or get the npm package {PACKAGE} {VERSION} "
            "in another way and name its file with --from"
        )
    command = [npm, "pack", "--silent", f"{PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, cwd=target, check=True, capture_output=True, timeout=FETCH_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(
            f"npm could not fetch {PACKAGE} {VERSION} ({error}): "
            "get its file in another way and name it with --from"
        ) from error
    return next(target.glob("*.tgz"))


def _unpack(data: Path, package: Path) -> Path:
    try:
        content = package.read_bytes()
    except OSError as error:
        raise UsageError(f"{package} cannot be read: {error.strerror}") from error
    if f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}" != INTEGRITY:
        raise UsageError(f"{package} is not the npm package {PACKAGE} {VERSION}: it was left alone")
    target = folder(data)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tarfile.open(package) as archive:
            for name in FILES:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    raise UsageError(f"{package} has no {name}")
                with whole_file(target / name) as file:
                    shutil.copyfileobj(member, file)
    except OSError as error:
        raise DataDirectoryError(
            f"the player cannot be written to {target}: {error.strerror}"
        ) from error
    return target
