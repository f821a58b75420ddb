"""Random queries in the ways people ask, and the truth about them by reading every text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from archive.search.terms import MAX_WORD, SINGLE, fold
from benchmarks.search.corpus import Text, name

Form = Literal["one", "two", "three", "four to eight", "name", "phrase", "and", "or", "not"]
FORMS: tuple[Form, ...] = (
    "one",
    "two",
    "three",
    "four to eight",
    "name",
    "phrase",
    "and",
    "or",
    "not",
)
_HAN = regex.compile(r"[\u4e00-\u9fff]+")
_PARTS = regex.compile(rf"(?V1)\n|[{SINGLE}]+|[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]+")
_WORD = regex.compile(rf"(?V1)[[\p{{L}}\p{{N}}\p{{M}}]--[{SINGLE}]]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: one word, or two joined by an operator."""

    form: Form
    words: tuple[str, ...]

    def typed(self) -> str:
        """As it is typed into the search."""
        joiner = {"or": " OR ", "not": " -"}.get(self.form, " ")
        return joiner.join(self.words)

    def holds(self, standing: Sequence[bool]) -> bool:
        """Whether a text is asked for in which these of the words stand."""
        if self.form == "or":
            return any(standing)
        return standing[0] and not standing[1] if self.form == "not" else all(standing)


def plain(text: str) -> str:
    """The units of a text as one string in which a phrase is found as a piece of it: characters as
    they are, words between two marks, line breaks; nothing else."""
    return "".join(
        f"\0{part[:MAX_WORD]}\0" if _WORD.match(part) else part
        for part in _PARTS.findall(fold(text))
    )


def queries(sample: Sequence[Text], count: int, seed: int = 2) -> Iterator[Asked]:
    """``count`` queries, each form in turn, their words out of the ``sample``."""
    chance = random.Random(seed)
    lengths = {"one": (1, 1), "two": (2, 2), "three": (3, 3), "four to eight": (4, 8)}
    for number in range(count):
        form = FORMS[number % len(FORMS)]
        if form == "name":
            words: tuple[str, ...] = (name(chance),)
        elif form == "phrase":
            words = (_piece(sample, chance, 6, 8), _piece(sample, chance, 1, 2))
        elif form in lengths:
            words = (_piece(sample, chance, *lengths[form]),)
        else:
            words = (_piece(sample, chance, 1, 3), _piece(sample, chance, 1, 3))
        yield Asked(form, words)


def _piece(sample: Sequence[Text], chance: random.Random, low: int, high: int) -> str:
    while True:
        run = chance.choice(_HAN.findall(chance.choice(sample).text))
        width = chance.randint(low, high)
        if len(run) >= width:
            start = chance.randrange(len(run) - width + 1)
            return str(run[start : start + width])
