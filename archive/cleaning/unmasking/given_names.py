"""The name that a brand stands for by what the operator says that the institute is called.

A lone mirror that replaced a name throughout leaves nothing that tells it; whoever keeps the
archive knows it. A kit replaces the full name and leaves short ones, or replaces both by one brand,
so that nothing tells which of them stood at a place. It promises to take the operator's word for
what the institute is called only, not for what stood where: a brand gets the full name where the
pages write every other name that he gives, and this one never, or it and the brand by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive.cleaning.script import light
from archive.cleaning.unmasking.brands import MOST, common_terms, is_institution, key_of
from archive.cleaning.unmasking.host import SLOTS, HostSurvey
from archive.cleaning.unmasking.in_part import left_in_part
from archive.cleaning.unmasking.told import texts_of

PLACES = 2
"""Slots of a page's frame in which a brand must stand in the institute's place."""
OWNED = ("owners", "title_ends")
"""Slots in which a page says whose it is."""


def given_name(brand: str, given: Sequence[str], survey: HostSurvey) -> tuple[str, str]:
    """The name in whose place ``brand`` stands, of those ``given`` (the full one first), and why;
    both empty where that is not sure."""
    if not given:
        return "", ""
    full, *shorter = given
    texts = texts_of(survey)
    if not any(light(brand) in text for text in texts):
        return "", ""
    missing = [name for name in given if not any(key_of(name) in text for text in texts)]
    said = f"the operator calls the institute {full}"
    if missing == [full]:
        beside = f", and have {', '.join(shorter)}" if shorter else ""
        return full, f"{said}, which the pages never write{beside}"
    why = "" if full in missing else left_in_part(brand, full, survey, owned=said)
    return (full, why) if why else ("", "")


def one_owner_of(brands: Collection[str], survey: HostSurvey) -> str:
    """The only one of ``brands`` that stands in the articles and in two of the places where pages
    name their owner, longer ones that have it apart; empty where several stand in the articles, of
    which one may stand for another name, or be a phrase that is sown."""
    texts = texts_of(survey)
    standing = [brand for brand in brands if any(light(brand) in text for text in texts)]
    stems = [b for b in standing if not any(light(o) in light(b) for o in standing if o != b)]
    if len(stems) != 1:
        return ""
    places = sum(stems[0] in common_terms(survey, slot, MOST) for slot in SLOTS)
    return stems[0] if places >= PLACES else ""


def posing_names(survey: HostSurvey, given: Collection[str]) -> dict[str, str]:
    """Institutions' names in the places where the pages of a proven mirror name their owner, none
    of which the operator ``given`` has given, each with what to say of it: made-up ones."""
    if not given:
        return {}
    known = {key_of(name) for name in given}
    standing = [common_terms(survey, slot, MOST) for slot in OWNED]
    # A part of the name, or a longer one that has it, is a department's or the academy's.
    return {
        term: f"{term}: named as the owner, and none of the names that the operator has given"
        for term in standing[0]
        if term in standing[1]
        and is_institution(term)
        and not any(key_of(term) in name or name in key_of(term) for name in known)
    }
