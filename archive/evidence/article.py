"""From an article back to the bytes it was made of, and whether they are still what they were.

It promises to look at the WARC files now: nothing here is taken from the store's word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.errors import NotFoundError, PalimpsestError
from archive.evidence.fixity import check
from archive.model import Article, Capture, Certificate, Repair, WarcPointer, Witness
from archive.store import Archive
from archive.warc import read_at
from archive.warc.certificates import certificate_in, holder, notes_in
from archive.warc.originals import path_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """One witness of an article; ``problem`` says what is wrong with its record, None that it is
    there, whole, and has the digest that was kept. ``repairs`` are the changes between what the
    page said and the witness's text; of the witness that is read (``is_read``), ``collated`` are
    those between its text and the article's, where other witnesses have it better. ``certificate``
    is the one its server showed over TLS, with the chain as far as it is kept."""

    number: int
    witness: Witness
    problem: str | None
    repairs: Sequence[Repair]
    is_read: bool
    collated: Sequence[Repair] = ()
    certificate: Certificate | None = None


def evidence(archive: Archive, article: Article) -> list[Evidence]:
    """What each witness of the article rests on, verified now; numbers count from 1."""
    found = []
    for place, one in enumerate(article.witnesses):
        is_read = place == article.reading_of
        found.append(
            Evidence(
                place + 1,
                one,
                check(archive, one.pointer).detail,
                one.clean.repairs,
                is_read,
                _collated(article) if is_read else (),
                certificate(archive, one.pointer),
            )
        )
    return found


def _collated(article: Article) -> list[Repair]:
    """The repairs of the reading that its witness does not have by itself."""
    own = Counter(article.witnesses[article.reading_of].clean.repairs)
    made = []
    for repair in article.reading.repairs:
        if own[repair] > 0:
            own[repair] -= 1
        else:
            made.append(repair)
    return made


def certificate(
    archive: Archive, pointer: WarcPointer, at_most: int | None = None
) -> Certificate | None:
    """The certificate that was shown for the capture at ``pointer``; its chain may stand before in
    the file, of which ``at_most`` so many records are read for it. None where there is none, or
    where the record cannot be read."""
    try:
        named = read_at(archive.warc_dir, pointer).certificate
        if named is None or named.chain:
            return named
        found = holder(
            path_of(archive.warc_dir, pointer.file), named.digest, pointer.offset, at_most
        )
    except (PalimpsestError, OSError):
        return None
    return (certificate_in(notes_in(found)) if found else None) or named


def exchange(archive: Archive, article: Article, number: int | None = None) -> Capture:
    """The HTTP exchange of witness ``number`` (from 1; the one that is read, if None) as it
    crossed the wire. Raises NotFoundError for a witness that is none, RecordError where the
    record is not there or not whole."""
    place = article.reading_of if number is None else number - 1
    if not 0 <= place < len(article.witnesses):
        raise NotFoundError(
            f"article {article.id} has no witness {number}; it has {len(article.witnesses)}"
        )
    return read_at(archive.warc_dir, article.witnesses[place].pointer)
