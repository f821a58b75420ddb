"""The language of a text, told by its script.

It promises None rather than a guess for a text too short to tell.
"""

from __future__ import annotations

import re
from string import ascii_letters

# Of the higher bytes of UTF-16 those of the characters from U+3400 to U+9FFF are left.
_NO_HAN = bytes({*range(256)} - {*range(0x34, 0xA0)})
_KANA = re.compile(r"[\u3040-\u30ff]+")
_NO_CHINESE = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_HANGUL = re.compile(r"[\uac00-\ud7af]+")
_NO_LETTERS = bytes({*range(256)} - {*ascii_letters.encode()})
MIN_LANGUAGE_CHARS = 8
"""Characters of which nothing is said of fewer; four Latin letters count as one."""
SAMPLE_CHARS = 5_000
"""Characters from a text's beginning that are looked at."""


def _many(script: re.Pattern[str], sample: str) -> int:
    return sum(map(len, script.findall(sample)))


def language_of(text: str) -> str | None:
    """``zh``, ``ja``, ``ko`` or ``en`` by script; None for too little text."""
    sample = text[:SAMPLE_CHARS]
    han = len(sample.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _NO_HAN))
    latin = len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    kana = hangul = 0
    if _NO_CHINESE.search(sample):
        kana, hangul = _many(_KANA, sample), _many(_HANGUL, sample)
    if han + latin / 4 + kana + hangul < MIN_LANGUAGE_CHARS:
        return None
    if kana * 8 > han + kana:
        return "ja"
    if hangul > han:
        return "ko"
    return "zh" if han * 4 >= latin else "en"
