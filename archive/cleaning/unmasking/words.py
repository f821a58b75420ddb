"""Words of the language, and how much more often two parts are one word than they meet by chance.

Characters that a phrase was put between are a word's far more often than those that meet at the
joint of a sentence. It promises to know plain words only (jieba's dictionary, with how often each
is written), and to be loaded only where it is asked.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, log
from typing import TYPE_CHECKING

import regex

from archive.cleaning.script import HAN
from archive.remembered import remembered

if TYPE_CHECKING:
    from rjieba import Jieba

LONGEST = 4
"""Characters of the longest word that is looked up."""
COUNTED = 60_101_967
"""Words in the texts that the dictionary's frequencies were counted in (their sum)."""
COMMON = 10
"""Times that a name must have been counted to be an ordinary word: the dictionary has names of
people and houses, counted two or three times, too."""
RARE = 3.0
"""What a name that is none says at most."""
WORD = 1.7
"""Characters of a word on average."""
FREE = 50_000
"""Times that a character must have been counted alone to be a word by itself."""
_DEEDS, _PLACES = "v", ("ns", "nt")
"""Marks of deeds, whose object an office may be, and of places and bodies, which have their own."""
_NAMELESS = ("c", "d", "f", "m", "p", "q", "r", "s", "t", "u", "y")
"""Marks of what binds, counts or stands for others, and of times and sides."""
_FIXED = ("f", "m", "q", "r", "s", "t")
"""Marks of sides, numbers, measures, what stands for others, places and times."""
OFTEN = 500
"""Times that a deed must have been counted to be more than a name that is made like one."""
_KINDS = (("n", "noun"), ("v", "verb"), ("d", "adverb"))
"""Marks of the dictionary, by their first letter."""
_NAMES = ("nr", "ns", "nt", "nz")
"""Marks of the dictionary: names of people, places, bodies, others."""
FOREIGN, FOREIGN_LETTER = 10.0, 3.0
"""Surprise (natural logarithm) of a run of Latin letters or digits, and of one of these."""
_BETWEEN = frozenset("的了在是和与及等第个为对将把被从到向于之其不有也都就而或年月日")
"""Characters that stand between words."""
_HAN = regex.compile(HAN)


@lru_cache(maxsize=1)
def _jieba() -> Jieba:
    from rjieba import Jieba

    return Jieba()


@remembered(1 << 16)
def _frequency(text: str) -> float:
    """Natural logarithm of how often a word is written; of what is none, how often its words would
    meet by chance."""
    return log(_jieba().suggest_freq(text))


@remembered(1 << 16)
def closing(left: str, right: str) -> float:
    """How much likelier (natural logarithm) the word that lies across the joint between ``left``
    and ``right`` is than its two parts side by side; 0 where none does, and not much for a name
    that is hardly ever written."""
    at, joint = 0, len(left)
    for word in _jieba().cut(left + right, hmm=False):
        if at < joint < at + len(word):
            ours, theirs = word[: joint - at], word[joint - at :]
            written = _frequency(word)
            likelier = written + log(COUNTED) - _frequency(ours) - _frequency(theirs)
            return likelier if is_plain_word(word) else min(likelier, RARE)
        at += len(word)
    return 0.0


@remembered(1 << 16)
def is_plain_word(text: str) -> bool:
    """Whether ``text`` is a word, and no name that is hardly ever written."""
    if not _jieba().has_word(text) or _frequency(text) >= log(COMMON):
        return _jieba().has_word(text)
    return not all(mark.startswith(_NAMES) for _, mark in _jieba().tag(text, hmm=False))


def surprise(text: str) -> float:
    """How unlikely (natural logarithm) the likeliest words of ``text`` are, met by chance; what is
    no Chinese word, a number or Latin letters, counts the same at any length but one."""
    return sum(_surprise_of(word) for word in cut(text))


@remembered(1 << 16)
def _surprise_of(word: str) -> float:
    if _HAN.match(word):
        return log(COUNTED) - _frequency(word)
    return FOREIGN if len(word) > 1 else FOREIGN_LETTER


def is_word_across(left: str, right: str) -> bool:
    """Whether a word lies across the joint between ``left`` and ``right``."""
    return closing(left, right) > 0


def cut(text: str) -> list[str]:
    """The likeliest words of ``text``; what is in none stands alone."""
    return _jieba().cut(text, hmm=False)


def expected(word: str, characters: int) -> float:
    """How often ``word`` stands in so many characters of the language."""
    return exp(_frequency(word)) / COUNTED * characters / WORD


def has_offices(word: str) -> bool:
    """Whether offices behind ``word`` make it the name of a house: it is no deed, and no place."""
    return not is_deed(word) and not any(mark.startswith(_PLACES) for mark in _marks(word))


def is_deed(word: str) -> bool:
    """Whether ``word`` is a deed that is done often."""
    return any(m.startswith(_DEEDS) for m in _marks(word)) and _frequency(word) >= log(OFTEN)


def is_doing(word: str) -> bool:
    """Whether ``word`` is a deed, however seldom it is written."""
    return is_plain_word(word) and any(mark.startswith(_DEEDS) for mark in _marks(word))


def is_nameless(word: str) -> bool:
    """Whether ``word`` binds others or stands for one, tells a time or a side: it is no name. The
    dictionary takes what is hardly ever written for a number (万利), too."""
    written = _frequency(word) >= log(COMMON)
    return written and any(mark.startswith(_NAMELESS) for mark in _marks(word))


def _marks(word: str) -> list[str]:
    return [mark for _, mark in _jieba().tag(word, hmm=False)]


def is_inside(before: str, term: str, behind: str) -> bool:
    """Whether ``term`` is a piece of a longer word, those around it known."""
    start, end, at = len(before), len(before) + len(term), 0
    for word in cut(before + term + behind):
        if at <= start and end <= at + len(word) and len(word) > len(term):
            return True
        at += len(word)
    return False


def around_word(text: str, start: int, end: int) -> tuple[int, int] | None:
    """How many characters of the word of two or more that holds a stretch of ``text`` stand before
    it and behind it; None where no word holds all of it."""
    first = max(0, start - LONGEST)
    at = first
    for word in cut(text[first : end + LONGEST]):
        if at <= start and end <= at + len(word) and len(word) > 1:
            return start - at, at + len(word) - end
        at += len(word)
    return None


def is_named_or_counted(word: str) -> bool:
    """Whether ``word`` is none of the language, or the name of somebody or something, a number, a
    time or a place."""
    return not is_plain_word(word) or any(m.startswith((*_NAMES, *_FIXED)) for m in _marks(word))


def is_cut_out(before: str, term: str, behind: str) -> bool:
    """Whether ``term`` is cut out of longer words, those around it known, which leave no character
    of it alone that is no word: 让利金各部门 is no 让利, for nothing is left for the 金."""
    start, end, at = len(before), len(before) + len(term), 0
    ends = {0}
    for word in cut(before + term + behind):
        if start <= at < end and _is_left_alone(word):
            return False
        at += len(word)
        ends.add(at)
    return not {start, end} <= ends


def _is_left_alone(word: str) -> bool:
    return is_single(word) and _frequency(word) < log(FREE)


def kinds_beside(left: str, right: str) -> tuple[str, str]:
    """The kinds of the last word of ``left`` and of the first of ``right``."""
    return _kinds(left)[-1], _kinds(right)[0]


@remembered(1 << 16)
def _kinds(text: str) -> tuple[str, ...]:
    """What each word of ``text`` is in a sentence: ``single`` (one character that makes no word),
    ``noun``, ``verb``, ``adverb``, or another (empty)."""
    return tuple(_kind(word, mark) for word, mark in _jieba().tag(text, hmm=False)) or ("",)


def _kind(word: str, mark: str) -> str:
    if is_single(word):
        return "single"
    return next((kind for first, kind in _KINDS if mark.startswith(first)), "")


def is_single(word: str) -> bool:
    """Whether one character that ``cut`` left alone is no word that stands between others."""
    return len(word) == 1 and word not in _BETWEEN and bool(_HAN.match(word))


def single_share(phrase: str) -> float:
    """Share of the characters of ``phrase`` (letters of the Latin alphabet and digits apart) that
    belong to none of its words, nor stand between words."""
    words = [word for word in cut(phrase) if _HAN.match(word)]
    return sum(map(is_single, words)) / max(1, sum(map(len, words)))


def has_particle(phrase: str) -> bool:
    """Whether a character that stands between words stands in ``phrase``."""
    return not _BETWEEN.isdisjoint(phrase)


def without_particles(phrase: str) -> str:
    """``phrase`` without characters at either end that stand between words and make none with it:
    they are as likely its neighbours'."""
    start, end = 0, len(phrase)
    while start < end and _is_apart(phrase[start], phrase[start + 1 : end], first=True):
        start += 1
    while start < end and _is_apart(phrase[end - 1], phrase[start : end - 1], first=False):
        end -= 1
    return phrase[start:end]


def _is_apart(character: str, rest: str, *, first: bool) -> bool:
    if character not in _BETWEEN:
        return False
    sides = (character, rest[:LONGEST]) if first else (rest[-LONGEST:], character)
    return not is_word_across(*sides)


def is_ordinary(phrase: str) -> bool:
    """Whether ``phrase`` is words, from end to end, and what stands between words."""
    reached = {0}
    for at in range(len(phrase)):
        if at not in reached:
            continue
        if phrase[at] in _BETWEEN or phrase[at].isascii() or phrase[at - 1 : at].isdigit():
            reached.add(at + 1)
        reached |= {at + n for n in range(2, LONGEST + 1) if is_plain_word(phrase[at : at + n])}
    return len(phrase) in reached
