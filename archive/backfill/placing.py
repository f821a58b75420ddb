"""Where WARC files lie when pointers name them: where they were found, or in the archive.

It promises that a file is in the archive whole or not at all, that no name in a package leads out
of it, and that nothing already there is overwritten.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
import zlib
from pathlib import Path
from typing import IO

from archive.backfill.inputs import SUFFIXES, Input, Kind, kind_of
from archive.errors import WarcError
from archive.warc.naming import safe_prefix
from archive.warc.storage import storage_errors, sync_directory

DIGEST_CHARACTERS = 10
COPY_BYTES = 1024 * 1024
MAX_MEMBER_BYTES = 64 * 1024**3
"""Of one WARC file in a package; a larger one is taken for a bomb."""


def placed(file: Input, warc_dir: Path, *, copy: bool) -> Path:
    """The path of a WARC file as pointers will name it; with ``copy``, of its copy in ``warc_dir``.

    Raises DataDirectoryError (DiskFullError) when it cannot be written.
    """
    root = warc_dir.resolve()
    if file.path.is_relative_to(root) or not copy:
        return file.path
    with file.path.open("rb") as source:
        return _kept(source, file.size, root, _copy_name(file.path))


def unpacked(file: Input, warc_dir: Path) -> list[Path]:
    """The WARC files in the package, copied byte for byte into ``warc_dir``.

    Raises WarcError when it is no package that can be read, DataDirectoryError as ``placed``.
    """
    try:
        with zipfile.ZipFile(file.path) as package:
            members = [one for one in package.infolist() if _is_warc(one)]
            if not members:
                raise WarcError(f"{file.path}: no WARC file is in this package")
            return [_member(file.path, package, one, warc_dir.resolve()) for one in members]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise WarcError(f"{file.path}: not a WACZ package that can be read: {error}") from error


def _is_warc(member: zipfile.ZipInfo) -> bool:
    return not member.is_dir() and kind_of(Path(_base(member))) is Kind.WARC


def _base(member: zipfile.ZipInfo) -> str:
    """The member's name without folders: what a stranger's package says must not lead out."""
    return Path(member.filename.replace("\\", "/")).name


def _member(path: Path, package: zipfile.ZipFile, one: zipfile.ZipInfo, root: Path) -> Path:
    if one.file_size > MAX_MEMBER_BYTES:
        raise WarcError(f"{path}: {_base(one)} has {one.file_size} bytes, too many")
    with package.open(one) as source:
        return _kept(source, one.file_size, root, _name(f"{path}!{one.filename}", _base(one)))


def _copy_name(path: Path) -> str:
    return _name(str(path), path.name)


def _name(whole: str, name: str) -> str:
    """A safe name that the same origin always gets, and no other one."""
    lower = name.lower()
    suffix = max((one for one in SUFFIXES if lower.endswith(one)), key=len)
    stem = safe_prefix(name[: -len(suffix)])
    origin = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()
    return f"{stem}-{origin[:DIGEST_CHARACTERS]}{suffix}"


def _kept(source: IO[bytes], size: int, directory: Path, name: str) -> Path:
    final = directory / name
    if final.exists() and final.stat().st_size == size:
        return final
    partial = final.with_name(f"{name}.part")
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as target:
            shutil.copyfileobj(source, target, COPY_BYTES)
        partial.replace(final)
        sync_directory(directory)
    return final
