"""The name that damaged bytes kept: a mirror that replaces it blindly misses it where a character
is lost, and where another is lost the first one stands.

It promises to put a name together only from forms that agree in every character that they have, of
which one stands where the host has its brand (a foot, an end of a title, a breadcrumb, the way
home); and to give none of which a character is missing in all of them.
"""

from __future__ import annotations

from collections.abc import Collection

import regex

from archive.cleaning.script import HAN, bare_of_readings, light, simplified
from archive.cleaning.unmasking.brands import FEW, is_whole_name
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.scars import SCARS
from archive.cleaning.unmasking.told import texts_of

PLACES = ("owners", "title_ends", "crumb_roots", "home_links")
SHORTEST, LONGEST = 6, 24
"""Characters of a name."""
LOST = 2
"""Characters that a form may have lost."""
FORMS = 2
"""Forms of one name that must be known."""
MAX_FORMS = 20
"""Forms in the brand's places that are looked at."""
_FORM = regex.compile(rf"(?:{HAN}|[?\ufffd]){{{SHORTEST},{LONGEST}}}")


def named_in_scars(brand: str, survey: HostSurvey) -> tuple[str, str]:
    """The name in whose place ``brand`` stands and why, by damaged forms of it, some of them in
    the brand's own places; both empty where they make none, or more than one."""
    slots = [slot for slot in PLACES if survey.slots[slot][brand] >= FEW]
    said = {_undamaged(s) for slot in slots for s in survey.slots[slot]}
    forms = sorted(form for form in said if _is_form(form))[:MAX_FORMS]
    damaged = (_undamaged(text) for text in (*texts_of(survey), *survey.strings) if forms)
    text = "\n".join(one for one in damaged if SCARS[0] in one)
    made = {}
    for form in forms:
        known = {found for found in _like(form).findall(text) if SCARS[0] in found} | {form}
        if len(known) >= FORMS and (name := _together(known)):
            made[name] = len(known)
    if len(made) != 1:
        return "", ""
    ((name, count),) = made.items()
    return name, f"{count} damaged forms, some of them in the brand's places, make {name}"


def _undamaged(said: str) -> str:
    """A string in simplified characters, its scars all of one kind."""
    bare = light(simplified(bare_of_readings(said)))
    return bare.translate({ord(scar): SCARS[0] for scar in SCARS})


def _is_form(said: str) -> bool:
    return 0 < said.count(SCARS[0]) <= LOST and _FORM.fullmatch(said) is not None


def _like(form: str) -> regex.Pattern[str]:
    """What finds the other forms of the same name."""
    pieces = (HAN if one == SCARS[0] else f"(?:{one}|[{SCARS[0]}])" for one in form)
    return regex.compile("".join(pieces))


def _together(forms: Collection[str]) -> str:
    """The name that the forms make; empty where they differ or all lack a character."""
    known = [{*column} - {SCARS[0]} for column in zip(*forms, strict=True)]
    if any(len(characters) != 1 for characters in known):
        return ""
    name = "".join(min(characters) for characters in known)
    return name if is_whole_name(name) else ""
