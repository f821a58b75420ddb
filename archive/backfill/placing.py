"""Where WARC files lie when pointers name them: where they were found, or in the archive.

It promises that a file is in the archive whole and once, or not at all, and that nothing already
there is overwritten.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

from archive.backfill.inputs import SUFFIXES, Input
from archive.warc.naming import safe_prefix
from archive.warc.storage import storage_errors, sync_directory

DIGEST_CHARACTERS = 16
COPY_BYTES = 1024 * 1024


def placed(file: Input, warc_dir: Path, *, copy: bool) -> Path:
    """The path of a WARC file as pointers will name it; with ``copy``, and where no pointer can
    name it, of its copy in ``warc_dir``.

    Raises DataDirectoryError (DiskFullError) when it cannot be written.
    """
    root = warc_dir.resolve()
    if file.path.is_relative_to(root) or (file.can_be_pointed_at and not copy):
        return file.path
    with file.path.open("rb") as source:
        return kept(source, root, file.path.name)[0]


def kept(source: IO[bytes], directory: Path, name: str) -> tuple[Path, str]:
    """Where the archive has these bytes of a WARC file of this ``name``, and their SHA-256. Raises
    DataDirectoryError (DiskFullError) when they cannot be written."""
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
