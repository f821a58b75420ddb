"""What joins words and was typed in full width, as Chinese input methods write it.

It promises that a bracket or a dash within a title that was pasted stays what it is: brackets join
only around whole words, a minus only before one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_WIDE = re.compile("[（）－−]")
_MINUS = re.compile(r"(?<![^\s(（])[－−](?=[^\s)）－−-])")
_BEFORE, _BEHIND = frozenset("(（:：-"), frozenset(")）")


def narrowed(typed: str) -> str:
    """The query with such brackets and such a minus in half width.

    >>> narrowed("（党员 OR 团员） －大会"), narrowed("征文（第17期）侧记 2010－2012")
    ('(党员 OR 团员) -大会', '征文（第17期）侧记 2010－2012')
    """
    if not _WIDE.search(typed):
        return typed
    characters = list(_MINUS.sub("-", typed))
    for start, end in _pairs(characters):
        if _is_end(characters[start - 1 : start], _BEFORE) and _is_end(
            characters[end + 1 : end + 2], _BEHIND
        ):
            characters[start], characters[end] = "()"
    return "".join(characters)


def _is_end(beside: Sequence[str], brackets: frozenset[str]) -> bool:
    return not beside or beside[0].isspace() or beside[0] in brackets


def _pairs(characters: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of brackets that belong together and are not both of half width."""
    opened: list[int] = []
    for place, one in enumerate(characters):
        if one in "(（":
            opened.append(place)
        elif one in ")）" and opened:
            start = opened.pop()
            if characters[start] + one != "()":
                yield start, place
