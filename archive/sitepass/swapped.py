"""Which exchanges of words on one day are no doing of the institute's.

It promises to judge by what stands for what, on how many articles, and by no list of brands: what
is no house's name for names, one day for many, emoji before the stops of texts that had none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import regex

from archive.cleaning.script import light, simplified
from archive.cleaning.unmasking.brands import is_institution
from archive.cleaning.unmasking.edits import emoji_edits
from archive.cleaning.unmasking.sown import SOWN_PAGES
from archive.cleaning.unmasking.words import is_nameless, single_share
from archive.model import Extraction
from archive.sitepass.added import NO_WORD
from archive.sitepass.swaps import Swap, days_in, swaps

SEVERAL = 5
"""Articles in which words of the language that are a brand, too (银河), stand for a name."""
FEWEST_DAYS = 3
"""Different days for which one and the same stands."""
SAME_WAY = 2
"""Articles in which a pair of words was exchanged that is put back beside what is proven."""
SHARED = 0.5
"""Share of the characters of a form of a name that the name has."""
OF_A_VISIT = timedelta(days=1)
"""A day so near to that of the capture is the day of the visit, which pages may show."""
AS_BEFORE = 3
"""Characters on either side that must be as they were where one string stands for a name."""
EMOJI, READINGS = "emoji", "readings in brackets"
"""Signs by which a program is known that converts pages."""
_FIRM = regex.compile(r"(?:公司|集团|中心|馆|区|组|队|科|系|室|社|单位|基地)$")
_LABEL = regex.compile(r"[:：]\s*$")


@dataclass(slots=True)
class Proven:
    """What is known to have been put in the place of others: ``brands``, with the names for which
    each stands; the one day that stands for many (``days``); the ``signs`` of a conversion;
    ``pairs`` that were exchanged in several of such articles. ``names`` of the institute."""

    brands: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.brands or self.days or self.signs)

    def proves(self, swap: Swap) -> bool:
        """Whether an exchange is proven by itself."""
        if swap.days is not None:
            return swap.days[1] in self.days
        return any(b in swap.came and b not in swap.went for b in self.brands)

    def covers(self, swap: Swap) -> bool:
        """Whether an exchange is none of the institute's, in an article where one is proven."""
        if self.proves(swap) or (swap.went, swap.came) in self.pairs:
            return True
        # Where a letter was lost stands a question mark.
        return bool(swap.went) and (not swap.came or _same_letters(swap))

    def named(self) -> tuple[str, ...]:
        """What is told of it."""
        brands = sorted(self.brands, key=lambda brand: (-len(self.brands[brand]), brand))
        return (*brands, *sorted(self.days), *sorted(self.signs))


class Doubt:
    """What may have been exchanged on one day; ``converted``: articles that have readings in
    brackets behind traditional characters now."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._swaps: list[list[Swap]] = []
        self._for: dict[str, set[str]] = defaultdict(set)
        self._bearing: dict[str, set[str]] = defaultdict(set)
        self._days: dict[str, set[str]] = defaultdict(set)
        self._dated: dict[str, set[str]] = defaultdict(set)
        self._emoji = 0
        self.converted = 0

    @property
    def signs(self) -> set[str]:
        """What came to several texts that had none of it before: emoji before stops, readings."""
        counts = ((EMOJI, self._emoji), (READINGS, self.converted))
        return {sign for sign, count in counts if count >= SOWN_PAGES}

    def take(self, url: str, own: Extraction, said: Extraction, visited: date, again: date) -> None:
        """Compare what the article at ``url`` had of its ``own`` when it was ``visited``, with what
        it ``said`` when it was visited ``again``."""
        titled = swaps(own.title or "", said.title or "", self._names)
        written = [*swaps(own.text, said.text, self._names)]
        self._swaps.append([*titled, *written])
        for swap in self._swaps[-1]:
            if self._is_name(swap.went) and is_no_institution(swap):
                self._for[swap.came].add(swap.went)
                self._bearing[swap.came].add(url)
        told = days_in(said.text) if any(swap.days for swap in written) else set()
        for swap in written:
            if swap.days is not None and told == {swap.days[1]} and _is_told(said.text, swap):
                self._take_days(swap.days, (visited, again), url)
        self._emoji += bool(emoji_edits(said.text)) and not emoji_edits(own.text, 1)

    def brands(self) -> dict[str, set[str]]:
        """What stands for names on several articles, with these."""
        return {
            came: self._for[came]
            for came, urls in self._bearing.items()
            if len(urls) >= SOWN_PAGES and _is_strange(came, len(urls))
        }

    def days(self, *, is_proven: bool) -> set[str]:
        """Days that stand for several others, each in several articles; of fewer, where something
        else ``is_proven``."""
        articles, others = (1, SAME_WAY) if is_proven else (SOWN_PAGES, FEWEST_DAYS)
        return {
            came
            for came, urls in self._dated.items()
            if len(urls) >= articles and len(self._days[came]) >= others
        }

    def same_way(self, proven: Proven) -> set[tuple[str, str]]:
        """Pairs that were exchanged in several articles in which one is proven."""
        count = Counter(
            pair
            for found in self._swaps
            if any(map(proven.proves, found))
            for pair in {(one.went, one.came) for one in found if one.went}
        )
        return {pair for pair, articles in count.items() if articles >= SAME_WAY}

    def _is_name(self, went: str) -> bool:
        return went in self._names or is_institution(went)

    def _take_days(self, days: tuple[str, str], visits: tuple[date, date], url: str) -> None:
        """A kit writes one day over all of a text, that of the visit or one before it. Whoever puts
        several appointments off for the same day names one to come, and leaves others."""
        (went, came), (visited, again) = days, visits
        is_to_come = came > str(again + OF_A_VISIT)
        if not is_to_come and went not in {str(visited + n * OF_A_VISIT) for n in (-1, 0, 1)}:
            self._days[came].add(went)
            self._dated[came].add(url)


def for_names(before: str, after: str, names: Collection[str]) -> Iterator[Swap]:
    """What is no house's and stands in ``after`` for one of ``names`` in ``before``."""
    for one in swaps(before, after, names):
        if one.went in names and is_no_institution(one) and not is_nameless(one.came):
            yield one


def is_alone(before: str, after: str, one: Swap) -> bool:
    """Whether all round an exchange is as it was: where a sentence was written anew, a name has
    gone, and nothing stands for it."""
    left, right = after[max(0, one.start - AS_BEFORE) : one.start], after[one.end :][:AS_BEFORE]
    return left + one.old + right in before


def is_no_word(came: str) -> bool:
    """Whether what stands for a name is hardly of the language."""
    return single_share(came) >= NO_WORD


def is_no_institution(swap: Swap) -> bool:
    """Whether what stands for a name is neither a house's, nor a form of it."""
    came, went = swap.came, swap.went
    letters = [c for c in came if c.isalnum()]
    if len(letters) < 2 or came.isdigit() or (came.isascii() and came.isalpha()):
        return False
    if is_institution(came) or _FIRM.search(came) or came in went or went in came:
        return False
    shared = sum((Counter(came) & Counter(went)).values())
    return shared < SHARED * len(came)


def _same_letters(swap: Swap) -> bool:
    """Whether only the form of letters is another: the script, capitals, width."""
    return light(simplified(swap.came)) == light(simplified(swap.went))


def _is_told(text: str, swap: Swap) -> bool:
    """Whether a day is a part of what is told: it stands in a sentence, or is written out, and no
    label stands before it."""
    before, behind = text[max(0, swap.start - 2) : swap.start], text[swap.end : swap.end + 1]
    written = "年" in swap.came or before[-1:].isalnum() or behind.isalnum()
    return written and not _LABEL.search(before)


def _is_strange(came: str, articles: int) -> bool:
    return is_no_word(came) or (articles >= SEVERAL and not is_nameless(came))
