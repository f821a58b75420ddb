"""Words that are written in one or in parts, as an index keeps them: O'Brien and OBrien,
co-operation and cooperation, J.P. and JP, GB/T and GBT, 010-62345678 and 01062345678, Müller and
Mueller.

A text's units stand as they are (``archive.search.terms``); behind them stand the words that some
of them make together, each with a mark in front. So nothing that is found by the parts is lost, a
word in one piece is found by itself, whoever asks for it to the letter does not find it in parts,
and no phrase runs from the text into what is behind it. It promises linear time, and no more than a
few such words for each that is written in parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from archive.search.terms import (
    BREAK,
    MAX_WORD,
    fold_normal,
    normal,
    spread,
    units,
    units_of_folded,
)

Joined = tuple[int, int, str]
"""Where a word in parts begins and ends, and the word that its parts make."""

_LETTER = "a-z\u00aa\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0373\u0376-\u037d\u0386-\u058f\u1e00-\u1fff"
"""Of folded words of scripts with spaces; a class without sets, which is found several times as
soon."""
_SIGN = f"0-9{_LETTER}"
_APOSTROPHE = "['’‘`´]"
_HYPHEN = "[-‐]"

LONG_NUMBER = 7
"""Digits from which a number that is written in groups has them in one: telephones, ISSN, ISBN,
patents. Of fewer, a span of years or a score is as likely."""
MOST_DIGITS = 18
MOST_GROUPS = 6
MOST_PARTS = 4
"""Parts of a word with hyphens, as state-of-the-art."""
MOST_SLASHED = 6
"""Letters on both sides of a slash, as in GB/T, km/h and TCP/IP."""

_AROUND = re.compile(r"\A[\W_]+|[\W_]+\Z")
_RUN = re.compile(rf"[{_SIGN}'’‘`´‐^./–—−() @:\t\n-]{{3,}}")
"""Where a word in parts may stand: most of a Chinese text is passed over."""
_SEVERAL = re.compile(rf"[{_SIGN}][^{_SIGN}]{{1,3}}[{_SIGN}]|[{_LETTER}][0-9]{{7}}")
_LINKED = re.compile(
    rf"(?<![{_SIGN}])[{_SIGN}]+(?:(?:{_APOSTROPHE}|{_HYPHEN})[{_SIGN}]+)+(?![{_SIGN}])"
)
_PARTING = re.compile(f"{_APOSTROPHE}|{_HYPHEN}")
_GENITIVE = re.compile(f"{_APOSTROPHE}s$")
_HAS_LETTER = re.compile(f"[{_LETTER}]")
_BROKEN = re.compile(rf"(?<![{_SIGN}])([{_LETTER}]{{2,}}){_HYPHEN}[ \t]?\n([{_LETTER}]{{2,}})")
_SLASHED = re.compile(
    rf"(?<![{_SIGN}./@:])([{_LETTER}]{{1,4}})/([{_LETTER}]{{1,4}})(?![{_LETTER}/])"
)
_RAISED = re.compile(rf"(?<![{_SIGN}])([{_SIGN}]++)\^([0-9]++)")
_INITIALS = re.compile(
    rf"(?<![{_SIGN}.@/])(?:(?:[{_LETTER}]\. ?)+[{_LETTER}]|[{_LETTER}]{{1,2}}\.[{_LETTER}]{{1,2}})"
    rf"(?![{_SIGN}])"
)
_DASH = "-‐–—−"
_ALONE = rf"(?<![0-9])(?<![0-9][{_DASH}.,/ ])"
_CHECKED = r"\.[0-9x](?![0-9])"
_NUMBER = re.compile(
    rf"{_ALONE}[0-9]{{1,13}}(?:[{_DASH}() ]{{1,3}}[0-9]{{1,13}})+(?:{_CHECKED})?(?![{_SIGN}])"
    rf"|{_ALONE}[0-9]{{9,13}}{_CHECKED}"
    rf"|(?<=[{_LETTER}])[0-9]{{{LONG_NUMBER},}}(?![{_SIGN}])"
)
_GROUP = re.compile("[0-9]+|x")
_BEFORE = re.compile(f"[{_LETTER}]{{1,10}}$")
_MARKED = re.compile("[äöüåøÄÖÜÅØ]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]+")
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
    | {"Ä": "ae", "Ö": "oe", "Ü": "ue", "Å": "aa", "Ø": "oe"}
)


def indexed(text: str) -> list[str]:
    """The units of ``text`` as an index keeps them, those that are made of parts behind the others.

    >>> indexed("O'Brien"), indexed("010-62345678")
    (['o', 'brien', '¶obrien'], ['010', '62345678', '¶01062345678'])
    """
    original = normal(text)
    folded = fold_normal(original)
    found = units_of_folded(folded)
    words = [word for _, _, word in (*_in_parts(folded), *_umlauts(original))]
    found += map(of_parts, dict.fromkeys(words))
    return found


def of_parts(word: str) -> str:
    """The unit of a word in one piece that is written in parts."""
    return BREAK + word


def standing(original: str, folded: str, is_sought: Callable[[str], bool]) -> Iterator[Joined]:
    """Where words in parts that are sought stand in what is ``normal`` (and ``folded``), and what
    each is in one piece."""
    places = None
    for start, end, word in _in_parts(folded):
        if is_sought(word):
            places = spread(original) if places is None else places
            yield places[start], places[end - 1] + 1, word
    yield from (one for one in _umlauts(original) if is_sought(one[2]))


def in_one(typed: str) -> list[str]:
    """What the whole of a typed word is in one piece; none where it is one already.

    >>> in_one("O’Brien"), in_one("978-7-03-012345-6"), in_one("Müller"), in_one("word")
    (['obrien'], ['9787030123456'], ['mueller'], [])
    """
    original = _AROUND.sub("", normal(typed))
    folded = fold_normal(original)
    whole = [word for start, end, word in _in_parts(folded) if end - start >= len(folded)]
    return whole + [word for start, end, word in _umlauts(original) if end - start >= len(original)]


def _in_parts(folded: str) -> Iterator[Joined]:
    for run in _RUN.finditer(folded):
        if not _SEVERAL.search(folded, *run.span()):
            continue
        for pattern, made in _KINDS:
            for found in pattern.finditer(folded, *run.span()):
                for start, end, word in made(found):
                    yield start, end, word[:MAX_WORD]


def _whole(found: re.Match[str]) -> Iterator[Joined]:
    parts = _PARTING.split(found[0])
    if len(parts) <= MOST_PARTS and _HAS_LETTER.search(found[0]) and not _GENITIVE.search(found[0]):
        yield found.start(), found.end(), "".join(parts)


def _both(found: re.Match[str]) -> Iterator[Joined]:
    yield found.start(), found.end(), found[1] + found[2]


def _slashed(found: re.Match[str]) -> Iterator[Joined]:
    if len(found[1]) + len(found[2]) <= MOST_SLASHED:
        yield from _both(found)


def _letters(found: re.Match[str]) -> Iterator[Joined]:
    yield found.start(), found.end(), re.sub(r"[. ]", "", found[0])


def _number(found: re.Match[str]) -> Iterator[Joined]:
    """All groups in one, those from one of them on, and those up to one; and all behind the
    letters that they stand behind."""
    groups = list(_GROUP.finditer(found[0]))
    digits = "".join(one[0] for one in groups)
    if len(groups) > MOST_GROUPS or not LONG_NUMBER <= len(digits) <= MOST_DIGITS:
        return
    at = found.start()
    parts = [(0, len(groups))]
    parts += ((first, len(groups)) for first in range(1, len(groups) - 1))
    parts += ((0, last) for last in range(2, len(groups)))
    for first, last in parts:
        word = "".join(one[0] for one in groups[first:last])
        if len(word) >= LONG_NUMBER:
            yield at + groups[first].start(), at + groups[last - 1].end(), word
    before = _BEFORE.search(found.string, max(0, at - MOST_DIGITS), at)
    if before and len(groups) > 1:
        yield before.start(), found.end(), before[0] + digits


_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Joined]]], ...] = (
    (_LINKED, _whole),
    (_BROKEN, _both),
    (_SLASHED, _slashed),
    (_RAISED, _both),
    (_INITIALS, _letters),
    (_NUMBER, _number),
)


def _umlauts(original: str) -> Iterator[Joined]:
    """Words with the letters that are spelt with two where they cannot be printed."""
    if not _MARKED.search(original):
        return
    for found in _LATIN_WORD.finditer(original):
        if _MARKED.search(found[0]):
            (word,) = units(found[0].translate(_SPELT))[:1]
            yield found.start(), found.end(), word
