"""The payload of an exchange and what may be said about it in a record.

WARC 1.1 (section 5.9) means the transfer-decoded body, and that is what ``payload_digest`` is. The
common checkers hash what follows the first blank line instead: chunk lines, interim responses and
all. Where the two differ, WARC-Payload-Digest (which is optional) is left out, so that no checker
is told something it would call wrong, and the same value stands in ``Palimpsest-Payload-Digest``,
an extension field that readers pass over (section 4: unknown fields are ignored). See
docs/adr/0005-payload-digests.md.
"""

from __future__ import annotations

from archive.errors import HttpError
from archive.exchange import HttpMessage, ResponseFraming, read_response
from archive.warc.record import digest

EMPTY_DIGEST = digest(b"")
PAYLOAD_DIGEST = "WARC-Payload-Digest"
DECODED_DIGEST = "Palimpsest-Payload-Digest"


def method_of(request: bytes) -> str:
    """The method of raw request bytes; GET when there are none."""
    return request.split(b" ", 1)[0][:16].decode("latin-1") or "GET"


def http_message(response: bytes, request: bytes = b"") -> HttpMessage | None:
    """The response as a message; None for bytes that are no HTTP response."""
    try:
        return read_response(response, method_of(request))
    except HttpError:
        return None


def payload_of(response: bytes, request: bytes = b"") -> bytes:
    """The transfer-decoded body; of bytes that are no HTTP response, nothing."""
    message = http_message(response, request)
    return message.body if message else b""


def split_head(response: bytes) -> tuple[bytes, bytes]:
    """The response's heads (interim ones included) and all that follows them, as they lie there;
    of bytes that are no HTTP response, everything is head."""
    framing = ResponseFraming()
    try:
        framing.feed_whole(response)
    except HttpError:
        return response, b""
    end = framing.head_end or len(response)
    return response[:end], response[end:]


def digest_field(response: bytes, payload: bytes, payload_digest: str) -> tuple[str, str]:
    """The field that tells the payload digest of this response without misleading anyone."""
    rest = len(response) - end_of_first_head(response)
    plain = rest == len(payload) and response.endswith(payload)
    return (PAYLOAD_DIGEST if plain else DECODED_DIGEST), payload_digest


def end_of_first_head(data: bytes) -> int:
    """Where simple readers see the head end: after the first line of nothing but white space."""
    end = data.find(b"\n\r\n") + 1
    head = data[:end]
    if end and head.isascii() and all(map(str.strip, head.decode().split("\n")[:-1])):
        # As nearly every head is: nothing before its empty line looks like one.
        return end + 2
    at = 0
    while at < len(data):
        stop = data.find(b"\n", at)
        if stop < 0:
            return len(data)
        if _is_blank(data[at:stop]):
            return stop + 1
        at = stop + 1
    return at


def _is_blank(line: bytes) -> bool:
    try:
        return not line.decode("utf-8").rstrip()
    except UnicodeDecodeError:
        return not line.decode("latin-1").rstrip()
