"""A selection as one WARC file, its records copied byte for byte.

It promises that each exchange comes with the records that belong to it (its request, and what was
noted of it: where it was found, where its page leads, the certificate that it names), that each
article comes as a ``conversion`` record (archive.export.conversions), that a revisit never comes
without the record it goes back to (and behind it), and that a record of ours is the same gzip
member as in the archive. Records of other programs that share a member, or are not compressed, get
a member of their own around the same header fields and the same block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from archive.errors import RecordError
from archive.export.conversions import conversion
from archive.export.selection import Selection
from archive.store import Archive, CaptureRow
from archive.warc.certificates import certificate_in, holder, notes_in
from archive.warc.compress import gzip_member
from archive.warc.index import finder
from archive.warc.notes import Notes
from archive.warc.originals import Originals, path_of
from archive.warc.reader import records_at
from archive.warc.record import RECORD_END, render
from archive.warc.records import Record
from archive.warc.warcinfo import pack_warcinfo

FILE_NAME = "palimpsest.warc.gz"


def write_warc(
    archive: Archive,
    selection: Selection,
    target: BinaryIO,
    on_error: Callable[[RecordError], None],
) -> int:
    """Write the captures of a selection behind a ``warcinfo`` record, then its articles as
    ``conversion`` records; returns how many captures there were.

    A record that is not there any more is told to ``on_error``, and the rest is written.
    """
    target.write(pack_warcinfo(FILE_NAME, {"description": "a selection out of an archive"}))
    copier, count = _Copier(archive.warc_dir, target), 0
    for row in selection.rows:
        try:
            copier.copy(row)
            count += 1
        except RecordError as error:
            on_error(error)
    for article in {one.id: one for one in selection.articles.values()}.values():
        target.write(b"".join(conversion(article)))
    return count


class _Copier:
    def __init__(self, directory: Path, target: BinaryIO) -> None:
        self._directory = directory
        self._target = target
        self._done: set[str] = set()
        self._notes: dict[Path, Notes] = {}
        self._held: set[tuple[Path, str]] = set()

    def copy(self, row: CaptureRow) -> None:
        """Copy one exchange, what it goes back to first, what was noted of it last. Raises
        RecordError."""
        path = path_of(self._directory, row.pointer.file)
        records = records_at(path, row.pointer)
        if records[0].header.type == "revisit":
            self._copy_original(path, records[0])
        for record in (*records, *self._notes_of(path).of(records[0])):
            self._put(path, record)
        self._copy_certificate(path, records)

    def _notes_of(self, path: Path) -> Notes:
        known = self._notes.get(path)
        if known is None:
            known = self._notes[path] = Notes(path)
        return known

    def _copy_certificate(self, path: Path, records: Sequence[Record]) -> None:
        """Copy the record that holds the certificate which these only name."""
        notes = {name: value for one in records for name, value in notes_in(one).items()}
        named = certificate_in(notes)
        if named is None or (path, named.digest) in self._held:
            return
        self._held.add((path, named.digest))
        if not named.chain and (found := holder(path, named.digest, records[0].offset)):
            self._put(path, found)

    def _copy_original(self, path: Path, revisit: Record) -> None:
        place = Originals(path.parent, finder(self._directory)).place_of(revisit)
        if place is not None:
            self._put(*place)

    def _put(self, path: Path, record: Record) -> None:
        if record.id and record.id in self._done:
            return
        self._done.add(record.id)
        self._target.write(_member(path, record))


def _member(path: Path, record: Record) -> bytes:
    """The record as a gzip member of its own: the very one it has, if that holds it alone."""
    if record.is_alone:
        with path.open("rb") as file:
            file.seek(record.offset)
            return file.read(record.length)
    head = "WARC/1.1\r\n" + render(record.header.fields) + "\r\n"
    return gzip_member(head.encode("utf-8", "replace"), record.block, RECORD_END)
