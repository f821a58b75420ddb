"""Words of a query that stand side by side, and may stand in a text as one: ``2 km`` and 2km,
``co operation`` and cooperation, ``138 0013 8000``, ``GB/T 7714``, ``No. 11374001``.

It promises that all that has the words is found as before, and first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archive.search.customs import telephones
from archive.search.joined import LONG_NUMBER, MOST_DIGITS
from archive.search.quantities import belongs, micro
from archive.search.query import All, Any, Node, Phrase, TextField
from archive.search.spellings import LABELS, MIN_NUMBER, Units, in_parts, numbered
from archive.search.terms import BREAK, is_single

MOST_WAYS = 12
"""Ways to join two words that are looked for."""

MOST_WORDS = 8
"""Of a query whose words are joined but for numbers and their units: more are a title, pasted."""

_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Word:
    """A part of the query, and the ways in which it may be written; none where it is no word."""

    node: Node
    ways: tuple[Units, ...] = ()
    field: TextField | None = None

    @property
    def is_number(self) -> bool:
        return bool(self.ways) and all(map(str.isdecimal, self.ways[0]))


def side_by_side(words: Sequence[Node]) -> list[Node]:
    """The words, those that may stand together in the text as one part."""
    found: list[_Word] = []
    is_title = len(words) > MOST_WORDS
    for word in _numbers([_read(node) for node in words]):
        joined = _joined(found[-1], word, is_title) if found else None
        if joined is None:
            found.append(word)
        else:
            found[-1] = joined
    return [one.node for one in found]


def _read(node: Node) -> _Word:
    if isinstance(node, Phrase):
        return _Word(node, (node.units,), node.field)
    if not isinstance(node, Any) or not isinstance(next(iter(node.parts), None), Phrase):
        return _Word(node)
    # What is apart from its number comes behind its phrases.
    phrases = [one for one in node.parts if isinstance(one, Phrase)]
    if not all(one.other for one in phrases[1:]):
        return _Word(node)  # typed with OR
    ways = (one.units for one in phrases if not one.units[0].startswith(BREAK))
    return _Word(node, tuple(ways), phrases[0].field)


def _numbers(words: Sequence[_Word]) -> Iterator[_Word]:
    """Groups of digits that make one long number as one word."""
    place = 0
    while place < len(words):
        run = [words[place]]
        for word in words[place + 1 :]:
            if not (run[0].is_number and word.is_number and word.field == run[0].field):
                break
            run.append(word)
        place += len(run)
        digits = "".join("".join(one.ways[0]) for one in run) if len(run) > 1 else ""
        if LONG_NUMBER <= len(digits) <= MOST_DIGITS:
            numbers = dict.fromkeys((digits, *telephones(digits)))
            yield _as_one(run, [(number,) for number in numbers])
        else:
            yield from run


def _as_one(words: Sequence[_Word], ways: Sequence[Units]) -> _Word:
    field = words[0].field
    phrases = (Phrase(units, field, other=True) for units in in_parts(ways))
    return _Word(Any((All(tuple(one.node for one in words)), *phrases)), tuple(ways), field)


def _joined(one: _Word, other: _Word, is_title: bool) -> _Word | None:
    """Both as one word, where they may be one; None where not. Of a title only what was typed is
    joined."""
    if not one.ways or not other.ways or one.field != other.field:
        return None
    if _is_label(one, other):
        return _Word(Any((All((one.node, other.node)), other.node)))
    ways = [
        way
        for before in (one.ways[:1] if is_title else one.ways)
        for behind in (other.ways[:1] if is_title else other.ways)
        for join in (_JOINS[:1] if is_title else _JOINS)
        for way in join(before, behind)
    ]
    few = list(dict.fromkeys(ways))[:MOST_WAYS]
    if not few:
        return None
    return _Word(_as_one((one, other), few).node)


def _is_label(one: _Word, other: _Word) -> bool:
    digits = "".join(filter(str.isdecimal, "".join(other.ways[0])))
    return len(one.ways[0]) == 1 and one.ways[0][0] in LABELS and len(digits) >= LONG_NUMBER


def _together(before: Units, behind: Units) -> Iterator[Units]:
    """A number and its unit, a name and its number."""
    if belongs(before[-1], behind[0], behind[1:]):
        yield (*before[:-1], before[-1] + behind[0], *behind[1:])
        yield from micro((*before, *behind))


def _numbered(before: Units, behind: Units) -> Iterator[Units]:
    """The parts of a standard or a grant, of which the last is a number."""
    is_number = len(behind[0]) >= MIN_NUMBER and behind[0].isdecimal()
    if is_number and not any(map(is_single, before)):
        whole = (before[0] + behind[0],) if len(before) == 1 else (*before, behind[0])
        yield from ((*way, *behind[1:]) for way in (whole, *numbered(whole)))


def _in_one(before: Units, behind: Units) -> Iterator[Units]:
    """Two words of letters: web site, co operation."""
    letters = before + behind
    if len(letters) == _WORDS and all(one.isalpha() and not is_single(one) for one in letters):
        yield ("".join(letters),)


_JOINS: Sequence[Callable[[Units, Units], Iterator[Units]]] = (_together, _numbered, _in_one)
