"""Which kind of file it is that WARC or ARC records are to be read from."""

from __future__ import annotations

from typing import BinaryIO

from archive.warc import zstd_source
from archive.warc.source import LIKELY_START, MAGIC, GzipSource, PlainSource, Source
from archive.warc.zstd_source import ZstdSource

_FIRST_BYTES = 12
_OF_ZSTD = (zstd_source.MAGIC, zstd_source.DICTIONARY_FRAME)


def open_source(file: BinaryIO, name: str, start: int = 0) -> Source:
    """The source that fits the bytes at ``start``; where they fit nothing because they are
    damaged, the one that the file's ``name`` promises."""
    file.seek(start)
    begin = file.read(_FIRST_BYTES)
    is_plain = LIKELY_START.match(begin) is not None
    if begin.startswith(_OF_ZSTD) or (name.endswith(".zst") and not is_plain):
        return ZstdSource(file, start)
    if begin.startswith(MAGIC) or (name.endswith(".gz") and not is_plain):
        return GzipSource(file, start)
    return PlainSource(file, start)
