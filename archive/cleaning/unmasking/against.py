"""What speaks for one host being the copy of another, where both are in the archive.

It promises points for one direction only, each with the words that say why; the caller weighs the
two directions against each other. A likeness of words alone gives none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import regex

from archive.addresses import registered_domain, suffixes
from archive.cleaning.unmasking.brands import brand_candidates, common_terms, is_institution
from archive.cleaning.unmasking.build import same_pages
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.copies import Shared
from archive.cleaning.unmasking.edits import emoji_edits
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.kinds import is_traditional_text
from archive.cleaning.unmasking.script import is_simplified_only, light, pinyin_edits, simplified
from archive.cleaning.unmasking.signs import SIGNS

MIN_COPIES = 3
"""Articles that two hosts must share before either can be a mirror of the other."""
MOST = 0.5
DISGUISED = 0.3
"""Share of a host's articles that must bear a disguise."""
LOOKED_AT = 200
OWN_LABEL = 3
"""Characters from which a label of a host's name can be an owner's."""
_SERVICES = frozenset(
    ["www", "web", "new", "news", "old", "mail", "blog", "bbs", "lib", "english", "mobile", "wap",
     "home", "main", "portal", "cms", "site", "info"]
)  # fmt: skip
_RESERVED = regex.compile(r"(?:^|\.)(?:edu|gov|ac|mil)(?:\.[a-z]{2})?$|(?:^|\.)int$")
"""Suffixes below which only institutions may register (rules of CNNIC, EDUCAUSE)."""


def points(
    host: str, other: str, surveys: Mapping[str, HostSurvey], common: Shared
) -> dict[str, int]:
    """What speaks for ``host`` being the copy and ``other`` the original, each with its points."""
    survey, original = surveys[host], surveys[other]
    found = _named(host, other, survey, original)
    for line in disguises(survey):
        if line not in set(disguises(original)):
            found[line] = 2
    found.update(_frames(survey, original, common))
    if is_traditional(survey) and not is_traditional(original):
        mixed = any(is_simplified(term) for term in brand_candidates(survey, []))
        found[f"traditional characters where {other} writes simplified ones"] = 2 if mixed else 1
    if is_reserved(other) and not is_reserved(host):
        found[f"{other} lies where only institutions may register"] = 1
    return found


def is_reserved(host: str) -> bool:
    """Whether only institutions may register where ``host`` lies."""
    return bool(_RESERVED.search(suffixes(host.rsplit(":", 1)[0]).suffix))


def one_owner(host: str, other: str) -> bool:
    """Whether two names tell one owner: one domain, or one label of their own (an institute's
    hosts below two suffixes)."""
    return registered_domain(host) == registered_domain(other) or bool(
        _labels(host) & _labels(other)
    )


def tells_its_owner(host: str) -> bool:
    """Whether a host has a name below a public suffix; an address of digits names nobody."""
    return bool(_labels(host))


@lru_cache(maxsize=4096)
def _labels(host: str) -> frozenset[str]:
    """The labels that name an owner: the domain's own, and what stands before it, but for labels
    that name a service."""
    found = suffixes(host.rsplit(":", 1)[0])
    if not found.suffix or not found.domain:
        return frozenset()
    parts = {label for label in found.subdomain.split(".") if len(label) >= OWN_LABEL}
    return frozenset({f"{found.domain}.{found.suffix}", found.domain, *(parts - _SERVICES)})


def disguises(survey: HostSurvey) -> list[str]:
    """Disguises and builds that no institute's own pages have, on a good part of the host."""
    samples = [survey.samples[path] for path in sorted(survey.samples)][:LOOKED_AT]
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


def is_simplified(term: str) -> bool:
    """Whether a character of ``term`` stands in no traditional text."""
    return any(is_simplified_only(character) for character in term)


def is_traditional(survey: HostSurvey) -> bool:
    """Whether most of the host's articles are in traditional characters."""
    samples = list(survey.samples.values())
    seen = sum(is_traditional_text(sample.text) for sample in samples)
    return bool(samples) and seen >= MOST * len(samples)


def says_its_own_name(host: str, survey: HostSurvey) -> bool:
    """Whether a host's own frame names its own domain."""
    domain = registered_domain(host)
    return any(
        registered_domain(term) == domain
        for slot in ("owner_hosts", "mail_domains")
        for term in common_terms(survey, slot, MOST)
    )


def _named(host: str, other: str, survey: HostSurvey, original: HostSurvey) -> dict[str, int]:
    """Where the frame of ``host`` still names ``other``."""
    found = {}
    domain = registered_domain(other)
    for slot, said in (("owner_hosts", "copyright line"), ("mail_domains", "e-mail address")):
        if any(registered_domain(term) == domain for term in common_terms(survey, slot, MOST)):
            found[f"{said} names {domain}"] = 3
    for term in common_terms(survey, "icp", MOST):
        own = term in set(common_terms(original, "icp", MOST))
        if own and (says_its_own_name(other, original) or not says_its_own_name(host, survey)):
            found[f"ICP number {term} is that of {other}"] = 1
    return found


def _frames(survey: HostSurvey, original: HostSurvey, common: Shared) -> dict[str, int]:
    """A brand in the frame where the other host has a name that the articles themselves use."""
    found: dict[str, int] = {}
    brands = list(brand_candidates(survey, [original]))
    if not brands:
        return found
    comparison = Comparison()
    terms = sorted({light(b) for b in brands}, key=lambda b: (-len(b), b))
    for ours, theirs in common.pairs:
        comparison.add(ours, theirs, terms)
    folded = {
        light(simplified(name))
        for slot in ("title_ends", "owners", "crumb_roots", "home_links", "headings")
        for name in common_terms(original, slot, MOST / 2)
        if is_institution(name)
    }
    for (brand, span), count in sorted(comparison.names.items()):
        if count >= 2 and (span in folded or is_institution(span)) and not is_institution(brand):
            found[f"{brand} stands where the other host has {span}"] = 3
    if is_institution(brands[0]) or not same_pages(survey, original):
        return found  # houses that reprint, each in its own frame, name each other too
    texts = [light(simplified(theirs.text)) for _, theirs in common.pairs]
    told = sum(any(name in text for name in folded) for text in texts)
    unknown = not any(light(b) in text for b in brands for text in texts)
    if told >= MIN_COPIES - 1 and unknown:
        found[f"{brands[0]} is in the frame, the articles name the other host's owner"] = 2
    return found
