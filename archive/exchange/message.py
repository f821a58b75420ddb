"""HTTP/1.x messages read from raw bytes, as they were kept.

It promises to read what browsers read: interim responses are skipped, bare line feeds, folded and
broken header lines forgiven, and every such mercy is named in ``HttpMessage.faults``. Framing is
the same machine the crawler's client uses, so that what was received whole is read whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.errors import FramingError
from archive.exchange.coding import codings_of, is_plain_despite, undo, undo_beginning
from archive.exchange.framing import ResponseFraming

MAX_CONTENT_BYTES = 64 * 1024 * 1024
MAX_KEPT_BYTES = 1 << 40
"""What was kept is read whole: the limit on the wire does not apply to it."""


@dataclass(frozen=True)
class HttpMessage:
    """One response. ``body`` is transfer-decoded, its content coding still on; header values are
    latin-1 text, each byte a character; ``faults`` names what had to be forgiven."""

    version: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    faults: tuple[str, ...]

    def header(self, name: str) -> str | None:
        """The first value of the header ``name`` in any case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def all_headers(self, name: str) -> list[str]:
        """Every value of the header ``name``, in order."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]

    @property
    def codings(self) -> list[str]:
        """The content codings of the body, first applied first."""
        return codings_of(self.all_headers("content-encoding"))

    def content(self, limit: int = MAX_CONTENT_BYTES) -> bytes:
        """The body with its content codings undone, at most ``limit`` bytes.

        Raises ContentCodingError for broken, cut or unsupported data, and for bombs.
        """
        return undo(self.body, self.codings, limit)

    def beginning(self, limit: int = MAX_CONTENT_BYTES) -> bytes:
        """As ``content``, but as much of it as can be had of a body that is not whole."""
        return undo_beginning(self.body, self.codings, limit)


def read_response(raw: bytes, method: str = "GET") -> HttpMessage:
    """Read a kept response; ``method`` is the request's (a HEAD has no body).

    Interim 1xx responses are skipped. A body cut short, a broken chunk or bytes after the end are
    faults, not errors. Raises HttpError when there is no status line, HeadTooLargeError for a head
    past MAX_HEAD_BYTES, FramingError when two Content-Length fields contradict each other.
    """
    framing = ResponseFraming(method, max_body=MAX_KEPT_BYTES)
    framing.feed_whole(raw)
    framing.end_of_input()
    if framing.broken == "conflicting-content-length":
        raise FramingError("two Content-Length fields contradict each other")
    return message_of(framing)


def message_of(framing: ResponseFraming) -> HttpMessage:
    """The message a finished framing holds. Raises FramingError when it holds no head yet."""
    head = framing.head
    if head is None:
        raise FramingError("the message has no whole head yet")
    body, faults = framing.body(), list(framing.faults)
    transfer = [name for name in codings_of(head.all("transfer-encoding")) if name != "chunked"]
    if transfer:
        body = undo(body, transfer, MAX_CONTENT_BYTES)
    if is_plain_despite(codings_of(head.all("content-encoding")), body):
        faults.append("says-gzip-is-plain")
    return HttpMessage(
        version=head.version,
        status=head.status,
        reason=head.reason,
        headers=head.headers,
        body=body,
        faults=tuple(faults),
    )


def media_type(message: HttpMessage) -> str | None:
    """The media type without parameters in lower case ("text/html"), or None.

    >>> media_type(HttpMessage("1.1", 200, "", (("Content-Type", "Text/HTML; a=b"),), b"", ()))
    'text/html'
    """
    value = message.header("content-type")
    if value is None:
        return None
    return value.split(";", 1)[0].split(",", 1)[0].strip().lower() or None
