"""The marks of one mirror, put together from the survey of its pages and from what these are held
against.

It promises that the marks depend on what was counted only, not on the order of pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from archive.addresses import registered_domain
from archive.cleaning.script import light, simplified, without_pinyin
from archive.cleaning.unmasking.brands import (
    FEW,
    MOST,
    NEARLY_ALL,
    common_terms,
    is_institution,
    key_of,
    shares,
)
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.kinds import kinds_of, writes_traditional
from archive.cleaning.unmasking.marks import MirrorMarks
from archive.cleaning.unmasking.names import (
    honest_contexts,
    lost_names,
    name_slots,
    spaced_brands,
    stands_in_titles,
    word_brands,
)
from archive.cleaning.unmasking.phrases import sown_into
from archive.cleaning.unmasking.sown import Written, keyword_terms
from archive.cleaning.unmasking.titles import replaced_titles, told_titles

CRAWL_DAYS = 4
"""A host whose dates all fall within so many days shows the day of its crawl."""
DATED_PAGES = 5
"""Dated pages from which a host's dates are judged."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a mirror is held against: the institute's own hosts and ``names``, of which the operator
    has ``given`` some; where none of the hosts is in the archive, other mirrors of the same pages
    (``peers``); and what these have ``sown``."""

    originals: Sequence[HostSurvey]
    peers: Sequence[HostSurvey]
    names: tuple[str, ...]
    given: tuple[str, ...] = ()
    sown: Collection[str] = ()

    @property
    def hosts(self) -> list[HostSurvey]:
        """The hosts whose texts show what the mirror changed."""
        return [*self.originals, *self.peers]


def titled_terms(survey: HostSurvey, known: Collection[str]) -> dict[str, str]:
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


def marks_of(
    host: str,
    survey: HostSurvey,
    known: Known,
    candidates: dict[str, str],
    comparison: Comparison,
    foreign: list[str],
) -> MirrorMarks:
    """The marks of ``host``: what its ``survey`` shows beside what is ``known``. ``candidates``:
    terms that may be its brand, each with why; ``foreign``: the evidence that it is a copy."""
    slots = name_slots(survey, known.originals, known.names, candidates, comparison, known.given)
    brands = tuple(dict.fromkeys([*candidates, *(s.brand for s in slots)]))
    written = Written(known.originals, known.peers, comparison)
    phrases, known_by = sown_into(survey, brands, known.sown, known.names, comparison, written)
    titles = replaced_titles(survey, known.hosts)
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
        lost=lost,
        words=tuple(word_brands(in_text, slots, lost, survey, known.given)),
        spaced=spaced_brands(survey, brands),
        honest=honest_contexts(known.hosts, brands),
        phrases=phrases,
        phrases_known=known_by,
        keywords=keywords,
        titles=titles,
        titled=tuple(told_titles(survey, titles)),
        official_hosts=owner_hosts(host, survey),
    )


def _pages_with(survey: HostSurvey, brand: str) -> int:
    needle, undisguised = light(brand), key_of(brand)
    found = sum(needle in light(s.text) for s in survey.samples.values())
    texts = (simplified(without_pinyin(s.text)) for s in survey.samples.values())
    return found or sum(undisguised in light(text) for text in texts)


def owner_hosts(host: str, survey: HostSurvey) -> tuple[str, ...]:
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
    if survey.dated < DATED_PAGES or not survey.dates:
        return ""
    # Texts keep days of their own where a kit rewrites only what stands above them.
    published = Counter(s.published for s in survey.samples.values() if s.published)
    for days, what in ((survey.dates, "dates"), (published, "days of publication")):
        near = _of_one_visit(days)
        if days.total() >= DATED_PAGES and near >= NEARLY_ALL * days.total():
            return f"{near} of {days.total()} {what} fall within {CRAWL_DAYS} days"
    return ""


def _of_one_visit(days: Counter[date]) -> int:
    """How many lie within CRAWL_DAYS before the last of them."""
    last = max(days, default=date.min)
    return sum(count for day, count in days.items() if (last - day).days < CRAWL_DAYS)
