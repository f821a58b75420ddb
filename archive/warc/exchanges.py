"""Records brought together to exchanges: an answer, its request, and what was noted of both.

Writers put them side by side in either order. It promises that what other programs lack is left
out, not made up (but for the head of a resource, which says its type and no more), and that a
revisit's answer is whole where its original can be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from archive.errors import RecordError
from archive.model import Capture, WarcPointer
from archive.warc.certificates import NAMES, certificate_in, notes_in
from archive.warc.originals import Originals, read_date, revisit_of
from archive.warc.payload import EMPTY_DIGEST, PAYLOAD_DIGEST, payload_of
from archive.warc.record import PLAIN_TEXT, digest
from archive.warc.records import Record, bare_id
from archive.warc.revisits import whole_response

WAITING_REQUESTS = 64
"""Requests kept in mind until their response comes; more are the mark of a broken file."""
ORIGINAL_MISSING = "original-missing"
"""The error of a revisit whose payload cannot be found."""
DIGEST_URN = "urn:sha256:"
NOTED = frozenset({"via", "error", *NAMES})
HTTP_SCHEMES = ("http://", "https://")
TRUNCATED: dict[str, Literal["length", "time", "disconnect", "unspecified"]] = {
    "length": "length",
    "time": "time",
    "disconnect": "disconnect",
}


@dataclass(slots=True)
class Exchange:
    """The records of one exchange as they come together around ``main``."""

    main: Record
    request: Record | None = None
    notes: dict[str, str] = field(default_factory=dict)

    def capture(self, path: Path, originals: Originals) -> Capture:
        """The exchange as a capture. Raises RecordError when it has no moment."""
        header = self.main.header
        request = self.request.block if self.request else b""
        response, error, reason = self._response(originals, request)
        return Capture(
            url=header.field("WARC-Target-URI") or "",
            captured_at=self._moment(path),
            request=request,
            response=response,
            ip=header.field("WARC-IP-Address"),
            protocols=tuple(header.all("WARC-Protocol")),
            cipher=header.field("WARC-Cipher-Suite"),
            truncated=TRUNCATED.get(reason.lower(), "unspecified") if reason else None,
            error=error or self.notes.get("error"),
            via=self.notes.get("via"),
            revisit=revisit_of(self.main),
            certificate=certificate_in(self.notes),
        )

    def _response(
        self, originals: Originals, request: bytes
    ) -> tuple[bytes, str | None, str | None]:
        """The answer's bytes, why they are not whole, and the reason of truncation."""
        record = self.main
        if record.header.type == "metadata":
            return b"", None, record.header.field("WARC-Truncated")
        if record.header.type == "resource" and _is_http(record):
            return _answer_of(record), None, record.header.field("WARC-Truncated")
        revisit = revisit_of(record)
        if revisit is None or revisit.profile == "server-not-modified":
            return record.block, None, record.header.field("WARC-Truncated")
        place = originals.place_of(record)
        if place is None:
            return record.block, ORIGINAL_MISSING, None
        original = place[1]
        whole = whole_response(record, original, request)
        return whole, None, original.header.field("WARC-Truncated")

    def pointer(self, path: Path, capture: Capture) -> WarcPointer:
        """Where ``capture``, read from here, lies in ``path``."""
        return WarcPointer(
            file=path.name.removesuffix(".open"),
            offset=self.main.offset,
            length=self.main.length,
            payload_digest=self._digest(capture),
            record_id=self.main.id,
        )

    def _digest(self, capture: Capture) -> str:
        revisit = capture.revisit
        unmade = capture.error == ORIGINAL_MISSING
        if revisit is not None and (unmade or revisit.profile == "server-not-modified"):
            return self.main.header.field(PAYLOAD_DIGEST) or EMPTY_DIGEST
        if self.main.header.type == "resource":
            return digest(self.main.block)
        return digest(payload_of(capture.response, capture.request))

    def _moment(self, path: Path) -> datetime:
        value = self.main.header.field("WARC-Date") or ""
        moment = read_date(value)
        if moment is None:
            raise RecordError(f"WARC-Date is {value[:40]!r}", str(path), self.main.offset)
        return moment


class Grouping:
    """Brings the records of one exchange together.

    Writers put request and response side by side, in either order, with notes behind them; so one
    exchange stays open until the next one begins.
    """

    def __init__(self) -> None:
        self._open: Exchange | None = None
        self._requests: dict[str, Record] = {}

    def add(self, record: Record) -> Iterator[Exchange]:
        """Take a record; gives the exchange it has closed, if any."""
        kind = record.header.type
        if begins_exchange(record):
            yield from self.rest()
            self._open = Exchange(record, self._waiting_for(record))
        elif kind == "request":
            self._add_request(record)
        elif kind == "metadata":
            yield from self._add_metadata(record)

    def rest(self) -> Iterator[Exchange]:
        """The exchange that is still open, if any."""
        exchange, self._open = self._open, None
        if exchange is not None:
            yield exchange

    def _add_request(self, record: Record) -> None:
        if (
            self._open is not None
            and self._open.request is None
            and _linked(self._open.main, record)
        ):
            self._open.request = record
            return
        self._requests[record.id] = record
        while len(self._requests) > WAITING_REQUESTS:
            del self._requests[next(iter(self._requests))]

    def _waiting_for(self, response: Record) -> Record | None:
        for record in self._requests.values():
            if _linked(response, record):
                return self._requests.pop(record.id)
        return None

    def _add_metadata(self, record: Record) -> Iterator[Exchange]:
        notes = {k: v for k, v in notes_in(record).items() if k in NOTED}
        together = concurrent(record)
        if self._open is not None and self._open.main.id in together:
            self._open.notes.update(notes)
        elif "error" in notes and not together and _is_http(record):
            yield from self.rest()
            self._open = Exchange(record, notes=notes)


def begins_exchange(record: Record) -> bool:
    """Whether the record is what an exchange, or a text without one, is made of."""
    kind = record.header.type
    if kind == "resource":
        return _is_text(record) or _is_http(record)
    answer = kind == "response" or revisit_of(record) is not None
    return answer and _is_http(record)


def _is_http(record: Record) -> bool:
    uri = (record.header.field("WARC-Target-URI") or "").lower()
    return uri.startswith(HTTP_SCHEMES)


def _is_text(record: Record) -> bool:
    """A text or page that came without its exchange, as we keep it under the digest of its bytes;
    other programs' resources are taken where they are plain text under no web address."""
    kind = (record.header.field("Content-Type") or "").lower()
    uri = (record.header.field("WARC-Target-URI") or "").lower()
    return uri.startswith(DIGEST_URN) or (kind.startswith(PLAIN_TEXT) and not _is_http(record))


def _answer_of(resource: Record) -> bytes:
    """What a server would have answered that gave the resource of a web address (WARC 1.1, section
    6.3.3; warcit writes the files of a folder so): the record has no head of its own, and says no
    more of it than its type."""
    kind = resource.header.field("Content-Type")
    told = f"Content-Type: {kind}\r\n" if kind else ""
    head = f"HTTP/1.1 200 OK\r\n{told}Content-Length: {len(resource.block)}\r\n\r\n"
    return head.encode("utf-8", "replace") + resource.block


def concurrent(record: Record) -> list[str]:
    """The ids of the records that ``record`` says it was made together with."""
    return [bare_id(value) for value in record.header.all("WARC-Concurrent-To")]


def _linked(main: Record, request: Record) -> bool:
    """Whether the two say so, or (where neither names any record) share address and moment."""
    ours, theirs = concurrent(main), concurrent(request)
    if ours or theirs:
        return main.id in theirs or request.id in ours
    names = ("WARC-Target-URI", "WARC-Date")
    return all(main.header.field(name) == request.header.field(name) for name in names)
