"""The name that a host shows only where no reader looks, and whether a brand took its place.

It promises to call a name the house's only where no such place has the brand, nearly every page has
that one name there and hardly any another house's, something else speaks for it as well, and the
texts do not speak against it. What the links that bookmark a page call it is enough if it is short
for a name that the texts have left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.cleaning.script import bare_of_readings, light, simplified
from archive.cleaning.unmasking.brands import NEARLY_ALL, is_institution, key_of
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.in_part import Weighed, said_with_either, weighed
from archive.cleaning.unmasking.short_name import called_in_full, called_shortly, is_short_for
from archive.cleaning.unmasking.slots import ends
from archive.cleaning.unmasking.told import institution_named, texts_of

PLACES = {"pictured": "words for pictures", "headed": "lines of the head"}
"""The survey's slots of what nobody sees, with what they are called."""
BOOKMARKED = "bookmarked"
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
    return (name, "; ".join(why)) if len(why) > 1 else _bookmarked(brand, survey)


def _bookmarked(brand: str, survey: HostSurvey) -> tuple[str, str]:
    """The same by what nearly every page would be called as a bookmark: a name that the texts have,
    or what is short for one."""
    least = max(FEW, NEARLY_ALL * survey.pages)
    often = {key_of(said): said for said, n in survey.slots[BOOKMARKED].items() if n >= least}
    if len(often) != 1 or _stands(brand, survey, BOOKMARKED):
        return "", ""
    ((short, said),) = often.items()
    texts = texts_of(survey)
    name = called_in_full(short, texts)
    found = _weighed_unseen(light(brand), name, _bodies(texts)) if name else None
    if found is None or not found.places[0] or not _share_a_place(light(brand), name, survey):
        return "", ""
    return name, f"nearly all pages would be bookmarked as {said}"


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
    bodies = _bodies(texts_of(survey))
    term = key_of(name)
    found = _weighed_unseen(brand, term, bodies)
    if found is None or found.places[0] < SEEN:
        return
    for slot in slots:
        pages = sum(n for said, n in survey.slots[slot].items() if key_of(said) == term)
        if pages >= max(FEW, SOURCES * survey.pages):
            yield f"{PLACES[slot]} of {pages} pages have {name}"
    if short := called_shortly(term, bodies):
        yield f"the articles call the house {short}"
    if found.is_likely:
        yield f"{name} stands in {found.both[0]} of the brand's contexts"


def _share_a_place(brand: str, name: str, survey: HostSurvey) -> bool:
    """Whether brand and name stand in one context, or a line or title has either, or most articles
    that name an institution name this one: another house may be called as shortly as the host's."""
    texts = texts_of(survey)
    found = weighed(brand, name, texts, {})
    if (found is not None and found.both[0]) or institution_named(texts) == name:
        return True
    lines = [said for said in survey.strings if brand in light(said)]
    shown = [key_of(piece) for said in lines for piece in (said, *ends(said))]
    return bool(said_with_either(brand, name, [*texts, *shown]))


def _bodies(texts: Sequence[str]) -> list[str]:
    """The texts without their titles, which may come from the head."""
    return [text.partition("\n")[2] for text in texts]


def _weighed_unseen(brand: str, name: str, bodies: Sequence[str]) -> Weighed | None:
    """What the articles say of brand and name; None where that speaks against one house. Sources
    are not asked, for they may come from the head, too."""
    found = weighed(brand, name, bodies, {})
    return found if found is not None and found.contexts >= AGAINST else None
