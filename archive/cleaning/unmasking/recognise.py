"""Which hosts are mirrors, and of whom, without anybody having said so.

A mirror has another's articles under a frame that names somebody else. Neither alone is enough:
sister sites share articles, and many a site names in its foot the body that runs it. It promises
that a host is called a mirror only for what its pages show (each piece of evidence is kept), that
a likeness of words alone never does it, and the same answer whatever the order of pages.

Two hosts that have the same articles accuse each other; the evidence for one direction must
outweigh that for the other. Where the original is not in the archive, a brand in the frame must
come together with a second kind of evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from archive.addresses import registered_domain, suffixes
from archive.cleaning.dates import address_date
from archive.cleaning.unmasking.brands import (
    NEARLY_ALL,
    brand_candidates,
    common_terms,
    is_institution,
)
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.copies import Shared, shared_articles
from archive.cleaning.unmasking.edits import emoji_edits
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.kinds import is_traditional_text
from archive.cleaning.unmasking.script import is_simplified_only, light, pinyin_edits, simplified
from archive.cleaning.unmasking.signs import SIGNS

MIN_COPIES = 3
"""Articles that two hosts must share before either can be a mirror of the other."""
MIN_PAGES = 5
"""Pages from which a host's frame alone, without the original, can betray it."""
MOST = 0.5
OUTWEIGHS = 2
"""Points by which the evidence for one direction must exceed that for the other."""
SUSPECT = 3
"""Points, a brand in the frame among them, that betray a mirror whose original is not there."""
SPOKEN = 0.2
"""Share of the articles that must speak of an institute as their own."""
CLAIMED_DAYS = 4
"""Days within which all dates of a host lie that shows the day of the visit."""
DISGUISED = 0.3
"""Share of a host's articles that must bear a disguise."""
_RESERVED = regex.compile(r"(?:^|\.)(?:edu|gov|ac|mil)(?:\.[a-z]{2})?$|(?:^|\.)int$")
"""Suffixes below which only institutions may register (rules of CNNIC, EDUCAUSE)."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A host found to be a mirror of the hosts ``of`` (none where no archived or written host says
    whose pages these are), on ``evidence``."""

    host: str
    of: tuple[str, ...]
    evidence: tuple[str, ...]


def recognise(
    surveys: Mapping[str, HostSurvey], trusted: Collection[str] = ()
) -> dict[str, Recognised]:
    """The mirrors among the hosts of ``surveys``, by host. ``trusted`` hosts are never accused:
    the operator has named them as the institute's own."""
    shared = shared_articles(surveys)
    found: dict[str, Recognised] = {}
    for host in sorted(surveys):
        if host in trusted:
            continue
        accusers = list(_accusers(host, surveys, shared, trusted))
        if accusers:
            of = tuple(other for other, _ in accusers)
            evidence = tuple(dict.fromkeys(line for _, lines in accusers for line in lines))
            found[host] = Recognised(host, of, evidence)
    betrayed: dict[str, Recognised] = {}
    originals = {other for one in found.values() for other in one.of}
    for host in sorted(set(surveys) - set(found) - set(trusted)):
        # What stands behind a mirror may be a mirror itself; copies of it say nothing about that.
        siblings = [] if host in originals else _siblings(host, surveys, shared)
        cleared = {*found, *originals, *trusted}
        alone = _by_frame(host, surveys[host], [s for s in siblings if s not in cleared])
        if alone is not None:
            betrayed[host] = alone
    found.update(betrayed)
    _drop_circles(found)
    return found


def _accusers(
    host: str,
    surveys: Mapping[str, HostSurvey],
    shared: Mapping[tuple[str, str], Shared],
    trusted: Collection[str],
) -> Iterator[tuple[str, list[str]]]:
    """The hosts of which ``host`` is a copy, with the evidence."""
    for other in sorted(surveys):
        common = shared.get((host, other))
        if (
            common is None
            or common.copies < MIN_COPIES
            or registered_domain(host) == registered_domain(other)
        ):
            continue
        mine = _points(host, other, surveys, common)
        theirs = _points(other, host, surveys, _turned(common))
        bonus = OUTWEIGHS if other in trusted else 0
        if sum(mine.values()) + bonus >= OUTWEIGHS + sum(theirs.values()) and mine:
            count = f"{common.copies} of {common.looked_at} articles are those of {other}"
            yield other, [count, *mine]


def _turned(common: Shared) -> Shared:
    pairs = tuple((theirs, ours) for ours, theirs in common.pairs)
    return Shared(common.copies, common.copies, common.same_paths, pairs)


def _drop_circles(found: dict[str, Recognised]) -> None:
    """A mirror is no original: of two mirrors of one site, neither is a copy of the other as long
    as another host stands behind both."""
    for host, one in list(found.items()):
        real = tuple(other for other in one.of if other not in found)
        if real:
            found[host] = Recognised(host, real, one.evidence)


def _points(
    host: str, other: str, surveys: Mapping[str, HostSurvey], common: Shared
) -> dict[str, int]:
    """What speaks for ``host`` being the copy and ``other`` the original, each with its points."""
    survey, original = surveys[host], surveys[other]
    points = _named_points(host, other, survey, original)
    for line in _disguises(survey):
        if line not in set(_disguises(original)):
            points[line] = 2
    points.update(_frame_points(survey, original, common))
    if _is_traditional(survey) and not _is_traditional(original):
        mixed = any(_is_simplified(term) for term in _frame_brands(survey))
        points[f"traditional characters where {other} writes simplified ones"] = 2 if mixed else 1
    if _RESERVED.search(_suffix(other)) and not _RESERVED.search(_suffix(host)):
        points[f"{other} lies where only institutions may register"] = 1
    return points


def _named_points(
    host: str, other: str, survey: HostSurvey, original: HostSurvey
) -> dict[str, int]:
    """Where the frame of ``host`` still names ``other``."""
    points = {}
    domain = registered_domain(other)
    for slot, said in (("owner_hosts", "copyright line"), ("mail_domains", "e-mail address")):
        if any(registered_domain(term) == domain for term in common_terms(survey, slot, MOST)):
            points[f"{said} names {domain}"] = 3
    for term in common_terms(survey, "icp", MOST):
        own = term in set(common_terms(original, "icp", MOST))
        if own and (_said_by_itself(other, original) or not _said_by_itself(host, survey)):
            points[f"ICP number {term} is that of {other}"] = 1
    return points


def _said_by_itself(host: str, survey: HostSurvey) -> bool:
    """Whether a host's own frame names its own domain."""
    domain = registered_domain(host)
    return any(
        registered_domain(term) == domain
        for slot in ("owner_hosts", "mail_domains")
        for term in common_terms(survey, slot, MOST)
    )


def _frame_points(survey: HostSurvey, original: HostSurvey, common: Shared) -> dict[str, int]:
    """A brand in the frame where the other host has a name that the articles themselves use."""
    points: dict[str, int] = {}
    brands = list(brand_candidates(survey, [original]))
    if not brands:
        return points
    comparison = Comparison()
    terms = sorted({light(b) for b in brands}, key=lambda b: (-len(b), b))
    for ours, theirs in common.pairs:
        comparison.add(ours, theirs, terms)
    names = {
        name
        for slot in ("title_ends", "owners", "crumb_roots", "home_links", "headings")
        for name in common_terms(original, slot, MOST / 2)
        if is_institution(name)
    }
    folded = {light(simplified(name)) for name in names}
    for (brand, span), count in sorted(comparison.names.items()):
        if count >= 2 and (span in folded or is_institution(span)) and not is_institution(brand):
            points[f"{brand} stands where the other host has {span}"] = 3
    texts = [light(simplified(theirs.text)) for _, theirs in common.pairs]
    told = sum(any(name in text for name in folded) for text in texts)
    unknown = not any(light(b) in text for b in brands for text in texts)
    if told >= MIN_COPIES - 1 and unknown:
        points[f"{brands[0]} is in the frame, the articles name the other host's owner"] = 2
    return points


def _disguises(survey: HostSurvey) -> list[str]:
    """Disguises and builds that no institute's own pages have, on a good part of the host."""
    samples = [survey.samples[path] for path in sorted(survey.samples)][:200]
    found = []
    for said, edits in (
        ("readings in brackets behind characters", pinyin_edits),
        ("emoji before stops", emoji_edits),
    ):
        seen = sum(bool(edits(sample.text)) for sample in samples)
        if samples and seen >= max(2, DISGUISED * len(samples)):
            found.append(said)
    found += [s for s in SIGNS if survey.signs[s] >= max(2, MOST * survey.pages)]
    return found


def _siblings(
    host: str, surveys: Mapping[str, HostSurvey], shared: Mapping[tuple[str, str], Shared]
) -> list[str]:
    """Hosts of strangers that have most of this host's articles too."""
    return [
        other
        for other in sorted(surveys)
        if (common := shared.get((host, other))) is not None
        and common.copies >= max(MIN_COPIES, MOST * common.looked_at)
        and registered_domain(host) != registered_domain(other)
    ]


def _by_frame(host: str, survey: HostSurvey, siblings: Sequence[str]) -> Recognised | None:
    """A mirror whose original is not in the archive: a brand in the frame, and other evidence."""
    if survey.pages < MIN_PAGES:
        return None
    brands = _frame_brands(survey)
    owners = _foreign_owners(host, survey)
    points = _brand_points(survey, brands)
    points |= dict.fromkeys(_disguises(survey), 2)
    points |= {f"copyright line names {owner}": 1 for owner in owners}
    if siblings:
        points[f"the same articles stand on {', '.join(siblings)}"] = 2
    if not brands or sum(points.values()) < SUSPECT:
        return None
    return Recognised(host, owners, tuple(points))


def _frame_brands(survey: HostSurvey) -> dict[str, int]:
    """Strings that may be brands, with points: 2 in several slots of the frame, 1 in nearly every
    title alone."""
    found = dict.fromkeys(brand_candidates(survey, []), 2)
    for term in common_terms(survey, "title_ends", NEARLY_ALL):
        if not is_institution(term) and len(term) > 1:
            found.setdefault(term, 1)
    return found


def _brand_points(survey: HostSurvey, brands: Mapping[str, int]) -> dict[str, int]:
    """What the articles say against the brands of the frame that they stand in."""
    if not brands:
        return {}
    strongest = max(brands, key=lambda b: (brands[b], b))
    points = {f"{strongest} stands in the frame": brands[strongest]}
    texts = [light(simplified(f"{s.title}\n{s.text}")) for s in survey.samples.values()]
    for brand in brands:
        place = regex.compile(regex.escape(light(brand)) + _OFFICE)
        if (seen := sum(bool(place.search(text)) for text in texts)) >= MIN_COPIES - 1:
            points[f"{brand} holds offices on {seen} pages"] = 2
    told = sum(bool(_OURSELVES.search(text)) for text in texts)
    if told >= max(2, SPOKEN * len(texts)) and not _named_institution(survey):
        points[f"{told} articles speak of an institute as their own"] = 1
    if line := _dates_against_addresses(survey):
        points[line] = 2
    if any(_is_simplified(brand) for brand in brands) and _is_traditional(survey):
        points["simplified characters in the frame of traditional pages"] = 2
    return points


def _dates_against_addresses(survey: HostSurvey) -> str:
    """Pages that all claim to be of a few days, at addresses that tell days of many months."""
    told = [day for path in survey.paths if (day := address_date(path)) is not None]
    if len(told) < MIN_COPIES or len(survey.dates) == 0:
        return ""
    shown = (max(survey.dates) - min(survey.dates)).days
    wide = (max(told) - min(told)).days
    if shown >= CLAIMED_DAYS or wide < 10 * CLAIMED_DAYS:
        return ""
    return f"all dates fall within {shown + 1} days, those of the addresses within {wide + 1}"


def _named_institution(survey: HostSurvey) -> bool:
    """Whether the frame names an institution."""
    return any(
        is_institution(term)
        for slot in ("title_ends", "owners", "crumb_roots", "home_links")
        for term in common_terms(survey, slot, MOST)
    )


def _is_simplified(term: str) -> bool:
    return any(is_simplified_only(character) for character in term)


def _is_traditional(survey: HostSurvey) -> bool:
    samples = list(survey.samples.values())
    seen = sum(is_traditional_text(sample.text) for sample in samples)
    return bool(samples) and seen >= MOST * len(samples)


def _foreign_owners(host: str, survey: HostSurvey) -> tuple[str, ...]:
    own = registered_domain(host)
    return tuple(
        term for term in common_terms(survey, "owner_hosts", MOST) if registered_domain(term) != own
    )


# Offices that research institutes and schools have and companies have not, behind a name.
_OFFICE = (
    r"\s?(?:院长|副院长|所长|副所长|校长|副校长|研究员|副研究员|教授|副教授|师生|学生|研究生"
    r"|离退休|图书馆|研究室|实验室|博士|学报|学术)"
)
_OURSELVES = regex.compile(
    r"我[所院校]|[本所院校]党委|[所院校](?:领导|工会|庆)|全[所院校]|所长|院士|课题组|研究室"
)


def _suffix(host: str) -> str:
    return suffixes(host.rsplit(":", 1)[0]).suffix
