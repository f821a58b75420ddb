"""Pieces of an article that stand as pages of their own: print views, single pages of a series.

Mirrors that rewrite addresses cut the tie between a piece and its article; the words still tell. It
promises to join only what is wholly part of a longer text: nearly every run of characters and
every number of the piece must stand there, so that this year's notice never joins last year's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from archive.addresses import host_of
from archive.model import Witness
from archive.witnesses.fold import fold

GRAM_CHARS = 8
CONTAINED = 0.85
"""Share of a piece's runs that must stand in the whole."""
KEPT_OF = 8
"""One run in so many is looked up to find candidates."""
MIN_GRAMS = 40
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Text:
    members: tuple[int, ...]
    title: str
    grams: frozenset[str]
    numbers: frozenset[str]
    on_mirrors: bool
    hosts: frozenset[str]


def join_contained(
    witnesses: Sequence[Witness], groups: Sequence[tuple[int, ...]]
) -> list[tuple[int, ...]]:
    """``groups`` (indexes of ``witnesses``) with pieces put into the group of their whole."""
    texts = [_text(witnesses, group) for group in groups]
    index: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for gram in _looked_up(text):
            index[gram].append(place)
    whole_of: dict[int, int] = {}
    for place in sorted(range(len(texts)), key=lambda p: (len(texts[p].grams), groups[p])):
        found = _whole(place, texts, index, whole_of)
        if found is not None:
            whole_of[place] = found
    merged: dict[int, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        target = place
        while target in whole_of:
            target = whole_of[target]
        merged[target].extend(group)
    return sorted(tuple(sorted(members)) for members in merged.values())


def _whole(
    place: int, texts: list[_Text], index: dict[str, list[int]], whole_of: dict[int, int]
) -> int | None:
    piece = texts[place]
    if len(piece.grams) < MIN_GRAMS:
        return None
    counts = Counter(p for gram in _looked_up(piece) for p in index[gram])
    for other, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        whole = texts[other]
        if other == place or other in whole_of or len(whole.grams) < len(piece.grams):
            continue
        near = piece.on_mirrors or bool(piece.hosts & whole.hosts)
        titled = not piece.title or piece.title in whole.title or whole.title in piece.title
        if near and titled and piece.numbers <= whole.numbers and _share(piece, whole) >= CONTAINED:
            return other
    return None


def _share(piece: _Text, whole: _Text) -> float:
    return len(piece.grams & whole.grams) / len(piece.grams)


def _looked_up(text: _Text) -> list[str]:
    # By the characters themselves: Python's own hash differs from process to process.
    return [gram for gram in text.grams if sum(map(ord, gram)) % KEPT_OF == 0]


def _text(witnesses: Sequence[Witness], group: tuple[int, ...]) -> _Text:
    members = [witnesses[i] for i in group]
    best = max(members, key=lambda w: (w.role == "original", len(w.clean.text), w.url))
    folded = fold(best.clean.text)
    grams = {folded[i : i + GRAM_CHARS] for i in range(max(0, len(folded) - GRAM_CHARS + 1))}
    return _Text(
        group,
        fold(best.clean.title or ""),
        frozenset(grams),
        frozenset(_NUMBER.findall(best.clean.text)),
        all(w.role == "mirror" for w in members),
        frozenset(host for w in members if (host := host_of(w.url))),
    )
