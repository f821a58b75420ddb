"""One text in the places of several articles that has not stood there for long: a notice.

A few pages are being worked on, or the network before the server has trouble with a few: under
their addresses stands one notice, for a night or two. It promises that what stands so in the
places of different articles is no article before it has stood there for as long as three nights
take (``archive.sitepass.gone``), and never becomes one where the articles came back sooner. What
comes to many articles at once is ``archive.sitepass.stand_ins``'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from archive.cleaning.unmasking.pairing import alike, grams
from archive.sitepass.earlier import Turn
from archive.sitepass.gone import is_settled
from archive.sitepass.pages import Before
from archive.sitepass.reader import PageRead
from archive.sitepass.stand_ins import HABIT, Grounds, is_between
from archive.witnesses.fold import fold

SAME = 0.8
"""Share of the 4-grams of the longer of two texts that the other one has too, where they are one
notice: a number or a moment may differ."""
COMPARED = 100
"""Texts of a site that are compared with each other; more are no few."""
BEGINNING = 5_000
"""Characters of each text that are compared: notices are short."""


@dataclass(frozen=True, slots=True)
class Passing:
    """``reads``: pages that say a notice, by their ``id()``; ``places``: by address, since when one
    stands there now."""

    reads: Collection[int] = frozenset()
    places: Mapping[str, datetime] = field(default_factory=dict)

    def told(self) -> Iterator[str]:
        """A note for the report, if there is anything to note."""
        if self.places:
            since = min(self.places.values()).date()
            yield (
                f"{len(self.places)} addresses of different articles give one and the same text "
                f"since {since}, which is believed once it has stood there for three nights; "
                f"look at {min(self.places)}"
            )


@dataclass(frozen=True, slots=True)
class _Strange:
    """At ``url`` stands, or stood for a while, what the ``texts`` say, in the place of ``own``."""

    url: str
    own: PageRead
    texts: Sequence[PageRead]
    stands: bool


def passing(
    standing: Iterable[PageRead],
    before: Before,
    unsettled: Mapping[str, datetime],
    grounds: Grounds,
) -> Passing:
    """The notices among what is ``standing`` and what stood there ``before``; ``unsettled`` as in
    ``archive.sitepass.gone.settled``."""
    turns = {
        url: turn
        for url, turn in before.turns.items()
        if turn.works < HABIT
        and {turn.first.run, turn.article.row.run} <= set(grounds.walks)
        and not is_between(grounds.relaunched, turn.article.row, turn.first)
    }
    found = [*_now(standing, turns, unsettled), *_once(standing, before, turns, grounds)]
    if not 1 < len(found) <= COMPARED:
        return Passing()
    notices: dict[str, _Strange] = {}
    said = _Said()
    for one, other in combinations(found, 2):
        if said.is_same(one.texts[0], other.texts[0]) and not _is_one_work(one, other):
            notices |= {one.url: one, other.url: other}
    reads = {id(text) for one in notices.values() for text in one.texts}
    places = {url: unsettled[url] for url, one in notices.items() if one.stands}
    return Passing(reads, places)


def _now(
    standing: Iterable[PageRead], turns: Mapping[str, Turn], unsettled: Mapping[str, datetime]
) -> Iterator[_Strange]:
    for one in standing:
        url = one.row.url
        if url in unsettled and url in turns and not turns[url].is_back:
            yield _Strange(url, turns[url].article, [one], stands=True)


def _once(
    standing: Iterable[PageRead], before: Before, turns: Mapping[str, Turn], grounds: Grounds
) -> Iterator[_Strange]:
    begun = {run.id: run.started for run in grounds.runs if run.id in grounds.walks}
    others: dict[str, list[PageRead]] = defaultdict(list)
    for one in before.others:
        others[one.row.url].append(one)
    for own in standing:
        turn = turns.get(own.row.url)
        if turn is None or not turn.is_back:
            continue
        texts = [one for one in others[own.row.url] if _says_the_same(one, turn.article)]
        if not texts or turn.first.run not in begun:
            continue
        # It was seen in the last walk before the one that found the article again.
        back = begun[turn.first.run]
        last = max((moment for moment in begun.values() if moment < back), default=back)
        if not is_settled(min(one.row.captured_at for one in texts), last):
            yield _Strange(own.row.url, own, texts, stands=False)


def _is_one_work(one: _Strange, other: _Strange) -> bool:
    a, b = one.own.extraction, other.own.extraction
    return fold(a.title or "") == fold(b.title or "") and alike(a.text, b.text)


def _says_the_same(one: PageRead, other: PageRead) -> bool:
    return _Said().is_same(one, other)


class _Said:
    """What pages say, made ready once for however many others they are compared with."""

    def __init__(self) -> None:
        self._of: dict[int, tuple[str, set[str]]] = {}

    def is_same(self, one: PageRead, other: PageRead) -> bool:
        """Whether two pages say the same, but for a number or a moment."""
        (a, left), (b, right) = self._ready(one), self._ready(other)
        return a == b or len(left & right) >= SAME * max(len(left), len(right))

    def _ready(self, one: PageRead) -> tuple[str, set[str]]:
        if id(one) not in self._of:
            text = fold(one.extraction.text)[:BEGINNING]
            self._of[id(one)] = text, grams(text)
        return self._of[id(one)]
