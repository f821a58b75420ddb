"""The store: what is known of sites, pages and articles, and how far a walk has come.

One SQLite file, ``palimpsest.db``, in the data directory, beside ``warc/``.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from archive.errors import DataDirectoryError
from archive.store.captures import CaptureRow
from archive.store.frontier import Frontier
from archive.store.leasing import Lease
from archive.store.runs import RunRow
from archive.store.shelf import Filters, Version
from archive.store.store import Store

__all__ = [
    "Archive",
    "CaptureRow",
    "Filters",
    "Frontier",
    "Lease",
    "RunRow",
    "Store",
    "Version",
    "open_archive",
]

DATABASE_NAME = "palimpsest.db"
WARC_NAME = "warc"


class Archive:
    """A data directory that is open: the WARC files and the store. A context manager."""

    def __init__(self, data: Path, store: Store) -> None:
        self.data = data
        self.warc_dir = data / WARC_NAME
        self.store = store

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_archive(data: Path, *, create: bool = False) -> Archive:
    """Open the archive in the directory ``data``; ``create`` makes what is missing.

    Raises DataDirectoryError when there is no archive (and ``create`` is false) or the directory
    cannot be used, SchemaError when what is there is no store or a newer program's.
    """
    try:
        if create:
            (data / WARC_NAME).mkdir(parents=True, exist_ok=True)
        store = Store(data / DATABASE_NAME, create=create)
    except OSError as error:
        raise DataDirectoryError(
            f"{data} cannot be used as data directory ({error.strerror}): "
            "name a writable one with --data"
        ) from error
    return Archive(data, store)
