"""What changed from one text to another, as a reader would mark it.

It promises that the pieces kept and removed give the old text, and the pieces kept and added the
new one; that words and numbers change as a whole; that no scrap of a few equal characters between
two changes breaks them apart, for nobody reads them so, but a line break stays one; that a line
which only stands elsewhere is called moved; and that its time and memory stay small whatever the
texts are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Literal

import regex

from archive.alignment import MOST_ALIGNED, aligned

Kind = Literal["same", "removed", "added"]

SCRAP = 2
"""Equal characters between two changes that count as changed."""

MOVED = 8
"""Characters of a line from which it counts as moved: shorter ones stand anywhere by chance."""

MAX_WORDS = 100_000
"""Words and characters of a changed sentence that are compared: a second of work."""

_WORDS = regex.compile(
    r"(?V1)[[\p{L}\p{N}\p{M}]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]]+|.", regex.DOTALL
)
_SENTENCES = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;]+[”’」』）)]*|\n|\Z)")
_OUT, _IN = "\0-", "\0+"
"""What stands before a line that was moved, among words: no text has it, so it is like no other."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, taken out or put in; ``moved`` when the same line was put
    in, or taken out, elsewhere."""

    kind: Kind
    text: str
    moved: bool = False


def pieces(old: str, new: str) -> list[Piece]:
    """The texts as pieces in reading order, what was removed before what was added."""
    moved = _moved(old, new, list(_compared(old, new, frozenset())))
    return list(_joined(_compared(old, new, moved)))


def same_words(old: str, new: str) -> bool:
    """Whether nothing but punctuation, spaces, line breaks and the form of characters (width, case,
    traditional or simplified) sets the texts apart."""
    from archive.search.terms import BREAK, units

    before, after = ([unit for unit in units(text) if unit != BREAK] for text in (old, new))
    return before == after


Lines = frozenset[str]
"""Lines, without the blanks around them, that stand in both texts but not in the same order."""


def _moved(old: str, new: str, found: Sequence[Piece]) -> Lines:
    """The lines that both texts have once, and that the pieces found do not keep as they are."""
    before, after = _once(old), _once(new)
    starts, shifts = _kept(found)
    return frozenset(
        line
        for line, place in before.items()
        if line in after
        and shifts[bisect_right(starts, place + len(line) // 2) - 1] != after[line] - place
    )


def _once(text: str) -> dict[str, int]:
    """Where each line begins that the text has once; short ones are left out."""
    places: dict[str, int] = {}
    again: set[str] = set()
    at = 0
    for line in text.splitlines(keepends=True):
        plain = line.strip()
        if plain in places:
            again.add(plain)
        elif len(plain) >= MOVED:
            places[plain] = at + line.index(plain)
        at += len(line)
    return {line: place for line, place in places.items() if line not in again}


def _kept(found: Iterable[Piece]) -> tuple[list[int], list[int | None]]:
    """Where in the old text pieces begin, and how far from there those kept stand in the new."""
    starts, shifts = [0], list[int | None]((None,))
    before = after = 0
    for piece in found:
        if piece.kind != "added":
            starts.append(before)
            shifts.append(after - before if piece.kind == "same" else None)
            before += len(piece.text)
        if piece.kind != "removed":
            after += len(piece.text)
    return starts, shifts


def _compared(old: str, new: str, moved: Lines, level: int = 0) -> Iterator[Piece]:
    """All words at once, or, where these are many, lines, then sentences with each other first."""
    before, after = _words(old, moved, _OUT), _words(new, moved, _IN)
    most = max(len(before), len(after))
    if most <= MOST_ALIGNED or (level == len(_PARTS) and most <= MAX_WORDS):
        for part in aligned(before, after):
            if part.equal:
                yield Piece("same", "".join(before[part.old]))
            else:
                yield from _told_of("removed", before[part.old])
                yield from _told_of("added", after[part.new])
    elif level == len(_PARTS):
        yield from (Piece("removed", old), Piece("added", new))
    else:
        parts, others = _PARTS[level](old), _PARTS[level](new)
        for part in aligned(parts, others):
            if part.equal:
                yield Piece("same", "".join(parts[part.old]))
            else:
                removed, added = "".join(parts[part.old]), "".join(others[part.new])
                yield from _compared(removed, added, moved, level + 1)


_PARTS: tuple[Callable[[str], list[str]], ...] = (
    lambda text: text.splitlines(keepends=True),
    _SENTENCES.findall,
)


def _words(text: str, moved: Lines, mark: str) -> list[str]:
    """The words and characters of the text; a line that was moved is one, with the mark."""
    if not moved:
        return list(_WORDS.findall(text))
    words: list[str] = []
    for line in text.splitlines(keepends=True):
        words += (mark + line,) if line.strip() in moved else _WORDS.findall(line)
    return words


def _told_of(kind: Kind, words: Iterable[str]) -> Iterator[Piece]:
    for is_moved, some in groupby(words, lambda word: word.startswith((_OUT, _IN))):
        texts = (word.removeprefix(_OUT).removeprefix(_IN) for word in some)
        yield Piece(kind, "".join(texts), is_moved)


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with scraps between two changes as changed, and each change as one."""
    change: list[Piece] = []
    kept: list[Piece] = []
    for piece in found:
        if piece.kind == "same":
            kept.append(piece)
        elif piece.text:
            same = "".join(one.text for one in kept)
            if not change or piece.moved or change[-1].moved or not _is_scrap(same):
                yield from _told(change)
                yield from _piece("same", same)
                change = []
            elif same:
                change += [Piece("removed", same), Piece("added", same)]
            change.append(piece)
            kept = []
    yield from _told(change)
    yield from _piece("same", "".join(one.text for one in kept))


def _is_scrap(text: str) -> bool:
    return len(text) <= SCRAP and "\n" not in text


def _told(change: Sequence[Piece]) -> Iterator[Piece]:
    moved = any(one.moved for one in change)
    for kind in ("removed", "added"):
        yield from _piece(kind, "".join(one.text for one in change if one.kind == kind), moved)


def _piece(kind: Kind, text: str, moved: bool = False) -> Iterator[Piece]:
    if text:
        yield Piece(kind, text, moved)


_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_TAGS = {"same": "", "removed": "del", "added": "ins"}


def as_text(found: Iterable[Piece]) -> str:
    """``[-removed-]`` and ``{+added+}``, as wdiff marks them; an arrow before what was moved."""
    return "".join(
        f"{'⇢' if piece.moved else ''}{piece.text}".join(_MARKS[piece.kind]) for piece in found
    )


def as_html(found: Iterable[Piece]) -> str:
    """``<del>`` and ``<ins>`` (HTML, section 4.7) in escaped text; line breaks as they are."""
    return "".join(map(_marked, found))


def _marked(piece: Piece) -> str:
    tag, text = _TAGS[piece.kind], escape(piece.text)
    if not tag:
        return text
    start = f'{tag} class="moved"' if piece.moved else tag
    return f"<{start}>{text}</{tag}>"
