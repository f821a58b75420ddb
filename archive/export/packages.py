"""The evidence that belongs to a selection of articles, in the formats of web archives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from archive.errors import RecordError
from archive.export.selection import select
from archive.export.wacz import write_wacz
from archive.export.warc import write_warc
from archive.model import Article
from archive.store import Archive


def write_package(
    form: str,
    archive: Archive,
    articles: Iterable[Article],
    sites: Sequence[str] | None,
    target: BinaryIO,
    on_error: Callable[[RecordError], None],
) -> int:
    """Write what belongs to ``articles``, or with ``sites`` all that these have (every site where
    none is named), as ``warc`` or ``wacz``.

    Returns how many captures it wrote; one that no WARC gives is told to ``on_error``. Raises
    OSError.
    """
    selection = select(archive, articles, sites)
    if form == "wacz":
        return write_wacz(archive, selection, target, on_error)
    return write_warc(archive, selection, target, on_error)
