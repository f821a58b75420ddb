"""A witness's text with its repairs drawn in: what stood there struck through, what it reads now.

Repairs count in the text the one before left behind, so they are carried out one after the other
over pieces that remember what they were. It promises that the kept and the struck pieces together
are the witness's text, and the kept and the written ones the reading, character for character.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from archive.cleaning.repairs import descending_runs
from archive.model import Repair

Kind = Literal["kept", "struck", "written"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and the repair that struck or wrote it; ``stop`` is the number of the
    change that begins with it, from 1, or 0 where none does (``paragraphs`` counts them)."""

    kind: Kind
    text: str
    repair: Repair | None = None
    stop: int = 0


def drawn(text: str, repairs: Sequence[Repair]) -> list[Piece]:
    """``text`` (before the repairs, all of one field) in pieces, in order; a repair that does not
    fit is left out."""
    pieces = [Piece("kept", text)] if text else []
    for run in descending_runs(repairs):
        pieces = list(_carried_out(pieces, list(reversed(run))))
    return list(_merged(pieces))


def _carried_out(pieces: Iterable[Piece], repairs: Sequence[Repair]) -> Iterator[Piece]:
    """The pieces after ``repairs``, which come from left to right and do not overlap."""
    waiting = _Reader(pieces)
    for repair in repairs:
        yield from waiting.until(repair.start)
        taken = list(waiting.until(repair.end))
        was = "".join(piece.text for piece in taken if piece.kind != "struck")
        if was != repair.before:
            yield from taken
            continue
        for piece in taken:
            if piece.kind == "kept":
                yield Piece("struck", piece.text, repair)
            elif piece.kind == "struck":
                yield piece
        if repair.after:
            yield Piece("written", repair.after, repair)
    yield from waiting.until(None)


class _Reader:
    """Gives pieces up to a place, counted in the text as it reads now (struck pieces do not
    count)."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = iter(pieces)
        self._rest: Piece | None = None
        self._at = 0

    def until(self, end: int | None) -> Iterator[Piece]:
        while end is None or self._at < end:
            piece = self._rest or next(self._pieces, None)
            self._rest = None
            if piece is None:
                return
            room = len(piece.text) if end is None else end - self._at
            if piece.kind != "struck" and len(piece.text) > room:
                self._rest = replace(piece, text=piece.text[room:])
                piece = replace(piece, text=piece.text[:room])
            if piece.kind != "struck":
                self._at += len(piece.text)
            yield piece


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (last.kind, last.repair) == (piece.kind, piece.repair):
            last = replace(last, text=last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces by paragraph: a line break that stands in the reading begins a new one. Marks that
    stand side by side are one change."""
    found: list[list[Piece]] = [[]]
    changes = 0
    is_open = False
    for piece in _told_together(pieces):
        if piece.kind == "kept":
            is_open = False
        for number, line in enumerate(piece.text.split("\n")):
            if number:
                found.append([])
            if not line:
                continue
            begins = piece.kind != "kept" and not is_open
            is_open = is_open or begins
            changes += begins
            found[-1].append(replace(piece, text=line, stop=changes if begins else 0))
    return [line for line in found if line]


def _told_together(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Where characters side by side were changed one by one for the same reason, what stood there
    whole, and then what reads there now: 鄧長→邓长, not 鄧→邓長→长."""
    reason = operator.attrgetter("repair.rule", "repair.confidence", "repair.evidence")
    for is_kept, run in groupby(pieces, lambda piece: piece.repair is None):
        if is_kept:
            yield from run
            continue
        for _, alike in groupby(run, reason):
            changed = list(alike)
            if any("\n" in piece.text for piece in changed):
                yield from changed
                continue
            for kind in ("struck", "written"):
                text = "".join(piece.text for piece in changed if piece.kind == kind)
                if text:
                    yield replace(changed[0], kind=kind, text=text)
