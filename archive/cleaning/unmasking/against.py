"""What speaks for one host being the copy of another, where both are in the archive.

It promises points for one direction only, each with the words that say why; the caller weighs the
two directions against each other. A likeness of words alone gives none.
"""

from __future__ import annotations

from archive.addresses import registered_domain
from archive.cleaning.script import light, simplified
from archive.cleaning.unmasking.brands import MOST, brand_candidates, common_terms, is_institution
from archive.cleaning.unmasking.build import same_pages
from archive.cleaning.unmasking.compare import Comparison
from archive.cleaning.unmasking.copies import Shared
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.look import Look, is_simplified

MIN_COPIES = 3
"""Articles that two hosts must share before either can be a mirror of the other."""
MAX_COMPARED = 20
"""Pairs of articles compared for what stands in a brand's place: two that agree are enough."""


def points(mine: Look, theirs: Look, common: Shared) -> dict[str, int]:
    """What speaks for the first host being the copy and the second the original, each with its
    points; ``common`` is what they share, the first host's articles first."""
    other = theirs.host
    found = _named(mine, theirs)
    found |= {line: 2 for line in mine.disguises if line not in theirs.disguises}
    found |= _frames(mine.survey, theirs.survey, common)
    if mine.is_traditional and not theirs.is_traditional:
        mixed = any(is_simplified(term) for term in brand_candidates(mine.survey, []))
        found[f"traditional characters where {other} writes simplified ones"] = 2 if mixed else 1
    if theirs.is_reserved and not mine.is_reserved:
        found[f"{other} lies where only institutions may register"] = 1
    return found


def _named(mine: Look, theirs: Look) -> dict[str, int]:
    """Where the frame of the first host still names the second."""
    found = {}
    domain = registered_domain(theirs.host)
    for slot, said in (("owner_hosts", "copyright line"), ("mail_domains", "e-mail address")):
        if any(registered_domain(term) == domain for term in common_terms(mine.survey, slot, MOST)):
            found[f"{said} names {domain}"] = 3
    if theirs.says_its_own_name or not mine.says_its_own_name:
        own = set(common_terms(theirs.survey, "icp", MOST))
        for term in common_terms(mine.survey, "icp", MOST):
            if term in own:
                found[f"ICP number {term} is that of {theirs.host}"] = 1
    return found


def _frames(survey: HostSurvey, original: HostSurvey, common: Shared) -> dict[str, int]:
    """A brand in the frame where the other host has a name that the articles themselves use."""
    found: dict[str, int] = {}
    brands = list(brand_candidates(survey, [original]))
    if not brands:
        return found
    comparison = Comparison()
    terms = sorted({light(b) for b in brands}, key=lambda b: (-len(b), b))
    for ours, theirs in common.pairs[:MAX_COMPARED]:
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
