"""Which hosts have the same articles, whatever was done to these.

Hosts are compared by runs of folded characters, so that traditional characters, readings, emoji
and phrases put in hide nothing. It promises a cost that grows with the number of articles, and
the same answer whatever the order of pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from archive.cleaning.script import fold
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.pairing import grams, runs_of

MAX_LOOKED_AT = 60
"""Articles of a host that are looked up on the others: enough to tell a copy."""
CROWD = 40
"""A run that more articles have says nothing about where they come from."""
COPIED = 0.5
"""Share of the shorter text's 4-grams that a copy must have."""
MIN_TEXT = 60
"""Folded characters below which equal words prove nothing."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Articles of one host that another has too: how many of those looked at, on how many the
    path is the same, and the pairs (own, other)."""

    looked_at: int
    copies: int
    same_paths: int
    pairs: tuple[tuple[Sample, Sample], ...]


class _Article:
    """A sample with what is asked of it again and again."""

    def __init__(self, sample: Sample, folded: str) -> None:
        self.sample = sample
        self.runs = runs_of(folded)
        self._folded = folded

    @cached_property
    def grams(self) -> set[str]:
        """The 4-grams of the folded text."""
        return grams(self._folded)


def shared_articles(hosts: Mapping[str, HostSurvey]) -> dict[tuple[str, str], Shared]:
    """For each pair of hosts with an article in common, in both orders, what they share."""
    if len(hosts) < 2:
        return {}
    chosen = {host: _chosen(hosts[host]) for host in sorted(hosts)}
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for host, articles in chosen.items():
        for place, article in enumerate(articles):
            for run in article.runs:
                index[run].append((host, place))
    found: dict[tuple[str, str], list[tuple[Sample, Sample]]] = defaultdict(list)
    for host, articles in chosen.items():
        for article in articles[:MAX_LOOKED_AT]:
            for other, place in _nearest(host, article, index).items():
                if _is_copy(article, chosen[other][place]):
                    found[host, other].append((article.sample, chosen[other][place].sample))
    return {
        (host, other): Shared(
            looked_at=len(chosen[host][:MAX_LOOKED_AT]),
            copies=len(pairs),
            same_paths=sum(ours.path == theirs.path for ours, theirs in pairs),
            pairs=tuple(pairs),
        )
        for (host, other), pairs in found.items()
    }


def _chosen(survey: HostSurvey) -> list[_Article]:
    return [
        _Article(survey.samples[path], folded)
        for path in sorted(survey.samples)
        if len(folded := fold(survey.samples[path].text)) >= MIN_TEXT
    ]


def _nearest(
    host: str, article: _Article, index: Mapping[str, list[tuple[str, int]]]
) -> dict[str, int]:
    """On each other host the article with most runs in common."""
    shared: Counter[tuple[str, int]] = Counter()
    for run in article.runs:
        places = index.get(run, ())
        if len(places) <= CROWD:
            shared.update(place for place in places if place[0] != host)
    best: dict[str, tuple[int, int]] = {}
    for (other, place), count in sorted(shared.items()):
        if count > best.get(other, (0, 0))[0]:
            best[other] = (count, place)
    return {other: place for other, (_, place) in best.items()}


def _is_copy(one: _Article, other: _Article) -> bool:
    least = min(len(one.grams), len(other.grams))
    return least > 0 and len(one.grams & other.grams) >= COPIED * least
