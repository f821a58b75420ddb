"""Brands of which a character is lost, as bytes are damaged on the way.

沙乐?璟国际 is the brand 沙乐利璟国际, and stands for what that stands for. It promises to know only
terms long enough to be nothing else without the character, and to look only where a scar is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from archive.cleaning.script import HAN, light
from archive.cleaning.unmasking.words import is_ordinary

SCARS = "?\ufffd"
"""What stands in a lost character's place (folded: ？ is ?)."""
SHORTEST = 4
"""Characters of a term."""
_HAN = regex.compile(HAN)


def scarred_forms(text: str, terms: Iterable[str]) -> dict[str, str]:
    """Forms of the ``terms`` that stand in ``text`` with one Han character lost, each with its
    term."""
    folded = light(text)
    found = [scar for scar in SCARS if scar in folded]
    return {
        form: term
        for term in (terms if found else ())
        for scar in found
        for form in _scarred(light(term), scar)
        if form in folded
    }


def _scarred(term: str, scar: str) -> Iterator[str]:
    """A folded term with each of its Han characters lost in turn; those at an end where the rest
    is no words: behind these a question may end."""
    for at, character in enumerate(term if len(term) >= SHORTEST else ""):
        inside = 0 < at < len(term) - 1
        if _HAN.match(character) and (inside or not is_ordinary(term[:at] + term[at + 1 :])):
            yield term[:at] + scar + term[at + 1 :]
