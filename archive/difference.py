"""What changed from one text to another, as a reader would mark it.

It promises that the pieces kept and removed give the old text, and the pieces kept and added the
new one; that words and numbers change as a whole; that no scrap of a few equal characters between
two changes breaks them apart, for nobody reads them so, but a line break stays one; that a line
which only stands elsewhere is called moved; and that its time and memory stay small whatever the
texts are: lines are compared with lines, in changed lines sentences, in changed sentences words
and characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest
from typing import Literal

import regex

from archive.alignment import aligned

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that was kept, taken out or put in; ``moved`` when the same line was put
    in, or taken out, elsewhere."""

    kind: Kind
    text: str
    moved: bool = False


def pieces(old: str, new: str) -> list[Piece]:
    """The texts as pieces in reading order, what was removed before what was added."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    stretches = [(before[part.old], after[part.new], part.equal) for part in aligned(before, after)]
    moved = _moved([(b, a) for b, a, equal in stretches if not equal])
    found: list[Piece] = []
    for removed, added, equal in stretches:
        if equal:
            found.append(Piece("same", "".join(removed)))
        else:
            found += _changed(removed, added, moved)
    return list(_joined(found))


def same_words(old: str, new: str) -> bool:
    """Whether nothing but punctuation, spaces, line breaks and the form of characters (width, case,
    traditional or simplified) sets the texts apart."""
    from archive.search.terms import BREAK, units

    before, after = ([unit for unit in units(text) if unit != BREAK] for text in (old, new))
    return before == after


def _moved(stretches: Iterable[tuple[Sequence[str], Sequence[str]]]) -> frozenset[str]:
    """The lines that were taken out in one place and put in at another, as often in both."""
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for removed, added in stretches:
        gone.update(map(str.strip, removed))
        come.update(map(str.strip, added))
    return frozenset(
        line for line, times in gone.items() if len(line) >= MOVED and come[line] == times
    )


def _changed(
    removed: Sequence[str], added: Sequence[str], moved: frozenset[str]
) -> Iterator[Piece]:
    """Changed lines in pieces: those moved as a whole, the others beside each other."""
    gone, come = _parted(removed, moved), _parted(added, moved)
    for before, after in zip_longest(*_beside(gone, come), fillvalue=("", "")):
        yield from _by_sentence(before[0], after[0])
        yield Piece("removed", before[1], moved=True)
        yield Piece("added", after[1], moved=True)


Part = tuple[str, str]
"""Lines that were not moved, and the one behind them that was ("" behind the last)."""


def _parted(lines: Sequence[str], moved: frozenset[str]) -> list[Part]:
    parts, rest = [], ""
    for line in lines:
        if line.strip() in moved:
            parts.append((rest, line))
            rest = ""
        else:
            rest += line
    return [*parts, (rest, "")]


def _beside(one: list[Part], other: list[Part]) -> tuple[list[Part], list[Part]]:
    """The parts so that those which belong together have the same number: a lone one belongs to
    the longest of the other side."""
    if len(one) == 1 and len(other) > 1:
        return _behind_the_longest(one, other), other
    if len(other) == 1 and len(one) > 1:
        return one, _behind_the_longest(other, one)
    return one, other


def _behind_the_longest(lone: list[Part], parts: list[Part]) -> list[Part]:
    place = max(range(len(parts)), key=lambda number: len(parts[number][0]))
    return [("", "")] * place + lone


def _by_sentence(old: str, new: str) -> Iterator[Piece]:
    before, after = _SENTENCES.findall(old), _SENTENCES.findall(new)
    for part in aligned(before, after):
        removed, added = "".join(before[part.old]), "".join(after[part.new])
        if part.equal:
            yield Piece("same", removed)
        else:
            yield from _by_word(removed, added)


def _by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MAX_WORDS:
        yield from (Piece("removed", old), Piece("added", new))
        return
    for part in aligned(before, after):
        removed = "".join(before[part.old])
        if part.equal:
            yield Piece("same", removed)
        else:
            yield from (Piece("removed", removed), Piece("added", "".join(after[part.new])))


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
