"""What a searcher typed, as phrases of index terms.

Words are separated by white space and all of them must occur; what stands in quotation marks
(any kind) is one phrase. There is no other syntax: everything else is plain text, so that no query
is ever an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.search.terms import BREAK, is_single, units

MAX_QUERY = 1_000
"""Characters of a query that count."""

MAX_PHRASES = 32
"""Phrases of a query that count."""

_PARTS = re.compile(r'["“”„‟«»〝〞「『]([^"“”„‟«»〝〞」』]*)["“”„‟«»〝〞」』]|(\S+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Units that must stand side by side in the title or in one paragraph of the text."""

    units: tuple[str, ...]

    def terms(self) -> tuple[tuple[str, ...], bool]:
        """The index terms in a row, and whether the last is only the beginning of one.

        A character with another one after it gives a bigram; the last character is in the bigram
        before it, or else may be followed by anything.
        """
        found = self.units
        single = [is_single(unit) for unit in found]
        terms = [
            unit + after if one and other else unit
            for unit, after, one, other in zip(
                found[:-1], found[1:], single[:-1], single[1:], strict=True
            )
        ]
        if not single[-1]:
            return (*terms, found[-1]), False
        if len(found) > 1 and single[-2]:
            return tuple(terms), False
        return (*terms, found[-1]), True


def parse(query: str) -> list[Phrase]:
    """The phrases of a query, each once, in order; none where there is nothing to search for."""
    phrases: dict[Phrase, None] = {}
    for quoted, plain in _PARTS.findall(query[:MAX_QUERY]):
        found = tuple(unit for unit in units(quoted or plain) if unit != BREAK)
        if found:
            phrases.setdefault(Phrase(found))
    return list(phrases)[:MAX_PHRASES]
