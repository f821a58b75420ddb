"""Which page of one host is the copy of which page of another.

Two pages of one path are a pair; of others those are that have most in common. Notices of two years
have much in common and are two articles: what one has more than the other is no mirror's. It
promises that no two are a pair by their words whose days or years differ, or of whose numbers more
than one in 25 is in one text only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from archive.cleaning.script import fold, light, simplified
from archive.cleaning.unmasking.host import HostSurvey, Sample

Day = tuple[int, int, int]
"""Year, month, day as a text tells them, such a day or none."""
MAX_PAIRS = 80
"""Pairs of pages compared for one host."""
RUN = 8
KEPT_OF = 8
_KEPT = re.compile(b"[" + re.escape(bytes(range(0, 256, KEPT_OF))) + b"]")
"""One run in so many is looked up to find copies on other paths."""
ALIKE = 0.3
"""Share of the shorter text's 4-grams that must be found in the other for a pair to count."""
SAME = 0.75
"""The same for two pages that only their words make a pair: of 1,088 copies tampered with in every
known way none has less than .88."""
NUMBERS_A_LOSS = 25
"""Numbers for one of which a phrase put into it, or a brand that ends in a digit, may account."""
OFTEN = 3
"""Pages of a mirror from which a day that its texts tell is one that it writes into all."""
VISIT_DAYS, VISITED = 4, 0.8
"""Days in a row, and the share of all days shown that must lie within them."""
_DAY = re.compile(r"(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|第[\d一二三四五六七八九十]{1,4}[届批期次]")
_NUMBER = re.compile(r"\d+|[〇○零一二三四五六七八九十百]{2,}|(?<=第)[一二三四五六七八九十]")


def copies_of(mirror: HostSurvey, official: list[HostSurvey]) -> Iterator[tuple[Sample, Sample]]:
    """The mirror's samples and the official ones of one path; where a mirror has moved its pages,
    those with most runs in common, if they are the same article."""
    alone: list[Sample] = []
    for path in sorted(mirror.samples):
        other = next((h.samples[path] for h in official if path in h.samples), None)
        if other is not None and path != "/":
            yield mirror.samples[path], other
        else:
            alone.append(mirror.samples[path])
    taken = {path for path in mirror.samples if path != "/"}
    originals = [h.samples[path] for h in official for path in sorted({*h.samples} - taken)]
    if originals and alone:
        yield from _by_words(alone[: 2 * MAX_PAIRS], originals, rewritten_days(mirror))


def _by_words(
    copies: list[Sample], originals: list[Sample], rewritten: Collection[Day]
) -> Iterator[tuple[Sample, Sample]]:
    """Of each original the one copy that has most in common with it."""
    index: dict[str, list[int]] = defaultdict(list)
    for place, sample in enumerate(originals):
        for run in runs(sample.text):
            index[run].append(place)
    best: dict[int, tuple[int, Sample]] = {}
    for sample in copies:
        shared = Counter(p for run in sorted(runs(sample.text)) for p in index[run])
        ranked = sorted(shared.items(), key=lambda i: (-i[1], i[0]))[:2]
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            continue
        (place, count), *_ = ranked
        if count > best.get(place, (0,))[0] and same_article(originals[place], sample, rewritten):
            best[place] = count, sample
    for place, (_, sample) in sorted(best.items(), key=lambda i: i[1][1].path):
        yield sample, originals[place]


def rewritten_days(mirror: HostSurvey) -> frozenset[Day]:
    """The days that a mirror writes into its pages: they stand on three or more, or nearly all that
    it tells are of one visit."""
    samples = mirror.samples.values()
    published = Counter(day for sample in samples for day in _published(sample))
    shown = Counter(
        day for sample in samples for day in {*_days(_readable(sample.text)), *_published(sample)}
    )
    often = {day for day, pages in shown.items() if pages >= OFTEN}
    return frozenset(often.union(_of_one_visit(published), _of_one_visit(shown)))


def _of_one_visit(days: Counter[Day]) -> set[Day]:
    """The days of a few in a row to which nearly all are set; none where they are not."""
    last = _ordinal(max(days, default=(0, 0, 0)))
    near = {day for day in days if 0 <= last - _ordinal(day) < VISIT_DAYS}
    told = sum(days[day] for day in near)
    return near if told >= max(OFTEN, VISITED * days.total()) else set()


def _ordinal(day: Day) -> int:
    """The day counted from the first; 0 for one that no calendar has."""
    try:
        return date(*day).toordinal()
    except ValueError:
        return 0


def same_article(original: Sample, copy: Sample, rewritten: Collection[Day] = ()) -> bool:
    """Whether two texts are one article, tampered with or not: most of the shorter is in the other,
    numbers and all, and nothing that is not ``rewritten`` tells of two days or years."""
    years = [{*_YEAR.findall(_DAY.sub("", _readable(s.title or "")))} for s in (original, copy)]
    if all(years) and years[0].isdisjoint(years[1]):
        return False
    if _is_other_day(_published(original), _published(copy), rewritten):
        return False
    return alike(original.text, copy.text, SAME) and _tells_the_same(
        _readable(original.text), _readable(copy.text), rewritten
    )


def _tells_the_same(original: str, copy: str, rewritten: Collection[Day]) -> bool:
    """Whether the days are the same, and either text has all numbers of the other, but for a few of
    many."""
    if _is_other_day(_days(original), _days(copy), rewritten):
        return False
    ours, theirs = (Counter(_NUMBER.findall(_DAY.sub("", text))) for text in (original, copy))
    more, less = theirs - ours, ours - theirs
    lost = min(less.total() - _swallowed(less, more), more.total())
    return lost <= min(ours.total(), theirs.total()) // NUMBERS_A_LOSS


def _swallowed(numbers: Iterable[str], others: Iterable[str]) -> int:
    """How many numbers became the end of another, as behind a brand that ends in a digit."""
    ends = [*sorted(other[::-1] for other in others), ""]
    backwards = (number[::-1] for number in numbers if len(number) > 1)
    # Of those that are no less, the first begins so if any does.
    firsts = ((one, ends[bisect_left(ends, one, hi=len(ends) - 1)]) for one in backwards)
    return sum(first.startswith(one) for one, first in firsts)


def _is_other_day(own: set[Day], days: set[Day], rewritten: Collection[Day]) -> bool:
    return bool(own and days - own - {*rewritten})


def _days(text: str) -> set[Day]:
    return {(int(year), int(month), int(day)) for year, month, day in _DAY.findall(text)}


def _published(sample: Sample) -> set[Day]:
    day = sample.published
    return {(day.year, day.month, day.day)} if day else set()


def _readable(text: str) -> str:
    return light(simplified(text))


def runs(text: str) -> set[str]:
    """About one in eight of a text's runs of eight characters, the same on every machine."""
    return runs_of(fold(text))


def runs_of(folded: str) -> set[str]:
    """The same of a text that is folded already."""
    kept = _KEPT.finditer(low_bytes(folded), 0, max(len(folded) + 1 - RUN, 0))
    runs = (folded[m.start() : m.start() + RUN] for m in kept)
    return {run for run in runs if len(set(run)) > RUN // 2}


def low_bytes(text: str) -> bytes:
    """The lowest byte of each character: a sample is taken by these without a step a character."""
    return text.encode("utf-32-le", "surrogatepass")[::4]


def alike(a: str, b: str, share: float = ALIKE) -> bool:
    """Whether two texts have this share of the shorter's 4-grams in common."""
    left, right = grams(fold(a)), grams(fold(b))
    least = min(len(left), len(right))
    return least > 0 and len(left & right) >= share * least


def grams(text: str) -> set[str]:
    return {text[i : i + 4] for i in range(len(text) - 3)}
