"""The evidence that belongs to a selection of articles, in the formats of web archives."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from archive.errors import RecordError
from archive.export.selection import select
from archive.export.wacz import write_wacz
from archive.export.warc import write_warc
from archive.store import Archive, Filters


def write_package(
    form: str,
    archive: Archive,
    filters: Filters,
    target: BinaryIO,
    on_error: Callable[[RecordError], None],
) -> int:
    """Write what belongs to the articles that pass ``filters``, as ``warc`` or ``wacz``.

    Returns how many captures it wrote; one that no WARC gives is told to ``on_error``. Raises
    OSError.
    """
    selection = select(archive, filters)
    if form == "wacz":
        return write_wacz(archive, selection, target, on_error)
    return write_warc(archive, selection, target, on_error)
