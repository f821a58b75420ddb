"""Where WARC files lie when pointers name them: where they were found, or in the archive.

It promises that a file is in the archive whole and once, or not at all, that no name in a package
leads out of it, and that nothing already there is overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from archive.backfill.inputs import SUFFIXES, Input, Kind, kind_of
from archive.errors import WarcError
from archive.warc.naming import safe_prefix
from archive.warc.storage import storage_errors, sync_directory

DIGEST_CHARACTERS = 16
COPY_BYTES = 1024 * 1024
MAX_MEMBER_BYTES = 64 * 1024**3
"""Of one WARC file in a package; a larger one is taken for a bomb."""
MAX_LIST_BYTES = 16 * 1024**2
"""Of a package's list of its files; beyond it no digest is compared."""
LIST_NAME = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The WARC files of a package in the archive, and which of them (``problems``, a line each)
    are not what the package says of them."""

    paths: tuple[Path, ...]
    problems: tuple[str, ...]


def placed(file: Input, warc_dir: Path, *, copy: bool) -> Path:
    """The path of a WARC file as pointers will name it; with ``copy``, and where no pointer can
    name it, of its copy in ``warc_dir``.

    Raises DataDirectoryError (DiskFullError) when it cannot be written.
    """
    root = warc_dir.resolve()
    if file.path.is_relative_to(root) or (file.can_be_pointed_at and not copy):
        return file.path
    with file.path.open("rb") as source:
        return _kept(source, root, file.path.name)[0]


def unpacked(
    file: Input, warc_dir: Path, check_room: Callable[[int], None] = lambda more: None
) -> Unpacked:
    """The WARC files in the package, copied byte for byte into ``warc_dir``; ``check_room`` is
    asked before for the bytes that they have unpacked, and may raise.

    Raises WarcError when it is no package that can be read, DataDirectoryError as ``placed``.
    """
    try:
        with zipfile.ZipFile(file.path) as package:
            members = [one for one in package.infolist() if _is_warc(one)]
            if not members:
                raise WarcError(f"{file.name}: no WARC file is in this package")
            check_room(sum(one.file_size for one in members))
            told = _told_digests(package)
            paths, problems = [], []
            for one in members:
                path, digest = _member(file.name, package, one, warc_dir.resolve())
                paths.append(path)
                if told.get(one.filename, digest) != digest:
                    problems.append(
                        f"{file.name}: {_base(one)} is not the file that {LIST_NAME} tells of "
                        f"(SHA-256 {digest}); taken in as it is"
                    )
            return Unpacked(tuple(paths), tuple(problems))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise WarcError(f"{file.name}: not a WACZ package that can be read: {error}") from error


def _told_digests(package: zipfile.ZipFile) -> dict[str, str]:
    """The SHA-256 of each file that the package's list names; none where there is no list."""
    try:
        if package.getinfo(LIST_NAME).file_size > MAX_LIST_BYTES:
            return {}
        resources = json.loads(package.read(LIST_NAME))["resources"]
        pairs = [(str(one["path"]), str(one["hash"])) for one in resources]
    except (KeyError, TypeError, ValueError, RecursionError):
        return {}
    kind = "sha256:"
    return {path: told[len(kind) :].lower() for path, told in pairs if told.startswith(kind)}


def _is_warc(member: zipfile.ZipInfo) -> bool:
    return not member.is_dir() and kind_of(Path(_base(member))) is Kind.WARC


def _base(member: zipfile.ZipInfo) -> str:
    """The member's name without folders: what a stranger's package says must not lead out."""
    return Path(member.filename.replace("\\", "/")).name


def _member(
    path: str, package: zipfile.ZipFile, one: zipfile.ZipInfo, root: Path
) -> tuple[Path, str]:
    if one.file_size > MAX_MEMBER_BYTES:
        raise WarcError(f"{path}: {_base(one)} has {one.file_size} bytes, too many")
    with package.open(one) as source:
        return _kept(source, root, _base(one))


def _kept(source: IO[bytes], directory: Path, name: str) -> tuple[Path, str]:
    """Where the archive has these bytes, and their SHA-256."""
    lower = name.lower()
    suffix = max((one for one in SUFFIXES if lower.endswith(one)), key=len)
    stem = safe_prefix(name[: -len(suffix)])
    partial = directory / f"{stem}.part"
    hashed = hashlib.sha256()
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as target:
            while piece := source.read(COPY_BYTES):
                hashed.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        digest = hashed.hexdigest()
        # The same bytes always get the same name, wherever they come from, and no others do.
        final = directory / f"{stem}-{digest[:DIGEST_CHARACTERS]}{suffix}"
        if final.exists():
            partial.unlink()
        else:
            partial.replace(final)
            sync_directory(directory)
    return final, digest
