"""The name that the way home bears on some pages and a brand on others, at one place of the frame.

A link to the root of a host that stands between the same lines of the template names one house,
whatever the page. Two names there are two houses' only where the pages of two sites lie on one
host; these have feet, or registration numbers, or at least texts of their own. It promises to call
a name the house's only where none of these speaks for two, and where one institution alone is named
there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive.cleaning.script import bare_of_readings, light, simplified
from archive.cleaning.unmasking.brands import NEARLY_ALL, is_whole_name, key_of
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.in_part import Lines, Weighed, weighed, without_affixes
from archive.cleaning.unmasking.told import paths_of, texts_of

BRANDED, NAMED = 1, 2
"""Pages on which the way home must bear the brand, and the name: one may be a stranger's."""
OWNERS = ("owners", "title_ends", "crumb_roots")
"""The survey's slots where a second site's pages would name their own house."""
CONTEXTS, PAGES = -1.0, -1.0
"""Natural logarithms of how much likelier one house must make the contexts, and the pages, where
one registration number stands on nearly all of them."""
NUMBERLESS = 0.25
"""The same of the pages where there is no such number."""


def named_at_home(brand: str, survey: HostSurvey) -> tuple[str, str]:
    """The name in whose place ``brand`` stands and why, by the ways home; both empty where that is
    not sure."""
    ours = light(brand)
    names = _named_beside(ours, survey)
    if len(names) != 1:
        return "", ""
    ((theirs, name),) = names.items()
    if any(key_of(said) == theirs for slot in OWNERS for said in survey.slots[slot]):
        return "", ""
    lines = _lines(survey, ours, theirs)
    branded, named = (sum(one == which for some in lines for one, _ in some) for which in (0, 1))
    texts = without_affixes(texts_of(survey), (ours, theirs))
    found = weighed(ours, theirs, texts, survey.sources, lines)
    enough = branded >= BRANDED and named >= NAMED
    if not enough or found is None or not found.places[0] or not _is_one(found, survey):
        return "", ""
    return name, f"the way home is {name} on {named} pages and {brand} on {branded}"


def _is_one(found: Weighed, survey: HostSurvey) -> bool:
    """Whether pages and contexts do not speak for two houses."""
    least = PAGES if _has_one_number(survey) else NUMBERLESS
    return found.contexts >= CONTEXTS and found.pages >= least


def _has_one_number(survey: HostSurvey) -> bool:
    numbers = survey.slots["icp"]
    return len(numbers) == 1 and numbers.total() >= NEARLY_ALL * survey.pages


def _named_beside(brand: str, survey: HostSurvey) -> dict[str, str]:
    """Institutions, by their folded names, that a way home names between lines between which
    another is the brand."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in paths_of(survey):
        for said, around in _placed(survey.homes.get(path, ())):
            found[around].setdefault(key_of(said), said)
    return {
        key: simplified(bare_of_readings(said))
        for names in found.values()
        if brand in names
        for key, said in names.items()
        if key != brand and is_whole_name(said)
    }


def _lines(survey: HostSurvey, brand: str, name: str) -> Lines:
    """Of each page whose text is read, its ways home that bear brand or name between lines that
    have either."""
    known = {brand: 0, name: 1}
    found = [
        [
            (known[key_of(said)], around)
            for said, around in _placed(survey.homes.get(path, ()))
            if key_of(said) in known
        ]
        for path in paths_of(survey)
    ]
    seen = {line for some in found for line in some}
    return [[(one, at) for one, at in some if (1 - one, at) in seen] for some in found]


def _placed(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Words and surroundings of each way home."""
    for placed in sorted(lines):
        around, _, said = placed.partition(" ")
        yield said, around
