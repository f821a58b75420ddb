"""A brand that is a word of the language: where it stands for a name, and where it is the word.

银河 is a brand in 银河党委 and none in 银河系. It promises never to take a word for a brand alone:
the host's frame has proven the brand before, and the place is one where only a house's name stands
(before its offices, as a signature, as who tells or sends the news). Other places count only on a
host where the word is too rare to be there by chance, does what houses do, and stands hardly
anywhere but where names may; there, too, a place behind a noun that may own it (体育比赛计时) is
left, and so is a page about the word, or one that has it as a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from archive.cleaning.script import Folded, light
from archive.cleaning.unmasking.words import (
    expected,
    has_offices,
    is_cut_out,
    is_deed,
    is_inside,
    is_nameless,
)

MIN_PAGES, HOUSE_PAGES = 2, 3
"""Pages with a name's place from which these are believed; pages on which the word stands as a
house's name does, from which its other places are."""
AS_A_HOUSE = 0.2
"""Share of the word's places that must be a house's, in either sense, for the others to count."""
NAMED_PAGES, NAMED_PLACES, HARDLY_ANY = 2, 6, 0.08
"""The same pages where the word stands hardly anywhere but where names do: at so many places at
least, and so many others for each at most. Of 19,814 words that the articles of invented institutes
have three times or more, at most once by chance, only the beginnings of the institutes' own names
do: a fifth of a word's places are such, 99 % of a name's."""
MIXED, FEW = 0.34, 0.2
"""Others for each such place up to which a host has the word as a brand, and up to which a page of
such a host has it as nothing else."""
RARE, BEYOND_CHANCE = 0.5, 20.0
"""How often the language has a rare word in so many characters at most, and how many times as often
it must stand there."""
HARDLY, FAR_BEYOND, SPREAD, OFTEN = 0.1, 200.0, 0.5, 8
"""The same of a place's name, the share of the pages that must have it, and how often it must
stand."""
ABOUT = 5
"""Places on a page that is about the word, none of them a house's."""
AROUND = 8
"""Characters on either side that tell what a place is."""
_OFFICE = re.compile(
    r"\s?(?:党委|党组|党总支|纪委|团委|工会|离退休|副?[所院校]长|[所院校]领导|各部门|各处室|全体职工)"
)
_TOLD = re.compile(r"\s?(?:介绍|透露|供稿|网讯|消息[,。:])")
_TELLS = re.compile(r"(?:据|[(（]|^|\n)\s?$")
_PARTY = "中共"
_COMMITTEE = re.compile(r"\s?(?:委员会|离退休|机关|党委|党总支|纪委)")
_HOUSES_DEED = re.compile(
    r"\s?(?:研究员|教授|博士|公?开?招聘|特聘|[主承]办|[举召]开|举[办行]|成立|拥有|网站|职工|员工"
    r"|转发|印发|发布|通报|参与|牵头|承担|负责)"
)
_TO_A_HOUSE = re.compile(r"(?:代表|参观|访问|走进|来到|加入|供职于?|毕业于|就职于?)$")
# What a sentence has before a name: a stop that closes, a word that stands between words, a year.
_BEFORE_NAMES = re.compile(
    r"[^\w、]\s?$|(?:呼吁|邀请|委托|授权|请求|建议)$|[由和与及是为向让从对将经系到于现在被]$|(?<![未本从原历后近将到带外由])来$|\d年度?$"
)
_COMPARED = re.compile(r"\s?(?:像|般|似的|有多|那么|这么)")
_OWNS = re.compile(r"\s?的(?:任何|一切|所有)")
# What makes the word the beginning of another's name, or of an address.
_LONGER = re.compile(
    r"[^\W与和及的在为是对向让从将被各举召成承主\d]{0,6}(?:公司|集团|大学|学院|研究[所院]|医院|[中小]学|路|街|[市县区镇乡村])"
)
_QUOTES = "“”「」『』《》〈〉\"'‘’"


class Place(IntEnum):
    """What stands at a place of the word."""

    WORD = 0
    """A piece of a longer word, or a quotation."""
    CHANCE = 1
    """Across two words, or in a sentence that reads as if it were."""
    BOUND = 2
    """Behind what is bound to nouns, rather than names."""
    EITHER = 3
    HOUSE = 4
    """What does as houses do: people and things do, too."""
    NAME = 5
    """Only the name of a house stands there."""


_OTHERS = (Place.WORD, Place.BOUND)
"""Places of a word that is none's name."""


@dataclass(frozen=True, slots=True)
class WordBrand:
    """A ``brand`` that is a word; ``least``: what a place must be at least for it to stand for a
    name; ``mixed``: pages have it as a word, too; ``offices``: those behind it are its house's, not
    a place's or the object of a deed;
    ``name``: the name in whose place it stands, if known, and ``evidence`` how."""

    brand: str
    least: Place
    mixed: bool = False
    offices: bool = True
    name: str = ""
    evidence: str = ""


def word_brand(brand: str, texts: Sequence[str]) -> WordBrand | None:
    """What the host's folded ``texts`` say of a brand that is a word; None where it stands for no
    name that can be told."""
    term = light(brand)
    chance = expected(term, sum(map(len, texts)))
    beyond = not is_deed(term) and _is_beyond_places(term, texts, chance)
    offices = has_offices(term) or beyond
    pages = [found for text in texts if (found := list(places(text, term, offices)))]
    least, mixed = (Place.NAME, True) if is_nameless(term) else _least(pages, chance, offices)
    named = sum(Place.NAME in page for page in pages)
    known = least < Place.NAME or named >= MIN_PAGES
    return WordBrand(brand, least, mixed, offices) if known else None


def _is_beyond_places(term: str, texts: Sequence[str], chance: float) -> bool:
    """Whether a place's name is so rare in the language and so common on the host's pages that it
    is none there."""
    pages = sum(term in text for text in texts)
    times = sum(text.count(term) for text in texts)
    often = times >= max(OFTEN, FAR_BEYOND * chance)
    return chance <= HARDLY and often and pages >= SPREAD * len(texts)


def _least(pages: Sequence[Sequence[Place]], chance: float, owns: bool) -> tuple[Place, bool]:
    """The least that a place must be to be a name's, if the word stands ``chance`` times by chance
    and ``owns`` offices or does not; and whether the host has it as a word on some pages, too."""
    every = [place for page in pages for place in page]
    named, others = sum(p >= Place.EITHER for p in every), sum(p in _OTHERS for p in every)
    houses = sum(max(page) >= Place.HOUSE for page in pages)
    if len(every) < BEYOND_CHANCE * chance or houses < NAMED_PAGES:
        return Place.NAME, True
    if named >= NAMED_PLACES and others <= HARDLY_ANY * named:
        return Place.EITHER, False
    share = sum(place >= Place.HOUSE for place in every) / len(every)
    if houses < HOUSE_PAGES or share < AS_A_HOUSE or chance > RARE or Place.NAME not in every:
        return Place.NAME, True
    whole = Place.WORD not in every or others <= MIXED * named
    return Place.EITHER if owns and whole else Place.HOUSE, True


def _is_about(page: Sequence[Place], mixed: bool) -> bool:
    """Whether the word is what a page is about, or what it has as a word, too."""
    if len(page) >= ABOUT and max(page) < Place.HOUSE:
        return True
    named = sum(place >= Place.EITHER for place in page)
    return mixed and sum(place in _OTHERS for place in page) > FEW * named


def lost_places(string: str, known: WordBrand, text: str) -> Iterator[tuple[int, int]]:
    """Where in a ``string`` of a page the brand stands for a name; ``text`` is the page's own."""
    term = light(known.brand)
    about = _is_about(list(places(light(text), term, known.offices)), known.mixed)
    least = max(known.least, Place.HOUSE) if about else known.least
    folded = Folded.of(string)
    found = places(folded.text, term, known.offices)
    for span, place in zip(folded.find(term), found, strict=True):
        if place >= least:
            yield span


def places(text: str, term: str, owns: bool) -> Iterator[Place]:
    """The places of ``term``, which ``owns`` the offices behind it or does not, in a folded
    ``text``, from left to right."""
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        yield _place(text[max(0, at - AROUND) : at], term, text[end : end + AROUND], owns)
        at = text.find(term, end)


def _place(before: str, term: str, behind: str, owns: bool) -> Place:
    if is_cut_out(before, term, behind):
        return Place.WORD if is_inside(before, term, behind) else Place.CHANCE
    alone = before[-1:] in ("", "\n") and behind[:1] in ("", "\n")
    if (
        (owns and _OFFICE.match(behind))
        or (before.endswith(_PARTY) and (owns or _COMMITTEE.match(behind)))
        or (_TOLD.match(behind) and _TELLS.search(before))
        or (alone and before + behind)
    ):
        return Place.NAME
    if any(character in _QUOTES for character in before[-1:] + behind[:1]):
        return Place.WORD
    if _LONGER.match(behind) or _COMPARED.match(behind):
        return Place.BOUND
    if owns and (_HOUSES_DEED.match(behind) or _TO_A_HOUSE.search(before)):
        return Place.HOUSE
    either = not before or _BEFORE_NAMES.search(before) or _OWNS.match(behind)
    return Place.EITHER if either else Place.BOUND
