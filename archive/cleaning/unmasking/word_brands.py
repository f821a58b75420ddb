"""A brand that is a word of the language: where it stands for a name, and where it is the word.

银河 is a brand in 银河党委 and none in 银河系. It promises never to take a word for a brand alone:
the host's frame has proven the brand before, and the place is one where only a house's name stands
(before its offices, as a signature, as who tells or sends the news). Other places count only on a
host where the word is too rare to be there by chance, does what houses do, and is never a piece of
another word; there, too, a place behind a noun that may own it (体育比赛计时) is left, and
so is a page about the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from archive.cleaning.script import Folded, light
from archive.cleaning.unmasking.words import expected, has_offices, is_cut_out

MIN_PAGES, HOUSE_PAGES = 2, 3
"""Pages with a name's place from which these are believed; pages on which the word stands as a
house's name does, from which its other places are."""
AS_A_HOUSE = 0.2
"""Share of the word's places that must be a house's, in either sense, for the others to count."""
RARE, BEYOND_CHANCE = 0.5, 20.0
"""How often the language has a rare word in so many characters at most, and how many times as often
it must stand there."""
ABOUT = 5
"""Places on a page that is about the word, none of them a house's."""
AROUND = 8
"""Characters on either side that tell what a place is."""
_OFFICE = re.compile(
    r"\s?(?:党委|党组|党总支|纪委|团委|工会|离退休|副?[所院校]长|[所院校]领导|各部门|各处室|全体职工)"
)
_TOLD = re.compile(r"\s?(?:介绍|透露|供稿|网讯)")
_TELLS = re.compile(r"(?:据|[(（]|^|\n)\s?$")
_PARTY, _COMMITTEE = "中共", "委员会"
_HOUSES_DEED = re.compile(
    r"\s?(?:研究员|教授|博士|公?开?招聘|[主承]办|[举召]开|举[办行]|成立|拥有|网站|职工|员工)"
)
_TO_A_HOUSE = re.compile(r"(?:代表|参观|访问|走进|来到|加入|供职于?|毕业于|就职于?)$")
# What a sentence has before a name: a stop that closes, a word that stands between words, a year.
_BEFORE_NAMES = re.compile(r"[^\w、]\s?$|[由和与及是为向让从对将经系到于现在被]$|\d年度?$")
_QUOTES = "“”「」『』《》〈〉\"'‘’"


class Place(IntEnum):
    """What stands at a place of the word."""

    WORD = 0
    """A piece of a longer word, or a quotation."""
    BOUND = 1
    """Behind what is bound to nouns, rather than names."""
    EITHER = 2
    HOUSE = 3
    """What does as houses do: people and things do, too."""
    NAME = 4
    """Only the name of a house stands there."""


@dataclass(frozen=True, slots=True)
class WordBrand:
    """A ``brand`` that is a word; ``elsewhere``: it stands for a name outside a name's own places,
    too."""

    brand: str
    elsewhere: bool


def word_brand(brand: str, texts: Sequence[str]) -> WordBrand | None:
    """What the host's folded ``texts`` say of a brand that is a word; None where it stands for no
    name that can be told."""
    term = light(brand)
    pages = [found for text in texts if (found := list(places(text, term)))]
    elsewhere = _is_everywhere(pages, expected(term, sum(map(len, texts))))
    named = sum(Place.NAME in page for page in pages)
    return WordBrand(brand, elsewhere) if elsewhere or named >= MIN_PAGES else None


def _is_everywhere(pages: Sequence[Sequence[Place]], chance: float) -> bool:
    """Whether no place of the word can be an honest one but by its own looks."""
    every = [place for page in pages for place in page]
    houses = sum(place >= Place.HOUSE for place in every)
    return (
        chance <= RARE
        and len(every) >= BEYOND_CHANCE * chance
        and Place.WORD not in every
        and houses >= AS_A_HOUSE * len(every)
        and sum(max(page) >= Place.HOUSE for page in pages) >= HOUSE_PAGES
    )


def _is_about(page: Sequence[Place]) -> bool:
    """Whether the word is what a page is about."""
    return len(page) >= ABOUT and max(page) < Place.HOUSE


def lost_places(string: str, known: WordBrand, text: str) -> Iterator[tuple[int, int]]:
    """Where in a ``string`` of a page the brand stands for a name; ``text`` is the page's own."""
    term = light(known.brand)
    every = known.elsewhere and not _is_about(list(places(light(text), term)))
    least = Place.EITHER if every else Place.NAME
    folded = Folded.of(string)
    for span, place in zip(folded.find(term), places(folded.text, term), strict=True):
        if place >= least:
            yield span


def places(text: str, term: str) -> Iterator[Place]:
    """The places of ``term`` in a folded ``text``, from left to right."""
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        yield _place(text[max(0, at - AROUND) : at], term, text[end : end + AROUND])
        at = text.find(term, end)


def _place(before: str, term: str, behind: str) -> Place:
    if is_cut_out(before, term, behind):
        return Place.WORD
    owns = has_offices(term)
    alone = before[-1:] in ("", "\n") and behind[:1] in ("", "\n")
    if (
        (owns and _OFFICE.match(behind))
        or (before.endswith(_PARTY) and (owns or behind.startswith(_COMMITTEE)))
        or (_TOLD.match(behind) and _TELLS.search(before))
        or (alone and before + behind)
    ):
        return Place.NAME
    if any(character in _QUOTES for character in before[-1:] + behind[:1]):
        return Place.WORD
    if owns and (_HOUSES_DEED.match(behind) or _TO_A_HOUSE.search(before)):
        return Place.HOUSE
    return Place.EITHER if _BEFORE_NAMES.search(before) or not before else Place.BOUND
