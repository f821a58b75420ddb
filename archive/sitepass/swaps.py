"""What stands in a text in the place of what it said before: words for words, days for days.

It promises that names that are given, days and words in Latin letters are exchanged as a whole,
and that its time and memory stay small whatever the texts are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.alignment import Stretch, aligned
from archive.cleaning.script import light
from archive.sitepass.added import bared

_DAY = (
    r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日"
    r"|\d{4}(?:-\d{1,2}-|\.\d{1,2}\.|/\d{1,2}/)\d{1,2}(?!\d)"
)
_TAG = r"</?[a-zA-Z][^<>]{0,4000}>"
_ANY_DAY = re.compile(rf"(?:{_DAY})")
_FIGURES = re.compile(r"\d+")
BETWEEN = 1
"""Equal characters between one that went and one that came which do not part the two."""
MAX_WORDS = 60
"""Characters of what is exchanged for something else; a longer passage was written anew."""


@dataclass(frozen=True, slots=True)
class Swap:
    """``new[start:end]`` of a text stands where it said ``old`` (or nothing) before; ``came`` is
    what stands there, and ``went`` what stood there, both folded, without stops at the ends."""

    start: int
    end: int
    old: str
    went: str
    came: str

    @property
    def days(self) -> tuple[str, str] | None:
        """The days that were exchanged (ISO 8601), if days were."""
        went, came = day_of(self.went), day_of(self.came)
        return (went, came) if went and came else None


def day_of(words: str) -> str:
    """The day that ``words`` are, as ISO 8601 has it; empty where they are none."""
    if not _ANY_DAY.fullmatch(words):
        return ""
    year, month, day = _FIGURES.findall(words)
    return f"{year}-{int(month):02}-{int(day):02}"


def days_in(text: str) -> set[str]:
    """The days that a text names in full (ISO 8601)."""
    return {day_of(found) for found in _ANY_DAY.findall(text)}


def swaps(before: str, after: str, names: Collection[str] = ()) -> Iterator[Swap]:
    """What stands in ``after`` in the place of something else, or of nothing, in ``before``, in its
    order; ``names`` are exchanged as a whole. What only went is not among them."""
    if before == after:
        return
    head, tail = _same_lines(before, after)
    tokens = _tokens(names)
    old = [found.group() for found in tokens.finditer(before, head, len(before) - tail)]
    new = [found.group() for found in tokens.finditer(after, head, len(after) - tail)]
    ends = [*accumulate(map(len, new), initial=head)]
    for one in _put_together([*aligned(old, new)]):
        went, came = "".join(old[one.old]), "".join(new[one.new])
        is_markup = "<" in went + came
        if came and not is_markup and max(len(went), len(came)) <= MAX_WORDS:
            yield Swap(ends[one.new.start], ends[one.new.stop], went, _bare(went), _bare(came))


def _same_lines(before: str, after: str) -> tuple[int, int]:
    """How many characters the whole lines have that both begin with, and those they end with: of
    most articles that change one line does, and nothing else need be cut into words."""
    old, new = before.split("\n"), after.split("\n")
    head = _leading(old, new, min(len(old), len(new)) - 1)
    tail = _leading(old[::-1], new[::-1], min(len(old), len(new)) - 1 - head)
    lengths = [len(line) + 1 for line in old]
    return sum(lengths[:head]), sum(lengths[len(old) - tail :])


def _leading(old: Sequence[str], new: Sequence[str], most: int) -> int:
    pairs = zip(old[:most], new[:most], strict=True)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), max(most, 0))


def _tokens(names: Collection[str]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    whole = [re.escape(name) for name in longest if name]
    return re.compile("|".join([*whole, rf"(?:{_DAY})", _TAG, "[A-Za-z]+", "."]), re.DOTALL)


def _put_together(found: list[Stretch]) -> Iterator[Stretch]:
    """The unequal ones of stretches; one that only went and one that only came, or the other way
    round, with a character between them, are one: 问题 that became 题目."""
    last: Stretch | None = None
    for one in found:
        if one.equal:
            continue
        if last is not None and _is_one(last, one):
            old, new = slice(last.old.start, one.old.stop), slice(last.new.start, one.new.stop)
            last = Stretch(old, new, equal=False)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _is_one(one: Stretch, other: Stretch) -> bool:
    sizes = [s.stop - s.start for s in (one.old, one.new, other.old, other.new)]
    went, came, goes, comes = sizes
    crossed = went == comes == 0 or came == goes == 0
    return bool(crossed) and other.old.start - one.old.stop <= BETWEEN


def _bare(words: str) -> str:
    return bared(light(words))
