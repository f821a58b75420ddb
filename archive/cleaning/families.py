"""Pages of a host that say nearly the same: yearly notices, reports of one series.

What such pages have in common is their text and no template, however often it comes; a line is
template when pages have it that share nothing else. It promises that pages which only the template
joins stay apart, and a cost that grows with the number of pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

KIN_SHARE = 0.3
"""Share of the shorter body that two pages of one family have in common, line by line."""
MAX_KIN = 40
"""A line that more pages have is the template's: no series is as long."""
_NUMBERED = re.compile(r"\d+")
MIN_TITLE_CHARS = 4

Body = Mapping[str, int]
"""The lines of a body, by digest, with their characters."""


def families(bodies: Sequence[Body], titles: Sequence[str | None]) -> list[int]:
    """For each page the number of its family: the place of one of its pages."""
    parents = list(range(len(bodies)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for one, other in (*_of_one_title(titles), *_of_like_bodies(bodies)):
        first, second = sorted((root(one), root(other)))
        parents[second] = first
    return [root(place) for place in range(len(bodies))]


def _of_one_title(titles: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Pages whose titles differ in their numbers alone: 2010年放假通知, 2011年放假通知."""
    first: dict[str, int] = {}
    for place, title in enumerate(titles):
        words, numbers = _NUMBERED.subn("", title or "")
        if numbers and len(words) >= MIN_TITLE_CHARS:
            yield first.setdefault(words, place), place


def _of_like_bodies(bodies: Sequence[Body]) -> Iterator[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, body in enumerate(bodies):
        for line in body:
            places[line].append(place)
    common: Counter[tuple[int, int]] = Counter()
    for line, having in places.items():
        if len(having) <= MAX_KIN:
            for pair in combinations(having, 2):
                common[pair] += bodies[having[0]][line]
    sizes = [sum(body.values()) for body in bodies]
    for (one, other), shared in common.items():
        if shared >= KIN_SHARE * min(sizes[one], sizes[other]):
            yield one, other
