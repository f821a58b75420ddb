"""The store: what is known of sites, pages and articles, and how far a walk has come.

One SQLite file, ``palimpsest.db``, in the data directory, beside ``warc/``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from archive import search
from archive.errors import DataDirectoryError, PalimpsestError
from archive.model import Article, CaptureRow
from archive.search.filters import Filters
from archive.search.results import Order, Results
from archive.store.captures import Confirmed, PageCopy
from archive.store.frontier import Frontier
from archive.store.intakes import Intake
from archive.store.leasing import Lease
from archive.store.ledger import Entry
from archive.store.opening import WARC_NAME
from archive.store.resting import Night, Rest
from archive.store.runs import RunRow
from archive.store.shelf import Version
from archive.store.store import Store

__all__ = [
    "Archive",
    "CaptureRow",
    "Confirmed",
    "Entry",
    "Filters",
    "Frontier",
    "Intake",
    "Lease",
    "Night",
    "PageCopy",
    "Rest",
    "RunRow",
    "Store",
    "Version",
    "open_archive",
]

DATABASE_NAME = "palimpsest.db"
DATABASE_VARIABLE = "PALIMPSEST_DATABASE"


class Archive:
    """A data directory that is open: the WARC files and the store. A context manager.

    ``search``, ``count``, ``iterate`` and ``get`` answer every question about articles; the
    command line and the reading room ask nothing else. It may be used by several threads.
    """

    def __init__(self, data: Path, store: Store) -> None:
        self.data = data
        self.warc_dir = data / WARC_NAME
        self.store = store

    def close(self) -> None:
        """Close the store; what is asked after that is a StoreError, and closing again is none."""
        self.store.close()

    def search(
        self,
        query: str = "",
        filters: Filters | None = None,
        *,
        order: Order = "relevance",
        limit: int = 20,
        offset: int = 0,
        facets: bool = False,
    ) -> Results:
        """One page of the articles that ``query`` asks for (docs/search.md has the language) and
        that pass the filters; blank: all of them, the newest first; ``@NAME`` is what was saved
        under this name (``store.saved``).

        No query is an error. ``limit`` and ``offset`` are brought into range. Raises StoreError
        when the store cannot answer.
        """
        return search.search(
            self.store,
            *self.store.saved.recalled(query, filters or Filters()),
            order=order,
            limit=limit,
            offset=offset,
            facets=facets,
        )

    def count(self, query: str = "", filters: Filters | None = None) -> int:
        """How many articles ``search`` finds in all."""
        return search.count(self.store, *self.store.saved.recalled(query, filters or Filters()))

    def iterate(self, query: str = "", filters: Filters | None = None) -> Iterator[Article]:
        """The same articles whole, by site and id, a few at a time: however many there are, they
        need no memory to speak of."""
        query, wanted = self.store.saved.recalled(query, filters or Filters())
        return self.store.articles(filters=wanted, query=search.parse(query))

    def get(self, id_or_url: str) -> Article:
        """The article with this id, or this address, or with a witness at this address; raises
        NotFoundError when there is none."""
        return self.store.article(id_or_url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except PalimpsestError:
            # What ended the work says more than what could not be tidied up behind it.
            if error is None:
                raise


def open_archive(data: Path | str, *, create: bool = False, database: str | None = None) -> Archive:
    """Open the archive in the directory ``data``; ``create`` makes what is missing.

    ``database`` is the address of a PostgreSQL database that holds the store (default: the
    environment's ``PALIMPSEST_DATABASE``, else a SQLite file in ``data``).

    Raises DataDirectoryError when there is no archive (and ``create`` is false) or the directory
    cannot be used, SchemaError when what is there is no store or a newer program's.
    """
    data = Path(data)
    address = database or os.environ.get(DATABASE_VARIABLE)
    try:
        if create:
            (data / WARC_NAME).mkdir(parents=True, exist_ok=True)
        store = Store(address or data / DATABASE_NAME, create=create)
    except OSError as error:
        raise DataDirectoryError(
            f"{data} cannot be used as data directory ({error.strerror}): "
            "name a writable one with --data"
        ) from error
    return Archive(data, store)
