"""A number and its unit of measure, written together or apart: 2km and 2 km.

In texts they stand either way, and the index keeps what stands together as one word. So a query
asks for both. It promises that what was typed is still looked for as it is, that nothing is found
but the same signs with or without a space between number and letters, and that a query grows by a
few phrases at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from archive.search.query import All, Any, Node, Phrase
from archive.search.terms import is_single

MAX_LETTERS = 5
"""Of a unit of measure, as ``mmhg`` or ``pixel``; longer words are words."""

_TOGETHER = re.compile(rf"([0-9]+)([^\W\d_]{{1,{MAX_LETTERS}}})")


def either_way(phrase: Phrase) -> Node:
    """The phrase, or the same with its numbers and units of measure together, or apart."""
    forms = (phrase.units, tuple(_apart(phrase.units)), tuple(_together(phrase.units)))
    found = tuple(Phrase(units, phrase.field) for units in dict.fromkeys(forms))
    return Any(found) if len(found) > 1 else phrase


def side_by_side(words: Sequence[Node]) -> list[Node]:
    """Words of a query that stand side by side: a number and its unit of measure may also stand
    together in the text."""
    found: list[Node] = []
    for word in words:
        joined = _joined(found[-1], word) if found else None
        if joined is None:
            found.append(word)
        else:
            found[-1] = Any((All((found[-1], word)), joined))
    return found


def _joined(number: Node, letters: Node) -> Phrase | None:
    """Both as one phrase with no space between; None where they are no number with its unit."""
    if not (isinstance(number, Phrase) and isinstance(letters, Phrase)):
        return None
    if number.field != letters.field or len(letters.units) != 1:
        return None
    units = (*number.units, *letters.units)
    together = tuple(_together(units))
    return Phrase(together, number.field) if len(together) < len(units) else None


def _apart(units: Sequence[str]) -> Iterator[str]:
    for unit in units:
        found = _TOGETHER.fullmatch(unit)
        yield from found.groups() if found else (unit,)


def _together(units: Sequence[str]) -> Iterator[str]:
    waiting = ""
    for unit in units:
        if waiting and not is_single(unit) and _TOGETHER.fullmatch(waiting + unit):
            yield waiting + unit
            waiting = ""
            continue
        if waiting:
            yield waiting
        waiting = unit if unit.isascii() and unit.isdecimal() else ""
        if not waiting:
            yield unit
    if waiting:
        yield waiting
