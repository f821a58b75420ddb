"""Captures out of WARC and ARC files, ours and other people's.

A response and its request are brought together whichever comes first; what other programs lack is
left out, not made up. It promises a pointer to each capture from which ``read_at`` reads the same
capture again without going through the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from archive.errors import RecordError
from archive.model import Capture, WarcPointer
from archive.warc.naming import open_path
from archive.warc.payload import EMPTY_DIGEST, payload_of
from archive.warc.record import PLAIN_TEXT, digest
from archive.warc.records import OnError, Record, bare_id, read_records

WAITING_REQUESTS = 64
"""Requests kept in mind until their response comes; more are the mark of a broken file."""
LOOK_AHEAD_RECORDS = 3
HTTP_SCHEMES = ("http://", "https://")
TRUNCATED: dict[str, Literal["length", "time", "disconnect", "unspecified"]] = {
    "length": "length",
    "time": "time",
    "disconnect": "disconnect",
}


def read_captures(
    path: Path, on_error: OnError | None = None
) -> Iterator[tuple[Capture, WarcPointer]]:
    """Every HTTP exchange of ``path`` (WARC or ARC, gzipped or not), in file order.

    Failures without a response are captures too, as far as we wrote them. Damage is told to
    ``on_error`` with its offset, and the rest is taken; without ``on_error`` it is raised as
    RecordError. Pointers name the file by its name alone. Raises OSError.
    """
    grouping = _Grouping()
    for record in read_records(path, on_error):
        for exchange in grouping.add(record):
            yield from _finish(exchange, path, on_error)
    for exchange in grouping.rest():
        yield from _finish(exchange, path, on_error)


def read_at(directory: Path, pointer: WarcPointer) -> Capture:
    """The capture at ``pointer`` in ``directory``, from a file that may still be ``.open``.

    Only the record itself and the request and metadata records right behind it are opened. Raises
    RecordError when the record is not there or not whole.
    """
    path = _find(directory, pointer)
    grouping = _Grouping()
    try:
        records = read_records(path, None, pointer.offset)
        main = next(record for record in records if record.id == pointer.record_id)
        list(grouping.add(main))
        for record in islice(_followers(records, main), LOOK_AHEAD_RECORDS):
            list(grouping.add(record))
    except (OSError, StopIteration) as error:
        why = "no such record" if isinstance(error, StopIteration) else str(error)
        raise RecordError(why, str(path), pointer.offset) from error
    exchange = next(iter(grouping.rest()), None)
    if exchange is None:
        raise RecordError("not an HTTP exchange", str(path), pointer.offset)
    return exchange.capture(path)


def _followers(records: Iterator[Record], main: Record) -> Iterator[Record]:
    """The records right behind ``main`` that say they belong to it; damage ends them."""
    try:
        for record in records:
            if main.id not in _concurrent(record):
                return
            yield record
    except RecordError:
        return


def _find(directory: Path, pointer: WarcPointer) -> Path:
    path = directory / pointer.file
    return path if path.exists() else open_path(path)


@dataclass(slots=True)
class _Exchange:
    """The records of one exchange as they come together around ``main``."""

    main: Record
    request: Record | None = None
    notes: dict[str, str] = field(default_factory=dict)

    def capture(self, path: Path) -> Capture:
        header = self.main.header
        is_response = header.type in ("response", "resource")
        reason = header.field("WARC-Truncated")
        return Capture(
            url=header.field("WARC-Target-URI") or "",
            captured_at=self._moment(path),
            request=self.request.block if self.request else b"",
            response=self.main.block if is_response else b"",
            ip=header.field("WARC-IP-Address"),
            protocols=tuple(header.all("WARC-Protocol")),
            cipher=header.field("WARC-Cipher-Suite"),
            truncated=TRUNCATED.get(reason.lower(), "unspecified") if reason else None,
            error=self.notes.get("error"),
            via=self.notes.get("via"),
        )

    def pointer(self, path: Path, capture: Capture) -> WarcPointer:
        payload = (
            capture.response
            if self.main.header.type == "resource"
            else payload_of(capture.response, capture.request)
        )
        return WarcPointer(
            file=path.name.removesuffix(".open"),
            offset=self.main.offset,
            length=self.main.length,
            payload_digest=digest(payload) if payload else EMPTY_DIGEST,
            record_id=self.main.id,
        )

    def _moment(self, path: Path) -> datetime:
        value = (self.main.header.field("WARC-Date") or "").strip()
        try:
            moment = datetime.fromisoformat(value[:19] + _fraction(value[19:]))
        except ValueError as error:
            raise RecordError(
                f"WARC-Date is {value[:40]!r}", str(path), self.main.offset
            ) from error
        return moment.replace(tzinfo=UTC)


def _fraction(rest: str) -> str:
    digits = rest.removeprefix(".").rstrip("Zz")
    return f".{digits[:6]:0<6}" if digits.isdigit() else ""


class _Grouping:
    """Brings the records of one exchange together.

    Writers put request and response side by side, in either order, with notes behind them; so one
    exchange stays open until the next one begins.
    """

    def __init__(self) -> None:
        self._open: _Exchange | None = None
        self._requests: dict[str, Record] = {}

    def add(self, record: Record) -> Iterator[_Exchange]:
        """Take a record; gives the exchange it has closed, if any."""
        kind = record.header.type
        if (kind == "response" and _is_http(record)) or (kind == "resource" and _is_text(record)):
            yield from self.rest()
            self._open = _Exchange(record, self._waiting_for(record))
        elif kind == "request":
            self._add_request(record)
        elif kind == "metadata":
            yield from self._add_metadata(record)

    def rest(self) -> Iterator[_Exchange]:
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

    def _add_metadata(self, record: Record) -> Iterator[_Exchange]:
        notes = _read_notes(record)
        concurrent = _concurrent(record)
        if self._open is not None and self._open.main.id in concurrent:
            self._open.notes.update(notes)
        elif "error" in notes and not concurrent and _is_http(record):
            yield from self.rest()
            self._open = _Exchange(record, notes=notes)


def _is_http(record: Record) -> bool:
    uri = (record.header.field("WARC-Target-URI") or "").lower()
    return uri.startswith(HTTP_SCHEMES)


def _is_text(record: Record) -> bool:
    """A text of ours that came without its page; other programs' resources are not articles."""
    kind = (record.header.field("Content-Type") or "").lower()
    return kind.startswith(PLAIN_TEXT) and not _is_http(record)


def _concurrent(record: Record) -> list[str]:
    return [bare_id(value) for value in record.header.all("WARC-Concurrent-To")]


def _linked(main: Record, request: Record) -> bool:
    """Whether the two say so, or (where neither names any record) share address and moment."""
    ours, theirs = _concurrent(main), _concurrent(request)
    if ours or theirs:
        return main.id in theirs or request.id in ours
    names = ("WARC-Target-URI", "WARC-Date")
    return all(main.header.field(name) == request.header.field(name) for name in names)


def _read_notes(record: Record) -> dict[str, str]:
    notes: dict[str, str] = {}
    if (record.header.field("Content-Type") or "").lower().startswith("application/warc-fields"):
        for line in record.block.decode("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            if name in ("via", "error") and value.strip():
                notes[name] = value.strip()
    return notes


def _finish(
    exchange: _Exchange, path: Path, on_error: OnError | None
) -> Iterator[tuple[Capture, WarcPointer]]:
    try:
        capture = exchange.capture(path)
    except RecordError as error:
        if on_error is None:
            raise
        on_error(error)
        return
    yield capture, exchange.pointer(path, capture)
