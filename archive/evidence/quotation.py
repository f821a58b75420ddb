"""Where a text that somebody brings along stands: in which article, in which of its versions, or
only as somebody else's page showed it.

It promises that what is said to stand in a text does so word for word, punctuation and the form of
characters aside; that what was put in by whoever mirrored or broke in is never told as the
institute's; and to look at a bounded number of articles and texts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from archive.model import Article
from archive.search.terms import BREAK, units
from archive.store import Archive, Version

MAX_TEXT = 4_000
"""Characters of a text that are looked for."""
LEAST = 6
"""Units (a character, or a word of another script) below which a text stands anywhere."""
PIECE, LEAST_PIECE = 8, 3
"""Units of the pieces that are searched for."""
MOST_PIECES = 16
MOST_LINES, MOST_OF_A_LINE = 8, 100
"""Lines that are searched for whole, and characters of one."""
LEAST_SHARE = 4
"""One piece of so many must stand in an article that is like the text."""
FOUND_BY_A_PIECE = 20
FIRST_ARTICLES, MOST_ARTICLES = 4, 20
"""Articles that are looked into, and those that are where more are asked for."""
NEAR_SHARE = 2
"""Of those that have only something like a text, one in so many is told."""
MOST_CHANGED, MOST_FORMER = 300, 1_000
"""Articles that changed last, and versions of them, that are looked through where no version of an
article that is like the text has its words."""
MOST_TEXTS = 50
"""Of an article, the newest versions, and as many witnesses."""
MOST_SHOWN = 20_000
"""Characters of the nearest passage."""
_BETWEEN = "\x1f"
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[^\w\s]+|\n")
_UNIT = re.compile(rf"{_HAN}|(?:(?!{_HAN})\w)+\s*")


@dataclass(frozen=True, slots=True)
class Quoted:
    """An article that has the text or something like it.

    ``genuine``: the versions that have its words. ``shown``: the witnesses (by place, from 0) whose
    pages had them, where they were undone; ``copies``: those that have them where no version
    does. ``nearest``: where none of all these has them, the passage of the present text that has
    most of them, and of how many ``lines`` of the text how many ``stand`` in the present text word
    for word, each for itself.
    """

    article: Article
    genuine: tuple[Version, ...]
    copies: tuple[int, ...]
    shown: tuple[int, ...]
    nearest: str
    stand: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """What ``where`` tells, and how many ``more`` articles would be looked into if MOST_ARTICLES
    were asked for."""

    found: list[Quoted]
    more: int


def where(archive: Archive, text: str, most: int = FIRST_ARTICLES) -> list[Quoted]:
    """The articles that have the text, first those of which a version has it word for word; where
    none has it, those that have something like it. None where the text is too short to tell. At
    ``most`` so many are looked into. Raises StoreError."""
    return looked_for(archive, text, most).found


def looked_for(archive: Archive, text: str, most: int = FIRST_ARTICLES) -> Where:
    """The same, and whether there is more to look into."""
    wanted = _words(text[:MAX_TEXT])
    if len(wanted) < LEAST:
        return Where([], 0)
    text = text[:MAX_TEXT]
    pieces = pieces_of(text)
    every = _with(archive, _lines(text), pieces)
    most = max(1, min(most, MOST_ARTICLES))
    found = [_looked_into(archive, one, wanted, pieces, text) for one in every[:most]]
    known = [one for one in found if one.genuine or one.copies or one.shown]
    if not any(one.genuine for one in known):
        known += _formerly(archive, wanted, {one.article.id for one in found})
    told = known or found[: -(-most // NEAR_SHARE)]
    return Where(
        sorted(told, key=lambda one: (not one.genuine, not one.copies)),
        len(every[most:MOST_ARTICLES]),
    )


def _formerly(archive: Archive, wanted: Sequence[str], seen: Collection[str]) -> list[Quoted]:
    """The article that had the words in a version of before and has none of them now, of those that
    changed last; the index has present texts alone."""
    has = _having(wanted)
    left = MOST_FORMER
    for one in archive.store.holdings.changed(MOST_CHANGED):
        if one in seen or left <= 0:
            continue
        versions = archive.store.versions(one)[-MOST_TEXTS:]
        left -= len(versions)
        had = tuple(v for v in versions if has(v.reading.title, v.reading.text))
        if had:
            return [Quoted(archive.get(one), had, (), (), "")]
    return []


def pieces_of(text: str) -> list[str]:
    """Pieces of the text's clauses, at most MOST_PIECES, spread over all of it.

    >>> pieces_of("党总支召开党员大会，会议由书记主持。")
    ['党总支召开党员大', '会议由书记主持']
    """
    found: dict[str, None] = {}
    for clause in _CLAUSE.split(text):
        parts = _UNIT.findall(clause)
        for at in range(0, len(parts), PIECE):
            piece = parts[at : at + PIECE]
            if len(piece) >= LEAST_PIECE:
                found["".join(piece).strip()] = None
    every = list(found)
    return every[:: -(-len(every) // MOST_PIECES) or 1]


def _lines(text: str) -> list[str]:
    """The first lines of the text, each as one phrase: what tells articles apart that have the same
    sentences."""
    every = (" ".join(_WORD.findall(line)) for line in text.split("\n"))
    return [line[:MOST_OF_A_LINE] for line in every if line][:MOST_LINES]


def _with(archive: Archive, lines: Sequence[str], pieces: Sequence[str]) -> list[str]:
    """The articles that have a line, or pieces enough, by their ids: those with most of them
    first."""
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for piece in (*lines, *pieces):
        hits = archive.search(f'"{piece}"', limit=FOUND_BY_A_PIECE).hits
        for hit in hits:
            counts[hit.id] += 1
            # What many articles say tells little of which one it is from.
            weights[hit.id] = weights.get(hit.id, 0) + 1 / len(hits)
    least = -(-len(pieces) // LEAST_SHARE)
    known = sorted((one for one in counts if counts[one] >= least), key=weights.__getitem__)
    return known[::-1]


def _looked_into(
    archive: Archive, asked: str, wanted: Sequence[str], pieces: Sequence[str], text: str
) -> Quoted:
    article = archive.get(asked)
    has = _having(wanted)
    genuine = tuple(
        one
        for one in archive.store.versions(article.id)[-MOST_TEXTS:]
        if has(one.reading.title, one.reading.text)
    )
    witnesses = list(enumerate(article.witnesses))[:MOST_TEXTS]
    shown = tuple(
        place
        for place, one in witnesses
        if one.clean.repairs
        and has(one.raw.title, one.raw.text)
        and not has(one.clean.title, one.clean.text)
    )
    copies = tuple(
        place for place, one in witnesses if not genuine and has(one.clean.title, one.clean.text)
    )
    has_it = genuine or copies
    if has_it:
        return Quoted(article, genuine, copies, shown, "")
    lines = [one for one in map(_words, text.split("\n")) if len(one) >= LEAST]
    present = _joined(_words(article.reading.text))
    return Quoted(
        article,
        genuine,
        copies,
        shown,
        _nearest(article.reading.text, pieces, text.count("\n") + 1),
        stand=sum(_joined(one) in present for one in lines),
        lines=len(lines),
    )


def _having(wanted: Sequence[str]) -> Callable[[str | None, str], bool]:
    """Whether a text, or its title, has the words; the same text is looked at once."""
    asked = _joined(wanted)
    known: dict[tuple[str | None, str], bool] = {}

    def has(title: str | None, text: str) -> bool:
        key = (title, text)
        if key not in known:
            known[key] = asked in _joined(_words(text)) or asked in _joined(_words(title or ""))
        return known[key]

    return has


def _nearest(text: str, pieces: Sequence[str], lines: int) -> str:
    """The passage of the text that has most of the pieces: as many lines as the quoted text has,
    and one more."""
    asked = [_joined(_words(piece)) for piece in pieces]
    every = text.split("\n")
    hits = [sum(one in line for one in asked) for line in map(_joined, map(_words, every))]
    width = lines + 1
    sums = [sum(hits[:width])]
    for at in range(1, len(every)):
        sums.append(sums[-1] - hits[at - 1] + (hits[at + lines] if at + lines < len(hits) else 0))
    first = max(range(len(sums)), key=sums.__getitem__)
    last = min(first + width, len(every))
    while first < last - 1 and not hits[first]:
        first += 1
    while first < last - 1 and not hits[last - 1]:
        last -= 1
    return "\n".join(every[first:last])[:MOST_SHOWN]


def _words(text: str) -> list[str]:
    return [unit for unit in units(text) if unit != BREAK]


def _joined(words: Iterable[str]) -> str:
    return "".join(f"{_BETWEEN}{word}" for word in words) + _BETWEEN
