"""Coming again: what is asked for on a new night, and with which conditions.

The archive's own last copy is the cache: its validators go out as they came in, and a page that has
not changed costs the server a head without a body. It promises that conditions are sent only where
the archive holds the whole copy they speak of and can trust them, and that how long an address
rests is a setting, by its kind and by how long it has not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from scrapy.settings import BaseSettings

from archive.captured import page_of, read_message
from archive.cleaning.page import Page
from archive.errors import ConfigurationError, RecordError
from archive.model import Site
from archive.store import CaptureRow, PageCopy, Rest
from archive.warc import read_at
from crawler.addresses import Kind
from crawler.beginnings import begun_content

PAGE_KINDS: tuple[Kind, ...] = ("start", "home", "branch", "list", "article", "page")
KINDS: tuple[Kind, ...] = (*PAGE_KINDS, "asset", "sitemap")
MIRROR = "mirror"
"""The name, in the setting, of everything but files on the site's mirrors."""
UNVALIDATED = "unvalidated"
"""The name, in the setting, of articles whose last answer had no validators."""

SETTLED = timedelta(seconds=60)
"""A Last-Modified nearer than this to the moment of the capture does not tell two edits apart: its
unit is the second, and clocks differ (RFC 9110, section 8.8.2.2)."""

EARLY = timedelta(hours=12)
"""A rest of days ends so much before its hour: nights begin a little sooner or later, an hour when
summer time does, and come to a page at another hour. Half of a shorter rest."""

_KINDS_OF: Mapping[str, tuple[Kind, ...]] = {MIRROR: PAGE_KINDS, UNVALIDATED: ("article",)}
"""The kinds of addresses that a name of the setting stands for, where it is not one itself."""

Steps = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """``rest``: for a kind of address, steps of (days without a change, days until it is asked for
    again); a kind that is not named is asked for every night. ``whole_days``: after so many days a
    page is asked for without conditions, whatever its validators say."""

    rest: Mapping[str, Steps]
    whole_days: float

    @classmethod
    def of(cls, settings: BaseSettings) -> Policy:
        """From PALIMPSEST_REVISIT and PALIMPSEST_WHOLE_DAYS. Raises ConfigurationError."""
        steps = settings.getdict("PALIMPSEST_REVISIT")
        return cls(
            {kind: _steps(kind, value) for kind, value in steps.items()},
            settings.getfloat("PALIMPSEST_WHOLE_DAYS"),
        )

    def rests(self, site: Site, now: datetime) -> list[Rest]:
        """What is left in peace by a night that begins ``now`` (aware)."""
        return [
            Rest(
                kinds=_KINDS_OF.get(kind, (kind,)),
                seen_after=now - _rest(every),
                unchanged_since=now - timedelta(days=unchanged) if unchanged else None,
                hosts=site.mirrors if kind == MIRROR else None,
                unvalidated=kind == UNVALIDATED,
            )
            for kind, steps in self.rest.items()
            for unchanged, every in steps
            if every > 0
        ]

    def conditions(self, kept: PageCopy | None, now: datetime) -> list[tuple[bytes, bytes]]:
        """The headers that ask for a page only if it is another than the copy ``kept``: validators
        byte for byte as the server sent them. None where there is nothing to trust."""
        if kept is None or now - kept.original.captured_at > timedelta(days=self.whole_days):
            return []
        newest = kept.newest
        found = []
        if newest.etag:
            found.append((b"If-None-Match", newest.etag.encode("latin-1", "ignore")))
        if newest.last_modified and (newest.etag or _is_settled(newest)):
            modified = newest.last_modified.encode("latin-1", "ignore")
            found.append((b"If-Modified-Since", modified))
        return found


@dataclass(frozen=True, slots=True)
class Copy:
    """What an unchanged page still says and links to: as a ``page`` (None where it is no HTML), as
    decoded ``content``; ``size`` is that of the whole answer as it was sent, in bytes."""

    page: Page | None
    content: bytes
    size: int


def read_copy(warc_dir: Path, kept: PageCopy) -> Copy:
    """The archive's copy. Raises WarcError, HttpError or OSError when it cannot be read."""
    pointer = kept.original.pointer
    capture = read_at(warc_dir, pointer)
    message = read_message(capture)
    if message is None:
        raise RecordError("the copy is no HTTP response", pointer.file, pointer.offset)
    content = begun_content(message) if kept.is_begun else message.content()
    return Copy(page_of(capture, message), content, len(capture.response))


def _rest(days: float) -> timedelta:
    rest = timedelta(days=days)
    return rest - min(EARLY, rest / 2)


def _is_settled(row: CaptureRow) -> bool:
    try:
        modified = parsedate_to_datetime(row.last_modified or "")
    except (ValueError, TypeError, OverflowError):
        return False
    if modified.tzinfo is None:
        modified = modified.replace(tzinfo=UTC)
    return row.captured_at - modified >= SETTLED


def _steps(kind: str, value: Iterable[Sequence[float]]) -> Steps:
    known = dict.fromkeys((*KINDS, *_KINDS_OF))
    if kind not in known:
        raise ConfigurationError(
            f"PALIMPSEST_REVISIT: {kind!r} is no kind of address; there are {', '.join(known)}"
        )
    try:
        steps = tuple((float(unchanged), float(every)) for unchanged, every in value)
    except (TypeError, ValueError):
        steps = ((-1.0, 0.0),)
    if any(number < 0 for step in steps for number in step):
        raise ConfigurationError(
            f"PALIMPSEST_REVISIT: {kind!r} must be pairs of days, such as [[0, 7], [90, 30]]"
        )
    return steps
