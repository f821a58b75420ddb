"""Pairs of neighbours as one of few buckets each: what the index keeps of a long text beside its
units, so that few positions are ever looked at.

It promises that a phrase has no bucket that a text with this phrase has not. Every character of the
archive goes through here when it is indexed: whole texts are worked out as arrays, the few units of
a query one by one.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BUCKETS = 1 << 16
_HALF_BITS = 16  # of a checksum
_FIRST_BUCKET = 0x10000  # a code point beyond all white space
_CODE_POINTS = f"utf-32-{sys.byteorder[0]}e"  # of an array of integers
_SPACE = ord(" ")


def buckets(found: Sequence[str]) -> list[str]:
    """The bucket of each of these units with the next one, as a term."""
    return [
        chr((before >> _HALF_BITS ^ behind) & (BUCKETS - 1) | _FIRST_BUCKET)
        for before, behind in pairwise(map(_checksum, found))
    ]


def _checksum(unit: str) -> int:
    return zlib.crc32(unit.encode())


def bucket_row(row: str, found: Sequence[str]) -> str:
    """The buckets of the units ``found``, each once, with a space between; ``row`` has the units
    in the same way."""
    if len(found) < 2:
        return ""
    # It takes long to load, and a search needs none of it.
    import numpy as np

    sums = _checksums(row, found)
    met = np.zeros(BUCKETS, np.bool_)
    met[(sums[:-1] >> _HALF_BITS ^ sums[1:]) & (BUCKETS - 1)] = True
    distinct = np.flatnonzero(met)
    spaced = np.full(2 * len(distinct), _SPACE, np.uint32)
    spaced[::2] = distinct + _FIRST_BUCKET
    return spaced.tobytes().decode(_CODE_POINTS)


def _checksums(row: str, found: Sequence[str]) -> NDArray[np.uint32]:
    import numpy as np

    codes = np.frombuffer(row.encode(_CODE_POINTS), np.uint32)
    ends = np.append(np.flatnonzero(codes == _SPACE), len(codes))
    starts = np.append(0, ends[:-1] + 1)
    first = codes[starts]
    known = _of_characters()
    unknown = first[known[first] == 0]
    for code in np.unique(unknown).tolist():
        known[code] = _checksum(chr(code))
    sums: NDArray[np.uint32] = known[first]
    for place in np.flatnonzero(ends - starts > 1).tolist():
        sums[place] = _checksum(found[place])
    return sums


@cache
def _of_characters() -> NDArray[np.uint32]:
    """The checksum of each character by its code point, 0 where it has not been met yet."""
    import numpy as np

    return np.zeros(sys.maxunicode + 1, np.uint32)
