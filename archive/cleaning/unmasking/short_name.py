"""Whether a house calls itself by a short form of its name: 某地光学所 for
某地光学工程研究所, which has these characters in this order, and others between them.

Short names survive where full ones are replaced. That most articles use one says whose pages these
are. It promises to take nothing for a short form that is a piece of the name, or shorter than three
characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from archive.cleaning.unmasking.told import FEW, NAMED, institutions_in

SHORTEST, LONGEST = 3, 6
"""Characters of a short form that begins as the name does."""
ENDINGS = 2
"""Characters at the name's end, one of which a short form ends with: 大学 is 大, 研究所 is 所."""


def called_shortly(name: str, texts: Sequence[str]) -> str:
    """The short form of ``name`` that most of the (folded) ``texts`` use, of those that enough
    use; empty when there is none."""
    seen: dict[str, int] = {}
    for text in texts:
        for short in set(_short_forms(text, name)):
            seen[short] = seen.get(short, 0) + 1
    least = max(FEW, NAMED * len(texts))
    return max(
        (s for s in seen if seen[s] >= least), key=lambda s: (seen[s], len(s), s), default=""
    )


def called_in_full(short: str, texts: Sequence[str]) -> str:
    """The institution that (folded) ``short`` is, or is short for, of those that the ``texts``
    name; the one that most name. Empty when there is none."""
    names = Counter(
        name
        for text in texts
        for name in institutions_in(text)
        if name == short
        or (name[0] == short[0] and short[-1] in name[-ENDINGS:] and is_short_for(short, name))
    )
    return max(names, key=lambda n: (names[n], len(n), n), default="")


def _short_forms(text: str, name: str) -> Iterator[str]:
    """Strings of the text that may be short for the name, more than one for each end."""
    letters = set(name)
    for last in set(name[-ENDINGS:]):
        at = text.find(last)
        while at >= 0:
            start = at
            while start and at - start < LONGEST - 1 and text[start - 1] in letters:
                start -= 1
                short = text[start : at + 1]
                if is_short_for(short, name):
                    yield short
            at = text.find(last, at + 1)


def is_short_for(short: str, name: str) -> bool:
    """Whether ``short`` may be a short form of ``name``."""
    least = SHORTEST if short[0] == name[0] else SHORTEST + 1
    return len(short) >= least and short not in name and _is_within(short[:-1], name[:-1])


def _is_within(short: str, name: str) -> bool:
    """Whether the characters of ``short`` stand in ``name`` in their order."""
    rest = iter(name)
    return all(character in rest for character in short)
