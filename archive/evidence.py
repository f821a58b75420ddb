"""From an article back to the bytes it was made of, and whether they are still what they were.

It promises to look at the WARC files now: nothing here is taken from the store's word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.errors import NotFoundError
from archive.fixity import check
from archive.model import Article, Capture, Repair, Witness
from archive.store import Archive
from archive.warc import read_at


@dataclass(frozen=True, slots=True)
class Evidence:
    """One witness of an article; ``problem`` says what is wrong with its record, None that it is
    there, whole, and has the digest that was kept. ``repairs`` are the changes between what the
    page said and the witness's text."""

    number: int
    witness: Witness
    problem: str | None
    repairs: Sequence[Repair]


def evidence(archive: Archive, article: Article) -> list[Evidence]:
    """What each witness of the article rests on, verified now; numbers count from 1."""
    return [
        Evidence(number, one, check(archive, one.pointer).detail, one.clean.repairs)
        for number, one in enumerate(article.witnesses, 1)
    ]


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
