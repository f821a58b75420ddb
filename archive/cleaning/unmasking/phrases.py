"""The phrases that a mirror has sown into the sentences of its pages, by every way there is of
knowing them, and which of these showed them.

It promises that none is a phrase which the institute wrote, as far as that is known (``Written``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive.cleaning.script import light
from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.host import HostSurvey
from archive.cleaning.unmasking.marks import COMPARED
from archive.cleaning.unmasking.recurring import recurring_phrases
from archive.cleaning.unmasking.said_again import beside_texts, lines_of, put_in_again
from archive.cleaning.unmasking.sown import Written, put_into_one, sown_phrases
from archive.cleaning.unmasking.told import institution_named, texts_of

ENOUGH_PAIRS = 20
"""Pages compared with the official ones from which nothing else is asked."""
ENOUGH_PAGES = 5
"""Articles from which a host is asked what its own pages say of a phrase."""

RECURRING = "recurs inside sentences only, whose halves belong together without it"
SHARED = "is sown by another mirror of the same pages, too"
TITLED = "stands inside one of a page's two titles and not in the other"
AGAIN = "stands inside lines that the host has without it, too"


def sown_into(
    survey: HostSurvey,
    brands: Sequence[str],
    sown: Collection[str],
    names: Sequence[str],
    comparison: Comparison,
    written: Written,
) -> tuple[tuple[str, ...], str]:
    """The phrases sown into the host's pages, and how that is known: what comparing shows, what
    other mirrors sow, what a page has in one of its titles only, what stands in one of two lines
    that are the same without it, what recurs; each knows more by what was found before."""
    compared = sown_phrases(comparison, brands, survey, written)
    theirs = {p for p in standing_in(survey, sown) if not written.has(p)} - {*compared}
    titled = put_into_one(survey, sorted({*compared, *theirs}))
    found = {*compared, *theirs, *titled}
    again: tuple[str, ...] = ()
    recurring: tuple[str, ...] = ()
    if comparison.pairs < ENOUGH_PAIRS:
        again = _again(survey, brands, sorted(found), written)
        found |= {*again}
        recurring = _recurring(survey, brands, sorted(found), names, written)
    found |= {*recurring}
    if (again or recurring) and not titled:
        titled = put_into_one(survey, sorted(found))
    how = {
        COMPARED: compared, SHARED: theirs, AGAIN: again, RECURRING: recurring, TITLED: titled,
    }  # fmt: skip
    return tuple(sorted({*found, *titled})), "; ".join(w for w in how if how[w])


def _again(
    survey: HostSurvey, brands: Sequence[str], known: Sequence[str], written: Written
) -> tuple[str, ...]:
    """Phrases put into lines of a host that it has without them, too."""
    if survey.articles < ENOUGH_PAGES:
        return ()
    found = put_in_again(lines_of(survey), [light(b) for b in brands], known)
    return tuple(phrase for phrase in found if not written.has_surely(phrase))


def _recurring(
    survey: HostSurvey,
    brands: Sequence[str],
    compared: Sequence[str],
    official_names: Sequence[str],
    written: Written,
) -> tuple[str, ...]:
    """Phrases sown into the pages of a host, most of which cannot be compared; none that is
    ``written`` elsewhere, and none with a brand or a phrase in it that is ``compared`` already."""
    samples = [survey.samples[path] for path in sorted(survey.samples)]
    if len(samples) < ENOUGH_PAGES:
        return ()
    explained = [*map(light, brands), *compared]
    texts = [plain(s.text) for s in samples]
    named = (*official_names, institution_named(texts_of(survey)))
    names = {plain(name) for name in named} - {""}
    found = recurring_phrases(texts, explained, compared, sorted(names), beside_texts(survey))
    return tuple(phrase for phrase in found if not written.has_surely(phrase))


def standing_in(survey: HostSurvey, phrases: Collection[str]) -> set[str]:
    """Those of ``phrases`` (plain) that stand in a text of the host."""
    left = set(phrases)
    for path in sorted(survey.samples):
        if not left:
            break
        text = plain(survey.samples[path].text)
        left = {phrase for phrase in left if phrase not in text}
    return {*phrases} - left
