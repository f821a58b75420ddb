"""The critical apparatus of an article: for each place where witnesses differ, what each has.

Witnesses are named by letters in their order, as editors name manuscripts. Compared are their texts
as they were read after the marks of their hosts were taken off; differences of script, width, white
space and punctuation alone are none. It promises that every place is one of the reading text, in
order, and that every witness stands in every entry, be it that it has nothing there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC

from archive.cleaning.facts.damaged_dates import readings
from archive.model import Article, Witness
from archive.witnesses.collate import Reading, collate
from archive.witnesses.fold import fold

MAX_WITNESSES = 26
MAX_TEXT = 60_000
"""Characters of a text that is collated; longer ones are left out."""
CONTEXT = 6
"""Characters of the reading shown on either side of a place."""


@dataclass(frozen=True, slots=True)
class Siglum:
    """A witness under its letter: its role, address and moment (RFC 3339, UTC), how many
    ``repairs`` of each rule lie between its page and its text, and whether it was left out as too
    long (``left_out``)."""

    letter: str
    role: str
    url: str
    captured_at: str
    repairs: dict[str, int]
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One place: the half-open range of the reading text, its line (from 1), what the reading has
    there with a few characters around it, and what each witness has, by letter."""

    start: int
    end: int
    line: int
    before: str
    lemma: str
    after: str
    readings: dict[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to read a damaged date: what it would say, what speaks for it, what rules it out."""

    text: str
    evidence: tuple[str, ...]
    excluded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged date of the reading text: its place and line, what stands there, how it may be
    read. Nothing of this is in the text."""

    start: int
    end: int
    line: int
    before: str
    offers: tuple[Offer, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether not exactly one reading is left."""
        return sum(not offer.excluded_by for offer in self.offers) != 1


@dataclass(frozen=True, slots=True)
class Apparatus:
    """All witnesses of an article, the places where they differ, and damaged dates, which only
    texts that came without their page have."""

    sigla: tuple[Siglum, ...]
    entries: tuple[Entry, ...]
    damages: tuple[Damage, ...] = ()


def apparatus(article: Article) -> Apparatus:
    """The apparatus of ``article`` over its reading text."""
    witnesses = article.witnesses[:MAX_WITNESSES]
    sigla = tuple(_siglum(chr(ord("A") + n), one) for n, one in enumerate(witnesses))
    text = article.reading.text
    letters = [s.letter for s in sigla if not s.left_out]
    texts = [w.clean.text for w, s in zip(witnesses, sigla, strict=True) if not s.left_out]
    damages = _damages(text) if any(one.role == "backfill" for one in witnesses) else ()
    if len(text) > MAX_TEXT or not texts:
        return Apparatus(sigla, (), damages)
    found = collate([Reading(text, 1.0), *(Reading(one, 1.0) for one in texts)])
    entries = tuple(
        _entry(text, v.start, v.end, dict(zip(letters, v.readings[1:], strict=True)))
        for v in found.variants
        if len({fold(reading) for reading in v.readings}) > 1
    )
    return Apparatus(sigla, entries, damages)


def _damages(text: str) -> tuple[Damage, ...]:
    return tuple(
        Damage(
            found.start,
            found.end,
            text.count("\n", 0, found.start) + 1,
            found.before,
            tuple(Offer(c.text, c.evidence, c.excluded_by) for c in found.candidates),
        )
        for found in readings(text)
    )


def _siglum(letter: str, witness: Witness) -> Siglum:
    repairs = Counter(repair.rule for repair in witness.clean.repairs)
    too_long = len(witness.clean.text) > MAX_TEXT
    return Siglum(
        letter=letter,
        role=witness.role,
        url=witness.url,
        captured_at=f"{witness.captured_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        repairs=dict(sorted(repairs.items())),
        left_out=too_long,
    )


def _entry(text: str, start: int, end: int, readings: dict[str, str]) -> Entry:
    return Entry(
        start=start,
        end=end,
        line=text.count("\n", 0, start) + 1,
        before=text[max(0, start - CONTEXT) : start].rpartition("\n")[2],
        lemma=text[start:end],
        after=text[end : end + CONTEXT].partition("\n")[0],
        readings=readings,
    )
