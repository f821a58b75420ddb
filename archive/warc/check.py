"""Does a record's content still have the digests that it states?

It promises to know the algorithms and spellings in use (sha1, sha256, md5 and their kin; base 32
or hexadecimal, WARC 1.1, section 5.8), both ideas of a payload (docs/adr/0005), and to call
nothing wrong that it cannot compute.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from archive.warc.payload import (
    DECODED_DIGEST,
    PAYLOAD_DIGEST,
    end_of_first_head,
    payload_of,
)
from archive.warc.records import Record

BLOCK_DIGEST = "WARC-Block-Digest"
ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


def digest_faults(record: Record) -> Iterator[str]:
    """One sentence for each stated digest that is not that of the content."""
    header = record.header
    stated = header.field(BLOCK_DIGEST)
    if stated and not _is_digest_of(stated, record.block):
        yield f"the block is not the one that was kept: its digest is not {stated[:90]}"
    # The payload of a revisit is in another record; a segment's is in several.
    if header.type in ("revisit", "continuation") or header.field("WARC-Segment-Number"):
        return
    for name in (PAYLOAD_DIGEST, DECODED_DIGEST):
        stated = header.field(name)
        if stated and not any(_is_digest_of(stated, payload) for payload in _payloads(record)):
            yield f"the payload is not the one that was kept: its digest is not {stated[:90]}"


def _payloads(record: Record) -> Iterator[bytes]:
    """What may be meant by the record's payload."""
    is_http = (record.header.field("Content-Type") or "").lower().startswith("application/http")
    if not is_http:
        yield record.block
        return
    if record.header.type == "response":
        yield payload_of(record.block)
    yield record.block[end_of_first_head(record.block) :]


def _is_digest_of(stated: str, data: bytes) -> bool:
    """Whether ``stated`` is the digest of ``data``, or cannot be judged."""
    label, _, value = stated.strip().partition(":")
    algorithm = label.lower().replace("-", "")
    if algorithm not in ALGORITHMS or not value:
        return True
    found = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    spelled = {found.hex(), base64.b32encode(found).decode().rstrip("=").lower()}
    return value.lower().rstrip("=") in spelled
