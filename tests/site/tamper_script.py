"""Kinds D and E: a page put into traditional characters, with pinyin in brackets.

The brand is put in after the conversion and stays simplified, as on the mirrors themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random

from opencc import OpenCC
from pypinyin import Style, pinyin

from tests.site.tamper import TOKEN, as_utf8, frame, over_text

# Stands for the brand while the rest of the page is converted (Unicode, private use area).
PLACEHOLDER = "\ue0b7"


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@cache
def traditional(text: str) -> str:
    """The text in traditional characters."""
    return str(_converter("s2t").convert(text))


def simplified(text: str) -> str:
    """The text in simplified characters."""
    return str(_converter("t2s").convert(text))


@cache
def _reading(letter: str) -> str | None:
    """The pinyin of a character that conversion has changed; None for any other."""
    if not letter.isalpha() or letter.isascii() or simplified(letter) == letter:
        return None
    return str(pinyin(letter, style=Style.TONE)[0][0])


def with_pinyin(html: str, rng: Random, density: float) -> str:
    """Pinyin in brackets after ``density`` of the converted characters of the text."""

    def letters(text: str) -> str:
        out: list[str] = []
        for letter in text:
            out.append(letter)
            if rng.random() < density:
                reading = _reading(letter)
                out.append(f"({reading})" if reading else "")
        return "".join(out)

    return over_text(html, letters)


def put_into_traditional(
    html: str, brand: str, names: Sequence[str], rng: Random, *, density: float = 0.1
) -> str:
    """The whole page converted; the brand in its frame."""
    html = frame(as_utf8(html), PLACEHOLDER, names)
    converted = "".join(traditional(match[0]) for match in TOKEN.finditer(html))
    return with_pinyin(converted, rng, density).replace(PLACEHOLDER, brand)
