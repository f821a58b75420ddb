"""Which name a brand stands for, and how we know.

It promises never to guess: a brand gets a name only where two witnesses of one path show it, or
where brand and name stand in the same slot of the two hosts' frames and the name is gone from the
mirror's texts. Anything else stays a slot to be marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from archive.cleaning.script import light, simplified, without_pinyin
from archive.cleaning.unmasking.addressed import named_in_turn
from archive.cleaning.unmasking.at_home import named_at_home
from archive.cleaning.unmasking.compare import Comparison, plain
from archive.cleaning.unmasking.edits import affix_edits
from archive.cleaning.unmasking.given_names import given_name, one_owner_of
from archive.cleaning.unmasking.host import SLOTS, HostSurvey
from archive.cleaning.unmasking.in_part import left_in_part
from archive.cleaning.unmasking.marks import NameSlot
from archive.cleaning.unmasking.retold import named_in_title
from archive.cleaning.unmasking.scarred_names import named_in_scars
from archive.cleaning.unmasking.scars import SCARS
from archive.cleaning.unmasking.told import ends_in_full, institution_named, is_reworded, texts_of
from archive.cleaning.unmasking.unseen import unseen_name
from archive.cleaning.unmasking.word_brands import WordBrand, word_brand
from archive.cleaning.unmasking.words import is_ordinary

AGREE = 0.8
"""Share of the compared pages that must show the same name for a brand."""
SEEN = 2
"""Pages that must show a replacement before it is believed."""
FRAME_SHARE = 0.5
SURE, LIKELY = 0.98, 0.85
MOST_SPACED = 0.8
SCHOOL, COMPANY = "学院", "公司"
MIN_LOST = 3
"""Characters of a brand that is taken for a lost name wherever it stands; shorter are words."""


def name_slots(
    survey: HostSurvey,
    originals: Sequence[HostSurvey],
    names: tuple[str, ...],
    candidates: Collection[str],
    comparison: Comparison,
    given: Sequence[str] = (),
) -> tuple[NameSlot, ...]:
    """The name each brand stands for, where there is evidence; none on a host that shows the pages
    of several houses, for whose names one brand stands. ``given``: the institute's names by the
    operator's word."""
    if named_in_turn(survey):
        return ()
    found: dict[str, NameSlot] = {}
    for brand in candidates:
        slot = _by_witnesses(brand, names, comparison) or _by_frames(
            brand, survey, originals, names
        )
        if slot:
            found[brand] = slot
    for slot in (
        *_replaced_names(names, comparison, candidates),
        *_company_names(names, survey, originals),
        *_left_names(names, survey, [brand for brand in candidates if brand not in found], given),
    ):
        found.setdefault(slot.brand, slot)
    return tuple(found[brand] for brand in sorted(found, key=lambda b: (-len(b), b)))


def _by_witnesses(brand: str, names: Iterable[str], comparison: Comparison) -> NameSlot | None:
    needle = light(brand)
    # A name of which a character was lost tells that one stands there, and not which.
    votes = Counter(
        {
            span: count
            for (one, span), count in comparison.names.items()
            if one == needle and set(span).isdisjoint(SCARS)
        }
    )
    if not votes:
        return None
    span, total = votes.most_common(1)[0][0], votes.total()
    count = sum(n for other, n in votes.items() if _holds(other, span))
    if count < SEEN or count < AGREE * total:
        return None
    if comparison.rivals[needle] and not ends_in_full(span):
        # A short name beside places that the other mirror replaced, too: one brand for two names.
        return None
    return NameSlot(
        brand, _as_written(span, names), f"{count} of {total} compared pages have the name", SURE
    )


def _left_names(
    names: Collection[str], survey: HostSurvey, brands: Sequence[str], given: Sequence[str]
) -> Iterator[NameSlot]:
    """Brands in whose place the host itself has a name elsewhere, or the operator gives one; none
    that is a word."""
    own = institution_named(texts_of(survey)) if brands else ""
    if own and not is_reworded(own):
        names = dict.fromkeys([_as_written(own, names), *names])
    alone = one_owner_of(brands, survey) if given else ""
    for brand in brands:
        if not _is_telling(brand):
            continue
        name, why = given_name(brand, given, survey) if alone and alone in brand else ("", "")
        if not name:
            name, why = _told_name(brand, survey)
        if name:
            yield NameSlot(brand, name, why, LIKELY)
            continue
        told = {name: why for name in names if (why := left_in_part(brand, name, survey))}
        if len(told) == 1:
            ((name, why),) = told.items()
            yield NameSlot(brand, name, why, LIKELY)


def _told_name(brand: str, survey: HostSurvey) -> tuple[str, str]:
    """The name in a brand's place that the host's own pages tell, and how; both empty where they
    do not, or where the only name they tell may be made of the true one."""
    ways = (unseen_name, named_in_title, named_at_home, named_in_scars)
    name, why = next(filter(all, (way(brand, survey) for way in ways)), ("", ""))
    return ("", "") if is_reworded(name) else (name, why)


def _holds(span: str, name: str) -> bool:
    """Whether ``span`` is the name, or the name with something put in (another mirror may sow its
    phrases there)."""
    if len(span) <= len(name):
        return span == name
    cuts = range(1, len(name))
    return any(span.startswith(name[:i]) and span.endswith(name[i:]) for i in cuts)


def _as_written(span: str, names: Iterable[str]) -> str:
    """The name as the institute writes it: the comparison knows it only folded."""
    return next((n for n in names if plain(n) == span), span)


def _by_frames(
    brand: str, survey: HostSurvey, originals: Sequence[HostSurvey], names: tuple[str, ...]
) -> NameSlot | None:
    """The one official name that stands where the brand stands and is gone from the texts."""
    texts = [plain(s.title + s.text) for s in survey.samples.values()]
    if not any(light(brand) in t for t in texts):
        return None
    gone = [n for n in names if not any(plain(n) in t for t in texts)]
    own = [plain(s.title + s.text) for o in originals for s in o.samples.values()]
    used = [n for n in gone if any(plain(n) in t for t in own)]
    slots = [s for s in SLOTS if _common(survey, s, brand)]
    standing = [n for n in used if any(_common(o, s, n) for o in originals for s in slots)]
    if len(standing) != 1:
        return None
    return NameSlot(
        brand,
        standing[0],
        f"official host has the name in {', '.join(slots)}, the texts here never",
        LIKELY,
    )


def _common(survey: HostSurvey, slot: str, term: str) -> bool:
    return survey.slots[slot][term] >= FRAME_SHARE * max(survey.filled[slot], 1)


def _replaced_names(
    names: Iterable[str], comparison: Comparison, candidates: Collection[str]
) -> list[NameSlot]:
    """Strings that took an official name's place on several pages though no frame shows them."""
    known = {plain(n): n for n in names}
    taken = {light(c) for c in candidates}
    return [
        NameSlot(ours, known[theirs], f"{count} compared pages have the name here", SURE)
        for (ours, theirs), count in sorted(comparison.replaced.items())
        if theirs in known
        and count >= max(SEEN + 1, comparison.pairs * FRAME_SHARE / 2)
        and ours not in taken
        and not any(b in ours for b in taken)
        and not ours.isdigit()
    ]


def _company_names(
    names: Iterable[str], survey: HostSurvey, originals: Sequence[HostSurvey]
) -> list[NameSlot]:
    """Names that the host writes as a company's, the school's word in them swapped; the institute
    writes no such name."""
    texts = [plain(s.title + s.text) for s in survey.samples.values()]
    own = [plain(s.title + s.text) for o in originals for s in o.samples.values()]
    found = []
    for name in names:
        written = plain(name).replace(SCHOOL, COMPANY)
        pages = sum(written in text for text in texts) if SCHOOL in plain(name) else 0
        if pages >= SEEN and not any(written in text for text in own):
            found.append(NameSlot(written, name, f"{pages} pages write it as a company's", SURE))
    return found


def lost_names(
    brands: Iterable[str], slots: Collection[NameSlot], comparison: Comparison
) -> tuple[str, ...]:
    """Brands inside texts for which no name is known, long enough to be no honest word, or none of
    the dictionary's, or Latin, or shown by another mirror to be none, which has its own brand in
    their place. Where one stands, a name is lost."""
    known = {slot.brand for slot in slots}
    return tuple(
        b
        for b in brands
        if b not in known and (_is_telling(b) or comparison.rivals[light(b)] >= SEEN)
    )


def stands_in_titles(survey: HostSurvey, brand: str) -> bool:
    """Whether ``brand`` stands within titles, with words beside it and no separator between, as a
    name does. What is put before or behind most titles so does not tell."""
    titles = [sample.title for sample in survey.samples.values() if sample.title]
    inside = sum(_is_within(brand, title) for title in titles)
    return 0 < inside < FRAME_SHARE * len(titles)


def _is_within(brand: str, title: str) -> bool:
    left = title
    for edit in reversed(affix_edits(title, [brand], hard=True)):
        left = left[: edit.start] + left[edit.end :]
    folded = light(simplified(without_pinyin(left)))
    return light(brand) in folded and folded.strip() != light(brand)


def word_brands(
    brands: Collection[str],
    slots: Collection[NameSlot],
    lost: Collection[str],
    survey: HostSurvey,
    given: Sequence[str] = (),
) -> Iterator[WordBrand]:
    """Brands that are words of the language and stand for a name, where there is evidence."""
    known = {slot.brand for slot in slots}
    for brand in brands:
        if brand not in known and brand not in lost:
            found = word_brand(brand, texts_of(survey))
            if found is not None:
                name, why = unseen_name(brand, survey)
                if not name and given and one_owner_of(brands, survey) == brand:
                    name, why = given_name(brand, given, survey)
                yield replace(found, name=name, evidence=why)


def _is_telling(brand: str) -> bool:
    """Whether ``brand`` is long enough to be no honest word, or none of the dictionary's, or
    Latin."""
    folded = light(brand)
    return len(folded) >= MIN_LOST or folded.isascii() or not is_ordinary(folded)


def spaced_brands(survey: HostSurvey, brands: Iterable[str]) -> tuple[str, ...]:
    """Brands after which a stray space stands nearly always."""
    found = []
    for brand in brands:
        total = spaced = 0
        for sample in survey.samples.values():
            for part in sample.text.split(brand)[1:]:
                if part and not part.startswith("\n"):
                    total += 1
                    spaced += part.startswith(" ")
        if total >= SEEN and spaced >= MOST_SPACED * total:
            found.append(brand)
    return tuple(found)


def honest_contexts(
    originals: Sequence[HostSurvey], brands: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Where the institute itself writes a brand's characters: the brand and what follows it."""
    found: set[tuple[str, str]] = set()
    for survey in originals:
        for sample in survey.samples.values():
            text = simplified(sample.text)
            for brand in brands:
                at = text.find(brand)
                while at >= 0:
                    found.add((brand, text[at + len(brand) : at + len(brand) + 1]))
                    at = text.find(brand, at + 1)
    return tuple(sorted(found))
