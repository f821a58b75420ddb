"""Forms for comparing: what a text and its disguises have in common.

It promises that ``fold`` gives the same string for a text and its disguises of kinds D, E and F
(the folded form is for comparing, never for reading), and that ``Folded`` leads from any place of
the light form back to the raw text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from archive.cleaning.script.chinese import simplifying
from archive.cleaning.script.readings import without_pinyin

ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b"
    "\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)
_DROPPED = regex.compile(r"[\W_]+")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    return simplifying() | dict.fromkeys(map(ord, ZERO_WIDTH), "")


def fold(text: str) -> str:
    """The form in which copies of one article are alike: compatibility forms (NFKC) and case
    folded, traditional made simplified, readings in brackets and zero-width characters cut,
    everything but letters and digits dropped.

    >>> fold("學(xué)院、書(shū)記、黨(dǎng)委：ＡＢ\u200bＣ 1！")
    '学院书记党委abc1'
    """
    bare = without_pinyin(text)
    folded = bare.translate(_FOLDED)
    if _MEETING in folded:
        whole = unicodedata.normalize("NFKC", bare).translate(_table()).casefold()
        folded = str(_DROPPED.sub("", whole))
    return folded


_MEETING = "\ufdd0"
"""No character: stands where one does that may become one with the character before it, so that a
text cannot be folded one by one (Unicode Standard Annex 15, sections 3 and 11)."""


class _FoldedCharacters(dict[int, str]):
    """What each character is in a folded text, worked out when it is first met: several times as
    fast as normalising the texts."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _folded_character(chr(code)))


def _folded_character(character: str) -> str:
    first = unicodedata.normalize("NFKD", character)[0]
    if unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff":
        return _MEETING
    plain = unicodedata.normalize("NFKC", character).translate(_table()).casefold()
    return str(_DROPPED.sub("", plain))


_FOLDED = _FoldedCharacters()


def light(text: str) -> str:
    """Like ``fold`` but punctuation stays: for finding a disguised term."""
    return text.translate(_LIGHT)


class _Light(dict[int, str]):
    """The light form of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKC", chr(code)).translate(_table()).casefold()
        return self.setdefault(code, plain)


_LIGHT = _Light()


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the light-folded form, ``places[i]`` the raw offset of its i-th character."""

    text: str
    places: tuple[int, ...]
    length: int

    @classmethod
    def of(cls, raw: str) -> Folded:
        """Fold ``raw`` and remember where each character came from."""
        pieces: list[str] = []
        places: list[int] = []
        for i, character in enumerate(raw):
            piece = _LIGHT[ord(character)]
            pieces.append(piece)
            places += [i] * len(piece)
        return cls("".join(pieces), tuple(places), len(raw))

    def find(self, term: str) -> Iterator[tuple[int, int]]:
        """Raw spans of the light-folded ``term``, from left to right, without overlap."""
        at = self.text.find(term) if term else -1
        while at >= 0:
            end = at + len(term)
            yield self.places[at], self.places[end - 1] + 1
            at = self.text.find(term, end)
