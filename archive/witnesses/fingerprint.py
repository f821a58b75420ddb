"""Fingerprints of folded texts: small, comparable, and made once per witness.

One-permutation MinHash over character 4-grams: one hash per 4-gram, its low bits choose a slot,
each slot keeps its smallest. The share of slots in which two fingerprints agree estimates the
Jaccard similarity of their 4-grams (standard error below .05 at 128 slots). It promises the same
fingerprint on every machine and in every process.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

GRAM = 4
SLOTS = 128
"""A power of two."""
ROWS = 3
"""Slots in a band: two texts of similarity s share a band with 1-(1-s**3)**42."""
BANDS = SLOTS // ROWS
EMPTY = 0xFFFFFFFF
PIECE = 100_000
"""Characters of which the 4-grams are held at a time: those of a book would take 90 MB."""
SHORT = 40
"""Folded characters below which a fingerprint says too little; such texts are compared whole."""
_LOW_BITS = 32 - (SLOTS.bit_length() - 1)
_LOW = EMPTY >> (32 - _LOW_BITS)
_NONE = EMPTY + 1
_MIX = 0x9E3779B1
"""Knuth's multiplicative constant: CRC-32 is linear, its low bits alone are not spread well."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The smallest hash of each slot; empty slots borrow from the next filled one."""

    slots: array[int]

    def bands(self) -> Iterator[bytes]:
        """The keys under which copies are looked for, band by band."""
        for band in range(BANDS):
            yield self.slots[band * ROWS : band * ROWS + ROWS].tobytes()

    def band(self, number: int) -> bytes:
        """One band's key."""
        return self.slots[number * ROWS : number * ROWS + ROWS].tobytes()

    def similarity(self, other: Fingerprint) -> float:
        """Estimated share of 4-grams that two texts have in common (Jaccard, 0 to 1)."""
        agree = sum(map(int.__eq__, self.slots, other.slots))
        return agree / SLOTS


def fingerprint(folded: str) -> Fingerprint:
    """The fingerprint of a folded text."""
    # The high bits choose the slot and stay on the value: within a slot they compare as the rest.
    highest = [_NONE] * SLOTS
    last = max(len(folded) - GRAM, 0) + 1
    for start in range(0, last, PIECE):
        for plain in map(crc32, _grams(folded, start, min(start + PIECE, last))):
            value = (plain * _MIX) & EMPTY
            slot = value >> _LOW_BITS
            if value < highest[slot]:
                highest[slot] = value
    least = [EMPTY if value == _NONE else value & _LOW for value in highest]
    _borrow(least)
    return Fingerprint(array("I", least))


def _grams(folded: str, start: int, stop: int) -> set[bytes]:
    """The 4-grams that begin from ``start`` to before ``stop``, each once."""
    raw = folded[start : stop + GRAM - 1].encode("utf-32-le", "surrogatepass")
    width = 4 * GRAM
    return {raw[i : i + width] for i in range(0, 4 * (stop - start), 4)}


def _borrow(least: list[int]) -> None:
    """Fill empty slots from the next filled one, the distance mixed in (densification by
    rotation, Shrivastava and Li 2014), so that short texts can be compared too."""
    filled = [i for i, value in enumerate(least) if value != EMPTY]
    if not filled:
        return
    source = list(least)
    following = filled[0] + SLOTS
    for i in range(SLOTS - 1, -1, -1):
        if source[i] != EMPTY:
            following = i
            continue
        distance = following - i
        least[i] = (source[following % SLOTS] + distance * 0x01000193) & (EMPTY - 1)
