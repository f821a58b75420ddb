"""The evidence that belongs to a selection of articles, in the formats of web archives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import BinaryIO

from archive.errors import RecordError
from archive.export.selection import select
from archive.export.wacz import write_wacz
from archive.export.warc import write_warc
from archive.model import Article
from archive.spool import spooling
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
    OSError, and DataDirectoryError where there is no room for the articles' texts meanwhile.
    """
    # Not in the archive's folder: who exports may have no right to write there.
    with spooling(Path(gettempdir())) as spool:
        selection = select(archive, map(spool.keep_article, articles), sites)
        if form == "wacz":
            return write_wacz(archive, selection, target, on_error)
        return write_warc(archive, selection, target, on_error)
