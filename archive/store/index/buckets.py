"""Pairs of neighbours as one of few buckets each: what the index keeps of a long text beside its
units, so that few positions are ever looked at.

It promises that a phrase has no bucket that a text with this phrase has not. Whole texts are worked
out as arrays, the few units of a query one by one.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.store.index.rows import Row, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 1 << 15
_HALF_BITS = 16  # of a checksum
_FIRST_BUCKET = 0x10000  # a code point beyond all white space


def buckets(found: Sequence[str]) -> list[str]:
    """The bucket of each of these units with the next one, as a term."""
    return [
        chr((before >> _HALF_BITS ^ behind) & (BUCKETS - 1) | _FIRST_BUCKET)
        for before, behind in pairwise(map(_checksum, found))
    ]


def _checksum(unit: str) -> int:
    return zlib.crc32(unit.encode())


def bucket_row(row: Row, known: NDArray[np.bool_] | None = None) -> str:
    """The buckets of a text's pairs, each once, with a space between; without those of pairs that
    are ``known`` by themselves."""
    if len(row.units) < 2:
        return ""
    # It takes long to load, and a search needs none of it.
    import numpy as np

    sums = _checksums(row)
    found = (sums[:-1] >> _HALF_BITS ^ sums[1:]) & (BUCKETS - 1)
    met = np.zeros(BUCKETS, np.bool_)
    met[found if known is None else found[~known]] = True
    return joined(np.flatnonzero(met) + _FIRST_BUCKET)


def _checksums(row: Row) -> NDArray[np.uint32]:
    import numpy as np

    known = _of_characters()
    unknown = row.first[known[row.first] == 0]
    for code in np.unique(unknown).tolist():
        known[code] = _checksum(chr(code))
    sums: NDArray[np.uint32] = known[row.first]
    for place in np.flatnonzero(row.lengths > 1).tolist():
        sums[place] = _checksum(row.units[place])
    return sums


@cache
def _of_characters() -> NDArray[np.uint32]:
    """The checksum of each character by its code point, 0 where it has not been met yet."""
    import numpy as np

    return np.zeros(sys.maxunicode + 1, np.uint32)
