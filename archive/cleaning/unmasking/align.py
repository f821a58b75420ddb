"""Two texts side by side, character by character, fast enough for long ones.

It promises opcodes that cover both texts from end to end. Long texts are first pinned together at
passages that occur exactly once in each, so that the cost stays near-linear.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

PIN = 12
"""Characters of a passage that pins two texts together."""
PIN_FROM = 1500
"""Texts shorter than this (characters) are aligned directly."""
PIN_EVERY = 200
"""Characters between two pins at least: fewer blocks, the same result."""
MAX_BLOCK = 20_000
"""A stretch without pins longer than this (characters) counts as different altogether."""


@dataclass(frozen=True, slots=True)
class Span:
    """``a[a0:a1]`` stands against ``b[b0:b1]``; ``same`` when they are equal."""

    same: bool
    a0: int
    a1: int
    b0: int
    b1: int


def align(a: str, b: str) -> list[Span]:
    """Spans that cover ``a`` and ``b`` in order; neighbours are never of the same kind."""
    spans: list[Span] = []
    i = j = 0
    for p, q in [*_pins(a, b), (len(a), len(b))]:
        _block(a, b, i, p, j, q, spans)
        i, j = p, q
    return _merged(spans)


def _block(a: str, b: str, i: int, p: int, j: int, q: int, spans: list[Span]) -> None:
    if max(p - i, q - j) > MAX_BLOCK and a[i:p] != b[j:q]:
        spans.append(Span(False, i, p, j, q))
        return
    spans += [
        Span(
            op.tag == "equal", i + op.src_start, i + op.src_end, j + op.dest_start, j + op.dest_end
        )
        for op in Levenshtein.opcodes(a[i:p], b[j:q])
    ]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].same == span.same:
            last = merged[-1]
            merged[-1] = Span(span.same, last.a0, span.a1, last.b0, span.b1)
        else:
            merged.append(span)
    return merged


def coarse(spans: list[Span], least: int = 2) -> list[Span]:
    """The same spans with equal runs shorter than ``least`` inside a difference given up: a name
    and a brand that share one character are still one replacement."""
    kept = [
        Span(False, s.a0, s.a1, s.b0, s.b1)
        if s.same and s.a1 - s.a0 < least and 0 < n < len(spans) - 1
        else s
        for n, s in enumerate(spans)
    ]
    return _merged(kept)


def turns(text: str, span: Span) -> set[str]:
    """An inserted span in all the ways it may be cut: 管理[查包養網]创新 aligns as well one
    character to the left when the neighbours are alike."""
    turns = {text[span.b0 : span.b1]}
    start, end = span.b0, span.b1
    while start > 0 and text[start - 1] == text[end - 1] and len(turns) < 6:
        start, end = start - 1, end - 1
        turns.add(text[start:end])
    start, end = span.b0, span.b1
    while end < len(text) and text[start] == text[end] and len(turns) < 12:
        start, end = start + 1, end + 1
        turns.add(text[start:end])
    return turns


def _pins(a: str, b: str) -> list[tuple[int, int]]:
    """Places that surely belong together, in ascending order in both texts."""
    if min(len(a), len(b)) < PIN_FROM:
        return []
    left, right = _once(a), _once(b)
    pairs = sorted((i, right[key]) for key, i in left.items() if key in right)
    thinned: list[tuple[int, int]] = []
    for i, j in _longest_ascending(pairs):
        if not thinned or i - thinned[-1][0] >= PIN_EVERY <= j - thinned[-1][1]:
            thinned.append((i, j))
    return thinned


def _once(text: str) -> dict[str, int]:
    seen: dict[str, int] = {}
    for i in range(len(text) - PIN + 1):
        key = text[i : i + PIN]
        seen[key] = -1 if key in seen else i
    return {key: i for key, i in seen.items() if i >= 0}


def _longest_ascending(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Longest subsequence of ``pairs`` with ascending second members (patience sorting)."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        k = bisect_left(tops, j)
        before.append(places[k - 1] if k else -1)
        tops[k : k + 1] = [j]
        places[k : k + 1] = [n]
    found: list[tuple[int, int]] = []
    n = places[-1] if places else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]
