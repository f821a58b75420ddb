"""The other ways in which a typed word may be written in a text: Müller and Mueller, 3um and 3 μm,
GBT7714 and GB/T 7714, J.P. and JP, an address with another scheme.

What the parts of a word make together is in the index (``archive.search.joined``), so that a query
in one piece finds it. Here is what only the query knows. It promises what can mean nothing else, or
hardly anything, and a few ways for each word; what was typed is found first all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice

from archive.search.customs import by_other_customs, days, telephones
from archive.search.joined import LONG_NUMBER, MOST_DIGITS, in_one, of_parts
from archive.search.numerals import grouped, other_numerals
from archive.search.quantities import micro
from archive.search.query import All, Phrase
from archive.search.terms import BREAK, is_single, units

Units = tuple[str, ...]

MOST_WAYS = 12
"""Other ways of one word that are looked for."""

MIN_NUMBER = 3
"""Digits of a number behind letters, from which both may be a standard or a grant in parts."""

MAX_LETTERS = 5
"""Letters in front of such a number that may have a stroke between them, as GB/T."""

MIN_SPELT = 5
"""Letters of a word whose umlaut may be spelt with two letters without anybody having typed it."""

MOST_SPELT = 3
APART = 6
"""Digits of a number that is looked for apart from what it was typed behind: grants, mostly."""

LABELS = frozenset({"doi", "isbn", "issn", "no", "nr"})
"""What stands before a number that means the same without."""

_CHARACTERS = re.compile("[\u3400-\u9fff]*")
_AT = re.compile(r"(?<=\w)\s?[(\[{（［【]\s?at\s?[)\]}）］】]\s?(?=\w)", re.IGNORECASE)
_SCHEME = re.compile(r"\A(?:https?|ftp)://", re.IGNORECASE)
_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/\S+")
_RAISED = re.compile("(?<=[0-9A-Za-z])(?=[⁰¹²³⁴⁵⁶⁷⁸⁹])(?<![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_NUMBERED = re.compile(rf"([^\W\d_]{{2,{MAX_LETTERS}}})(\d{{{MIN_NUMBER},}})")
_ATOMS = re.compile(r"\d+|[^\W\d_]+")
_MOST_ATOMS = 4
_TO_SPELL = re.compile("[ou](?=[b-df-hj-np-tv-z])")
_SPELT = re.compile("(?<=[b-df-hj-np-tv-z])([ou])e(?=[b-df-hj-np-tv-z])")


def with_sign(typed: str) -> str:
    """What was typed with the sign of a mail address in place of ``(at)``."""
    return _AT.sub("@", typed)


def spellings(typed: str, found: Units) -> list[Units]:
    """The other ways to write the word, as units.

    >>> spellings("O'Brien", ("o", "brien")), spellings("JP", ("jp",))
    ([('obrien',), ('¶obrien',)], [('¶jp',)])
    """
    if _CHARACTERS.fullmatch(typed):
        return list(islice((one for one in _figures(found) if one != found), MOST_WAYS))
    ways = in_parts(chain((found,), _ways(typed, found)))
    return list(islice((one for one in dict.fromkeys(ways) if one != found), MOST_WAYS))


def _figures(found: Units) -> Iterator[Units]:
    """A word of characters with its numbers in digits, and a day as it stands in lists."""
    for way in other_numerals(found):
        yield way
        yield from _texts(days("".join(way)))


def in_parts(ways: Iterable[Units]) -> Iterator[Units]:
    """The ways; behind each that is one word, this word as it is written in parts."""
    for way in ways:
        yield way
        if len(way) == 1 and len(way[0]) > 1:
            yield (of_parts(way[0]),)


def _ways(typed: str, found: Units) -> Iterator[Units]:
    return chain(
        other_numerals(found),
        _texts(grouped(typed)),
        ((word,) for word in in_one(typed)),
        _texts(_raised(typed)),
        _addresses(typed),
        _initials(found),
        _digits(found),
        _customary(typed),
        _telephones(found),
        numbered(found),
        micro(found),
        _spelt(found),
    )


def beside_its_number(found: Phrase) -> All | None:
    """The word and the long number at its end, wherever they stand; None where it has none."""
    *rest, last = found.units
    if not last.isdecimal() or len(last) < APART or not rest or rest[-1].isdecimal():
        return None
    if rest[-1] in LABELS:
        rest = rest[:-1]
    parts = [Phrase((last,), found.field, other=True)]
    if rest:
        parts.insert(0, Phrase(tuple(rest), found.field, other=True))
    return All(tuple(parts))


def numbered(found: Units) -> Iterator[Units]:
    """Letters and a long number, together and apart: GBT7714 and GB/T 7714, 2010CB833500.

    >>> list(numbered(("gbt7714",)))[:3]
    [('gbt', '7714'), ('g', 'bt7714'), ('g', 'bt', '7714')]
    """
    if any(map(is_single, found)):
        return
    whole = _NUMBERED.fullmatch(found[0]) if len(found) == 1 else None
    if whole:
        letters, number = whole.groups()
        yield letters, number
        for place in range(1, len(letters)):
            yield letters[:place], letters[place:] + number
            yield letters[:place], letters[place:], number
        return
    atoms = [atom for unit in found for atom in _ATOMS.findall(unit)]
    is_mixed = any(map(str.isalpha, atoms)) and any(
        atom.isdecimal() and len(atom) >= MIN_NUMBER for atom in atoms
    )
    if is_mixed and 1 < len(atoms) <= _MOST_ATOMS:
        yield from _parted(atoms)


def _parted(atoms: Sequence[str]) -> Iterator[Units]:
    """The atoms with a gap, or none, at each place between them; numbers are never run together."""
    ways: list[Units] = [(atoms[0],)]
    for atom in atoms[1:]:
        together = [
            (*way[:-1], way[-1] + atom)
            for way in ways
            if not (atom.isdecimal() and way[-1][-1].isdecimal())
        ]
        ways = [(*way, atom) for way in ways] + together
    yield from ways


def _texts(texts: Iterable[str]) -> Iterator[Units]:
    for text in texts:
        if found := tuple(unit for unit in units(text) if unit != BREAK):
            yield found


def _addresses(typed: str) -> Iterator[Units]:
    if "@" in typed or "＠" in typed:
        yield from _texts((re.sub("[@＠]", " at ", typed),))
    if _SCHEME.match(typed):
        yield from _texts((_SCHEME.sub("", typed),))
    if found := _DOI.search(typed):
        yield from _texts((found[0],))


def _raised(typed: str) -> Iterator[str]:
    """Powers with their sign and without: 10^6, 10⁶."""
    for one in (typed.replace("^", ""), _RAISED.sub("^", typed)):
        if one != typed:
            yield one


def _initials(found: Units) -> Iterator[Units]:
    joined: list[str] = []
    for is_letter, several in groupby(found, _is_letter):
        run = list(several)
        joined += ["".join(run)] if is_letter else run
    if len(joined) < len(found):
        yield tuple(joined)


def _is_letter(unit: str) -> bool:
    return len(unit) == 1 and unit.isalpha() and not is_single(unit)


def _digits(found: Units) -> Iterator[Units]:
    """The number in groups at the end of the word as one, and alone."""
    run: list[str] = []
    for unit in reversed(found):
        if not unit.isdecimal():
            break
        run.insert(0, unit)
    before = found[: len(found) - len(run)]
    if before and (mixed := re.fullmatch(r"([^\W\d_]{2,})(\d+)", before[-1])):
        run.insert(0, mixed[2])
    digits = "".join(run)
    if LONG_NUMBER <= len(digits) <= MOST_DIGITS and (len(run) > 1 or before):
        yield (digits,)


def _customary(typed: str) -> Iterator[Units]:
    """The ways of other customs, days in characters with them."""
    for way in _texts(by_other_customs(typed)):
        yield way
        yield from islice(other_numerals(way), 1)


def _telephones(found: Units) -> Iterator[Units]:
    if all(map(str.isdecimal, found)):
        yield from ((number,) for number in telephones("".join(found)))


def _spelt(found: Units) -> Iterator[Units]:
    """A word without marks as it would be spelt with them, and the other way round."""
    if len(found) != 1 or not found[0].isascii() or not found[0].isalpha():
        return
    word = found[0]
    if len(word) >= MIN_SPELT:
        for place in islice(_TO_SPELL.finditer(word), MOST_SPELT):
            yield (f"{word[: place.end()]}e{word[place.end() :]}",)
    if len(word) > MIN_SPELT and _SPELT.search(word):
        yield (_SPELT.sub(r"\1", word),)
