"""Two institutions' names in each other's place: hosts that show the same articles in the same
pages, each under a name that the other never writes. One of them at most is the house's.

A kit may put a made-up institution's name where the institute's stood, which ends as names do and
is no brand to look at. It promises to know no institution by name; to call a name made up only
where most of a host's articles are another's, the same words stand around both names, and something
else speaks for the other one: the operator's word, a short form in the texts, how the house calls
itself in them, a frame that names another. How many hosts bear a name says nothing: a kit fills
hundreds. Where nothing speaks for either, both are contested, and neither tells whose name
stood anywhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from archive.cleaning.unmasking.against import MIN_COPIES
from archive.cleaning.unmasking.brands import MOST, common_terms, is_whole_name, key_of
from archive.cleaning.unmasking.build import same_pages
from archive.cleaning.unmasking.compare import plain
from archive.cleaning.unmasking.copies import Shared
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.look import Look
from archive.cleaning.unmasking.short_name import called_shortly
from archive.cleaning.unmasking.told import FEW, SPOKEN, texts_of

SEEN = 2
"""Pages on which one name must stand in the other's place."""
AROUND = 3
"""Characters on either side that both pages must have."""
LOOKED_AT = 20
"""Pairs of articles that are looked at."""
LONGEST = 30
"""Characters of a name."""
AGREE = 0.8
"""Share of the pages that must have the same name there."""
TRUSTED, SHORT_FORM = 8, 2
"""What the operator's word and a short form in the texts count, beside one for all else."""
_CALLED = {
    "所": regex.compile(r"[我本全]所(?![有谓以在属得能需要见知说做])|所(?:长|党委|领导|工会)"),
    "院": regex.compile(r"[我本全]院|(?<![医法学])院(?:长|党委|领导|工会)"),
    "学": regex.compile(r"[我本全]校|(?<!学)校(?:长|党委|领导|工会)"),
    "心": regex.compile(r"[我本]中心|中心主任"),
    "室": regex.compile(r"[我本]实验室|实验室主任"),
}
"""How the articles of a house speak of it, by the last character of its name."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is known of names in each other's place. ``made_up``: for each host its names (folded)
    that are none, each with why; ``of``: for each such host those that bear the house's;
    ``untold``: every name (folded) that may not be put back anywhere."""

    made_up: Mapping[str, Mapping[str, str]]
    of: Mapping[str, tuple[str, ...]]
    untold: frozenset[str]


UNRIVALLED = Settled({}, {}, frozenset())


class Bearers:
    """Which hosts bear a name: in their frames, or in their texts alone; of these ``trusted``.
    ``given``: the institute's names (folded) by the operator's word."""

    def __init__(
        self,
        framed: Mapping[str, Sequence[str]],
        trusted: Collection[str],
        given: Collection[str] = (),
    ) -> None:
        self._framed = framed
        self._given = given
        self._trusted = frozenset(trusted)
        self._hosts: dict[str, set[str]] = defaultdict(set)
        for host, names in framed.items():
            for name in names:
                self._hosts[name].add(host)

    def add(self, name: str, host: str) -> None:
        """The texts of ``host`` have the name."""
        self._hosts[name].add(host)

    def is_given(self, name: str) -> bool:
        """Whether the operator has said that the institute is called so."""
        return name in self._given

    def may_err(self, host: str, survey: HostSurvey, rival: str) -> bool:
        """Whether the name that a host bears may be a made-up one: none of a ``trusted`` host, nor,
        but for the ``rival`` of such a host, of one whose foot, or where it lies, says whose it is.
        A kit that writes a made-up name into texts and a brand into the frame must not make the
        institute the copy."""
        if host in self._trusted:
            return False
        look = Look(host, survey)
        is_at_home = look.says_its_own_name or look.is_reserved
        return not is_at_home or not self._trusted.isdisjoint(self._hosts[rival])

    def reasons(self, name: str, rival: str, texts: Sequence[str]) -> list[str]:
        """What speaks for ``name``, each thing as often as it counts."""
        found = []
        if name in self._given:
            found += [f"the operator calls the institute {name}"] * TRUSTED
        if not self._trusted.isdisjoint(self._hosts[name]):
            found += [f"{name} is the name of the institute's own host"] * TRUSTED
        if short := called_shortly(name, texts):
            found += [f"the texts have {short}, which is short for {name}"] * SHORT_FORM
        if _calls_itself(name, rival, texts):
            found += [f"the articles speak of their house as one called {name}"]
        # No kit puts a name into the texts and another into the frame.
        if any(name not in self._framed.get(host, ()) for host in self._hosts[name]):
            found += [f"{name} stands in texts whose frame names another"]
        return found


def settle(
    surveys: Mapping[str, HostSurvey],
    shared: Mapping[tuple[str, str], Shared],
    trusted: Collection[str],
    given: Iterable[str] = (),
) -> Settled:
    """Which of two names in each other's place is the house's, over all hosts of ``surveys``;
    ``trusted`` ones bear their own, and ``given`` names (folded) are the institute's by the
    operator's word."""
    names = {host: own for host in sorted(surveys) if (own := _own_names(surveys[host]))}
    bearers = Bearers(names, trusted, frozenset(given))
    made_up: dict[str, dict[str, str]] = defaultdict(dict)
    of: dict[str, set[str]] = defaultdict(set)
    rivals: dict[str, set[str]] = defaultdict(set)
    found = list(_rivals(names, surveys, shared))
    for _, other, ours, theirs in found:
        rivals[ours].add(theirs)
        rivals[theirs].add(ours)
        bearers.add(theirs, other)
    for host, other, ours, theirs in found:
        if bearers.is_given(ours) or not bearers.may_err(host, surveys[host], theirs):
            continue
        if why := _speaks_for(theirs, ours, bearers, texts_of(surveys[host])):
            made_up[host][ours] = f"{ours} stands where {other} has {theirs}; {why}"
            of[host].add(other)
    fakes = {name for found in made_up.values() for name in found}
    real = {name for name, others in rivals.items() if name not in fakes and others <= fakes}
    return Settled(
        dict(made_up),
        {host: tuple(sorted(others)) for host, others in of.items()},
        frozenset(rivals.keys() - real),
    )


def _own_names(survey: HostSurvey) -> tuple[str, ...]:
    """The institutions (folded) that titles and feet of most pages name."""
    slots = ("title_ends", "owners")
    named = {key_of(term) for slot in slots for term in common_terms(survey, slot, MOST)}
    return tuple(sorted(filter(is_whole_name, named)))


def _rivals(
    names: Mapping[str, Sequence[str]],
    surveys: Mapping[str, HostSurvey],
    shared: Mapping[tuple[str, str], Shared],
) -> Iterator[tuple[str, str, str, str]]:
    """Two hosts, a name of the first's frame, and the institution that the second has there."""
    for (host, other), common in sorted(shared.items(), key=lambda item: item[0]):
        if host not in names or common.copies < max(MIN_COPIES, MOST * common.looked_at):
            continue
        pairs = [(plain(a.text), plain(b.text)) for a, b in common.pairs[:LOOKED_AT]]
        found = [(ours, theirs) for ours in names[host] if (theirs := _opposite(ours, pairs))]
        if found and same_pages(surveys[host], surveys[other]):
            yield from ((host, other, ours, theirs) for ours, theirs in found)


def _opposite(name: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The one institution that the second texts have where the first ones have ``name``, where
    neither text has the other's; empty where there is none."""
    seen = Counter(
        span
        for one, other in pairs
        for span in set(_spans(name, one, other))
        if is_whole_name(span)
    )
    found, count = max(seen.items(), key=lambda s: (s[1], s[0]), default=("", 0))
    if count < SEEN or count < AGREE * seen.total():
        return ""
    apart = not any(found in one or name in other for one, other in pairs)
    return found if apart else ""


def _spans(name: str, one: str, other: str) -> Iterator[str]:
    """What ``other`` has between the words that stand around ``name`` in ``one``."""
    at = one.find(name)
    while at >= 0:
        end = at + len(name)
        left, right = one[max(0, at - AROUND) : at], one[end : end + AROUND]
        start = other.find(left)
        if len(left) == len(right) == AROUND and start >= 0:
            start += AROUND
            stop = other.find(right, start, start + LONGEST + AROUND)
            if stop > start:
                yield other[start:stop]
        at = one.find(name, end)


def _speaks_for(name: str, rival: str, bearers: Bearers, texts: Sequence[str]) -> str:
    """Why ``name`` is the house's and ``rival`` is not; empty where nothing says so."""
    ours, theirs = (
        bearers.reasons(one, other, texts) for one, other in ((name, rival), (rival, name))
    )
    ahead = len(ours) > len(theirs)
    return "; ".join(dict.fromkeys(ours)) if ahead else ""


def _calls_itself(name: str, rival: str, texts: Sequence[str]) -> bool:
    """Whether the texts speak of their house as of one called so, and not as of the rival."""
    if name[-1] == rival[-1] or name[-1] not in _CALLED:
        return False
    told = sum(bool(_CALLED[name[-1]].search(text)) for text in texts)
    other = _CALLED.get(rival[-1])
    against = sum(bool(other.search(text)) for text in texts) if other else 0
    return told >= max(FEW, SPOKEN * len(texts)) and told > against
