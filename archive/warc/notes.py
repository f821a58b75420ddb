"""The notes on an exchange: metadata records that the crawl wrote when its page had been read.

They lie some records behind the exchange, for others came in meanwhile, and say where the address
was found and where its page leads. It promises to find them for exchanges asked for in the order of
the file with one reading of the file, and to look no further than they can be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from archive.errors import RecordError
from archive.warc.records import Record, bare_id, read_records

MAX_BEHIND = 200
"""Records between an exchange and its notes; a crawl has a few dozen exchanges on their way."""


class Notes:
    """The notes in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._records: Iterator[Record] = iter(())
        self._offsets: list[int] = []
        self._found: dict[str, list[Record]] = {}

    def of(self, main: Record) -> list[Record]:
        """The notes on the exchange whose main record is ``main``, in the order of the file."""
        offsets = self._offsets
        if not offsets or not offsets[0] <= main.offset <= offsets[-1]:
            self._begin(main.offset)
        while self._behind(main.offset) < MAX_BEHIND and main.id not in self._found:
            if not self._advance():
                break
        return self._found.pop(main.id, [])

    def _begin(self, offset: int) -> None:
        damage: list[RecordError] = []
        self._records = read_records(self._path, damage.append, offset)
        self._offsets.clear()
        self._found.clear()
        self._advance()

    def _advance(self) -> bool:
        record = next(self._records, None)
        if record is None:
            return False
        self._offsets.append(record.offset)
        about = bare_id(record.header.field("WARC-Refers-To"))
        if record.header.type == "metadata" and about:
            self._found.setdefault(about, []).append(record)
        return True

    def _behind(self, offset: int) -> int:
        return len(self._offsets) - bisect_right(self._offsets, offset)
