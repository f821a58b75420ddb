"""Undoing content codings (RFC 9110, section 8.4) without trusting the sender.

It promises that no input makes it hold more than the limit it was given (a bomb fails early), that
stacked codings are undone in the right order, and that data cut short or with a wrong checksum is
an error, never half a page handed on as good.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import brotli

from archive.errors import ContentCodingError, ContentTooLargeError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_WINDOW_LOG_MAX = 23
"""8 MB, the largest window a zstd content coding may ask for (RFC 9659)."""
STEP_BYTES = 256 * 1024
FIRST_WINDOW_BYTES = 512
MAX_STACKED_CODINGS = 5
MAX_STREAMS = 10_000
"""Gzip members or Zstandard frames in one content; whoever compresses by blocks makes hundreds."""

PLAIN_CODINGS = frozenset({"", "identity", "none"})
FOREIGN_CODINGS = frozenset(
    {"compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "aes128gcm"}
)


class _Sink:
    """Collects output and fails as soon as it is more than ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._whole = io.BytesIO()  # it gives what it holds without a copy

    def room(self) -> int:
        return min(STEP_BYTES, self.limit - self._whole.tell() + 1)

    def content(self) -> bytes:
        """All that was taken."""
        return self._whole.getvalue()

    def take(self, data: bytes) -> None:
        self._whole.write(data)
        if self._whole.tell() > self.limit:
            raise ContentTooLargeError(f"content grows past the limit of {self.limit} bytes")


def _windows(data: bytes, at: int) -> Iterator[memoryview]:
    """``data`` from ``at`` on in pieces, small ones first: a stream gives back a copy of what lies
    behind its end, and with all of it at once a body of many streams took time with its square."""
    view, size = memoryview(data), FIRST_WINDOW_BYTES
    while at < len(data):
        yield view[at : at + size]
        at, size = at + size, min(2 * size, STEP_BYTES)


def _inflate(data: bytes, at: int, wbits: int, sink: _Sink) -> int:
    """One zlib stream from ``at`` on into ``sink``; returns where it ends."""
    stream = zlib.decompressobj(wbits)
    for window in _windows(data, at):
        at += len(window)
        left: bytes | memoryview = window
        while True:
            out = stream.decompress(left, sink.room())
            sink.take(out)
            if stream.eof:
                return at - len(stream.unused_data)
            left = stream.unconsumed_tail
            if not left and not out:
                break
    raise ContentCodingError("compressed content is cut short")


def _gunzip(data: bytes, sink: _Sink) -> None:
    at = 0
    for _ in range(MAX_STREAMS):
        if not data.startswith(GZIP_MAGIC, at):
            return
        at = _inflate(data, at, zlib.MAX_WBITS | 16, sink)
    _check_end(data, at)


def _check_end(data: bytes, at: int) -> None:
    if at < len(data):
        raise ContentCodingError(f"more than {MAX_STREAMS} compressed streams in one content")


def _undeflate(data: bytes, sink: _Sink) -> None:
    has_zlib_head = len(data) >= 2 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    _inflate(data, 0, zlib.MAX_WBITS if has_zlib_head else -zlib.MAX_WBITS, sink)


def _unbrotli(data: bytes, sink: _Sink) -> None:
    stream = brotli.Decompressor()
    out = stream.process(data, output_buffer_limit=sink.room())
    sink.take(out)
    while not stream.is_finished():
        out = stream.process(b"", output_buffer_limit=sink.room())
        if not out and stream.can_accept_more_data():
            raise ContentCodingError("compressed content is cut short")
        sink.take(out)


def _unzstd(data: bytes, sink: _Sink) -> None:
    at = 0
    for _ in range(MAX_STREAMS):
        if at >= len(data):
            return
        at = _unzstd_frame(data, at, sink)
    _check_end(data, at)


def _unzstd_frame(data: bytes, at: int, sink: _Sink) -> int:
    """One frame from ``at`` on into ``sink``; returns where it ends."""
    stream = zstd.ZstdDecompressor(
        options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG_MAX}
    )
    for window in _windows(data, at):
        at += len(window)
        left: bytes | memoryview = window
        while True:
            out = stream.decompress(left, sink.room())
            sink.take(out)
            if stream.eof:
                return at - len(stream.unused_data)
            left = b""
            if not out and stream.needs_input:
                break
    raise ContentCodingError("compressed content is cut short")


_DECODERS: dict[str, Callable[[bytes, _Sink], None]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def codings_of(values: list[str]) -> list[str]:
    """The codings named in Content-Encoding or Transfer-Encoding values, first applied first."""
    tokens = ",".join(values).split(",")
    names = (token.split(";", 1)[0].strip().lower() for token in tokens)
    return [name for name in names if name not in PLAIN_CODINGS]


def is_plain_despite(codings: list[str], body: bytes) -> bool:
    """Whether the outermost coding is gzip by name while the bytes are not gzip."""
    return bool(body and codings and codings[-1] in ("gzip", "x-gzip")) and not body.startswith(
        GZIP_MAGIC
    )


def undo(body: bytes, codings: list[str], limit: int) -> bytes:
    """Undo ``codings`` (first applied first); the result has at most ``limit`` bytes.

    A name nobody knows (sites write their charset there) leaves the bytes as they are, and so does
    gzip that is none. Raises ContentCodingError for broken or cut data, for known codings that are
    not supported, for too many layers, and when the content grows past ``limit``.
    """
    if len(codings) > MAX_STACKED_CODINGS:
        raise ContentCodingError(f"{len(codings)} content codings, one on the other")
    for name in reversed(codings):
        body = _undo_one(body, name, limit)
    if len(body) > limit:
        raise ContentTooLargeError(f"content grows past the limit of {limit} bytes")
    return body


def undo_beginning(body: bytes, codings: list[str], limit: int) -> bytes:
    """What ``undo`` would make of ``body`` as far as it goes: up to the fault or the end of what
    is broken or cut, and to ``limit`` bytes. Nothing of codings that are not supported."""
    if len(codings) > MAX_STACKED_CODINGS:
        return b""
    for name in reversed(codings):
        sink = _Sink(limit)
        with suppress(ContentCodingError):
            body = _undo_one(body, name, limit, sink)
            continue
        body = sink.content()
    return body[:limit]


def _undo_one(body: bytes, name: str, limit: int, into: _Sink | None = None) -> bytes:
    if name in FOREIGN_CODINGS:
        raise ContentCodingError(f"content coding {name!r} is not supported")
    decoder = _DECODERS.get(name)
    if decoder is None or not body or is_plain_despite([name], body):
        return body
    sink = into or _Sink(limit)
    try:
        decoder(body, sink)
    except (zlib.error, brotli.error, zstd.ZstdError) as error:
        raise ContentCodingError(f"broken {name} content: {error}") from error
    return sink.content()
