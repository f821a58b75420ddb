"""Record headers as warcio reads them: WARC 0.17 to 1.1, and ARC as if it were WARC 1.0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

WARC_START = b"WARC/"

_LOADER = ArcWarcRecordLoader(arc2warc=True)


class Lines(Protocol):
    """What a header is read from."""

    def readline(self, size: int | None = None) -> bytes: ...
    def read(self, size: int) -> bytes: ...
    def tell(self) -> int: ...


class HeaderError(ValueError):
    """Not the header of a record."""


@dataclass(frozen=True, slots=True)
class Header:
    """A record's named fields; ``length`` is that of its block, in bytes."""

    type: str
    fields: tuple[tuple[str, str], ...]
    length: int

    def field(self, name: str) -> str | None:
        """The first value of the field ``name`` in any case, or None."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> list[str]:
        """Every value of the field ``name``, in order."""
        wanted = name.lower()
        return [value for key, value in self.fields if key.lower() == wanted]


def read_header(lines: Lines) -> Header:
    """Read one header and leave ``lines`` at the block. Raises HeaderError."""
    try:
        loaded = _LOADER.parse_record_stream(lines, no_record_parse=True)
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError) as error:
        raise HeaderError(f"not a record: {' '.join(str(error).split())[:120]}") from error
    fields = tuple((str(name), str(value)) for name, value in loaded.rec_headers.headers)
    header = Header(str(loaded.rec_type or ""), fields, loaded.length or 0)
    length = (header.field("Content-Length") or "").strip()
    if not length.isdigit():
        raise HeaderError(f"Content-Length is {length[:40]!r}")
    return header
