"""Do the store and the WARC files still agree: is each record there, whole and unchanged?

Nothing is repaired and nothing is written: what does not agree is named, with file and offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.errors import PalimpsestError
from archive.model import WarcPointer
from archive.store import Archive, CaptureRow
from archive.warc import read_at
from archive.warc.payload import payload_of
from archive.warc.record import digest


@dataclass(frozen=True, slots=True)
class Finding:
    """One capture that was looked at; ``problem`` is None where all agrees."""

    site: str
    row: CaptureRow
    problem: str | None


def verify(archive: Archive, site: str | None = None) -> Iterator[Finding]:
    """Look at every capture (of one site, if named), one after the other."""
    store = archive.store
    names = [store.site(site).name] if site else [known.name for known in store.sites()]
    for name in names:
        for row in store.captures(name):
            # Where there was no response there is no payload: that the note is whole is all.
            yield Finding(name, row, problem_at(archive, row.pointer, payload=row.error is None))


def problem_at(archive: Archive, pointer: WarcPointer, *, payload: bool = True) -> str | None:
    """What is wrong with the record at ``pointer`` (and its ``payload``); None when it is there,
    whole and unchanged."""
    try:
        capture = read_at(archive.warc_dir, pointer)
    except (PalimpsestError, OSError) as error:
        return str(error)
    if not payload:
        return None
    # A record that is not an HTTP exchange (a text taken in) is its own payload.
    known = (digest(payload_of(capture.response, capture.request)), digest(capture.response))
    if pointer.payload_digest not in known:
        return f"{pointer.file} at byte {pointer.offset}: the payload is not the one that was kept"
    return None
