"""Where WARC files lie when pointers name them: where they were found, or in the archive.

It promises that a file is in the archive whole and once, or not at all, and that nothing already
there is overwritten.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from archive.afresh import afresh
from archive.backfill.inputs import SUFFIXES, Input
from archive.errors import WarcError
from archive.warc.naming import safe_prefix
from archive.warc.storage import storage_errors, sync_directory

DIGEST_CHARACTERS = 16
COPY_BYTES = 1024 * 1024


class Readable(Protocol):
    """Bytes to be read once, from the beginning to the end."""

    def read(self, size: int = ..., /) -> bytes: ...


def _on() -> None:
    pass


def placed(file: Input, warc_dir: Path, *, copy: bool, go_on: Callable[[], None] = _on) -> Path:
    """The path of a WARC file as pointers will name it; with ``copy``, and where no pointer can
    name it, of its copy in ``warc_dir``; ``go_on`` is called while it is copied, and may raise.

    Raises WarcError when it cannot be read, DataDirectoryError (DiskFullError) when the copy cannot
    be written.
    """
    root = warc_dir.resolve()
    if file.path.is_relative_to(root) or (file.can_be_pointed_at and not copy):
        return file.path
    with opened(file) as source:
        return kept(source, root, file.path.name, go_on)[0]


def opened(file: Input) -> BinaryIO:
    """The file's bytes. Raises WarcError when it cannot be read."""
    try:
        return file.path.open("rb")
    except OSError as error:
        raise _unreadable(file.name, error) from error


def kept(
    source: Readable, directory: Path, name: str, go_on: Callable[[], None] = _on
) -> tuple[Path, str]:
    """Where the archive has these bytes of a WARC file of this ``name``, and their SHA-256;
    ``go_on`` is called again and again, and may raise. Raises WarcError when they cannot be read,
    DataDirectoryError (DiskFullError) when they cannot be written."""
    lower = name.lower()
    suffix = max((one for one in SUFFIXES if lower.endswith(one)), key=len)
    stem = safe_prefix(name[: -len(suffix)])
    partial = directory / f"{stem}.part"
    hashed = hashlib.sha256()
    with storage_errors(directory):
        directory.mkdir(parents=True, exist_ok=True)
        try:
            with afresh(partial) as target:
                for piece in _pieces(source, name):
                    go_on()
                    hashed.update(piece)
                    target.write(piece)
                target.flush()
                os.fsync(target.fileno())
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        digest = hashed.hexdigest()
        # The same bytes always get the same name, wherever they come from, and no others do.
        final = directory / f"{stem}-{digest[:DIGEST_CHARACTERS]}{suffix}"
        if final.exists():
            partial.unlink()
        else:
            partial.replace(final)
            sync_directory(directory)
    return final, digest


def _pieces(source: Readable, name: str) -> Iterator[bytes]:
    """What cannot be read is no fault of the disk that is written to."""
    try:
        while piece := source.read(COPY_BYTES):
            yield piece
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> WarcError:
    return WarcError(f"{name}: cannot be read: {error.strerror or error}; not taken in")
