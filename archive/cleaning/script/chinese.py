"""Traditional and simplified characters, by OpenCC's dictionaries.

It promises that what has no traditional character in it comes back as it was, and that
``as_simplified`` leaves every place of a text where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from archive.cleaning.repairs import Edit
from archive.remembered import remembered


def _dictionary(name: str) -> dict[str, str]:
    text = files("opencc").joinpath("dictionary", name).read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {key: value.split(" ")[0] for key, value in pairs}


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """Traditional characters whose simplified form is another one (OpenCC TSCharacters), and
    those that TSCharacters leaves although Taiwan and Hong Kong write a simplified one for them,
    too (TWVariants, HKVariants: 擡, which OpenCC puts for 抬)."""
    known = {k: v for k, v in _dictionary("TSCharacters.txt").items() if k != v and len(k) == 1}
    here, there = _dictionary("TWVariants.txt"), _dictionary("HKVariants.txt")
    variants = {k: v for k, v in here.items() if there.get(k) == v and v not in known}
    return variants | known


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
def simplifying() -> dict[int, str]:
    """What ``str.translate`` puts for each traditional character (code point) by itself."""
    return {ord(k): v for k, v in _characters().items()}


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
    return _phrases().get(piece) or piece.translate(simplifying())


def traditional_share(text: str) -> tuple[float, int]:
    """Which part of the characters that tell the scripts apart is traditional, and how many of
    these there are."""
    traditional = sum(map(_characters().__contains__, _traditional_sign().findall(text)))
    simple = sum(map(_simplified_only().__contains__, _simplified_sign().findall(text)))
    told = traditional + simple
    return (traditional / told if told else 0.0), told


def is_traditional(character: str) -> bool:
    """Whether the character has another simplified form."""
    return character in _characters()


def is_converted(character: str) -> bool:
    """Whether the character is traditional, and its simplified form is one that no traditional
    text writes: a program that made the one found the other (會 was 会; 臺 may have been 台)."""
    return is_simplified_only(_characters().get(character, ""))


def is_simplified_only(character: str) -> bool:
    """Whether no traditional text writes the character."""
    return character in _simplified_only()


@remembered(4096)
def as_simplified(text: str) -> str:
    """``text`` in simplified characters, one for one, so that places stay what they are."""
    if _traditional_sign().search(text) is None:
        return text
    return text.translate(_same_length())


@lru_cache(maxsize=1)
def _same_length() -> dict[int, str]:
    return {ord(k): v for k, v in _characters().items() if len(v) == 1}
