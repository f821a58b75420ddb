"""Is one record still what it was? Asked by whoever shows evidence, and by ``verify``.

It promises to look at the WARC file now: nothing is taken from the store's or the index's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from archive.errors import PalimpsestError
from archive.model import WarcPointer
from archive.store import Archive
from archive.warc import read_at
from archive.warc.payload import payload_of
from archive.warc.record import digest


@dataclass(frozen=True, slots=True)
class Check:
    """What came of looking. ``problem`` is None where all agrees; ``digest`` is the payload's as
    it is now, None where it cannot be told; ``detail`` says what is wrong, for the operator (it may
    name paths of the machine)."""

    at: datetime
    digest: str | None = None
    problem: Literal["unreadable", "digest"] | None = None
    detail: str | None = None


def check(archive: Archive, pointer: WarcPointer, *, payload: bool = True) -> Check:
    """Read the record at ``pointer`` and compare its payload (not so, where ``payload`` is false)
    with the digest that was kept."""
    now = datetime.now(UTC)
    try:
        capture = read_at(archive.warc_dir, pointer)
    except (PalimpsestError, OSError) as error:
        return Check(now, None, "unreadable", str(error))
    if not payload or capture.revisit is not None:
        # A revisit has no payload of its own.
        return Check(now)
    found = digest(payload_of(capture.response, capture.request))
    # A record that is not an HTTP exchange (a text taken in) is its own payload.
    if pointer.payload_digest in (found, digest(capture.response)):
        return Check(now, pointer.payload_digest)
    told = f"{pointer.file} at byte {pointer.offset}: the payload is not the one that was kept"
    return Check(now, found, "digest", told)
