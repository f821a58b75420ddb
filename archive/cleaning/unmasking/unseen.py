"""The name that a host shows only where no reader looks, and whether a brand took its place.

It promises to call a name the house's only where no such place has the brand, nearly every page has
that one name there and hardly any another house's, something else speaks for it as well, and the
texts do not speak against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.cleaning.script import bare_of_readings, light, simplified
from archive.cleaning.unmasking.brands import NEARLY_ALL, is_institution, key_of
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.in_part import weighed
from archive.cleaning.unmasking.short_name import called_shortly, is_short_for
from archive.cleaning.unmasking.told import texts_of

PLACES = {"pictured": "words for pictures", "headed": "lines of the head"}
"""The survey's slots of what nobody sees, with what they are called."""
FEW, SEEN = 3, 2
"""Pages that must have the name in such a place, and places of the brand in texts."""
SOURCES = 0.3
"""Share of the pages whose places must name a house to count beside others, for it or against."""
SHORTEST = 4
"""Characters of an institution's name; shorter ones are its offices."""
AGAINST = -2.0
"""Natural logarithm of how much likelier one house must make the contexts than two: of invented
hosts of one house one in a hundred has less by chance."""


def unseen_name(brand: str, survey: HostSurvey) -> tuple[str, str]:
    """The name in whose place ``brand`` stands and why, by what nobody sees; both empty where
    that is not sure."""
    slots = [slot for slot in PLACES if not _stands(brand, survey, slot)]
    name = _only_name(survey, slots)
    why = tuple(_evidence(light(brand), name, survey, slots)) if name else ()
    return (name, "; ".join(why)) if len(why) > 1 else ("", "")


def _stands(brand: str, survey: HostSurvey, slot: str) -> bool:
    """Whether the mirror changed what stands in such places, too."""
    term = light(brand)
    return sum(n for said, n in survey.slots[slot].items() if term in light(said)) >= FEW


def _only_name(survey: HostSurvey, slots: Sequence[str]) -> str:
    """The institution that nearly every page names in one of the places; empty where others name
    another house, which is not short for it."""
    least = max(FEW, SOURCES * survey.pages)
    seen = sorted((n, said) for slot in slots for said, n in survey.slots[slot].items())
    often = {
        key_of(said): (count, said)
        for count, said in seen
        if count >= least and len(said) >= SHORTEST and is_institution(said)
    }
    whole = [one for one in often if not any(is_short_for(one, o) for o in often if o != one)]
    if len(whole) != 1 or often[whole[0]][0] < NEARLY_ALL * survey.pages:
        return ""
    return simplified(bare_of_readings(often[whole[0]][1]))


def _evidence(brand: str, name: str, survey: HostSurvey, slots: Sequence[str]) -> Iterator[str]:
    """What speaks for the name; nothing where the texts speak against it."""
    bodies = [text.partition("\n")[2] for text in texts_of(survey)]
    term = key_of(name)
    found = weighed(brand, term, survey, bodies)
    if found is None or found.places[0] < SEEN or found.contexts < AGAINST:
        return
    for slot in slots:
        pages = sum(n for said, n in survey.slots[slot].items() if key_of(said) == term)
        if pages >= max(FEW, SOURCES * survey.pages):
            yield f"{PLACES[slot]} of {pages} pages have {name}"
    if short := called_shortly(term, bodies):
        yield f"the articles call the house {short}"
    if found.is_likely:
        yield f"{name} stands in {found.both[0]} of the brand's contexts"
