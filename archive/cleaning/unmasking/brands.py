"""Strings that stand where a page names its owner, and which of them can be brands.

It promises never to judge a string by its words: what counts is in how many slots of the frame it
stands, on how many pages, and whether the institute's own frames have it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from archive.cleaning.script import HAN, bare_of_readings, light, simplified
from archive.cleaning.unmasking.host import SLOTS, HostSurvey
from archive.cleaning.unmasking.slots import HOME_WORDS
from archive.remembered import remembered

MOST = 0.5
"""Share of a host's pages (or of those that fill the slot) that makes a string a mark."""
NEARLY_ALL = 0.8
"""The same share where a mark is to leave no doubt."""
FEW = 3
"""Pages on which a string must stand in a slot: fewer may have it by chance, as the article's own
title stands at the end of a page's title and in its heading."""
OFFICIAL_SHARE = 0.3
_INSTITUTION = regex.compile(
    r"(?:大学|学院|研究所|研究院|科学院|实验室|研究中心|工程中心|医院|学校|中学|小学|委员会"
    r"|办公室|(?<!俱乐)部|厅|局|处|所|院|博物馆|图书馆|[^网旧老新本分]站|学会|协会|党委|支部|政府|(?:天文|气象|电视|电)台"
    r"|university|institute|academy|college)$"
)
_WHOLE_NAME = regex.compile(rf"{HAN}(?:{HAN}|[（）()·]){{3,}}")


class Elsewhere:
    """The strings (by key) in the frames of some hosts, and on how many of these each stands: of
    many hosts each is asked for without one of them, and none is counted twice."""

    def __init__(self, surveys: Iterable[HostSurvey]) -> None:
        self._of = {id(survey): frame_keys(survey) for survey in surveys}
        self._hosts = Counter(key for keys in self._of.values() for key in keys)

    def without(self, survey: HostSurvey) -> Container[str]:
        """The keys that other hosts than this one have."""
        return _Others(self._hosts, self._of.get(id(survey), frozenset()))

    def __contains__(self, key: object) -> bool:
        return key in self._hosts


@dataclass(frozen=True, slots=True)
class _Others:
    hosts: Counter[str]
    own: frozenset[str]

    def __contains__(self, key: object) -> bool:
        return self.hosts[str(key)] > (key in self.own)


def frame_keys(survey: HostSurvey) -> frozenset[str]:
    """The keys of all that stands in a host's frame."""
    return frozenset(key_of(said) for said in _frame_strings(survey))


def brand_candidates(
    survey: HostSurvey,
    originals: Sequence[HostSurvey],
    names: Sequence[str] = (),
    elsewhere: Container[str] | None = None,
) -> dict[str, str]:
    """Possible brands of a host, the strongest first, each with its evidence; ``originals`` are the
    institute's own hosts and ``names`` its names, as far as they are known; ``elsewhere``: the keys
    in the frames of other mirrors that show the same pages, where there is one: what stands there,
    too, is no brand."""
    known = {key for original in originals for key in frame_keys(original)}
    known |= {key_of(n) for n in names}
    others = () if elsewhere is None else elsewhere
    slots: dict[str, list[str]] = {}
    strength: Counter[str] = Counter()
    for slot in SLOTS:
        for term, share in shares(survey, slot):
            key = key_of(term)
            often = survey.slots[slot][term] >= FEW
            new = key not in known and key not in others
            if often and share >= MOST and new and _can_be_brand(term):
                slots.setdefault(term, []).append(f"{slot} {share:.0%}")
                strength[term] += round(share * 100)
    enough = {
        term: f"{term}: {', '.join(where)} of {survey.pages} pages"
        for term, where in slots.items()
        if not _is_word_of(term, slots)
        and not _is_section(term, survey)
        and _is_brand(term, len(where), strength[term], bool(originals), elsewhere is not None)
    }
    return dict(sorted(enough.items(), key=lambda i: (-strength[i[0]], -len(i[0]), i[0])))


def _is_section(term: str, survey: HostSurvey) -> bool:
    """Whether a term is the branch of most pages that have it, and never an owner: titles and
    breadcrumbs name branches, too."""
    owned = survey.slots["owners"][term] or survey.slots["home_links"][term]
    most = max(survey.slots[slot][term] for slot in SLOTS)
    return not owned and survey.branches[term] >= MOST * most


def _is_word_of(term: str, slots: Mapping[str, list[str]]) -> bool:
    """Whether a term of two words, one of which it is, stands in as many places."""
    return any(
        term in other.split(" ") and len(slots[other]) >= len(slots[term])
        for other in slots
        if other != term
    )


def is_institution(term: str) -> bool:
    """Whether a string ends as institutions' names do."""
    return _INSTITUTION.search(key_of(term)) is not None


def is_whole_name(term: str) -> bool:
    """Whether a string is an institution's name of which nothing is lost: Han characters alone,
    and brackets."""
    return _WHOLE_NAME.fullmatch(term) is not None and is_institution(term)


def common_terms(survey: HostSurvey, slot: str, share: float) -> tuple[str, ...]:
    """The strings of a slot that at least ``share`` of the pages have, in alphabetical order."""
    return tuple(sorted(term for term, part in shares(survey, slot) if part >= share))


def shares(survey: HostSurvey, slot: str) -> Iterator[tuple[str, float]]:
    """Each string of a slot with the share of pages that have it, among those that fill the slot
    (never fewer than a third of all pages, so that a rare slot proves little)."""
    base = max(survey.filled[slot], survey.pages / 3, 1)
    for term, count in survey.slots[slot].items():
        if count * 2 >= base * OFFICIAL_SHARE:
            yield term, min(count / base, 1.0)


def _is_brand(term: str, slots: int, strength: int, known: bool, compared: bool) -> bool:
    """``known``: the institute's own frames are; ``compared``: only other mirrors' are, where a
    name of the institute's may be missing."""
    if not known and is_institution(term):
        return False
    alone = strength >= NEARLY_ALL * 100
    return slots > 1 or (alone and (known or compared))


def _frame_strings(survey: HostSurvey) -> Iterator[str]:
    yield from survey.strings
    for slot in SLOTS:
        yield from survey.slots[slot]


def _can_be_brand(term: str) -> bool:
    said = any(c.isalnum() for c in term) and not term.isdigit()
    return len(term) > 1 and said and key_of(term) not in HOME_WORDS


@remembered(100_000)
def key_of(term: str) -> str:
    """A string of a frame as it is compared: script, readings, width and case undone."""
    return light(simplified(bare_of_readings(term))).strip()
