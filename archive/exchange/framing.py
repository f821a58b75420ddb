"""Where an HTTP/1.x response ends (RFC 9112, section 6): one machine for the wire and the archive.

The client feeds it what the socket gives; the reader feeds it a kept response. It promises that
both come to the same head, body and faults, that its ``raw`` bytes are exactly what was fed, and
that memory stays within the limits whatever is sent.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from enum import Enum, auto

from archive.errors import HeadTooLargeError, HttpError
from archive.exchange.coding import codings_of
from archive.exchange.head import ResponseHead, end_of_head, read_head

MAX_HEAD_BYTES = 64 * 1024
"""All heads of one exchange together, interim ones and trailers included."""
MAX_BODY_BYTES = 32 * 1024 * 1024
"""The raw message, transfer coding included."""
MAX_CHUNK_LINE_BYTES = 4096

_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}\Z")
_LENGTH = re.compile(r"\d{1,18}\Z")
_STATUS_START = b"HTTP/"
_BODILESS = frozenset({204, 304})
_SWITCHING_PROTOCOLS = 101


class State(Enum):
    """What the machine expects next."""

    HEAD = auto()
    LENGTH = auto()
    CHUNK_LINE = auto()
    CHUNK_DATA = auto()
    CHUNK_END = auto()
    TRAILER = auto()
    UNTIL_CLOSE = auto()
    DONE = auto()


class ResponseFraming:
    """Feed bytes until ``complete``, or call ``end_of_input`` when there are no more.

    ``raw`` holds everything fed, ``end`` is the length of the message in it (bytes after it belong
    to nobody), ``broken`` names the fault that makes the body untrustworthy, if any. ``announced``
    is the length of the body in bytes as the head says it, 0 where it says none. ``cuts``: a body
    that is too long is taken as far as the limit, also where its length was announced.
    """

    def __init__(
        self,
        method: str = "GET",
        *,
        max_head: int = MAX_HEAD_BYTES,
        max_body: int = MAX_BODY_BYTES,
        cuts: bool = False,
    ) -> None:
        self.raw: bytearray | bytes = bytearray()
        self.head: ResponseHead | None = None
        self.interim: list[ResponseHead] = []
        self.head_end = 0
        self.end = 0
        self.announced = 0
        self.broken: str | None = None
        self.too_long = False
        self.ended_by_close = False
        self._method = method.upper()
        self._max_head = max_head
        self._max_body = max_body
        self._cuts = cuts
        self._state = State.HEAD
        self._at = 0
        self._head_start = 0
        self._head_bytes = 0
        self._remaining = 0
        self._chunks: io.BytesIO | None = None
        self._body: bytes | None = None
        self._faults: list[str] = []

    @property
    def complete(self) -> bool:
        """Whether the message has ended."""
        return self._state is State.DONE

    @property
    def faults(self) -> tuple[str, ...]:
        """What had to be forgiven so far, each named once."""
        from_heads = [fault for head in self.interim for fault in head.faults]
        if self.head is not None:
            from_heads += self.head.faults
        return tuple(dict.fromkeys(from_heads + self._faults))

    def body(self) -> bytes:
        """The transfer-decoded body as far as it was fed; of a whole message the same bytes each
        time, and no others are held for it."""
        if self._body is not None:
            return self._body
        if self._chunks is not None:
            body = self._chunks.getvalue()
        elif self.head is not None:
            body = bytes(memoryview(self.raw)[self.head_end : self.end])
        else:
            return b""
        if self.complete:
            self._body = body
            if self._chunks is not None:
                self._chunks = io.BytesIO()
        return body

    def feed(self, data: bytes) -> None:
        """Take more bytes from the peer.

        Raises HttpError when they do not begin with a status line, HeadTooLargeError when a head
        or the trailer section is longer than the limit.
        """
        self.raw += data
        self._take()

    def feed_whole(self, data: bytes) -> None:
        """Take all the bytes there are, in the place of ``feed``: they are not copied."""
        self.raw = data
        self._take()

    def _take(self) -> None:
        if self._chunks is None:
            self._body = None  # what is broken goes on to the last byte
        self._advance()
        if self._body_bytes() > self._max_body:
            self._take_too_long()
        if self.complete and len(self.raw) > self.end:
            self._take_rest()

    def settle(self) -> bytes:
        """All raw bytes. Nothing more is expected, so that they need not be held twice."""
        self.raw = bytes(self.raw)
        return self.raw

    def end_of_input(self) -> None:
        """There are no more bytes. Raises HttpError when there is no status line."""
        if self.complete:
            return
        self.ended_by_close = True
        if self._state is State.HEAD:
            self._take_cut_head()
        elif self._state is State.UNTIL_CLOSE:
            self.end = len(self.raw)
            self._state = State.DONE
        elif self._state is State.TRAILER:
            self._finish("trailer-cut")
        elif self._state is State.LENGTH:
            self._finish("body-cut", broken=True)
        else:
            self._take_cut_chunk()

    # --- states -----------------------------------------------------------------------------

    def _advance(self) -> None:
        while self._state is not State.DONE and _STEPS[self._state](self):
            pass

    def _step_head(self) -> bool:
        self._skip_blank_lines()
        start = self._head_start
        begin = bytes(self.raw[start : start + len(_STATUS_START)]).upper()
        if begin != _STATUS_START[: len(begin)]:
            raise HttpError(f"no status line: {bytes(self.raw[start : start + 80])!r}")
        end = end_of_head(self.raw, max(start, self._at - 3))
        if end < 0:
            self._at = len(self.raw)
            self._check_head(len(self.raw) - start)
            return False
        self._check_head(end - start)
        self._head_bytes += end - start
        self._take_head(read_head(bytes(self.raw[start:end])), end)
        return True

    def _skip_blank_lines(self) -> None:
        while self._head_start < len(self.raw) and self.raw[self._head_start] in b"\r\n":
            self._head_start += 1
            self._head_bytes += 1
        self._check_head(0)

    def _check_head(self, more: int) -> None:
        if self._head_bytes + more > self._max_head:
            raise HeadTooLargeError(f"more than {self._max_head} bytes of HTTP head")

    def _take_head(self, head: ResponseHead, end: int) -> None:
        self._at = end
        if 100 <= head.status < 200 and head.status != _SWITCHING_PROTOCOLS:
            self.interim.append(head)
            self._head_start = end
            return
        self.head = head
        self.head_end = self.end = end
        self._choose_body(head)

    def _choose_body(self, head: ResponseHead) -> None:
        if self._has_no_body(head.status):
            self._state = State.DONE
            return
        codings = codings_of(head.all("transfer-encoding"))
        if codings:
            chunked = codings[-1] == "chunked"
            if chunked and head.version.startswith(("0", "1.0")):
                self._note("chunked-before-1.1")
            self._chunks = io.BytesIO() if chunked else None
            self._state = State.CHUNK_LINE if chunked else State.UNTIL_CLOSE
            return
        self._choose_length(head)

    def _has_no_body(self, status: int) -> bool:
        if self._method == "CONNECT" and 200 <= status < 300:
            return True
        return self._method == "HEAD" or status in _BODILESS or status == _SWITCHING_PROTOCOLS

    def _choose_length(self, head: ResponseHead) -> None:
        values = [part.strip() for v in head.all("content-length") for part in v.split(",")]
        lengths = {int(value) for value in values if _LENGTH.match(value)}
        if len(values) > 1:
            self._note("duplicate-content-length")
        if any(not _LENGTH.match(value) for value in values):
            self._note("bad-content-length")
        if len(lengths) > 1:
            self.broken = "conflicting-content-length"
            self._note(self.broken)
        if not lengths:
            self._state = State.UNTIL_CLOSE
            return
        self._remaining = self.announced = max(lengths)
        self._state = State.LENGTH
        if self._remaining > self._max_body and not self._cuts:
            self._take_too_long()

    def _step_length(self) -> bool:
        taken = min(self._remaining, len(self.raw) - self._at)
        self._at += taken
        self._remaining -= taken
        self.end = self._at
        if not self._remaining:
            self._state = State.DONE
        return False

    def _step_until_close(self) -> bool:
        self._at = self.end = len(self.raw)
        return False

    def _line(self) -> bytes | None:
        """The next line without its end, or None while it is not whole."""
        stop = self.raw.find(b"\n", self._at)
        if stop < 0:
            return None
        line = bytes(self.raw[self._at : stop])
        self._at = stop + 1
        return line.rstrip(b"\r")

    def _step_chunk_line(self) -> bool:
        line = self._line()
        if line is None:
            if len(self.raw) - self._at > MAX_CHUNK_LINE_BYTES:
                self._break_chunks()
            return False
        size = line.split(b";", 1)[0].strip(b" \t")
        if len(line) > MAX_CHUNK_LINE_BYTES or not _CHUNK_SIZE.match(size):
            self._break_chunks()
            return False
        self._remaining = int(size, 16)
        self._state = State.CHUNK_DATA if self._remaining else State.TRAILER
        self.end = self._at
        return True

    def _step_chunk_data(self) -> bool:
        assert self._chunks is not None
        taken = min(self._remaining, len(self.raw) - self._at)
        self._chunks.write(memoryview(self.raw)[self._at : self._at + taken])
        self._at += taken
        self._remaining -= taken
        self.end = self._at
        if self._remaining:
            return False
        self._state = State.CHUNK_END
        return True

    def _step_chunk_end(self) -> bool:
        line = self._line()
        if line is None:
            if len(self.raw) - self._at > 1:
                self._break_chunks()
            return False
        if line:
            self._break_chunks()
            return False
        self._state = State.CHUNK_LINE
        self.end = self._at
        return True

    def _step_trailer(self) -> bool:
        line = self._line()
        if line is None:
            self._check_head(len(self.raw) - self._at)
            return False
        self._head_bytes += len(line) + 1
        self._check_head(0)
        self.end = self._at
        if not line:
            self._state = State.DONE
        return True

    # --- ends that are none -----------------------------------------------------------------

    def _body_bytes(self) -> int:
        """How long the body is so far, or (before its head has ended) what is not a head yet."""
        end = self.end if self.complete and not self.broken else len(self.raw)
        return end - self.head_end

    def _take_too_long(self) -> None:
        self.too_long = True
        self._finish("body-too-large", broken=True)

    def _take_rest(self) -> None:
        """Bytes after the end: part of a broken message, nobody's after a whole one."""
        if self.broken:
            self.end = len(self.raw)
        else:
            self._note("bytes-after-end")

    def _break_chunks(self) -> None:
        """A chunk line that is none: the rest cannot be told apart from garbage."""
        if not (self._chunks and self._chunks.tell()) and self.end == self.head_end:
            self._chunks = None
            self._finish("says-chunked-is-plain", broken=True)
        else:
            self._finish("bad-chunk", broken=True)

    def _take_cut_chunk(self) -> None:
        if (
            self._state is State.CHUNK_LINE
            and self.end == self.head_end
            and self._at < len(self.raw)
        ):
            self._break_chunks()
        else:
            self._finish("body-cut", broken=True)

    def _take_cut_head(self) -> None:
        self._at = len(self.raw)
        self.head = read_head(bytes(self.raw[self._head_start :]))
        self.head_end = len(self.raw)
        self._finish("head-cut", broken=True)

    def _finish(self, fault: str, *, broken: bool = False) -> None:
        self._note(fault)
        if broken:
            self.broken = self.broken or fault
        self.end = len(self.raw)
        self._state = State.DONE

    def _note(self, fault: str) -> None:
        if fault not in self._faults:
            self._faults.append(fault)


_STEPS: dict[State, Callable[[ResponseFraming], bool]] = {
    State.HEAD: ResponseFraming._step_head,
    State.LENGTH: ResponseFraming._step_length,
    State.CHUNK_LINE: ResponseFraming._step_chunk_line,
    State.CHUNK_DATA: ResponseFraming._step_chunk_data,
    State.CHUNK_END: ResponseFraming._step_chunk_end,
    State.TRAILER: ResponseFraming._step_trailer,
    State.UNTIL_CLOSE: ResponseFraming._step_until_close,
}
