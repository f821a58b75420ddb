"""Who keeps the bytes of a running crawl, for the download handler that has them.

Scrapy builds the handler itself and gives it only the crawler; the keeper is found from there.
It promises that an exchange lies in a WARC file before anything is made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from archive.errors import PalimpsestError
from archive.exchange import HttpMessage
from archive.model import Capture, Original, WarcPointer
from archive.store import PageCopy
from archive.warc.revisits import revisit_content
from archive.warc.writer import WarcWriter
from crawler.guard import Guard
from crawler.revisit import read_copy


class Keeps(Protocol):
    """What the download handler needs of a keeper."""

    def keep(
        self,
        capture: Capture,
        kept: PageCopy | None = None,
        message: HttpMessage | None = None,
    ) -> WarcPointer:
        """Write the exchange, whole or failed, and say where; ``kept`` is the archive's own copy
        of the same address, if there is one, ``message`` the answer, if it was read already."""

    def content_of(self, kept: PageCopy) -> bytes | None:
        """The decoded content of the archive's own copy; None where it cannot be read."""

    def allow_address(self, host: str, ip: str) -> bool:
        """May ``host`` (with its port) be reached at ``ip``?"""


_keepers: WeakKeyDictionary[Crawler, Keeps] = WeakKeyDictionary()


def attach_keeper(crawler: Crawler, keeper: Keeps) -> None:
    """Make ``keeper`` the one that ``keeper_of(crawler)`` finds."""
    _keepers[crawler] = keeper


def keeper_of(crawler: Crawler) -> Keeps:
    """The keeper of this crawl. Raises LookupError when none was attached."""
    try:
        return _keepers[crawler]
    except KeyError:
        raise LookupError("no keeper was attached to this crawler") from None


class Keeper:
    """One run's WARC files, and the guard over the addresses it connects to."""

    def __init__(
        self,
        directory: Path,
        guard: Guard,
        *,
        prefix: str,
        info: Mapping[str, str],
        max_bytes: int,
    ) -> None:
        self._writer = WarcWriter(directory, prefix=prefix, info=dict(info), max_bytes=max_bytes)
        self._directory = directory
        self._guard = guard
        self._confirmed: dict[str, int] = {}

    def keep(
        self,
        capture: Capture,
        kept: PageCopy | None = None,
        message: HttpMessage | None = None,
    ) -> WarcPointer:
        """Write one exchange; an answer that only repeats ``kept`` becomes a revisit record.
        Raises DataDirectoryError when the disk refuses it."""
        if kept is None:
            return self._writer.write(capture, message)
        known = kept.original
        original = Original(known.url, known.captured_at, known.pointer)
        content = revisit_content(capture, original, self._directory)
        if content is not None and content.original is not None:
            self._confirmed[capture.url] = len(content.original.block)
        return self._writer.write(capture, message, content)

    def confirmed(self, url: str) -> int | None:
        """Asked once after ``keep``: the size in bytes of the answer that the archive has of
        ``url`` and that the server has just confirmed; None where it could not be read."""
        return self._confirmed.pop(url, None)

    def note(self, capture: Capture, pointer: WarcPointer, notes: str) -> None:
        """Write what became known of an exchange only after it was kept, as lines of fields.
        Raises as ``keep``."""
        self._writer.write_notes(capture, pointer, notes)

    def content_of(self, kept: PageCopy) -> bytes | None:
        """The decoded content of the archive's own copy; None where it cannot be read."""
        try:
            return read_copy(self._directory, kept).content
        except (PalimpsestError, OSError):
            return None

    def allow_address(self, host: str, ip: str) -> bool:
        """May ``host`` be reached at ``ip``? See Guard.allow_address."""
        return self._guard.allow_address(host, ip)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the files written so far."""
        return tuple(self._writer.files)

    def close(self) -> None:
        """Finish the open file and give it its name."""
        self._writer.close()
