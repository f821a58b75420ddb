"""Words of the language, as far as the dictionaries at hand have them.

Two characters that a phrase was put between are a word's far more often than two that meet at the
joint of a sentence. It promises to know plain words only (no names, no brands), and to be read once
and only where it is asked.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

LONGEST = 4
"""Characters of the longest word that is looked up."""
_BETWEEN = frozenset("的了在是和与及等第个为对将把被从到向于之其不有也都就而或年月日")
"""Characters that stand between words."""


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """The words of OpenCC's and pypinyin's dictionaries, simplified."""
    from pypinyin.phrases_dict import phrases_dict

    text = files("opencc").joinpath("dictionary", "STPhrases.txt").read_text(encoding="utf-8")
    listed = {line.split("\t", 1)[0] for line in text.splitlines()}
    return frozenset(w for w in (*listed, *phrases_dict) if 1 < len(w) <= LONGEST)


def is_word_across(left: str, right: str) -> bool:
    """Whether a word lies across the joint between ``left`` and ``right``."""
    known = _words()
    text, joint = left + right, len(left)
    starts = range(max(0, joint - LONGEST + 1), joint)
    return any(
        text[start:end] in known
        for start in starts
        for end in range(joint + 1, min(len(text), start + LONGEST) + 1)
    )


def is_ordinary(phrase: str, seen: Collection[str]) -> bool:
    """Whether ``phrase`` is words, from end to end, and what stands between words. ``seen``: runs
    of two characters that are written elsewhere, which counts as much as the dictionary."""
    known = _words()
    reached = {0}
    for at in range(len(phrase)):
        if at not in reached:
            continue
        if phrase[at] in _BETWEEN or phrase[at].isascii() or phrase[at - 1 : at].isdigit():
            reached.add(at + 1)
        if phrase[at : at + 2] in seen:
            reached.add(at + 2)
        reached |= {at + n for n in range(2, LONGEST + 1) if phrase[at : at + n] in known}
    return len(phrase) in reached
