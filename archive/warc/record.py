"""WARC 1.1 records put together byte by byte (ISO 28500:2017).

Written here and not with a library because the block must be the bytes that crossed the wire:
whoever parses an HTTP head and writes it again alters it. It promises one record a gzip member, and
field values that cannot break out of their line.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import quote

from archive.warc.compress import gzip_member

Fields = Sequence[tuple[str, str]]

VERSION_LINE = b"WARC/1.1\r\n"
RECORD_END = b"\r\n\r\n"
HTTP_RESPONSE = "application/http; msgtype=response"
HTTP_REQUEST = "application/http; msgtype=request"
PLAIN_TEXT = "text/plain"
WARC_FIELDS = "application/warc-fields"
RESOURCE_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mhtml": "multipart/related",
    ".mht": "multipart/related",
}
"""Media types of what came without its exchange, by the ending of the name it came under."""
JSON_LINE = ".jsonl#"
JSON = "application/json"

_URI_SAFE = "".join(map(chr, range(0x21, 0x7F)))
_ONE_LINE = dict.fromkeys((*range(0x20), 0x7F, 0x85, 0x2028, 0x2029), " ")


def new_record_id() -> str:
    """A fresh random record id (RFC 9562, version 4), without the angle brackets."""
    bits = bytearray(os.urandom(16))
    bits[6] = bits[6] & 0x0F | 0x40
    bits[8] = bits[8] & 0x3F | 0x80
    text = bits.hex()
    return f"urn:uuid:{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def resource_type(via: str | None) -> str:
    """The media type of what came without its exchange; plain text where its name tells none."""
    name = (via or "").lower()
    if JSON_LINE in name:
        return JSON
    found = (kind for ending, kind in RESOURCE_TYPES.items() if name.endswith(ending))
    return next(found, PLAIN_TEXT)


def digest(data: bytes | bytearray | memoryview) -> str:
    """``sha256:<hex>``: a labelled digest (WARC 1.1, section 5.8)."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def warc_date(moment: datetime) -> str:
    """A W3C date in UTC with microseconds (WARC 1.1, section 5.4)."""
    at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    # isoformat takes a fifth of strftime's time, which is a tenth of a small record's.
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def one_line(value: str) -> str:
    """``value`` without anything that could end its line."""
    return value.strip() if value.isprintable() else value.translate(_ONE_LINE).strip()


def safe_uri(url: str) -> str:
    """``url`` with white space, control and non-ASCII characters percent-encoded."""
    return url if url.isascii() and url.isprintable() and " " not in url else quote(url, _URI_SAFE)


def render(fields: Fields) -> str:
    """Named fields as lines; each value stays on its own."""
    if "".join([value for _, value in fields]).isprintable():
        return "".join([f"{name}: {value.strip()}\r\n" for name, value in fields])
    return "".join([f"{name}: {one_line(value)}\r\n" for name, value in fields])


def pack(fields: Fields, block: bytes, rendered: str = "") -> bytes:
    """One record as a gzip member; Content-Length and WARC-Block-Digest are added.

    ``rendered`` are further fields that ``render`` has made lines of already.
    """
    own = f"WARC-Block-Digest: {digest(block)}\r\nContent-Length: {len(block)}\r\n\r\n"
    head = f"{render(fields)}{rendered}{own}".encode("utf-8", "replace")
    return gzip_member(VERSION_LINE, head, block, RECORD_END)


def fields_block(fields: Fields) -> bytes:
    """``application/warc-fields`` content."""
    return render(fields).encode("utf-8", "replace")
