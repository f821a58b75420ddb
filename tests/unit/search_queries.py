"""Queries in every way that the language has, made of an archive's own words."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from pypinyin import Style, lazy_pinyin

from archive.model import Article
from archive.search.numerals import other_numerals
from archive.search.terms import units

_HAN = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[A-Za-z]{3,}")
_QUANTITY = re.compile(r"(\d+) ?([A-Za-z]{1,5})\b")
_NUMERAL = re.compile(r"第\d{1,4}\w|\d{4}年(?:\d{1,2}月)?|\d{1,2}月\d{1,2}日")
_KINDS = (
    "word",
    "phrase",
    "beginning",
    "quantity",
    "numeral",
    "pinyin",
    "toned",
    "field",
    "exact",
    "date",
    "or",
    "not",
    "grouped",
)
_SPANS = ("{}", ">={}", "<{}", "{}-06", "{}..2011", "[2003 TO {}]")


class Typist:
    """Types words of these articles, the same ones for the same seed."""

    def __init__(self, articles: Sequence[Article], seed: int) -> None:
        self._articles = articles
        self._chance = random.Random(seed)
        whole = "\n".join(f"{one.reading.title}\n{one.reading.text}" for one in articles)
        self._latin = sorted(set(_LATIN.findall(whole)))
        self._numerals = sorted(set(_NUMERAL.findall(whole)))
        self._quantities = sorted(set(_QUANTITY.findall(whole)))

    def queries(self, count: int) -> Iterator[str]:
        """So many queries, each kind in turn."""
        for number in range(count):
            yield getattr(self, f"_{_KINDS[number % len(_KINDS)]}")()

    def slips(self, count: int) -> Iterator[str]:
        """So many words of three to six characters, one of which is another than it should be."""
        for _ in range(count):
            word = self._han(3, 6)
            place = self._chance.randrange(len(word))
            yield f"{word[:place]}{self._han(1, 1)}{word[place + 1 :]}"

    def _reading(self) -> str:
        reading = self._chance.choice(self._articles).reading
        return f"{reading.title}\n{reading.text}"

    def _han(self, low: int, high: int) -> str:
        while True:
            run = self._chance.choice(_HAN.findall(self._reading()) or [""])
            width = self._chance.randint(low, high)
            if len(run) >= width:
                start = self._chance.randrange(len(run) - width + 1)
                return str(run[start : start + width])

    def _word(self) -> str:
        return self._han(1, 6)

    def _phrase(self) -> str:
        reading = self._reading()
        start = self._chance.randrange(len(reading))
        piece = reading[start : start + self._chance.randint(4, 14)].replace('"', "")
        return f'"{piece}"'

    def _beginning(self) -> str:
        word = self._chance.choice(self._latin)
        return f"{word[: self._chance.randint(2, len(word))]}*"

    def _quantity(self) -> str:
        number, unit = self._chance.choice(self._quantities)
        return self._chance.choice(("{}{}", "{} {}", '"{} {}"', '"{}{}"')).format(number, unit)

    def _numeral(self) -> str:
        typed = str(self._chance.choice(self._numerals))
        return self._chance.choice((typed, *map("".join, other_numerals(units(typed)))))

    def _pinyin(self) -> str:
        return self._chance.choice(("", " ")).join(lazy_pinyin(self._han(2, 3)))

    def _toned(self) -> str:
        return "".join(lazy_pinyin(self._han(1, 2), style=Style.TONE))

    def _field(self) -> str:
        reading = self._chance.choice(self._articles).reading
        name = self._chance.choice(("title", "text", "branch", "author", "source", "attachment"))
        attached = [one.name for one in reading.attachments]
        value = attached[0] if name == "attachment" and attached else getattr(reading, name, None)
        whole = " ".join(str(value or "通知").split())
        start = self._chance.randrange(len(whole))
        return f'{name}:"{whole[start : start + self._chance.randint(1, 6)]}"'

    def _exact(self) -> str:
        article = self._chance.choice(self._articles)
        host = article.witnesses[-1].url.split("/")[2]
        of = (f"status:{article.status}", f"witness:{article.witnesses[-1].role}", f"host:{host}")
        return f"{self._chance.choice(of)} {self._han(1, 2)}"

    def _date(self) -> str:
        year = self._chance.randint(2003, 2013)
        return f"date:{self._chance.choice(_SPANS).format(year)} {self._han(1, 1)}"

    def _or(self) -> str:
        return f"{self._han(1, 3)} OR {self._chance.choice((self._beginning, self._pinyin))()}"

    def _not(self) -> str:
        return f"{self._han(1, 2)} -{self._chance.choice((self._word, self._beginning))()}"

    def _grouped(self) -> str:
        return f"({self._han(2, 3)} OR {self._phrase()}) AND NOT ({self._word()} {self._word()})"
