"""Revisit records: an exchange whose payload an earlier record has, without that payload.

Two profiles (WARC 1.1, sections 6.7.2 and 6.7.3): the server said so (304), or the same bytes came
again. It promises that nothing is left out which cannot be put back: the earlier record is read
first, and only where all that followed its head is, byte for byte, what follows the new head is
the revisit written. Otherwise (other chunk borders, a record gone) the exchange is kept whole.
"""

from __future__ import annotations

from pathlib import Path

from archive.model import Capture, Original, RevisitProfile
from archive.statuses import NOT_MODIFIED
from archive.warc.exchange_records import RevisitContent
from archive.warc.naming import OPEN_SUFFIX
from archive.warc.originals import (
    PROFILE_BASE,
    REFERS_TO_FILE,
    REFERS_TO_OFFSET,
    Originals,
    path_of,
    record_at,
)
from archive.warc.payload import http_message, payload_of, split_head
from archive.warc.record import Fields, digest, safe_uri, warc_date
from archive.warc.records import Record


def revisit_content(capture: Capture, original: Original, directory: Path) -> RevisitContent | None:
    """What a revisit of ``original`` holds; None where the exchange must be kept whole."""
    message = http_message(capture.response, capture.request)
    if capture.error or capture.truncated or message is None:
        return None
    found = _payload_record(directory, original)
    record, file = found or (None, None)
    if message.status == NOT_MODIFIED:
        return RevisitContent(
            profile="server-not-modified",
            fields=_fields("server-not-modified", original, record, file),
            block=capture.response,
            payload_digest=original.pointer.payload_digest,
            message=message,
            original=record,
            file=file,
        )
    # A file outside the archive may go its own ways: no own record depends on it.
    if record is None or file is None:
        return None
    head, rest = split_head(capture.response)
    if not rest or split_head(record.block)[1] != rest:
        return None
    return RevisitContent(
        profile="identical-payload-digest",
        fields=[
            *_fields("identical-payload-digest", original, record, file),
            ("WARC-Truncated", "length"),
        ],
        block=head,
        payload_digest=digest(message.body),
        message=message,
        original=record,
        file=file,
    )


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


def _payload_record(directory: Path, original: Original) -> tuple[Record, str | None] | None:
    """The record with the payload, and its file's name if it lies in ``directory`` itself."""
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
    inside = path.parent == directory or path.parent.resolve() == directory.resolve()
    return record, path.name.removesuffix(OPEN_SUFFIX) if inside else None


def _fields(
    profile: RevisitProfile, original: Original, record: Record | None, file: str | None
) -> Fields:
    """The fields that lead back, as the original itself spells them where it can be read."""
    url, date = safe_uri(original.url), warc_date(original.captured_at)
    record_id = original.pointer.record_id
    if record is not None:
        url = record.header.field("WARC-Target-URI") or url
        date = record.header.field("WARC-Date") or date
        record_id = record.id
    fields = [
        ("WARC-Profile", PROFILE_BASE + profile),
        ("WARC-Refers-To", f"<{record_id}>"),
        ("WARC-Refers-To-Target-URI", url),
        ("WARC-Refers-To-Date", date),
    ]
    if record is not None and file is not None:
        fields.append((REFERS_TO_FILE, file))
        fields.append((REFERS_TO_OFFSET, str(record.offset)))
    return fields
