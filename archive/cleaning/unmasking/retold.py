"""The name that one of a page's two titles has where the other has the brand.

A mirror that replaces names blindly misses those that are written in another way: a head in
references, a heading in pieces. It promises to say so only where the two are one title in every
other character, one institution alone stands there, and the texts do not speak against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archive.cleaning.script import Folded, bare_of_readings, light, simplified
from archive.cleaning.unmasking.brands import is_whole_name
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.in_part import weighed, without_affixes
from archive.cleaning.unmasking.told import texts_of

AGAINST = -2.0
"""Natural logarithm of how much likelier one house must make the contexts of brand and name than
two, at least."""


def named_in_title(brand: str, survey: HostSurvey) -> tuple[str, str]:
    """The name in whose place ``brand`` stands and why, by titles that have either; both empty
    where that is not sure."""
    ours = light(brand)
    named: Counter[str] = Counter()
    for pair, pages in survey.slots["told_twice"].items():
        for name in set(_names(ours, pair)):
            named[name] += pages
    if len(named) != 1:
        return "", ""
    ((name, pages),) = named.items()
    theirs = light(name)
    found = weighed(ours, theirs, without_affixes(texts_of(survey), (ours, theirs)), survey.sources)
    if found is None or found.contexts < AGAINST:
        return "", ""
    return name, f"title and heading of {pages} pages are the same but for {name} and {brand}"


def _names(brand: str, pair: str) -> Iterator[str]:
    one, _, other = pair.partition("\n")
    for with_brand, with_name in ((one, other), (other, one)):
        title, written = (simplified(bare_of_readings(said)) for said in (with_brand, with_name))
        for start, end in Folded.of(title).find(brand):
            before, behind = title[:start], title[end:]
            middle = written[len(before) : len(written) - len(behind)]
            is_same = written == before + middle + behind
            if is_same and is_whole_name(middle):
                yield middle
