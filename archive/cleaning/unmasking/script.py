"""Characters and how mirrors disguise them: traditional forms, pinyin in brackets, zero-width and
full-width letters.

It promises that ``fold`` gives the same string for a text and its disguises of kinds D, E and F
(the folded form is for comparing, never for reading), and that ``Folded`` leads from any place of
the folded form back to the raw text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import regex

from archive.cleaning.repairs import Edit

HAN = r"\p{Script=Han}"
ZERO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b"
    "\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff"
)
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
MAX_PINYIN_LETTERS = 24
"""Letters in one bracket: a word of four syllables of six."""

_PINYIN = regex.compile(
    rf"(?<={HAN})[(（]([a-zA-Zü{TONED}{TONED.upper()}]{{1,{MAX_PINYIN_LETTERS}}})[)）]"
)
_TONE = regex.compile(f"[{TONED}{TONED.upper()}]")
_DROPPED = regex.compile(r"[\W_]+")
MANY = 3
"""A disguise seen this often in one text is no accident (汉字(pīnyīn), an emoji before a stop)."""


def _dictionary(name: str) -> dict[str, str]:
    text = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {key: value.split(" ")[0] for key, value in pairs}


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """Traditional characters whose simplified form is another one (OpenCC TSCharacters)."""
    return {k: v for k, v in _dictionary("TSCharacters.txt").items() if k != v and len(k) == 1}


@lru_cache(maxsize=1)
def _simplified_only() -> frozenset[str]:
    """Characters that no traditional text writes (OpenCC STCharacters)."""
    text = files("opencc").joinpath("dictionary", "STCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return frozenset(key for key, value in pairs if key not in value.split(" "))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    return _dictionary("TSPhrases.txt")


@lru_cache(maxsize=1)
def _traditional_run() -> re.Pattern[str]:
    # By first characters, and in re: six times as fast as the phrases one after the other.
    rests: dict[str, list[str]] = {}
    for phrase in sorted(_phrases(), key=len, reverse=True):
        rests.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    phrases = "|".join(f"{re.escape(first)}(?:{'|'.join(some)})" for first, some in rests.items())
    characters = "".join(map(re.escape, _characters()))
    return re.compile(f"{phrases}|[{characters}]")


@lru_cache(maxsize=1)
def _traditional_sign() -> re.Pattern[str]:
    return _sign(_characters())


@lru_cache(maxsize=1)
def _simplified_sign() -> re.Pattern[str]:
    return _sign(_simplified_only())


def _sign(characters: Iterable[str]) -> re.Pattern[str]:
    """Matches each of the ``characters``, and every one beyond the basic plane: with these in it a
    set is no table any more, and is gone through one by one."""
    basic = "".join(re.escape(c) for c in characters if c <= "\uffff")
    return re.compile(f"[{basic}\U00010000-\U0010ffff]")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {ord(k): v for k, v in _characters().items()}
    table.update(dict.fromkeys(map(ord, ZERO_WIDTH), ""))
    return table


def simplified(text: str) -> str:
    """``text`` in simplified characters, by OpenCC's t2s dictionaries."""
    if _traditional_sign().search(text) is None:
        return text
    run = _traditional_run()
    return str(run.sub(lambda m: _simplify(m.group()), text))


def simplifying_edits(text: str) -> list[Edit]:
    """One edit for each traditional character or phrase of ``text``."""
    if _traditional_sign().search(text) is None:
        return []
    run = _traditional_run()
    return [Edit(m.start(), m.end(), _simplify(m.group())) for m in run.finditer(text)]


def _simplify(piece: str) -> str:
    return _phrases().get(piece) or piece.translate(_table())


def traditional_share(text: str) -> tuple[float, int]:
    """Which part of the characters that tell the scripts apart is traditional, and how many of
    these there are."""
    traditional = sum(map(_characters().__contains__, _traditional_sign().findall(text)))
    simple = sum(map(_simplified_only().__contains__, _simplified_sign().findall(text)))
    told = traditional + simple
    return (traditional / told if told else 0.0), told


def pinyin_edits(text: str, least: int = MANY) -> list[Edit]:
    """The brackets to cut where a character is followed by its reading, 學(xué); none when there
    are fewer than ``least`` (three), for one such bracket is an author's help to the reader.

    A reading without tone mark, (men), counts only after a traditional character.
    """
    if "(" not in text and "（" not in text:
        return []
    found = [
        Edit(m.start(), m.end(), "")
        for m in _PINYIN.finditer(text)
        if _TONE.search(m.group(1)) or text[m.start() - 1] in _characters()
    ]
    return found if len(found) >= least else []


def is_traditional(character: str) -> bool:
    """Whether the character has another simplified form."""
    return character in _characters()


def is_simplified_only(character: str) -> bool:
    """Whether no traditional text writes the character."""
    return character in _simplified_only()


def without_pinyin(text: str) -> str:
    """``text`` without the readings in brackets that ``pinyin_edits`` finds."""
    return _cut(text, MANY)


def bare_of_readings(text: str) -> str:
    """``text`` without any reading in brackets, be it the only one: for one line, which is too
    short to hold three. For looking at a line, never for what is kept of it as text."""
    return _cut(text, 1)


@lru_cache(maxsize=4096)
def as_simplified(text: str) -> str:
    """``text`` in simplified characters, one for one, so that places stay what they are."""
    if _traditional_sign().search(text) is None:
        return text
    return text.translate(_same_length())


def plain(text: str) -> str:
    """A line as the patterns of templates know it: no readings, simplified characters.

    >>> plain("當(dāng)前位置：首頁(yè)")
    '当前位置：首页'
    """
    return as_simplified(bare_of_readings(text))


@lru_cache(maxsize=1)
def _same_length() -> dict[int, str]:
    return {ord(k): v for k, v in _characters().items() if len(v) == 1}


def _cut(text: str, least: int) -> str:
    if "(" not in text and "（" not in text:
        return text
    pieces, done = [], 0
    for edit in pinyin_edits(text, least):
        pieces.append(text[done : edit.start])
        done = edit.end
    return "".join([*pieces, text[done:]])


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
