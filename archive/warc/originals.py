"""Finding the record that a revisit goes back to (WARC 1.1, section 6.7).

Own revisits name file and offset; those of other programs name an address and a moment, or an id,
of a record that came before in the same file or that the caller's ``find`` knows. Those of before
WARC 1.1 name nothing: theirs is an earlier record of the same address with the same payload digest.
It promises to take no record for the original that is not the one named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import get_args

from archive.errors import RecordError
from archive.model import Revisit, RevisitProfile
from archive.warc.header import WHOLE_NUMBER
from archive.warc.naming import open_path
from archive.warc.payload import PAYLOAD_DIGEST
from archive.warc.records import Record, bare_id, read_records

PROFILE_BASE = "http://netpreserve.org/warc/1.1/revisit/"
REFERS_TO_FILE = "WARC-Refers-To-Filename"
REFERS_TO_OFFSET = "WARC-Refers-To-File-Offset"
_PROFILES: dict[str, RevisitProfile] = {
    **{profile: profile for profile in get_args(RevisitProfile)},
    # Heritrix, where the earlier record may be another address's.
    "uri-agnostic-identical-payload-digest": "identical-payload-digest",
}
MAX_HOPS = 3
"""Revisits of revisits that are followed; a longer chain is a circle."""

Place = tuple[Path, int]
"""A file and the offset of a record in it, in bytes."""
Find = Callable[[Revisit], Iterable[Place]]
"""Places where the original may be."""


def revisit_of(record: Record) -> Revisit | None:
    """What the record goes back to; None where it is no revisit of a known profile."""
    if record.header.type != "revisit":
        return None
    named = (record.header.field("WARC-Profile") or "").rstrip("/").rpartition("/")[2]
    profile = _PROFILES.get(named)
    if profile is None:
        return None
    field = record.header.field
    date = field("WARC-Refers-To-Date")
    return Revisit(
        profile=profile,
        # Where no address is named, it is the same one.
        url=field("WARC-Refers-To-Target-URI") or field("WARC-Target-URI"),
        captured_at=read_date(date) if date else None,
        record_id=bare_id(field("WARC-Refers-To")) or None,
        payload_digest=field(PAYLOAD_DIGEST),
    )


def read_date(value: str) -> datetime | None:
    """A WARC-Date (section 5.4), whole seconds or with a fraction; None when it is none."""
    value = value.strip()
    digits = value[19:].removeprefix(".").rstrip("Zz")
    fraction = f".{digits[:6]:0<6}" if digits.isdigit() else ""
    try:
        return datetime.fromisoformat(value[:19] + fraction).replace(tzinfo=UTC)
    except ValueError:
        return None


def path_of(directory: Path, file: str) -> Path:
    """Where the file called ``file`` is: it may still be ``.open``."""
    path = directory / file
    # In this order, for in between it may get its name; one that is not there is called by it, too.
    return path if path.exists() or not (begun := open_path(path)).exists() else begun


def own_name(file: str) -> str:
    """What the file called ``file`` is told to others as. One outside of the archive's directory is
    called by its whole path here, and what folders a machine has is nobody else's business.

    >>> own_name("/mnt/old crawls/2010.warc.gz"), own_name("damaged/2010.warc.gz")
    ('2010.warc.gz', 'damaged/2010.warc.gz')
    """
    path = PurePath(file)
    return path.name if path.is_absolute() else file


class Originals:
    """Looks for originals beside the revisit's file, in what ``saw`` was told, and by ``find``."""

    def __init__(self, directory: Path, find: Find | None = None) -> None:
        self._directory = directory
        self._find = find
        self._by_id: dict[str, Place] = {}
        self._by_moment: dict[tuple[str, datetime], Place] = {}
        self._by_digest: dict[tuple[str, str], Place] = {}

    def saw(self, path: Path, record: Record) -> None:
        """A response that later revisits may go back to."""
        place = path, record.offset
        self._by_id[record.id] = place
        url = record.header.field("WARC-Target-URI")
        moment = read_date(record.header.field("WARC-Date") or "")
        if url and moment:
            self._by_moment[url, moment.replace(microsecond=0)] = place
        told = record.header.field(PAYLOAD_DIGEST)
        if url and told:
            self._by_digest[url, told] = place

    def place_of(self, record: Record) -> tuple[Path, Record] | None:
        """The record with the payload that the revisit ``record`` goes back to, and its file."""
        for _ in range(MAX_HOPS):
            found = self._next(record)
            if found is None or found[1].header.type != "revisit":
                return found
            record = found[1]
        return None

    def _next(self, record: Record) -> tuple[Path, Record] | None:
        revisit = revisit_of(record)
        if revisit is None:
            return None
        for place in self._places(record, revisit):
            original = record_at(*place)
            if original is not None and _is_named(original, revisit, record):
                return place[0], original
        return None

    def _places(self, record: Record, revisit: Revisit) -> Iterator[Place]:
        yield from self._told(record)
        if revisit.record_id in self._by_id:
            yield self._by_id[revisit.record_id]
        if revisit.url and revisit.captured_at:
            key = revisit.url, revisit.captured_at.replace(microsecond=0)
            if key in self._by_moment:
                yield self._by_moment[key]
        if _names_nothing(revisit):
            yield from self._with_digest(revisit)
        if self._find is not None:
            yield from self._find(revisit)

    def _with_digest(self, revisit: Revisit) -> Iterator[Place]:
        if revisit.url and revisit.payload_digest:
            place = self._by_digest.get((revisit.url, revisit.payload_digest))
            if place is not None:
                yield place

    def _told(self, record: Record) -> Iterator[Place]:
        # A name without folders: what a file of strangers says must not lead out of this one.
        name = Path(record.header.field(REFERS_TO_FILE) or "").name
        offset = record.header.field(REFERS_TO_OFFSET) or ""
        if name and WHOLE_NUMBER.fullmatch(offset):
            yield path_of(self._directory, name), int(offset)


def record_at(path: Path, offset: int) -> Record | None:
    """The whole record that begins at ``offset``, or None."""
    try:
        return next(read_records(path, None, offset), None)
    except (RecordError, OSError):
        return None


def _names_nothing(revisit: Revisit) -> bool:
    return revisit.record_id is None and revisit.captured_at is None


def _is_named(original: Record, revisit: Revisit, record: Record) -> bool:
    if revisit.record_id and original.id == revisit.record_id:
        return True
    if original.header.field("WARC-Target-URI") != revisit.url:
        return False
    moment = read_date(original.header.field("WARC-Date") or "")
    if moment is None:
        return False
    if _names_nothing(revisit):
        own = read_date(record.header.field("WARC-Date") or "")
        told = original.header.field(PAYLOAD_DIGEST)
        return (
            told is not None
            and told == revisit.payload_digest
            and own is not None
            and moment <= own
        )
    named = revisit.captured_at
    return named is not None and moment.replace(microsecond=0) == named.replace(microsecond=0)
