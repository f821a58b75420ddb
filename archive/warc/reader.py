"""Captures out of WARC and ARC files, ours and other people's.

It promises a pointer to each capture from which ``read_at`` reads the same capture again without
going through the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from archive.errors import RecordError
from archive.model import Capture, WarcPointer
from archive.warc.exchanges import ORIGINAL_MISSING, Exchange, Grouping, concurrent
from archive.warc.index import finder
from archive.warc.originals import Find, Originals, path_of
from archive.warc.records import OnError, Record, read_records

LOOK_AHEAD_RECORDS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A capture, where it lies, and (for one that the server did not modify) ``confirmed``: the
    file and the record of what it confirms, if they are there."""

    capture: Capture
    pointer: WarcPointer
    confirmed: tuple[Path, Record] | None = None


def read_captures(
    path: Path, on_error: OnError | None = None, find: Find | None = None
) -> Iterator[tuple[Capture, WarcPointer]]:
    """Every HTTP exchange of ``path`` (WARC or ARC, gzipped or not), in file order.

    Failures without a response are captures too, as far as we wrote them. Damage is told to
    ``on_error`` with its offset, and the rest is taken; without ``on_error`` it is raised as
    RecordError. Pointers name the file by its name alone. A revisit whose original is neither in
    this file nor beside it nor known to ``find`` has the error ORIGINAL_MISSING. Raises OSError.
    """
    for found in read_exchanges(path, on_error, find):
        yield found.capture, found.pointer


def read_exchanges(
    path: Path,
    on_error: OnError | None = None,
    find: Find | None = None,
    *,
    with_confirmed: bool = False,
    on_record: Callable[[Record], None] | None = None,
) -> Iterator[Found]:
    """The same, and ``with_confirmed`` what each 304 confirms; ``on_record`` is shown each record
    as it lies there, whatever it is."""
    grouping, originals = Grouping(), Originals(path.parent, find)
    for record in read_records(path, on_error):
        if on_record is not None:
            on_record(record)
        for exchange in grouping.add(record):
            yield from _finish(exchange, path, originals, on_error, with_confirmed)
        if record.header.type == "response":
            originals.saw(path, record)
    for exchange in grouping.rest():
        yield from _finish(exchange, path, originals, on_error, with_confirmed)


def read_at(directory: Path, pointer: WarcPointer) -> Capture:
    """The capture at ``pointer`` in ``directory``, from a file that may still be ``.open``.

    Only the record itself, the request and metadata records right behind it and, for a revisit,
    its original are opened. Raises RecordError when a record is not there or not whole.
    """
    path = path_of(directory, pointer.file)
    exchange = _exchange_at(path, pointer)
    capture = exchange.capture(path, Originals(path.parent, finder(directory)))
    if capture.error == ORIGINAL_MISSING:
        raise RecordError(
            "a revisit, and the record it goes back to is not there", str(path), pointer.offset
        )
    return capture


def records_at(path: Path, pointer: WarcPointer) -> list[Record]:
    """The record at ``pointer`` in ``path`` and those right behind it that belong to it. Raises
    RecordError when it is not there or not whole."""
    try:
        records = read_records(path, None, pointer.offset)
        # Writers of a kind put several records into one gzip member.
        here = takewhile(lambda record: record.offset == pointer.offset, records)
        main = next(record for record in here if record.id == pointer.record_id)
        return [main, *islice(_followers(records, main), LOOK_AHEAD_RECORDS)]
    except (OSError, StopIteration) as error:
        why = "no such record"
        if isinstance(error, OSError):
            why = error.strerror or str(error)
        raise RecordError(why, str(path), pointer.offset) from error


def _exchange_at(path: Path, pointer: WarcPointer) -> Exchange:
    grouping = Grouping()
    for record in records_at(path, pointer):
        list(grouping.add(record))
    exchange = next(iter(grouping.rest()), None)
    if exchange is None:
        raise RecordError("not an HTTP exchange", str(path), pointer.offset)
    return exchange


def _followers(records: Iterator[Record], main: Record) -> Iterator[Record]:
    """The records right behind ``main`` that say they belong to it; damage ends them."""
    try:
        for record in records:
            if main.id not in concurrent(record):
                return
            yield record
    except RecordError:
        return


def _finish(
    exchange: Exchange,
    path: Path,
    originals: Originals,
    on_error: OnError | None,
    with_confirmed: bool,
) -> Iterator[Found]:
    try:
        capture = exchange.capture(path, originals)
    except RecordError as error:
        if on_error is None:
            raise
        on_error(error)
        return
    confirmed = None
    if with_confirmed and capture.revisit and capture.revisit.profile == "server-not-modified":
        confirmed = originals.place_of(exchange.main)
    yield Found(capture, exchange.pointer(path, capture), confirmed)
