"""Lines of a CDXJ index: where a replay tool finds what an address said at a moment.

``KEY TIMESTAMP {json}``, sorted as bytes, with the fields that pywb and cdxj-indexer know (url,
mime, status, digest, length, offset, filename; all values are strings). It promises the same line
whether a record was just written or is read again. A 304 stands under its own moment with the
place of the record it confirms: replay tools give an empty page for the 304 itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from archive.exchange import HttpMessage, media_type
from archive.model import Capture, WarcPointer
from archive.warc.payload import http_message
from archive.warc.record import digest, resource_type, safe_uri
from archive.warc.records import Record
from archive.warc.surt import surt_key
from archive.warc.timestamps import timestamp

REVISIT_TYPE = "warc/revisit"
OWNER = "confirmedBy"
"""An extra field, which replay tools pass over."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``timestamp`` has 14 digits; ``offset`` and ``length`` are bytes of ``file``.
    ``confirmed_by`` is the file of the 304 that made the line, where that is why it is there."""

    url: str
    timestamp: str
    mime: str | None
    status: int | None
    digest: str
    length: int
    offset: int
    file: str
    confirmed_by: str | None = None

    @property
    def owner(self) -> str:
        """The file that the line was read from."""
        return self.confirmed_by or self.file

    def line(self) -> bytes:
        """The line with its end."""
        mime = "" if self.mime is None else f', "mime": {_quoted(self.mime)}'
        status = "" if self.status is None else f', "status": "{self.status}"'
        # Last, because ``owner_of`` looks there.
        owner = "" if self.confirmed_by is None else f', "{OWNER}": {_quoted(self.confirmed_by)}'
        told = (
            f'"url": {_quoted(self.url)}{mime}{status}, "digest": {_quoted(self.digest)}, '
            f'"length": "{self.length}", "offset": "{self.offset}", '
            f'"filename": {_quoted(self.file)}{owner}'
        )
        return f"{surt_key(self.url)} {self.timestamp} {{{told}}}\n".encode()


def _quoted(value: str) -> str:
    """``value`` as JSON; most need no escapes, and asking costs a tenth of escaping."""
    plain = value.isascii() and value.isprintable() and '"' not in value and "\\" not in value
    return f'"{value}"' if plain else json.dumps(value)


def read_line(line: bytes) -> Entry:
    """The entry in a line. Raises ValueError when it is none."""
    try:
        _, moment, told = line.decode().split(" ", 2)
        fields: dict[str, Any] = json.loads(told)
        status = fields.get("status")
        return Entry(
            url=fields["url"],
            timestamp=moment,
            mime=fields.get("mime"),
            status=None if status is None else int(status),
            digest=fields["digest"],
            length=int(fields["length"]),
            offset=int(fields["offset"]),
            file=fields["filename"],
            confirmed_by=fields.get(OWNER),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a CDXJ line: {line[:80]!r}") from error


def owner_of(line: bytes) -> str:
    """The file that the line was read from, without reading the whole line."""
    try:
        return str(json.loads(line.rpartition(b'": ')[2].rstrip(b"}\n")))
    except ValueError:
        return ""


def answer_entry(
    capture: Capture, pointer: WarcPointer, message: HttpMessage | None, *, is_revisit: bool
) -> Entry:
    """The entry of an answer, or of a text that is no answer, at ``pointer``."""
    mime = resource_type(capture.via) if capture.url.startswith("urn:") else None
    if is_revisit:
        mime = REVISIT_TYPE
    elif message is not None:
        mime = media_type(message)
    return Entry(
        url=safe_uri(capture.url),
        timestamp=timestamp(capture.captured_at),
        mime=mime,
        status=message.status if message else None,
        digest=pointer.payload_digest,
        length=pointer.length,
        offset=pointer.offset,
        file=pointer.file,
    )


def confirmed_entry(capture: Capture, owner: str, file: str, original: Record) -> Entry:
    """The entry of a 304 in ``owner``: its moment, and the place of the ``original`` in
    ``file``."""
    message = http_message(original.block)
    return Entry(
        url=safe_uri(capture.url),
        timestamp=timestamp(capture.captured_at),
        mime=media_type(message) if message else None,
        status=message.status if message else None,
        digest=digest(message.body if message else b""),
        length=original.length,
        offset=original.offset,
        file=file,
        confirmed_by=owner,
    )
