"""Phrases that many texts have: each is a term of its own in the index, so that to find it is to
look it up, and no position of it is ever looked at.

Which ones these are is learnt from the archive itself, once it has enough articles, and kept in the
index. It promises that a common phrase has its term in just the texts where it stands, as often as
it stands there; whatever is not common is left to buckets and positions, so what was learnt decides
how fast a query is, never what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from archive.search.terms import BREAK
from archive.store.index.rows import Row, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHARE = 0.05
"""Of the texts: what more of them have is common. Rarer phrases are found soon enough, and would
take more room."""
LONGEST = 4
"""Units of a common phrase. Longer ones are few, and found by those in them."""
_FIRST_TERM = 0x10000  # a code point beyond all white space
_CODE_BITS = 21
_NONE = -1


class Common:
    """The phrases that are common: strings of units of one character each, the shorter first."""

    def __init__(self, phrases: Sequence[str] = ()) -> None:
        self.phrases = tuple(phrases)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {phrase: number for number, phrase in enumerate(self.phrases)}

    def term(self, units: Sequence[str]) -> str | None:
        """The term of these units side by side; None where they are not common."""
        if not 1 < len(units) <= LONGEST or max(map(len, units)) > 1:
            return None
        number = self._numbers.get("".join(units))
        return None if number is None else chr(_FIRST_TERM + number)

    def parts(self, units: Sequence[str]) -> tuple[list[str], list[Sequence[str]]]:
        """The terms that a text with these units has, none within another, and the pairs among
        them that are in none."""
        terms: list[str] = []
        pairs: list[Sequence[str]] = []
        covered = 1
        for start in range(len(units) - 1):
            end = self._end(units, start)
            if end > covered:
                terms.append(str(self.term(units[start:end])))
                covered = end
            elif start + 2 > covered:
                pairs.append(units[start : start + 2])
                covered = start + 2
        return list(dict.fromkeys(terms)), pairs

    def _end(self, units: Sequence[str], start: int) -> int:
        """Where the longest common phrase ends that begins at ``start``; 0 where none does."""
        ends = range(min(len(units), start + LONGEST), start + 1, -1)
        return next((end for end in ends if self.term(units[start:end]) is not None), 0)

    def row(self, row: Row) -> tuple[str, NDArray[np.bool_]]:
        """The terms of a text, each as often as it stands there, with a space between; and of its
        pairs whether they are common."""
        import numpy as np

        codes = _codes(row)
        numbers: NDArray[np.int64] = codes
        terms: list[NDArray[np.int64]] = []
        common = np.zeros(max(len(codes) - 1, 0), np.bool_)
        for length, (first, keys) in enumerate(self._keys, 2):
            met = _extended(numbers, codes, length)
            places = np.searchsorted(keys, met)
            places[places == len(keys)] = 0
            there = keys[places] == met
            if length == 2:
                common = there
            terms.append(places[there] + first)
            numbers = np.where(there, places, _NONE)
        return joined(np.concatenate(terms) + _FIRST_TERM) if terms else "", common

    @cached_property
    def _keys(self) -> list[tuple[int, NDArray[np.int64]]]:
        """For each length from 2 the number of its first phrase, and in order what its phrases
        are made of: the number of one that is a unit shorter among those of its length, and the
        code of the last unit."""
        import numpy as np

        found: list[tuple[int, NDArray[np.int64]]] = []
        before: dict[str, int] = {}
        first = 0
        for length in range(2, LONGEST + 1):
            these = [phrase for phrase in self.phrases if len(phrase) == length]
            if not these:
                break
            keys = [
                (ord(one[0]) if length == 2 else before[one[:-1]]) << _CODE_BITS | ord(one[-1])
                for one in these
            ]
            found.append((first, np.array(keys, np.int64)))
            before = {phrase: number for number, phrase in enumerate(these)}
            first += len(these)
        return found


def learnt(rows: Sequence[Row]) -> Common:
    """What is common in these texts."""
    codes = [_codes(row) for row in rows]
    least = max(2, int(SHARE * len(codes)))
    numbers = codes
    before: Sequence[str] = ()
    phrases: list[str] = []
    for length in range(2, LONGEST + 1):
        met = [_extended(one, behind, length) for one, behind in zip(numbers, codes, strict=True)]
        keys = _frequent(met, least)
        if not len(keys):
            break
        before = list(_spelt(keys, before))
        phrases += before
        numbers = [_places(one, keys) for one in met]
    return Common(phrases)


def _codes(row: Row) -> NDArray[np.int64]:
    """The code points of units of one character; ``_NONE`` for others and for line breaks."""
    import numpy as np

    codes = row.first.astype(np.int64)
    codes[(row.lengths > 1) | (codes == ord(BREAK))] = _NONE
    return codes


def _extended(
    numbers: NDArray[np.int64], codes: NDArray[np.int64], length: int
) -> NDArray[np.int64]:
    """What stands at each place as one number: what is known of all but the last of ``length``
    units, and the last one."""
    import numpy as np

    behind = codes[length - 1 :]
    ahead = numbers[: len(behind)]
    return np.where((ahead < 0) | (behind < 0), _NONE, ahead << _CODE_BITS | behind)


def _places(met: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    places = np.searchsorted(keys, met)
    places[places == len(keys)] = 0
    return np.where(keys[places] == met, places, _NONE)


def _frequent(met: Sequence[NDArray[np.int64]], least: int) -> NDArray[np.int64]:
    """What at least so many texts have, in order."""
    import numpy as np

    each = np.concatenate([np.unique(one[one >= 0]) for one in met])
    keys, counts = np.unique(each, return_counts=True)
    found: NDArray[np.int64] = keys[counts >= least]
    return found


def _spelt(keys: NDArray[np.int64], before: Sequence[str]) -> Iterator[str]:
    for key in keys.tolist():
        ahead, last = key >> _CODE_BITS, chr(key & (1 << _CODE_BITS) - 1)
        yield (before[ahead] if before else chr(ahead)) + last
