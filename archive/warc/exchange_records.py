"""One capture as WARC records: response, request and, where there is something to tell, metadata.

It promises that a reader gets the capture back from them, field by field: what has no field of its
own in WARC 1.1 (via, error, certificate) stands in metadata records.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.exchange import HttpMessage
from archive.model import Capture, RevisitProfile
from archive.warc.certificates import holding, naming
from archive.warc.payload import EMPTY_DIGEST, PAYLOAD_DIGEST, digest_field, http_message
from archive.warc.record import (
    HTTP_REQUEST,
    HTTP_RESPONSE,
    WARC_FIELDS,
    Fields,
    digest,
    fields_block,
    new_record_id,
    pack,
    render,
    resource_type,
    safe_uri,
    warc_date,
)
from archive.warc.records import Record


@dataclass(frozen=True, slots=True)
class PackedExchange:
    """The members of one exchange in file order; the first is the one a pointer names.
    ``message`` is the answer as it was read on the way, if it is one."""

    members: tuple[bytes, ...]
    record_id: str
    payload_digest: str
    message: HttpMessage | None = None


@dataclass(frozen=True, slots=True)
class RevisitContent:
    """What stands in a revisit record: its own ``fields``, its ``block``, and the digest of the
    payload it goes back to. ``message`` is the answer; ``original`` the record with the payload
    and ``file`` where it lies, as far as they are in the archive."""

    profile: RevisitProfile
    fields: Fields
    block: bytes
    payload_digest: str
    message: HttpMessage
    original: Record | None
    file: str | None


def pack_exchange(
    capture: Capture,
    revisit: RevisitContent | None = None,
    message: HttpMessage | None = None,
    *,
    with_chain: bool = True,
) -> PackedExchange:
    """Response (or ``revisit`` in its place), request, metadata; a failure without any response
    begins with its metadata. ``message`` is the answer, where it was read already; without
    ``with_chain`` the server's certificate is named only."""
    if is_resource(capture):
        return _pack_resource(capture)
    main_id = new_record_id()
    common = _common_fields(capture)
    members: list[bytes] = []
    payload_digest = EMPTY_DIGEST
    if revisit is not None:
        payload_digest, message = revisit.payload_digest, revisit.message
        members.append(_pack_revisit(revisit, main_id, common))
    elif capture.response:
        message = message or http_message(capture.response, capture.request)
        payload = message.body if message else b""
        payload_digest = digest(payload)
        members.append(_pack_response(capture, main_id, common, payload, payload_digest))
    notes = _notes(capture)
    if not capture.response:
        members.append(_pack_metadata(main_id, None, common, notes))
    if capture.request:
        members.append(_pack_request(capture, main_id, common))
    if capture.response and notes:
        members.append(_pack_metadata(new_record_id(), main_id, common, notes))
    if with_chain and capture.certificate and capture.certificate.chain:
        held = holding(capture.certificate)
        members.append(_pack_metadata(new_record_id(), main_id, common, held))
    return PackedExchange(tuple(members), main_id, payload_digest, message)


def pack_notes(capture: Capture, refers_to: str, notes: str) -> bytes:
    """A metadata record about the exchange, whose main record is ``refers_to``; ``notes`` are
    fields that ``render`` has made lines of."""
    fields = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<{new_record_id()}>"),
        ("WARC-Target-URI", safe_uri(capture.url)),
        ("WARC-Date", warc_date(capture.captured_at)),
        ("WARC-Refers-To", f"<{refers_to}>"),
        ("Content-Type", WARC_FIELDS),
    ]
    return pack(fields, notes.encode("utf-8", "replace"))


def is_resource(capture: Capture) -> bool:
    """Is this no exchange but a text that came without its page? Its bytes are the response."""
    return not capture.request and not capture.url.startswith(("http:", "https:"))


def _pack_resource(capture: Capture) -> PackedExchange:
    """A ``resource`` record (WARC 1.1, section 6.4) and the metadata that says whence it came."""
    main_id, common = new_record_id(), _common_fields(capture)
    payload_digest = digest(capture.response)
    fields = [
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", f"<{main_id}>"),
        ("Content-Type", resource_type(capture.via)),
        ("WARC-Payload-Digest", payload_digest),
    ]
    members = [pack(fields, capture.response, common)]
    if notes := _notes(capture):
        members.append(_pack_metadata(new_record_id(), main_id, common, notes))
    return PackedExchange(tuple(members), main_id, payload_digest)


def _common_fields(capture: Capture) -> str:
    fields = [
        ("WARC-Target-URI", safe_uri(capture.url)),
        ("WARC-Date", warc_date(capture.captured_at)),
    ]
    if capture.ip:
        fields.append(("WARC-IP-Address", capture.ip))
    fields += [("WARC-Protocol", protocol) for protocol in capture.protocols]
    if capture.cipher:
        fields.append(("WARC-Cipher-Suite", capture.cipher))
    return render(fields)


def _pack_response(
    capture: Capture,
    record_id: str,
    common: str,
    payload: bytes,
    payload_digest: str,
) -> bytes:
    fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<{record_id}>"),
        ("Content-Type", HTTP_RESPONSE),
        digest_field(capture.response, payload, payload_digest),
    ]
    if capture.truncated:
        fields.append(("WARC-Truncated", capture.truncated))
    return pack(fields, capture.response, common)


def _pack_revisit(revisit: RevisitContent, record_id: str, common: str) -> bytes:
    fields = [
        ("WARC-Type", "revisit"),
        ("WARC-Record-ID", f"<{record_id}>"),
        ("Content-Type", HTTP_RESPONSE),
        *revisit.fields,
        (PAYLOAD_DIGEST, revisit.payload_digest),
    ]
    return pack(fields, revisit.block, common)


def _pack_request(capture: Capture, main_id: str, common: str) -> bytes:
    fields = [
        ("WARC-Type", "request"),
        ("WARC-Record-ID", f"<{new_record_id()}>"),
        ("WARC-Concurrent-To", f"<{main_id}>"),
        ("Content-Type", HTTP_REQUEST),
    ]
    return pack(fields, capture.request, common)


def _pack_metadata(
    record_id: str,
    concurrent_to: str | None,
    common: str,
    notes: Fields,
) -> bytes:
    fields = [("WARC-Type", "metadata"), ("WARC-Record-ID", f"<{record_id}>")]
    if concurrent_to:
        fields.append(("WARC-Concurrent-To", f"<{concurrent_to}>"))
    fields.append(("Content-Type", WARC_FIELDS))
    return pack(fields, fields_block(notes), common)


def _notes(capture: Capture) -> list[tuple[str, str]]:
    notes = []
    if capture.via:
        notes.append(("via", capture.via))
    if capture.error:
        notes.append(("error", capture.error))
    elif not capture.response:
        notes.append(("error", "no-response"))
    if capture.certificate:
        notes += naming(capture.certificate)
    return notes
