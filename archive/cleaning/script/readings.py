"""Readings in brackets behind a character, 學(xué), as mirrors put them into whole texts.

It promises to tell them from the one bracket in which an author helps the reader.
"""

from __future__ import annotations

import regex

from archive.cleaning.repairs import Edit
from archive.cleaning.script.chinese import as_simplified, is_traditional

HAN = r"\p{Script=Han}"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
MAX_PINYIN_LETTERS = 24
"""Letters in one bracket: a word of four syllables of six."""

MANY = 3
"""A disguise seen this often in one text is no accident (汉字(pīnyīn), an emoji before a stop)."""

_PINYIN = regex.compile(
    rf"(?<={HAN})[(（]([a-zA-Zü{TONED}{TONED.upper()}]{{1,{MAX_PINYIN_LETTERS}}})[)）]"
)
_TONE = regex.compile(f"[{TONED}{TONED.upper()}]")


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
        if _TONE.search(m.group(1)) or is_traditional(text[m.start() - 1])
    ]
    return found if len(found) >= least else []


def without_pinyin(text: str) -> str:
    """``text`` without the readings in brackets that ``pinyin_edits`` finds."""
    return _cut(text, MANY)


def bare_of_readings(text: str) -> str:
    """``text`` without any reading in brackets, be it the only one: for one line, which is too
    short to hold three. For looking at a line, never for what is kept of it as text."""
    return _cut(text, 1)


def _cut(text: str, least: int) -> str:
    if "(" not in text and "（" not in text:
        return text
    pieces, done = [], 0
    for edit in pinyin_edits(text, least):
        pieces.append(text[done : edit.start])
        done = edit.end
    return "".join([*pieces, text[done:]])


def plain(text: str) -> str:
    """A line as the patterns of templates know it: no readings, simplified characters.

    >>> plain("當(dāng)前位置：首頁(yè)")
    '当前位置：首页'
    """
    if "(" in text or "（" in text:
        text = bare_of_readings(text)
    return as_simplified(text)
