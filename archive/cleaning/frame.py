"""Whose pages are these? The frames of a host's pages, counted, tell a mirror and its brand.

No list of brands: a string that stands in two or more of the places where a page names its owner,
on most of a host's pages, and nowhere in the frames of the institute's own host, is a brand
whatever it says. It promises that an official host has no marks, that a host without evidence of
being a copy has none either, and that the result does not depend on the order of pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import regex

from archive.addresses import registered_domain
from archive.cleaning.script import HAN, light, simplified, without_pinyin
from archive.cleaning.unmasking.brands import (
    FEW,
    MOST,
    NEARLY_ALL,
    OFFICIAL_SHARE,
    brand_candidates,
    common_terms,
    is_institution,
    key_of,
    shares,
)
from archive.cleaning.unmasking.compare import Comparison, compare, plain
from archive.cleaning.unmasking.host import FrameSeen, HostSurvey, seen_on
from archive.cleaning.unmasking.kinds import kinds_of, writes_traditional
from archive.cleaning.unmasking.marks import COMPARED, MirrorMarks, NameSlot, PageLike
from archive.cleaning.unmasking.names import (
    honest_contexts,
    lost_names,
    name_slots,
    spaced_brands,
    stands_in_titles,
    word_brands,
)
from archive.cleaning.unmasking.recognise import Recognised, recognise
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.said_again import lines_of, put_in_again
from archive.cleaning.unmasking.sown import Written, keyword_terms, put_into_one, sown_phrases
from archive.cleaning.unmasking.titles import put_in_place, told_titles
from archive.cleaning.unmasking.told import institution_named, texts_of
from archive.model import Extraction

__all__ = ["FrameSurvey", "MirrorMarks", "NameSlot"]

CRAWL_DAYS = 4
"""A host whose dates all fall within so many days shows the day of its crawl."""
DATED_PAGES = 5
ENOUGH_PAIRS = 20
"""Pages compared with the official ones from which other mirrors are not asked."""

RECURRING = "recurs inside sentences only, whose halves belong together without it"
SHARED = "is sown by another mirror of the same pages, too"
TITLED = "stands inside one of a page's two titles and not in the other"
AGAIN = "stands inside lines that the host has without it, too"
_OWNER_WORDS = 2


class FrameSurvey:
    """Counts what stands in the frames of hosts' pages. Add every page, then every extraction,
    then ask for marks."""

    def __init__(self) -> None:
        self._hosts: dict[str, HostSurvey] = {}

    def add(self, host: str, page: PageLike) -> None:
        """Count one page of ``host``."""
        self.take(host, seen_on(page))

    def take(self, host: str, seen: FrameSeen) -> None:
        """The same of a page that somebody else has read."""
        self._hosts.setdefault(host, HostSurvey()).add(seen)

    def add_extraction(self, host: str, extraction: Extraction) -> None:
        """Count what one article page of ``host`` said."""
        self._hosts.setdefault(host, HostSurvey()).add_extraction(extraction)

    def merge(self, other: FrameSurvey) -> None:
        """Take over the hosts that ``other`` has counted; a host is counted in one survey only."""
        self._hosts.update(other._hosts)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts seen, in alphabetical order."""
        return tuple(sorted(self._hosts))

    def recognise(self, trusted: Collection[str] = ()) -> dict[str, Recognised]:
        """The hosts that prove to be mirrors; ``trusted`` ones are never accused."""
        return recognise(self._hosts, trusted)

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
        names = self.official_names(official)
        foreign = [*evidence, *_foreign(host, survey, official, originals, names)]
        peers = [one for one in self._surveys(siblings) if one is not survey]
        candidates = _brands(survey, originals, names, peers)
        if evidence and not originals and not peers:
            candidates = candidates | _titled(survey, candidates)
        comparison = compare(survey, originals, candidates)
        if comparison.pairs:
            foreign.append(f"text of {comparison.pairs} pages is that of the same official paths")
        if not foreign:
            return MirrorMarks(host)
        if comparison.pairs < ENOUGH_PAIRS:
            for one in peers:
                others = [survey, *(other for other in peers if other is not one)]
                rivals = _brands(one, originals, names, others)
                comparison.learn(compare(survey, [one], candidates, rivals))
        known = Known(originals, [] if originals else peers, names, sown)
        return _marks(host, survey, known, candidates, comparison, foreign)

    def has_any(self, host: str, phrases: Collection[str]) -> bool:
        """Whether one of ``phrases`` (plain) stands in a text of ``host``."""
        survey = self._hosts.get(host)
        return survey is not None and bool(phrases) and bool(_standing_in(survey, phrases))

    def _surveys(self, hosts: Collection[str]) -> list[HostSurvey]:
        return [self._hosts[h] for h in sorted(hosts) if h in self._hosts]


@dataclass(frozen=True, slots=True)
class Known:
    """What a mirror is held against: the institute's own hosts and ``names``; where none is in the
    archive, other mirrors of the same pages (``peers``); and what these have ``sown``."""

    originals: Sequence[HostSurvey]
    peers: Sequence[HostSurvey]
    names: tuple[str, ...]
    sown: Collection[str] = ()

    @property
    def hosts(self) -> list[HostSurvey]:
        """The hosts whose texts show what the mirror changed."""
        return [*self.originals, *self.peers]


def _brands(
    survey: HostSurvey,
    originals: Sequence[HostSurvey],
    names: tuple[str, ...],
    peers: Sequence[HostSurvey],
) -> dict[str, str]:
    return brand_candidates(survey, originals, names, () if originals else peers)


def _titled(survey: HostSurvey, known: Collection[str]) -> dict[str, str]:
    """What ends nearly all titles of a host that is proven to be a lone mirror, and stands in its
    texts (where a name was a company's in half of the frames, the brand is in the titles alone) or
    in none of them; a word that a text or two have may be an honest one."""
    return {
        term: f"{term}: title_ends {NEARLY_ALL:.0%} of {survey.pages} pages"
        for term in common_terms(survey, "title_ends", NEARLY_ALL)
        if not any(term in (brand, *brand.split(" ")) for brand in known)
        and len(term) > 1
        and survey.slots["title_ends"][term] >= FEW
        and not is_institution(term)
        and not survey.branches[term]
        and _pages_with(survey, term) not in range(1, FEW)
    }


def _marks(
    host: str,
    survey: HostSurvey,
    known: Known,
    candidates: dict[str, str],
    comparison: Comparison,
    foreign: list[str],
) -> MirrorMarks:
    slots = name_slots(survey, known.originals, known.names, candidates, comparison)
    brands = tuple(dict.fromkeys([*candidates, *(s.brand for s in slots)]))
    written = Written(known.originals, known.peers, comparison)
    phrases, known_by = _phrases(survey, brands, known, comparison, written)
    titles = put_in_place(survey, known.hosts)
    keywords = tuple(sorted({*keyword_terms(survey, written), *titles}))
    rewritten = _dates_rewritten(survey, comparison)
    in_text = tuple(b for b in brands if _pages_with(survey, b) or stands_in_titles(survey, b))
    lost = lost_names(in_text, slots, comparison)
    evidence = [*foreign, *candidates.values(), *(f"{s.brand}: {s.evidence}" for s in slots)]
    if rewritten:
        evidence.append(rewritten)
    kinds = kinds_of(survey, known.originals, brands, slots, phrases, keywords, comparison)
    return MirrorMarks(
        host=host,
        brands=brands,
        kinds=kinds,
        official_names=known.names,
        evidence=tuple(evidence),
        dates_rewritten=bool(rewritten),
        own_traditional="D" in kinds
        and writes_traditional(survey, known.originals, brands, comparison),
        names=slots,
        in_text=in_text,
        lost=lost,
        words=tuple(word_brands(in_text, slots, lost, survey)),
        spaced=spaced_brands(survey, brands),
        honest=honest_contexts(known.hosts, brands),
        phrases=phrases,
        phrases_known=known_by,
        keywords=keywords,
        titles=titles,
        titled=tuple(told_titles(survey, titles)),
        official_hosts=_owner_hosts(host, survey),
    )


def _phrases(
    survey: HostSurvey,
    brands: Sequence[str],
    known: Known,
    comparison: Comparison,
    written: Written,
) -> tuple[tuple[str, ...], str]:
    """The phrases sown into the host's pages, and how that is known: what comparing shows, what
    other mirrors sow, what a page has in one of its titles only, what stands in one of two lines
    that are the same without it, what recurs; each knows more by what was found before."""
    compared = sown_phrases(comparison, brands, survey, written)
    theirs = {p for p in _standing_in(survey, known.sown) if not written.has(p)} - {*compared}
    titled = put_into_one(survey, sorted({*compared, *theirs}))
    found = {*compared, *theirs, *titled}
    again: tuple[str, ...] = ()
    recurring: tuple[str, ...] = ()
    if comparison.pairs < ENOUGH_PAIRS:
        again = _again(survey, brands, sorted(found), written)
        found |= {*again}
        recurring = _recurring(survey, brands, sorted(found), known.names, written)
    found |= {*recurring}
    if (again or recurring) and not titled:
        titled = put_into_one(survey, sorted(found))
    how = {
        COMPARED: compared, SHARED: theirs, AGAIN: again, RECURRING: recurring, TITLED: titled,
    }  # fmt: skip
    return tuple(sorted({*found, *titled})), "; ".join(w for w in how if how[w])


def _again(
    survey: HostSurvey, brands: Sequence[str], known: Sequence[str], written: Written
) -> tuple[str, ...]:
    """Phrases put into lines of a host that it has without them, too."""
    if survey.articles < DATED_PAGES:
        return ()
    explained = [light(b) for b in (*brands, *known)]
    found = put_in_again(lines_of(survey), explained, known)
    return tuple(phrase for phrase in found if not written.has_surely(phrase))


def _recurring(
    survey: HostSurvey,
    brands: Sequence[str],
    compared: Sequence[str],
    official_names: Sequence[str],
    written: Written,
) -> tuple[str, ...]:
    """Phrases sown into the pages of a host, most of which cannot be compared; none that is
    ``written`` elsewhere, and none with a brand or a phrase in it that is ``compared`` already."""
    samples = [survey.samples[path] for path in sorted(survey.samples)]
    if len(samples) < DATED_PAGES:
        return ()
    explained = [light(b) for b in (*brands, *compared)]
    texts = [plain(s.text) for s in samples]
    named = (*official_names, institution_named(texts_of(survey)))
    names = {plain(name) for name in named} - {""}
    found = recurring_phrases(texts, explained, compared, sorted(names))
    return tuple(phrase for phrase in found if not written.has_surely(phrase))


def _standing_in(survey: HostSurvey, phrases: Collection[str]) -> set[str]:
    """Those of ``phrases`` (plain) that stand in a text of the host."""
    left = set(phrases)
    for path in sorted(survey.samples):
        if not left:
            break
        text = plain(survey.samples[path].text)
        left = {phrase for phrase in left if phrase not in text}
    return {*phrases} - left


def _pages_with(survey: HostSurvey, brand: str) -> int:
    needle, undisguised = light(brand), key_of(brand)
    found = sum(needle in light(s.text) for s in survey.samples.values())
    texts = (simplified(without_pinyin(s.text)) for s in survey.samples.values())
    return found or sum(undisguised in light(text) for text in texts)


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
    for name in _owner_hosts(host, survey):
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


def _owner_hosts(host: str, survey: HostSurvey) -> tuple[str, ...]:
    """Hosts that the copyright lines of most pages name and that are not ``host``."""
    own = registered_domain(host)
    return tuple(
        term
        for term, share in sorted(shares(survey, "owner_hosts"))
        if share >= MOST and registered_domain(term) != own
    )


def _dates_rewritten(survey: HostSurvey, comparison: Comparison) -> str:
    """Why the host has no say on dates; empty when it has."""
    if comparison.dated >= FEW and comparison.dates >= NEARLY_ALL * comparison.dated:
        return f"dates differ on {comparison.dates} of {comparison.dated} compared pages"
    if survey.dated >= DATED_PAGES and survey.dates:
        last = max(survey.dates)
        near = sum(n for day, n in survey.dates.items() if (last - day).days < CRAWL_DAYS)
        if near >= NEARLY_ALL * survey.dates.total():
            return f"{near} of {survey.dates.total()} dates fall within {CRAWL_DAYS} days"
    return ""
