"""The letters of tampering a host shows (A name, B frame, C company words, D pinyin, E traditional,
F emoji, G synonyms, H phrases sown, I plain copy, K keyword line)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from archive.cleaning.script import (
    is_converted,
    is_simplified_only,
    pinyin_edits,
    traditional_share,
)
from archive.cleaning.unmasking.brands import NEARLY_ALL
from archive.cleaning.unmasking.compare import SIMPLIFIED, TRADITIONAL, Comparison
from archive.cleaning.unmasking.edits import emoji_edits
from archive.cleaning.unmasking.host import HostSurvey, Sample
from archive.cleaning.unmasking.marks import NameSlot

SHARE = 0.2
"""Share of a host's sampled articles that must show a kind."""
TOLD = 10
"""Characters that tell the scripts apart, at least, before a text counts as traditional."""
TELLING = 0.6
"""Share of the readings that must stand behind characters made of simplified ones: nine tenths do
where a simplified text was converted, and one in ten to a half where a traditional one was."""
LOOKED_AT = 200
SYNONYMS = 3
_SCHOOL = ("学院", "学生", "院长", "校长", "我院", "学校", "大学", "书院")
_COMPANY = ("公司", "员工", "经理", "董事", "集团")


def kinds_of(
    survey: HostSurvey,
    originals: Sequence[HostSurvey],
    brands: Collection[str],
    slots: Collection[NameSlot],
    phrases: Collection[str],
    keywords: Collection[str],
    comparison: Comparison,
) -> tuple[str, ...]:
    """The kinds seen on the host, in alphabetical order; plain copy (I) when there is none."""
    samples = _looked_at(survey)
    pinyin = _share(samples, lambda s: bool(pinyin_edits(s.text)))
    found = {
        "A": bool(slots),
        "B": bool(brands) and not slots,
        "C": _words(comparison, _SCHOOL, _COMPANY) >= SYNONYMS,
        "D": pinyin >= SHARE,
        "E": pinyin < SHARE and _converted(survey, samples, originals, brands, comparison),
        "F": _share(samples, lambda s: bool(emoji_edits(s.text))) >= SHARE,
        "G": comparison.spun or _spun(comparison) >= SYNONYMS,
        "H": bool(phrases),
        "K": bool(keywords),
    }
    kinds = tuple(kind for kind, seen in found.items() if seen)
    return kinds or ("I",)


def writes_traditional(
    survey: HostSurvey,
    originals: Sequence[HostSurvey],
    brands: Collection[str],
    comparison: Comparison,
) -> bool:
    """Whether the texts of a host with readings were traditional before: a converter changes some
    characters of such a text, too."""
    samples = _looked_at(survey)
    return not (
        tell_conversion(s.text for s in samples)
        or _converted(survey, samples, originals, brands, comparison)
    )


def tell_conversion(texts: Iterable[str]) -> bool:
    """Whether the readings of the texts stand behind characters that were simplified ones."""
    read = [text[edit.start - 1] for text in texts for edit in pinyin_edits(text, 1)]
    return sum(map(is_converted, read)) >= TELLING * len(read)


def _looked_at(survey: HostSurvey) -> list[Sample]:
    return [survey.samples[path] for path in sorted(survey.samples)][:LOOKED_AT]


def _share(samples: list[Sample], test: object) -> float:
    assert callable(test)
    return sum(bool(test(s)) for s in samples) / max(len(samples), 1)


def is_traditional_text(text: str) -> bool:
    """Whether most of the characters that tell are traditional ones."""
    share, told = traditional_share(text)
    return told >= TOLD and share >= TRADITIONAL


def _converted(
    survey: HostSurvey,
    samples: list[Sample],
    originals: Sequence[HostSurvey],
    brands: Collection[str],
    comparison: Comparison,
) -> bool:
    """Traditional texts whose copies elsewhere are in simplified characters, or on a copy of a site
    that writes these. Where the site is not in the archive: on nearly all pages, under a brand in
    simplified characters, which was put in after the conversion, or beside a registration number,
    which only sites of the mainland bear; unless the quotation marks say otherwise."""
    if comparison.converted >= max(2, SHARE * comparison.pairs):
        return True
    share = _share(samples, lambda s: is_traditional_text(s.text))
    own = [s for o in originals for s in list(o.samples.values())[:LOOKED_AT]]
    if own:
        simplified = sum(traditional_share(s.text)[0] < SIMPLIFIED for s in own)
        return not comparison.pairs and simplified > len(own) / 2 and share >= SHARE
    mixed = any(is_simplified_only(character) for brand in brands for character in brand)
    if share < NEARLY_ALL or _quotes_in_corners(samples):
        return False
    return mixed or bool(survey.slots["icp"])


def _quotes_in_corners(samples: Sequence[Sample]) -> bool:
    """Whether the texts quote as those do who write traditional characters, 「」: converting a
    text leaves its “” as they are."""
    corners = sum(s.text.count("「") for s in samples)
    return corners > sum(s.text.count("“") for s in samples)


def _words(comparison: Comparison, before: tuple[str, ...], after: tuple[str, ...]) -> int:
    return sum(
        n
        for (ours, theirs), n in comparison.replaced.items()
        if any(w in theirs for w in before) and any(w in ours for w in after)
    )


def _spun(comparison: Comparison) -> int:
    """Short words replaced the same way on three or more pages, company words aside."""
    return sum(
        n >= SYNONYMS and len(ours) <= 4 and len(theirs) <= 4 and not any(c.isdigit() for c in ours)
        for (ours, theirs), n in comparison.replaced.items()
        if not any(w in ours for w in _COMPANY)
    )
