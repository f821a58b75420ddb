"""Whose pages are these? The frames of a host's pages, counted, tell a mirror and its brand.

No list of brands: a string that stands in two or more of the places where a page names its owner,
on most of a host's pages, and nowhere in the frames of the institute's own host, is a brand
whatever it says. It promises that an official host has no marks, that a host without evidence of
being a copy has none either, and that the result does not depend on the order of pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import regex

from archive.cleaning.script import HAN
from archive.cleaning.unmasking import hands
from archive.cleaning.unmasking.brands import (
    FEW,
    MOST,
    OFFICIAL_SHARE,
    Elsewhere,
    brand_candidates,
    is_institution,
    key_of,
    shares,
)
from archive.cleaning.unmasking.compare import compare, plain
from archive.cleaning.unmasking.copies import Shared, shared_articles
from archive.cleaning.unmasking.given_names import posing_names
from archive.cleaning.unmasking.host import FrameSeen, HostSurvey, seen_on
from archive.cleaning.unmasking.look import Look
from archive.cleaning.unmasking.marking import Known, marks_of, owner_hosts, titled_terms
from archive.cleaning.unmasking.marks import MirrorMarks, PageLike
from archive.cleaning.unmasking.phrases import ENOUGH_PAIRS, standing_in
from archive.cleaning.unmasking.recognise import Recognised, betrayed_by_itself, recognise
from archive.cleaning.unmasking.rival_names import Settled, settle
from archive.model import Extraction

__all__ = ["FrameSurvey", "MirrorMarks"]

_OWNER_WORDS = 2
"""What a name counts in the owner's slot or at a title's end, beside one elsewhere."""
MAX_COMPARED = 12
"""Other mirrors whose texts are compared with those of one: a kit may have filled hundreds."""


class FrameSurvey:
    """Counts what stands in the frames of hosts' pages. Add every page, then every extraction,
    then ask for marks. ``institute``: what the institute is called by the operator's word, the
    full name first."""

    def __init__(self, institute: Sequence[str] = ()) -> None:
        self._given = tuple(institute)
        self._hosts: dict[str, HostSurvey] = {}
        self._recognised: dict[frozenset[str], dict[str, Recognised]] = {}
        self._shared: dict[tuple[str, str], Shared] | None = None
        self._frames: tuple[frozenset[str], Elsewhere] | None = None
        self._settled: dict[frozenset[str], Settled] = {}

    def add(self, host: str, page: PageLike) -> None:
        """Count one page of ``host``."""
        self.take(host, seen_on(page))

    def take(self, host: str, seen: FrameSeen) -> None:
        """The same of a page that somebody else has read."""
        self._forget()
        self._hosts.setdefault(host, HostSurvey()).add(seen)

    def add_extraction(self, host: str, extraction: Extraction) -> None:
        """Count what one article page of ``host`` said."""
        self._forget()
        self._hosts.setdefault(host, HostSurvey()).add_extraction(extraction)

    def merge(self, other: FrameSurvey) -> None:
        """Take over the hosts that ``other`` has counted; a host is counted in one survey only."""
        self._forget()
        self._hosts.update(other._hosts)

    def _forget(self) -> None:
        """What was found holds no longer: something is added."""
        self._recognised.clear()
        self._shared = None
        self._frames = None
        self._settled.clear()

    def _in_common(self) -> dict[tuple[str, str], Shared]:
        if self._shared is None:
            self._shared = shared_articles(self._hosts)
        return self._shared

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts seen, in alphabetical order."""
        return tuple(sorted(self._hosts))

    def recognise(self, trusted: Collection[str] = ()) -> dict[str, Recognised]:
        """The hosts that prove to be mirrors; ``trusted`` ones are never accused."""
        known = frozenset(trusted)
        if known not in self._recognised:
            settled = self._names_settled(known)
            self._recognised[known] = recognise(self._hosts, known, self._in_common(), settled)
        return self._recognised[known]

    def _names_settled(self, known: frozenset[str]) -> Settled:
        """Which of two names in each other's place is the house's, where ``known`` hosts are."""
        if known not in self._settled:
            self._settled[known] = settle(
                self._hosts, self._in_common(), known, map(plain, self._given)
            )
        return self._settled[known]

    def bearing(self, host: str, sign: str) -> int:
        """How many pages of ``host`` bear a sign of what is made for search engines."""
        return self._hosts[host].signs[sign] if host in self._hosts else 0

    def speaks_against(self, host: str) -> bool:
        """Whether a host's own pages say enough against it for its past to be asked."""
        survey = self._hosts.get(host)
        return survey is not None and hands.speaks_against(Look(host, survey))

    def is_anothers(self, host: str) -> bool:
        """Whether a host's own pages betray it as a mirror, and name no institution."""
        survey = self._hosts.get(host)
        return (
            survey is not None
            and hands.is_anothers(Look(host, survey))
            and bool(betrayed_by_itself(host, self._hosts, self._in_common()))
        )

    def changed_hands(self, host: str, before: FrameSurvey) -> tuple[str, ...]:
        """The evidence that a host shows under another's name what it showed ``before``."""
        then, now = before._hosts.get(host), self._hosts.get(host)
        if then is None or now is None:
            return ()
        return hands.changed(Look(host, now), Look(host, then))

    def official_names(self, official: Collection[str]) -> tuple[str, ...]:
        """Names of the institute as its own hosts' frames give them, the surest first."""
        score: Counter[str] = Counter()
        for survey in self._surveys(official):
            for slot in ("title_ends", "owners", "headings", "crumb_roots", "home_links"):
                for term, share in shares(survey, slot):
                    if share >= OFFICIAL_SHARE and _may_be_name(term):
                        score[term] += _OWNER_WORDS if slot in ("title_ends", "owners") else 1
        owned = self._owned(official)
        named = [t for t in score if score[t] > 1 and (t in owned or is_institution(t))]
        return tuple(sorted(named, key=lambda t: (-score[t], -len(t), t)))

    def _owned(self, official: Collection[str]) -> set[str]:
        """Terms in the owner's slot or the title's end of official pages."""
        return {
            term
            for survey in self._surveys(official)
            for slot in ("title_ends", "owners")
            for term, share in shares(survey, slot)
            if share >= OFFICIAL_SHARE
        }

    def marks(
        self,
        host: str,
        official: Collection[str],
        evidence: Sequence[str] = (),
        siblings: Collection[str] = (),
        sown: Collection[str] = (),
    ) -> MirrorMarks:
        """The marks of ``host`` as a mirror of the ``official`` hosts; empty for these, for a host
        never seen, and where nothing says that it is a copy.

        ``evidence``: what has already shown that it is one. ``siblings``: other mirrors of the same
        articles, whose texts show what this one changed; ``sown``: phrases that they sow.
        """
        survey = self._hosts.get(host)
        if survey is None or host in official:
            return MirrorMarks(host)
        originals = self._surveys(official)
        names = tuple(dict.fromkeys([*self._given, *self.official_names(official)]))
        foreign = [*evidence, *_foreign(host, survey, official, originals, names)]
        peers = self._nearest(host, siblings)
        mirrors = self._frames_of(frozenset({host, *siblings}))
        others = mirrors.without(survey) if peers and not originals else None
        candidates = brand_candidates(survey, originals, names, others)
        if evidence and not originals and not peers:
            candidates = candidates | titled_terms(survey, candidates)
        settled = self._names_settled(frozenset(official))
        candidates = candidates | dict(settled.made_up.get(host, {}))
        if foreign:
            candidates = candidates | posing_names(survey, self._given)
        comparison = compare(survey, originals, candidates)
        if comparison.pairs:
            foreign.append(f"text of {comparison.pairs} pages is that of the same official paths")
        if not foreign:
            return MirrorMarks(host)
        if comparison.pairs < ENOUGH_PAIRS:
            for one in peers:
                theirs = None if originals else mirrors.without(one)
                rivals = brand_candidates(one, originals, names, theirs)
                comparison.learn(compare(survey, [one], candidates, rivals), settled.untold)
        known = Known(originals, [] if originals else peers, names, self._given, sown)
        return marks_of(host, survey, known, candidates, comparison, foreign)

    def _frames_of(self, hosts: frozenset[str]) -> Elsewhere:
        """The frames of several hosts together; those of all mirrors are asked for of each."""
        if self._frames is None or self._frames[0] != hosts:
            self._frames = hosts, Elsewhere(self._surveys(hosts))
        return self._frames[1]

    def _nearest(self, host: str, siblings: Collection[str]) -> list[HostSurvey]:
        """The other mirrors, of many those with which ``host`` has most articles in common."""
        common = self._in_common()
        copies = {o: one.copies for o in siblings if (one := common.get((host, o))) is not None}
        ranked = sorted({*siblings} - {host}, key=lambda other: (-copies.get(other, 0), other))
        return self._surveys(ranked[:MAX_COMPARED])

    def has_any(self, host: str, phrases: Collection[str]) -> bool:
        """Whether one of ``phrases`` (plain) stands in a text of ``host``."""
        survey = self._hosts.get(host)
        return survey is not None and bool(phrases) and bool(standing_in(survey, phrases))

    def _surveys(self, hosts: Collection[str]) -> list[HostSurvey]:
        return [self._hosts[h] for h in sorted(hosts) if h in self._hosts]


def _may_be_name(term: str) -> bool:
    """Han characters and no digit: an address or a number is no name."""
    return bool(regex.search(HAN, term)) and not any(c.isdigit() for c in term)


def _foreign(
    host: str,
    survey: HostSurvey,
    official: Collection[str],
    originals: Sequence[HostSurvey],
    names: tuple[str, ...],
) -> Iterator[str]:
    """Evidence that the pages of ``host`` are another's."""
    for name in owner_hosts(host, survey):
        yield f"copyright line names {name}"
    paths = set().union(*(o.paths for o in originals)) - {"/"} if originals else set()
    shared = survey.paths & paths
    if len(shared) >= FEW and len(shared) * 3 >= len(survey.paths):
        yield f"{len(shared)} paths are those of {', '.join(sorted(official))}"
    for slot, said in (("mail_domains", "e-mail address"), ("icp", "ICP number")):
        theirs = set().union(*(o.slots[slot] for o in originals)) if originals else set()
        for term, share in shares(survey, slot):
            if share >= MOST and term in theirs:
                yield f"{said} {term} is the official host's"
    for name in names:
        if any(key_of(t) == key_of(name) and s >= MOST for t, s in shares(survey, "owners")):
            yield f"owner slot names {name}"
