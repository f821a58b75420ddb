"""A number and letters beside it, written together or apart: 2km and 2 km, COVID19 and COVID-19.

In texts they stand either way, and the index keeps what stands together as one word. So a query
asks for both: of a unit of measure behind a number, and of a number behind the letters of a name.
It promises that what was typed is still looked for as it is, that nothing is found
but the same signs with or without a space between number and letters, and that a query grows by a
few phrases at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from archive.search.query import Any, Node, Phrase
from archive.search.terms import is_single

MAX_LETTERS = 5
"""Of a unit of measure, as ``mmhg`` or ``pixel``; longer words are words."""

MAX_NAME = 10
"""Letters of a name with a number, as ``covid``, ``hiseq`` or ``landsat``."""

_QUANTITY = re.compile(rf"([0-9]+)([^\W\d_]{{1,{MAX_LETTERS}}}[23]?)")  # 5km2 is 5 km²
_NAMED = re.compile(rf"([^\W\d_]{{2,{MAX_NAME}}})([0-9]+)")
"""One letter and digits are a word of their own (h2, f1)."""
_POWER = re.compile(r"[^\W\d_]{2}[23]")
"""km2, and co2: not "km 2", unless digits come behind, as in PM2.5."""


def either_way(phrase: Phrase, others: Iterable[Sequence[str]] = ()) -> Node:
    """The phrase, or the same with its numbers and the letters beside them together, or apart, or
    any of the others."""
    forms = (tuple(_apart(phrase.units)), tuple(_together(phrase.units)), *map(tuple, others))
    every = [one for one in dict.fromkeys(forms) if one != phrase.units]
    found = (phrase, *(Phrase(units, phrase.field, other=True) for units in every))
    return Any(found) if len(found) > 1 else phrase


def micro(units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """A number with a unit that begins with the sign for a millionth, with the letter that is typed
    for it; and the other way round.

    >>> list(micro(("3um",))), list(micro(("3", "μm")))
    ([('3μm',), ('3', 'μm')], [('3um',), ('3', 'um')])
    """
    text = "\0".join(units)
    for one, other in ("uμ", "μu"):
        changed = re.sub(rf"(?<![^\0])([0-9]+\0?){one}(?=[^\W\d_])", rf"\g<1>{other}", text)
        if changed != text:
            found = tuple(changed.split("\0"))
            yield from dict.fromkeys((tuple(_together(found)), tuple(_apart(found))))


def belongs(one: str, other: str, behind: Sequence[str]) -> bool:
    """Whether both may be one word: a number and its unit, a name and its number."""
    if is_single(one) or is_single(other):
        return False
    return _parts(one + other, behind) == (one, other)


def _parts(unit: str, behind: Sequence[str]) -> tuple[str, ...]:
    """The number and the letters that the unit is made of, with ``behind`` standing behind it."""
    if quantity := _QUANTITY.fullmatch(unit):
        return quantity.groups()
    is_power = _POWER.fullmatch(unit) and not (behind and behind[0].isdecimal())
    named = None if is_power else _NAMED.fullmatch(unit)
    return named.groups() if named else (unit,)


def _apart(units: Sequence[str]) -> Iterator[str]:
    for place, unit in enumerate(units):
        yield from (unit,) if is_single(unit) else _parts(unit, units[place + 1 :])


def _together(units: Sequence[str]) -> Iterator[str]:
    place = 0
    while place < len(units):
        one, *behind = units[place:]
        if behind and belongs(one, behind[0], behind[1:]):
            yield one + behind[0]
            place += 2
        else:
            yield one
            place += 1
