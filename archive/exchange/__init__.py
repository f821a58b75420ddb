"""HTTP exchanges as the wire has them: where a message ends, what its head says, its body."""

from archive.exchange.framing import MAX_BODY_BYTES, MAX_HEAD_BYTES, ResponseFraming
from archive.exchange.message import (
    MAX_CONTENT_BYTES,
    HttpMessage,
    media_type,
    message_of,
    read_response,
)

__all__ = [
    "MAX_BODY_BYTES",
    "MAX_CONTENT_BYTES",
    "MAX_HEAD_BYTES",
    "HttpMessage",
    "ResponseFraming",
    "media_type",
    "message_of",
    "read_response",
]
