"""Whether a host has changed hands: shows today under another's name what it showed under its own.

A domain that an institute gave up is bought by those who run mirrors, and a server that is broken
into serves what they want. What its pages said before is a witness that no other archive has. It
promises that a host is never said to have changed hands for the name of an institution or a firm,
nor for what its pages showed before already.
"""

from __future__ import annotations

from archive.cleaning.unmasking.alone import SUSPECT, charges, names_institution
from archive.cleaning.unmasking.brands import MOST, common_terms, is_institution, key_of
from archive.cleaning.unmasking.host import SLOTS, HostSurvey
from archive.cleaning.unmasking.look import Look

NAMING = ("title_ends", "owners", "headings", "crumb_roots", "home_links")
"""Slots of the frame in which a house names itself."""
LOST_NAME = 2
"""Points of an institution's name that stands nowhere in the frame any more."""
NOWHERE = 0.1
"""Share of the pages that may still have it: caches, pages that nobody looks after."""


def speaks_against(look: Look) -> bool:
    """Whether a host's own pages weigh enough against it for more to be asked."""
    return _weight(look) >= SUSPECT


def is_anothers(look: Look) -> bool:
    """Whether a host's own pages speak against it, and name no institution in their frame or other
    titles than their articles'. Where the institute's name stands it has been broken into."""
    return speaks_against(look) and (look.titles_replaced or not names_institution(look.survey))


def changed(now: Look, before: Look) -> tuple[str, ...]:
    """The evidence that the pages of a host as they are ``now`` are somebody else's than those
    ``before``: a brand where an institution's name is lost, or titles that are none of their
    articles'. Empty where it is not enough, or speaks against the pages before as well."""
    weight = _weight(before)
    if weight >= SUSPECT:
        return ()
    found = charges(now, ())
    points = dict(found.points)
    framed = {key_of(term) for slot in SLOTS for term in before.survey.slots[slot]}
    name = _lost_name(now.survey, before.survey)
    if name and any(key_of(brand) not in framed for brand in found.brands):
        points[f"{name} stood in the frame before, and nowhere now"] = LOST_NAME
    elif not now.titles_replaced or before.titles_replaced:
        return ()
    missing = SUSPECT + weight - sum(points.values())
    sown = found.sown_in(now) if missing > 0 else {}
    return (*points, *sown) if missing <= sum(sown.values()) else ()


def _weight(look: Look) -> int:
    found = charges(look, ())
    missing = SUSPECT - found.weight
    return found.weight + (sum(found.sown_in(look).values()) if missing > 0 else 0)


def _lost_name(now: HostSurvey, before: HostSurvey) -> str:
    """An institution's name that stood in the frame of most pages and stands there no more."""
    for slot in NAMING:
        for name in common_terms(before, slot, MOST):
            seen = max(now.slots[other][name] for other in SLOTS)
            if is_institution(name) and seen < NOWHERE * now.pages:
                return name
    return ""
