"""Revisit records: an exchange whose payload an earlier record has, without that payload.

Two profiles (WARC 1.1, sections 6.7.2 and 6.7.3): the server said so (304), or the same bytes came
again. It promises that nothing is left out which cannot be put back: the earlier record is read
first, and only where all that followed its head is, byte for byte, what follows the new head is
the revisit written. Otherwise (other chunk borders, a record gone) the exchange is kept whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.errors import HttpError
from archive.exchange import read_response
from archive.model import Capture, Original, RevisitProfile
from archive.warc.exchange_records import RevisitContent
from archive.warc.originals import (
    PROFILE_BASE,
    REFERS_TO_FILE,
    REFERS_TO_OFFSET,
    Originals,
    path_of,
    record_at,
)
from archive.warc.payload import method_of, payload_of, split_head
from archive.warc.record import Fields, digest, safe_uri, warc_date
from archive.warc.records import Record

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class _Found:
    """The record with the payload, and the name of its file in the WARC directory, if there."""

    record: Record
    file: str | None


def revisit_content(capture: Capture, original: Original, directory: Path) -> RevisitContent | None:
    """What a revisit of ``original`` holds; None where the exchange must be kept whole."""
    if capture.error or capture.truncated or not capture.response:
        return None
    found = _payload_record(directory, original)
    if _status(capture) == NOT_MODIFIED:
        fields = _fields("server-not-modified", original, found)
        return RevisitContent(fields, capture.response, original.pointer.payload_digest)
    # A file outside the archive may go its own ways: no own record depends on it.
    if found is None or found.file is None:
        return None
    head, rest = split_head(capture.response)
    if not rest or split_head(found.record.block)[1] != rest:
        return None
    fields = [
        *_fields("identical-payload-digest", original, found),
        ("WARC-Truncated", "length"),
    ]
    payload = payload_of(capture.response, capture.request)
    return RevisitContent(fields, head, digest(payload))


def whole_response(revisit: Record, original: Record, request: bytes) -> bytes:
    """The answer that the revisit stands for: its own head, the original's body.

    Where the two do not fit (another program's revisit of a body sent in another coding) it is the
    original's answer, which has the same payload.
    """
    if not revisit.block:
        return original.block
    whole = split_head(revisit.block)[0] + split_head(original.block)[1]
    same = payload_of(whole, request) == payload_of(original.block, request)
    return whole if same else original.block


def _payload_record(directory: Path, original: Original) -> _Found | None:
    pointer = original.pointer
    path = path_of(directory, pointer.file)
    record = record_at(path, pointer.offset)
    if record is None or record.id != pointer.record_id:
        return None
    if record.header.type == "revisit":
        place = Originals(directory).place_of(record)
        if place is None:
            return None
        path, record = place
    inside = path.parent.resolve() == directory.resolve()
    return _Found(record, path.name.removesuffix(".open") if inside else None)


def _fields(profile: RevisitProfile, original: Original, found: _Found | None) -> Fields:
    """The fields that lead back, as the original itself spells them where it can be read."""
    url, date = safe_uri(original.url), warc_date(original.captured_at)
    record_id = original.pointer.record_id
    if found is not None:
        header = found.record.header
        url = header.field("WARC-Target-URI") or url
        date = header.field("WARC-Date") or date
        record_id = found.record.id
    fields = [
        ("WARC-Profile", PROFILE_BASE + profile),
        ("WARC-Refers-To", f"<{record_id}>"),
        ("WARC-Refers-To-Target-URI", url),
        ("WARC-Refers-To-Date", date),
    ]
    if found is not None and found.file is not None:
        fields.append((REFERS_TO_FILE, found.file))
        fields.append((REFERS_TO_OFFSET, str(found.record.offset)))
    return fields


def _status(capture: Capture) -> int | None:
    try:
        return read_response(capture.response, method_of(capture.request)).status
    except HttpError:
        return None
